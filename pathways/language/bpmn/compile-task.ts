/** Tasks and calls: what is done, by whom, with which data. */

import { parseDuration } from '../../time/duration.ts'
import type { NodeKind, ProgramCall, ProgramTask } from '../program.ts'
import { NodeKind as Kind } from '../program.ts'
import {
  addTree,
  assignments,
  type Compilation,
  called,
  calledInFrench,
  feel,
  problem,
  requiredText,
  sentence,
  single,
  value,
  warning,
} from './compilation.ts'
import { holdIndex } from './compile-resources.ts'
import { dataInputs, dataOutputs } from './data-associations.ts'
import { type Element, extensions, textOf } from './element.ts'
import { roleInLane } from './lane-roles.ts'

/** A task of which nothing is known. */
export const blankTask = (): ProgramTask => ({
  role: '',
  form: '',
  place: -1,
  due: -1,
  activity: '',
  decision: -1,
  script: -1,
  resultVariable: '',
  inputs: [],
  outputs: [],
})

export const compileTask = (to: Compilation, element: Element, kind: NodeKind): ProgramTask => {
  const person = kind === Kind.userTask || kind === Kind.manualTask
  const task: ProgramTask = {
    ...blankTask(),
    inputs: assignments(to, element, 'input', 'name'),
    outputs: assignments(to, element, 'output', 'name'),
  }
  const drawnInputs = dataInputs(to, element)
  const drawnOutputs = dataOutputs(to, element)
  if (drawnInputs.length > 0) task.dataInputs = drawnInputs
  if (drawnOutputs.length > 0) task.dataOutputs = drawnOutputs
  if (person) Object.assign(task, compilePersonTask(to, element))
  if (kind === Kind.serviceTask || kind === Kind.sendTask) task.activity = compileActivity(to, element, kind)
  if (kind === Kind.businessRuleTask) Object.assign(task, compileDecision(to, element))
  if (kind === Kind.scriptTask) Object.assign(task, compileScript(to, element))
  return task
}

/** What a person does: for which role, with which form, where and by when. */
export const compilePersonTask = (to: Compilation, element: Element): Partial<ProgramTask> => {
  const extension = single(to, element, 'task')
  const role = roleInLane(to, element, textOf(extension, 'role'))
  const form = textOf(extension, 'form')
  if (form !== '') {
    if (Object.hasOwn(to.formsKnown, form)) to.forms[form] = to.formsKnown[form]
    else
      problem(
        to,
        element,
        'unknown-form',
        `${called(element)} uses the form "${form}", which was not given.`,
        'Add the form to the pathway, or correct its id.',
        {
          message: `${sentence(calledInFrench(element))} utilise le formulaire « ${form} », qui n’a pas été fourni.`,
          help: 'Ajoutez le formulaire au parcours, ou corrigez son identifiant.',
        },
      )
  }
  return {
    role,
    form,
    place: value(to, element, textOf(extension, 'place')),
    due: compileDue(to, element, textOf(extension, 'due')),
  }
}

const compileDue = (to: Compilation, element: Element, text: string): number => {
  if (text === '') return -1
  if (text.startsWith('=')) return value(to, element, text)
  if (!parseDuration(text)) {
    problem(
      to,
      element,
      'due-text',
      `${called(element)}: "${text}" is not an ISO 8601 duration.`,
      'Write due="PT15M", or FEEL after "=".',
      {
        message: `${sentence(calledInFrench(element))} : « ${text} » n’est pas une durée ISO 8601.`,
        help: 'Écrivez due="PT15M", ou du FEEL après « = ».',
      },
    )
  }
  return addTree(to, ['value', text])
}

const compileActivity = (to: Compilation, element: Element, kind: NodeKind): string => {
  const extension = single(to, element, 'activity')
  if (extension) return requiredText(to, element, extension, 'name')
  if (kind === Kind.serviceTask) {
    warning(
      to,
      element,
      'service-activity',
      `${called(element)} names no activity: live, nothing will do it.`,
      'Write <hospital:activity name="…"/>.',
      {
        message: `${sentence(calledInFrench(element))} ne nomme aucune activité : en réel, rien ne la fera.`,
        help: 'Écrivez <hospital:activity name="…"/>.',
      },
    )
  }
  return ''
}

