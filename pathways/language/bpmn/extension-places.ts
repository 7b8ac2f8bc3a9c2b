/** Which hospital extension may stand on which element: one in the wrong place, or misspelt, is refused rather than ignored. */
import { NodeKind } from '../program.ts'
import { isChosen } from './ad-hoc.ts'
import { type Compilation, called, calledInFrench, problem, sentence } from './compilation.ts'
import { type Element, extensionName, extensionsOf } from './element.ts'
import { isActivity, isScope, isTask } from './kinds.ts'

const isMessageCarrier = (kind: NodeKind) =>
  (kind >= NodeKind.startEvent && kind <= NodeKind.boundaryEvent) || kind === NodeKind.sendTask || kind === NodeKind.receiveTask
const isPersonTask = (kind: NodeKind) => kind === NodeKind.userTask || kind === NodeKind.manualTask
const holdsData = (kind: NodeKind) => isTask(kind) || kind === NodeKind.callActivity
const isCall = (kind: NodeKind) => kind === NodeKind.callActivity

const places: Record<string, [allowed: (kind: NodeKind, element: Element) => boolean, where: string, french: string]> = {
  hold: [isScope, 'processes and subprocesses', 'processus et sous-processus'],
  priority: [
    (kind) => isScope(kind) || isActivity(kind),
    'processes, subprocesses and activities',
    'processus, sous-processus et activités',
  ],
  need: [isActivity, 'activities', 'activités'],
  take: [isActivity, 'activities', 'activités'],
  give: [isActivity, 'activities', 'activités'],
  slot: [isActivity, 'activities', 'activités'],
  duration: [isActivity, 'activities', 'activités'],
  outcome: [isActivity, 'activities', 'activités'],
  task: [
    (kind, element) => isPersonTask(kind) || isChosen(element),
    'user and manual tasks, lanes, and ad-hoc subprocesses with ordering="Sequential"',
    'tâches utilisateur et manuelles, couloirs, sous-processus ad hoc d’ordre Sequential',
  ],
  activity: [
    (kind) => kind === NodeKind.serviceTask || kind === NodeKind.sendTask,
    'service and send tasks',
    'tâches de service et d’envoi',
  ],
  decision: [(kind) => kind === NodeKind.businessRuleTask, 'business rule tasks', 'tâches de règle métier'],
  result: [(kind) => kind === NodeKind.scriptTask, 'script tasks', 'tâches de script'],
  input: [holdsData, 'tasks and call activities', 'tâches et activités appelantes'],
  output: [holdsData, 'tasks and call activities', 'tâches et activités appelantes'],
  lend: [isCall, 'call activities', 'activités appelantes'],
  handOver: [isCall, 'call activities', 'activités appelantes'],
  correlation: [isMessageCarrier, 'events, send and receive tasks', 'événements, tâches d’envoi et de réception'],
  payload: [isMessageCarrier, 'events, send and receive tasks', 'événements, tâches d’envoi et de réception'],
  set: [isMessageCarrier, 'events, send and receive tasks', 'événements, tâches d’envoi et de réception'],
  probability: [() => false, 'flows that leave a gateway', 'flux qui partent d’une passerelle'],
}

/** @param kind of a node; null of a sequence flow. */
export const checkExtensions = (to: Compilation, element: Element, kind: NodeKind | null): void => {
  for (const extension of extensionsOf(element)) {
    const name = extensionName(extension)
    if (name === '') continue
    const place = Object.hasOwn(places, name) ? places[name] : undefined
    if (!place) {
      problem(
        to,
        element,
        'unknown-extension',
        `${called(element)}: <hospital:${name}> does not exist.`,
        `Use one of ${Object.keys(places).join(', ')}.`,
        {
          message: `${sentence(calledInFrench(element))} : <hospital:${name}> n’existe pas.`,
          help: `Utilisez l’un de ${Object.keys(places).join(', ')}.`,
        },
      )
    } else if (kind === null ? name !== 'probability' : !place[0](kind, element)) {
      problem(
        to,
        element,
        'misplaced-extension',
        `${called(element)} cannot have <hospital:${name}>.`,
        `It belongs on ${place[1]}.`,
        {
          message: `${sentence(calledInFrench(element))} ne peut pas porter <hospital:${name}>.`,
          help: `Sa place est ailleurs : ${place[2]}.`,
        },
      )
    }
    for (const attribute of Object.keys(extension.$attrs ?? {})) {
      if (!attribute.includes(':') && attribute !== 'xmlns') {
        problem(
          to,
          element,
          'unknown-attribute',
          `${called(element)}: <hospital:${name}> has no attribute "${attribute}".`,
          'Remove it, or correct its name.',
          {
            message: `${sentence(calledInFrench(element))} : <hospital:${name}> n’a pas d’attribut « ${attribute} ».`,
            help: 'Supprimez cet attribut, ou corrigez son nom.',
          },
        )
      }
    }
  }
}
