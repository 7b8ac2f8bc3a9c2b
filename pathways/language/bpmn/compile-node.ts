/** One flow node, with everything hung on it. */
import { concerns, EventKind, NodeKind, type ProgramEvent, type ProgramNode } from '../program.ts'
import { compileAdHoc, compileChoice } from './ad-hoc.ts'
import { assignments, type Compilation, called, calledInFrench, problem, sentence, warning } from './compilation.ts'
import { handlerOf } from './compile-compensation.ts'
import { compileEvent, compileMessage, type EventPlace } from './compile-event.ts'
import { compileLoop } from './compile-loop.ts'
import { compileDuration, compileHoldNames, compileNeeds, compilePriority, compileSlot } from './compile-resources.ts'
import { compileCall, compileTask } from './compile-task.ts'
import { compileTokens, instantiates } from './compile-tokens.ts'
import { type Element, elementOf, elementsOf, extensions, textOf } from './element.ts'
import { checkExtensions } from './extension-places.ts'
import { isActivity, isTask, nodeKinds } from './kinds.ts'
import { messageOfFlow } from './message-flows.ts'

/** The kind of an element of `Compilation.nodes`. */
export const kindOf = (element: Element): NodeKind => {
  if (element.$type === 'bpmn:Process') return NodeKind.process
  return element.$type === 'bpmn:SubProcess' && element.triggeredByEvent === true
    ? NodeKind.eventSubProcess
    : nodeKinds[element.$type]!
}

const indexesOf = (index: Map<Element, number>, elements: Element[]): number[] =>
  elements.map((element) => index.get(element)).filter((found) => found !== undefined)

export const compileNode = (to: Compilation, element: Element): ProgramNode => {
  const kind = kindOf(element)
  const activity = isActivity(kind)
  checkExtensions(to, element, kind)
  const event = compileNodeEvent(to, element, kind)
  warnOfDrawnOnly(to, element, kind, event)
  const adHoc = compileAdHoc(to, element)
  return {
    id: element.id ?? '',
    name: textOf(element, 'name'),
    type: element.$type,
    kind,
    scope: element.$parent ? (to.nodeIndexes.get(element.$parent) ?? -1) : -1,
    incoming: indexesOf(to.flowIndexes, to.incoming.get(element) ?? []),
    outgoing: indexesOf(to.flowIndexes, to.outgoing.get(element) ?? []),
    defaultFlow: to.flowIndexes.get(elementOf(element, 'default') ?? element) ?? -1,
    boundaries: indexesOf(to.nodeIndexes, to.boundaries.get(element) ?? []),
    attachedTo: kind === NodeKind.boundaryEvent ? (to.nodeIndexes.get(elementOf(element, 'attachedToRef') ?? element) ?? -1) : -1,
    ...(activity && element.isForCompensation === true && { forCompensation: true as const }),
    ...(event?.kind === EventKind.compensation && kind === NodeKind.boundaryEvent && { handler: handlerOf(to, element) }),
    ...(adHoc && { adHoc }),
    interrupting: isInterrupting(to, element, kind, event),
    event,
    ...compileTokens(to, element, kind),
    starts: indexesOf(
      to.nodeIndexes,
      elementsOf(element, 'flowElements').filter((inner) => inner.$type === 'bpmn:StartEvent' || instantiates(to, inner)),
    ),
    eventSubProcesses: indexesOf(
      to.nodeIndexes,
      elementsOf(element, 'flowElements').filter((inner) => kindOf(inner) === NodeKind.eventSubProcess),
    ),
    loop: activity ? compileLoop(to, element) : null,
    task: isTask(kind) ? compileTask(to, element, kind) : compileChoice(to, element),
    call: kind === NodeKind.callActivity ? compileCall(to, element) : null,
    needs: compileNeeds(to, element),
    takes: compileHoldNames(to, element, 'take'),
    gives: compileHoldNames(to, element, 'give'),
    slot: compileSlot(to, element),
    priority: compilePriority(to, element),
    duration: compileDuration(to, element),
    outcomes: assignments(to, element, 'outcome', 'variable'),
  }
}

const places: Partial<Record<NodeKind, EventPlace>> = {
  [NodeKind.endEvent]: 'end',
  [NodeKind.intermediateCatchEvent]: 'catch',
  [NodeKind.intermediateThrowEvent]: 'throw',
  [NodeKind.boundaryEvent]: 'boundary',
}

const startPlace = (element: Element): EventPlace => {
  if (element.$parent?.$type === 'bpmn:Process') return 'processStart'
  return element.$parent?.triggeredByEvent === true ? 'eventSubProcessStart' : 'subProcessStart'
}

const compileNodeEvent = (to: Compilation, element: Element, kind: NodeKind): ProgramEvent | null => {
  const place = kind === NodeKind.startEvent ? startPlace(element) : places[kind]
  if (place) return compileEvent(to, element, place)
  const message = elementOf(element, 'messageRef')
  if (kind === NodeKind.receiveTask) return compileMessage(to, element, message, false)
  if (kind !== NodeKind.sendTask) return null
  return message || messageOfFlow(element, true) !== '' || extensions(element, 'activity').length === 0
    ? compileMessage(to, element, message, true)
    : null
}

const isInterrupting = (to: Compilation, element: Element, kind: NodeKind, event: ProgramEvent | null): boolean => {
  const inEventSubProcess = kind === NodeKind.startEvent && startPlace(element) === 'eventSubProcessStart'
  const interrupting =
    kind === NodeKind.boundaryEvent
      ? element.cancelActivity !== false
      : inEventSubProcess
        ? element.isInterrupting !== false
        : true
  if (!interrupting && concerns(event, EventKind.error)) {
    problem(
      to,
      element,
      'error-interrupts',
      `${called(element)} catches an error without interrupting.`,
      'An error always interrupts: make the event interrupting (BPMN 2.0.2, section 10.5.6).',
      {
        message: `${sentence(calledInFrench(element))} reçoit une erreur sans interrompre.`,
        help: 'Une erreur interrompt toujours : rendez l’événement interruptif (BPMN 2.0.2, section 10.5.6).',
      },
    )
  }
  return interrupting
}

/** Subprocesses have no data inputs and outputs (BPMN 2.0.2, 10.4.1), and events have those of what they throw or hear. */
const warnOfDrawnOnly = (to: Compilation, element: Element, kind: NodeKind, event: ProgramEvent | null): void => {
  const associations = [...elementsOf(element, 'dataInputAssociations'), ...elementsOf(element, 'dataOutputAssociations')]
  const carriesData = isTask(kind) || kind === NodeKind.callActivity || ofData.some((each) => concerns(event, each))
  if (associations.length === 0 || carriesData) return
  warning(
    to,
    element,
    'data-association',
    `${called(element)}: its data associations are drawn, not executed.`,
    'What is inside a subprocess sees the data around it; events carry the data of messages, signals, errors and escalations only.',
    {
      message: `${sentence(calledInFrench(element))} : ses associations de données sont dessinées, pas exécutées.`,
      help: 'Ce qui est dans un sous-processus voit les données autour de lui ; les événements ne portent que les données de messages, signaux, erreurs et escalades.',
    },
  )
}

const ofData: EventKind[] = [EventKind.message, EventKind.signal, EventKind.error, EventKind.escalation]
