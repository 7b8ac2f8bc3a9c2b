/** What has left the house cannot be taken back: a pathway that may still be cancelled should not have sent it yet. */
import { isActivity, isIntermediate } from '../bpmn/kinds.ts'
import { concerns, EventKind, NodeKind, type Program, type ProgramNode, partsOf } from '../program.ts'
import { beside, type FlowGraph, flowGraph, type Reached, reach } from './flow-graph.ts'
import { irreversibleActivities } from './irreversible-activities.ts'
import { about, type HospitalRule, nameOf } from './rule.ts'

/** How many deposits of a process are looked at. */
const depositsMax = 50

/**
 * Warns of each irreversible activity after which, or beside which, something may still cancel a scope around it: a cancel end event, an
 * interrupting event on a boundary or in an event subprocess. Not where the activity, or a subprocess around it, has a compensation: then somebody
 * has drawn what corrects it. Pathways that are called are looked at apart.
 */
export const irreversibleDeposit: HospitalRule = (program) => {
  const sent = program.nodes.flatMap((node, index) => (irreversibleActivities.has(node.task?.activity ?? '') ? [index] : []))
  if (sent.length === 0) return []
  const graph = flowGraph(program)
  return sent.slice(0, depositsMax).flatMap((index) => {
    const canceller = cancellerOf(program, graph, index)
    if (!canceller) return []
    const name = nameOf(canceller)
    return about(
      program.nodes[index]!,
      'irreversible-before-cancel',
      'warning',
      [
        `sends what cannot be taken back, and ${name.english} may still cancel the work around it afterwards.`,
        'Send it once nothing can cancel any more, or draw the activity that corrects it as its compensation.',
      ],
      [
        `envoie ce qui ne peut plus être repris, alors que ${name.french} peut encore annuler après coup ce qui l’entoure.`,
        'Envoyez-le quand plus rien ne peut annuler, ou dessinez en compensation l’activité qui le rectifie.',
      ],
    )
  })
}

/** What may cancel a scope around a node once the node is done; null when nothing does, or when undoing is drawn. */
const cancellerOf = ({ nodes }: Program, graph: FlowGraph, sent: number): ProgramNode | null => {
  const open: Reached = new Uint8Array(nodes.length)
  for (let at = sent; at > 0; at = nodes[at]!.scope) {
    if (nodes[at]!.forCompensation || hasUndoing(nodes, at)) return null
    for (const more of [reach(graph, graph.successors[at]!), beside(graph, at), besideScope(graph, at)])
      more.forEach((isOpen, other) => {
        if (isOpen === 1) open[other] = 1
      })
    const scope = nodes[at]!.scope
    const found = cancelling(nodes, graph, scope, open, at)
    if (found) return hasUndoing(nodes, scope) ? null : found
  }
  return null
}

/** Instances beside a node, and event subprocesses that run beside their scope. */
const besideScope = (graph: FlowGraph, at: number): Reached => {
  const { nodes } = graph
  const { scope, loop, kind } = nodes[at]!
  const runsBeside = (event: number) => event !== at && nodes[event]!.starts.every((start) => !nodes[start]!.interrupting)
  const others = [...nodes[scope]!.eventSubProcesses.filter(runsBeside), ...(loop ? [at] : [])]
  const isBeside = kind === NodeKind.eventSubProcess && nodes[at]!.starts.every((start) => !nodes[start]!.interrupting)
  return reach(graph, isBeside ? [...others, ...graph.inside[scope]!.filter((other) => other !== at)] : others)
}

/** What cancels a scope as long as some of the nodes in it may be under way. */
const cancelling = (
  nodes: ProgramNode[],
  graph: FlowGraph,
  scope: number,
  open: Reached,
  from: number,
): ProgramNode | undefined => {
  const cancel = graph.inside[scope]!.find(
    (at) => open[at] === 1 && isThrow(nodes[at]!) && concerns(nodes[at]!.event, EventKind.cancel),
  )
  if (cancel !== undefined) return nodes[cancel]
  const starts = nodes[scope]!.eventSubProcesses.filter((event) => event !== from).flatMap((event) => nodes[event]!.starts)
  const underWay = nodes.filter((_, at) => open[at] === 1)
  return [...nodes[scope]!.boundaries, ...starts]
    .map((at) => nodes[at]!)
    .find((event) => event.interrupting && mayHappen(event, underWay))
}

const fromOutside: ReadonlySet<EventKind> = new Set([EventKind.timer, EventKind.message, EventKind.signal, EventKind.conditional])

/** What comes from outside may come as long as something waits; errors and escalations when something throws them. */
const mayHappen = ({ event }: ProgramNode, open: ProgramNode[]): boolean =>
  partsOf(event).some((part) => {
    if (fromOutside.has(part.kind)) return open.some(({ kind }) => isActivity(kind) || isIntermediate(kind))
    if (part.kind !== EventKind.error && part.kind !== EventKind.escalation) return false
    const name = part.name === '' ? undefined : part.name
    return open.some((node) => isThrow(node) && concerns(node.event, part.kind, name))
  })

const isThrow = ({ kind }: ProgramNode): boolean => kind === NodeKind.endEvent || kind === NodeKind.intermediateThrowEvent

/** A compensation on its boundary, or an event subprocess in it that undoes. */
const hasUndoing = (nodes: ProgramNode[], at: number): boolean => {
  const { boundaries, eventSubProcesses } = nodes[at]!
  const starts = eventSubProcesses.flatMap((event) => nodes[event]!.starts)
  return [...boundaries, ...starts].some((event) => concerns(nodes[event]!.event, EventKind.compensation))
}
