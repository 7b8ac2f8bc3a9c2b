/** Ad-hoc subprocesses (BPMN 2.0.2, 10.3.5): how their activities are ordered and when they are done, and what may not stand inside. */
import { NodeKind, type ProgramAdHoc, type ProgramNode, type ProgramTask } from '../program.ts'
import { notByEvent } from './check-transaction.ts'
import { type Compilation, called, calledInFrench, problem, sentence } from './compilation.ts'
import { blankTask, compilePersonTask } from './compile-task.ts'
import { conditionAt } from './condition.ts'
import { type Element, elementsOf, extensions, textOf } from './element.ts'
import { isActivity, nodeKinds } from './kinds.ts'

/** Null for every other element. */
export const compileAdHoc = (to: Compilation, element: Element): ProgramAdHoc | null => {
  if (element.$type !== 'bpmn:AdHocSubProcess') return null
  const ordering = textOf(element, 'ordering')
  if (!['', 'Parallel', 'Sequential'].includes(ordering))
    problem(
      to,
      element,
      'ad-hoc-ordering',
      `${called(element)} orders its activities "${ordering}".`,
      'Write ordering="Parallel" or ordering="Sequential".',
      {
        message: `${sentence(calledInFrench(element))} ordonne ses activités « ${ordering} ».`,
        help: 'Écrivez ordering="Parallel" ou ordering="Sequential".',
      },
    )
  return {
    sequential: ordering === 'Sequential',
    completionCondition: conditionAt(to, element, element, 'completionCondition'),
    cancelsRemaining: element.cancelRemainingInstances !== false,
  }
}

/** Who chooses what comes next, where one activity follows the other; null for the order of the document. */
export const compileChoice = (to: Compilation, element: Element): ProgramTask | null => {
  if (!isChosen(element) || extensions(element, 'task').length === 0) return null
  const task = { ...blankTask(), ...compilePersonTask(to, element) }
  if (task.form !== '') return task
  const offered = elementsOf(element, 'flowElements').filter(
    (inner) => isActivity(nodeKinds[inner.$type] ?? NodeKind.process) && inner.isForCompensation !== true,
  )
  const form = `choice:${element.id ?? ''}`
  to.forms[form] = {
    type: 'default',
    id: form,
    components: [
      {
        type: 'radio',
        key: 'next',
        label: 'Activité suivante',
        validate: { required: true },
        values: offered.map(({ id = '', name }) => ({ label: name || id, value: id })),
      },
    ],
  }
  return { ...task, form }
}

/** One activity after the other, so that somebody may choose which. */
export const isChosen = (element: Element): boolean =>
  element.$type === 'bpmn:AdHocSubProcess' && textOf(element, 'ordering') === 'Sequential'

export const checkAdHoc = (to: Compilation, nodes: ProgramNode[]): void =>
  nodes.forEach((node, index) => {
    if (!node.adHoc) return
    if (to.nodes[index]!.triggeredByEvent === true) notByEvent(to, index)
    const inside = nodes.flatMap((inner, at) => (inner.scope === index ? [{ inner, element: to.nodes[at]! }] : []))
    for (const { inner, element } of inside)
      if (inner.kind === NodeKind.startEvent || inner.kind === NodeKind.endEvent)
        problem(
          to,
          element,
          'ad-hoc-events',
          `${called(element)} cannot stand in an ad-hoc subprocess.`,
          'Remove it: what nothing leads to can begin at once, and it ends by its completion condition or when nothing is left.',
          {
            message: `${sentence(calledInFrench(element))} n’a pas sa place dans un sous-processus ad hoc.`,
            help: 'Supprimez-le : ce à quoi rien ne mène peut commencer aussitôt, et la fin vient de la condition ou quand il ne reste rien.',
          },
        )
    if (!inside.some(({ inner }) => isActivity(inner.kind) && !inner.forCompensation))
      problem(
        to,
        to.nodes[index]!,
        'ad-hoc-empty',
        `${called(to.nodes[index]!)} has no activity.`,
        'Put at least one activity inside.',
        {
          message: `${sentence(calledInFrench(to.nodes[index]!))} ne contient aucune activité.`,
          help: 'Placez-y au moins une activité.',
        },
      )
  })