const compileDecision = (to: Compilation, element: Element): Partial<ProgramTask> => {
  const extension = single(to, element, 'decision')
  if (!extension) {
    problem(
      to,
      element,
      'decision-missing',
      `${called(element)} names no decision.`,
      'Write <hospital:decision ref="…" result="…"/>.',
      {
        message: `${sentence(calledInFrench(element))} ne nomme aucune décision.`,
        help: 'Écrivez <hospital:decision ref="…" result="…"/>.',
      },
    )
    return {}
  }
  const ref = requiredText(to, element, extension, 'ref')
  const resultVariable = textOf(extension, 'result')
  const used = to.decisions.findIndex((decision) => decision.id === ref)
  if (used >= 0) return { decision: used, resultVariable }
  const decision = to.decisionsKnown.find((candidate) => candidate.id === ref)
  if (decision) return { decision: to.decisions.push(decision) - 1, resultVariable }
  if (ref !== '') {
    problem(
      to,
      element,
      'unknown-decision',
      `${called(element)} uses the decision "${ref}", which no DMN file given can execute.`,
      'Add the DMN file, correct the id, or mend what is reported about that decision.',
      {
        message: `${sentence(calledInFrench(element))} utilise la décision « ${ref} », qu’aucun fichier DMN fourni ne peut exécuter.`,
        help: 'Ajoutez le fichier DMN, corrigez l’identifiant, ou réparez ce qui est signalé sur cette décision.',
      },
    )
  }
  return { resultVariable }
}

const compileScript = (to: Compilation, element: Element): Partial<ProgramTask> => {
  const format = textOf(element, 'scriptFormat').toLowerCase()
  const script = textOf(element, 'script')
  const result = single(to, element, 'result')
  const resultVariable = result ? requiredText(to, element, result, 'variable') : ''
  if (format !== 'feel') {
    problem(
      to,
      element,
      'script-format',
      `${called(element)} is written in "${format || 'no language'}"; only FEEL is executed.`,
      'Write the script in FEEL and set scriptFormat="feel".',
      {
        message: `${sentence(calledInFrench(element))} est écrite en « ${format || 'aucun langage'} » ; seul FEEL est exécuté.`,
        help: 'Écrivez le script en FEEL et mettez scriptFormat="feel".',
      },
    )
    return { resultVariable }
  }
  if (script === '') {
    problem(to, element, 'script-missing', `${called(element)} has no script.`, 'Write a FEEL expression.', {
      message: `${sentence(calledInFrench(element))} n’a pas de script.`,
      help: 'Écrivez une expression FEEL.',
    })
    return { resultVariable }
  }
  return { script: feel(to, element, script), resultVariable }
}

export const compileCall = (to: Compilation, element: Element): ProgramCall => {
  const process = textOf(element, 'calledElement').replace(/^\w+:(?=.)/, '')
  if (process === '') {
    problem(
      to,
      element,
      'called-element',
      `${called(element)} does not say which pathway it calls.`,
      'Set calledElement to the id of a process.',
      {
        message: `${sentence(calledInFrench(element))} ne dit pas quel parcours elle appelle.`,
        help: 'Mettez dans calledElement l’identifiant d’un processus.',
      },
    )
  }
  const passed = (name: 'lend' | 'handOver') =>
    extensions(element, name)
      .map((extension) => {
        const hold = requiredText(to, element, extension, 'hold')
        return { hold: holdIndex(to, element, hold), as: textOf(extension, 'as') || hold }
      })
      .filter((pass) => pass.hold >= 0)
  return {
    process,
    inputs: [...assignments(to, element, 'input', 'name'), ...dataInputs(to, element)],
    outputs: [...assignments(to, element, 'output', 'name'), ...dataOutputs(to, element)],
    lends: passed('lend'),
    handsOver: passed('handOver'),
  }
}
