/** Exclusive and parallel gateways (BPMN 2.0.2, 13.4.1 and 13.4.2). */
import { InvariantError } from './errors.ts'
import { noWayOut, take } from './flow.ts'
import { type Machine, push, record, Work } from './machine.ts'
import { scopeAt, type VisibleScope } from './variables.ts'

/** One token in, one out: the first flow whose condition is true, else the default; the host may decide instead. */
export function passExclusive(m: Machine, node: number, scope: number): void {
  record(m, 'entered', node, scope)
  const { outgoing, defaultFlow, id } = m.nodes[node]!
  let chosen = outgoing.length > 1 ? (chosenFlows(m, node, scope)[0] ?? -1) : -1
  if (chosen < 0) chosen = firstTrue(m, outgoing, defaultFlow, scope)
  if (chosen < 0 && outgoing.length > 0) throw noWayOut(id, node)
  record(m, 'completed', node, scope)
  if (chosen >= 0) take(m, chosen, scope)
  else push(m, Work.settle, scope, scope)
}

const NONE: readonly number[] = []

/** The flows that the host decides for, none when it leaves it to the conditions. */
export function chosenFlows(m: Machine, node: number, scope: number): readonly number[] {
  const chosen = m.host.choose?.(node, scope) ?? NONE
  for (const flow of chosen)
    if (!m.nodes[node]!.outgoing.includes(flow))
      throw new InvariantError(`The host chose flow ${flow}, which does not leave node ${node}`)
  return chosen
}

function firstTrue(m: Machine, outgoing: number[], defaultFlow: number, scope: number): number {
  const { flows } = m.executable.program
  const { expressions } = m.executable
  let variables: VisibleScope | null = null
  for (let index = 0; index < outgoing.length; index++) {
    const flow = outgoing[index]!
    if (flow === defaultFlow) continue
    const { condition } = flows[flow]!
    if (condition < 0) return flow
    variables ??= scopeAt(m, scope)
    if (expressions[condition]!(variables) === true) return flow
  }
  return defaultFlow
}

/** Waits for one token on each incoming flow, consumes one of each, and puts one on every outgoing flow. */
export function arriveAtParallel(m: Machine, node: number, flow: number, scope: number): void {
  const { incoming } = m.nodes[node]!
  if (incoming.length > 1) {
    rest(m, flow, scope)
    if (!incoming.every((each) => resting(m, each, scope) >= 0)) return
    for (const each of incoming) consume(m, each, scope)
  }
  record(m, 'entered', node, scope)
  record(m, 'completed', node, scope)
  const { outgoing } = m.nodes[node]!
  if (outgoing.length === 0) push(m, Work.settle, scope, scope)
  for (let index = 0; index < outgoing.length; index++) take(m, outgoing[index]!, scope)
}

/** Where in the marking the tokens of a flow rest, or -1. */
export function resting(m: Machine, flow: number, scope: number): number {
  const { tokens } = m.marking
  for (let index = 0; index < tokens.length; index++)
    if (tokens[index]!.flow === flow && tokens[index]!.scope === scope) return index
  return -1
}

export function rest(m: Machine, flow: number, scope: number): void {
  const index = resting(m, flow, scope)
  if (index >= 0) m.marking.tokens[index]!.count++
  else m.marking.tokens.push({ flow, scope, count: 1 })
}

export function consume(m: Machine, flow: number, scope: number): void {
  const index = resting(m, flow, scope)
  const token = m.marking.tokens[index]
  if (!token) throw new InvariantError(`No token rests on flow ${flow}`)
  token.count--
  if (token.count === 0) m.marking.tokens.splice(index, 1)
}
