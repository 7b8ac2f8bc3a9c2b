/** What a gateway's flows must be beside their number: its declared direction (BPMN 2.0.2, table 8.47), and how an event-based one waits for messages (10.6.6). */
import { concerns, EventKind, NodeKind, type ProgramFlow, type ProgramNode } from '../program.ts'
import { asked, type Compilation, called, calledInFrench, problem, sentence } from './compilation.ts'
import type { Element } from './element.ts'
import { isGateway } from './kinds.ts'

export const checkGateways = (to: Compilation, nodes: ProgramNode[], flows: ProgramFlow[]): void =>
  nodes.forEach((node, index) => {
    if (!isGateway(node.kind)) return
    checkDirection(to, node, index)
    if (node.kind === NodeKind.eventBasedGateway) checkOneWayToWait(to, node, index, nodes, flows)
  })

/** What a declared direction forbids is refused; flows that it asks for and that are not there may still be drawn. */
const checkDirection = (to: Compilation, { incoming, outgoing }: ProgramNode, index: number): void => {
  const element = to.nodes[index]!
  const direction = element.gatewayDirection
  const isWrong = (direction === 'Converging' && outgoing.length > 1) || (direction === 'Diverging' && incoming.length > 1)
  if (!isWrong) return checkBothWays(to, element, incoming.length > 1, outgoing.length > 1)
  const [flows, french] = direction === 'Converging' ? ['outgoing flows', 'flux sortants'] : ['incoming flows', 'flux entrants']
  problem(
    to,
    element,
    'gateway-direction',
    `${called(element)} says that it is ${String(direction).toLowerCase()}, but has several ${flows}.`,
    'Correct its gatewayDirection, or draw one gateway that joins and another that splits.',
    {
      message: `${sentence(calledInFrench(element))} se dit ${direction === 'Converging' ? 'convergente' : 'divergente'}, mais a plusieurs ${french}.`,
      help: 'Corrigez son sens (gatewayDirection), ou dessinez une passerelle qui réunit et une autre qui sépare.',
    },
  )
}

/** A declared direction asks for several flows (10.6.1). */
const checkBothWays = (to: Compilation, element: Element, joins: boolean, splits: boolean): void => {
  const direction = element.gatewayDirection
  const lacksIncoming = (direction === 'Converging' || direction === 'Mixed') && !joins
  const lacksOutgoing = (direction === 'Diverging' || direction === 'Mixed') && !splits
  if (!lacksIncoming && !lacksOutgoing) return
  const [flows, french] = lacksIncoming ? ['incoming flow', 'flux entrant'] : ['outgoing flow', 'flux sortant']
  asked(
    to,
    element,
    'gateway-direction',
    `${called(element)} says that it is ${String(direction).toLowerCase()}, but has not more than one ${flows}.`,
    'Correct its gatewayDirection, or draw the flow that is missing.',
    {
      message: `${sentence(calledInFrench(element))} se dit ${frenchDirections[String(direction)]}, mais n’a pas plus d’un ${french}.`,
      help: 'Corrigez son sens (gatewayDirection), ou dessinez le flux qui manque.',
    },
  )
}

const frenchDirections: Record<string, string> = { Converging: 'convergente', Diverging: 'divergente', Mixed: 'mixte' }

const checkOneWayToWait = (
  to: Compilation,
  { outgoing }: ProgramNode,
  index: number,
  nodes: ProgramNode[],
  flows: ProgramFlow[],
): void => {
  const targets = outgoing.flatMap((flow) => nodes[flows[flow]!.target] ?? [])
  const hasTask = targets.some(({ kind }) => kind === NodeKind.receiveTask)
  const hasMessage = targets.some(
    ({ kind, event }) => kind === NodeKind.intermediateCatchEvent && concerns(event, EventKind.message),
  )
  if (!hasTask || !hasMessage) return
  const element = to.nodes[index]!
  problem(
    to,
    element,
    'event-gateway-mix',
    `${called(element)} is followed by receive tasks and by message events.`,
    'Use one or the other for all the messages it waits for.',
    {
      message: `${sentence(calledInFrench(element))} est suivie à la fois de tâches de réception et d’événements de message.`,
      help: 'Utilisez les unes ou les autres pour tous les messages attendus.',
    },
  )
}
