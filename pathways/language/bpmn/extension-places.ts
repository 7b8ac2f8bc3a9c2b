/** Which hospital extension may stand on which element: one in the wrong place, or misspelt, is refused rather than ignored. */
import { NodeKind } from '../program.ts'
import { type Compilation, called, problem } from './compilation.ts'
import { type Element, extensionName, extensionsOf } from './element.ts'
import { isActivity, isScope, isTask } from './kinds.ts'

const isMessageCarrier = (kind: NodeKind) =>
  (kind >= NodeKind.startEvent && kind <= NodeKind.boundaryEvent) || kind === NodeKind.sendTask || kind === NodeKind.receiveTask
const isPersonTask = (kind: NodeKind) => kind === NodeKind.userTask || kind === NodeKind.manualTask
const holdsData = (kind: NodeKind) => isTask(kind) || kind === NodeKind.callActivity
const isCall = (kind: NodeKind) => kind === NodeKind.callActivity

const places: Record<string, [allowed: (kind: NodeKind) => boolean, where: string]> = {
  hold: [isScope, 'processes and subprocesses'],
  priority: [(kind) => isScope(kind) || isActivity(kind), 'processes, subprocesses and activities'],
  need: [isActivity, 'activities'],
  take: [isActivity, 'activities'],
  give: [isActivity, 'activities'],
  slot: [isActivity, 'activities'],
  duration: [isActivity, 'activities'],
  outcome: [isActivity, 'activities'],
  task: [isPersonTask, 'user and manual tasks'],
  activity: [(kind) => kind === NodeKind.serviceTask || kind === NodeKind.sendTask, 'service and send tasks'],
  decision: [(kind) => kind === NodeKind.businessRuleTask, 'business rule tasks'],
  result: [(kind) => kind === NodeKind.scriptTask, 'script tasks'],
  input: [holdsData, 'tasks and call activities'],
  output: [holdsData, 'tasks and call activities'],
  lend: [isCall, 'call activities'],
  handOver: [isCall, 'call activities'],
  correlation: [isMessageCarrier, 'events, send and receive tasks'],
  payload: [isMessageCarrier, 'events, send and receive tasks'],
  set: [isMessageCarrier, 'events, send and receive tasks'],
}

export const checkExtensions = (to: Compilation, element: Element, kind: NodeKind): void => {
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
      )
    } else if (!place[0](kind)) {
      problem(
        to,
        element,
        'misplaced-extension',
        `${called(element)} cannot have <hospital:${name}>.`,
        `It belongs on ${place[1]}.`,
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
        )
      }
    }
  }
}
