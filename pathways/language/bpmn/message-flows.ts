/**
 * Collaborations (BPMN 2.0.2, 9.3 and 9.4): message flows say who sends what to whom. An event or a task that names no message has the one of its
 * message flow: the flow's own, the one that its other end names, or one that only this flow stands for.
 */
import type { Finding } from '../finding.ts'
import { called, calledInFrench, sentence } from './compilation.ts'
import { type Element, elementOf, elementsOf, idOf, rootOf, textOf } from './element.ts'
import { said, severityOfData } from './file-elements.ts'

/** The name of the message that a message flow brings to an element, or takes from it; '' when none is drawn there. */
export const messageOfFlow = (element: Element, throwing: boolean): string => {
  const end = throwing ? 'sourceRef' : 'targetRef'
  const flow = collaborationsAround(element)
    .flatMap((collaboration) => elementsOf(collaboration, 'messageFlows'))
    .find((each) => each[end] === element)
  if (!flow) return ''
  const other = elementOf(flow, throwing ? 'targetRef' : 'sourceRef')
  return textOf(elementOf(flow, 'messageRef'), 'name') || ownMessage(other) || idOf(flow)
}

/** The message that an event or a task names itself. */
const ownMessage = (element: Element | undefined): string => {
  const definition = element
    ? elementsOf(element, 'eventDefinitions').find(({ $type }) => $type === 'bpmn:MessageEventDefinition')
    : undefined
  return textOf(elementOf(definition ?? element, 'messageRef'), 'name')
}

const collaborationsAround = (element: Element): Element[] => collaborationsOf(rootOf(element))

const collaborationsOf = (definitions: Element): Element[] =>
  elementsOf(definitions, 'rootElements').filter(({ $type }) => $type === 'bpmn:Collaboration')

const SENDS = /^bpmn:(Participant|.*Task|SubProcess|Transaction|AdHocSubProcess|CallActivity|EndEvent|IntermediateThrowEvent)$/
const HEARS =
  /^bpmn:(Participant|.*Task|SubProcess|Transaction|AdHocSubProcess|CallActivity|StartEvent|IntermediateCatchEvent|BoundaryEvent)$/

/** A message flow goes from one pool to another, from what can send to what can hear (BPMN 2.0.2, 7.6.2 and 9.4). */
export const checkMessageFlows = (definitions: Element): Finding[] =>
  collaborationsOf(definitions).flatMap((collaboration) => {
    const pools = elementsOf(collaboration, 'participants')
    return elementsOf(collaboration, 'messageFlows').flatMap((flow) => checkOne(flow, pools))
  })

const checkOne = (flow: Element, pools: Element[]): Finding[] => {
  const [source, target] = [elementOf(flow, 'sourceRef'), elementOf(flow, 'targetRef')]
  // An end that does not exist is a dangling reference already.
  if (!source || !target) return []
  const say = (rule: string, message: string, help: string, french: string, frenchHelp: string): Finding => ({
    rule,
    severity: 'error',
    element: idOf(flow),
    message,
    help,
    french: { message: french, help: frenchHelp },
  })
  if (poolOf(source, pools) === poolOf(target, pools))
    return [
      say(
        'message-flow-pool',
        `${called(flow)} stays inside one pool.`,
        'A message flow goes from one pool to another; inside a pool draw a sequence flow.',
        `${sentence(calledInFrench(flow))} reste dans un même participant.`,
        'Un flux de message va d’un participant à un autre ; à l’intérieur, dessinez un flux de séquence.',
      ),
    ]
  const wrong =
    !SENDS.test(source.$type) || isOfMessages(source) === false
      ? source
      : !HEARS.test(target.$type) || isOfMessages(target) === false
        ? target
        : null
  if (!wrong) return [...plainEnd(flow, source, 'sourceRef'), ...plainEnd(flow, target, 'targetRef')]
  const isSource = wrong === source
  return [
    say(
      'message-flow-end',
      `${called(flow)} ${isSource ? 'leaves' : 'enters'} ${called(wrong)}, which can ${isSource ? 'send' : 'hear'} no message.`,
      `Connect it to a pool, a task, or an event that ${isSource ? 'throws' : 'catches'} a message.`,
      `${sentence(calledInFrench(flow))} ${isSource ? 'part de' : 'arrive à'} ${calledInFrench(wrong)}, qui ne peut ${isSource ? 'envoyer' : 'recevoir'} aucun message.`,
      `Reliez-le à un participant, une tâche, ou un événement de message ${isSource ? 'émis' : 'reçu'}.`,
    ),
  ]
}

/** "The trigger attribute of the Start Event MUST be set to Message or Multiple if there are any incoming Message Flows", and so for an end (10.5.2, 10.5.3). */
const plainEnd = (flow: Element, end: Element, side: 'sourceRef' | 'targetRef'): Finding[] => {
  const definitions = [...elementsOf(end, 'eventDefinitions'), ...elementsOf(end, 'eventDefinitionRef')]
  if (!/^bpmn:(Start|End)Event$/.test(end.$type) || definitions.length > 0) return []
  const isSource = side === 'sourceRef'
  return [
    said(
      idOf(flow),
      'message-flow-end',
      [
        `${sentence(called(flow))} ${isSource ? 'leaves' : 'enters'} ${called(end)}, which is no message event.`,
        `Make it an event that ${isSource ? 'throws' : 'catches'} a message.`,
      ],
      [
        `${sentence(calledInFrench(flow))} ${isSource ? 'part de' : 'arrive à'} ${calledInFrench(end)}, qui n’est pas un événement de message.`,
        `Faites-en un événement de message ${isSource ? 'émis' : 'reçu'}.`,
      ],
      severityOfData(end),
    ),
  ]
}

/** For an event: whether it is a message event, so that it sends or hears; undefined for anything else. */
const isOfMessages = (element: Element): boolean | undefined => {
  if (!element.$type.endsWith('Event')) return undefined
  const definitions = elementsOf(element, 'eventDefinitions')
  return definitions.length === 0 || definitions.some(({ $type }) => $type === 'bpmn:MessageEventDefinition')
}

/** The participant that an element is of, or the process it stands in when nobody has that. */
const poolOf = (element: Element, pools: Element[]): Element => {
  if (element.$type === 'bpmn:Participant') return element
  let process = element
  while (process.$parent && process.$type !== 'bpmn:Process') process = process.$parent
  return pools.find((pool) => elementOf(pool, 'processRef') === process) ?? process
}
