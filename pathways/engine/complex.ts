/**
 * Complex gateways (BPMN 2.0.2, 13.4.6 and table 13.5). Waiting for start, one is activated when its condition is true over `activationCount`, the tokens
 * at its incoming flows; then it waits for reset, as an inclusive join does: for whatever token could still reach a flow that has not brought one, unless
 * it could reach one that has. Both times one token of each filled flow goes, and every outgoing flow whose condition is true is taken, else the default;
 * `waitingForStart` tells the conditions which time it is.
 */
import { NodeKind } from '../language/program.ts'
import { close, open } from './activation.ts'
import { noWayOut, take } from './flow.ts'
import { consume, rest, resting } from './gateway.ts'
import { awaitsNothing } from './inclusive.ts'
import type { Activation } from './instance.ts'
import { type Machine, push, record, Work } from './machine.ts'
import { evaluate } from './variables.ts'

/** Lets one complex gateway start or reset. @returns false when there is none that can. */
export function decideComplex(m: Machine): boolean {
  const { flows } = m.executable.program
  for (const { flow, scope } of m.marking.tokens) {
    const { target } = flows[flow]!
    if (m.nodes[target]!.kind !== NodeKind.complexGateway || resetting(m, target, scope)) continue
    if (!isActivated(m, target, scope)) continue
    start(m, target, scope)
    return true
  }
  for (const activation of m.marking.activations) {
    if (m.nodes[activation.node]!.kind !== NodeKind.complexGateway || activation.state !== 'active') continue
    if (!awaitsNothing(m, activation.node, activation.scope, served(m, activation))) continue
    reset(m, activation)
    return true
  }
  return false
}

/** While it waits for reset it stands as an activation; `planned` has a bit for each incoming flow that brought its token. */
function resetting(m: Machine, node: number, scope: number): Activation | undefined {
  return m.marking.activations.find((activation) => activation.node === node && activation.scope === scope)
}

function isActivated(m: Machine, node: number, scope: number): boolean {
  const activationCount = m.nodes[node]!.incoming.reduce(
    (sum, flow) => sum + (m.marking.tokens[resting(m, flow, scope)]?.count ?? 0),
    0,
  )
  return evaluate(m, m.nodes[node]!.activationCondition!, scope, { activationCount }) === true
}

function start(m: Machine, node: number, scope: number): void {
  const { incoming } = m.nodes[node]!
  let brought = 0
  incoming.forEach((flow, index) => {
    if (resting(m, flow, scope) < 0) return
    consume(m, flow, scope)
    brought |= 1 << index
  })
  // One that only splits has nothing to reset for.
  if (incoming.length === 1) return arriveAtComplex(m, node, -1, scope)
  const activation = open(m, node, scope)
  activation.planned = brought
  record(m, 'entered', node, activation.id)
  if (!goOn(m, node, scope, true)) throw noWayOut(m.nodes[node]!.id, node)
}

function reset(m: Machine, activation: Activation): void {
  const { node, scope } = activation
  for (const flow of openFlows(m, activation)) if (resting(m, flow, scope) >= 0) consume(m, flow, scope)
  close(m, activation, 'completed')
  if (!goOn(m, node, scope, false)) push(m, Work.settle, scope, scope)
}

/** By incoming flow: whether it has brought a token, then or since. What could come by one of these as well is not waited for. */
const served = (m: Machine, { node, scope, planned }: Activation): boolean[] =>
  m.nodes[node]!.incoming.map((flow, index) => (planned & (1 << index)) !== 0 || resting(m, flow, scope) >= 0)

const openFlows = (m: Machine, { node, planned }: Activation): number[] =>
  m.nodes[node]!.incoming.filter((_, index) => (planned & (1 << index)) === 0)

/** @returns whether a flow was taken. One without a condition is taken at the start only, the default flow whenever no other is. */
function goOn(m: Machine, node: number, scope: number, waitingForStart: boolean): boolean {
  const { outgoing, defaultFlow } = m.nodes[node]!
  const { flows } = m.executable.program
  const taken = outgoing.filter((flow) => {
    const { condition } = flows[flow]!
    if (flow === defaultFlow) return false
    return condition < 0 ? waitingForStart : evaluate(m, condition, scope, { waitingForStart }) === true
  })
  if (taken.length === 0 && defaultFlow >= 0) taken.push(defaultFlow)
  for (const flow of taken) take(m, flow, scope)
  return taken.length > 0 || outgoing.length === 0
}

/** A token comes by a flow; without a flow, a scope begins here, and nothing is waited for. */
export function arriveAtComplex(m: Machine, node: number, flow: number, scope: number): void {
  if (flow >= 0) return rest(m, flow, scope)
  record(m, 'entered', node, scope)
  record(m, 'completed', node, scope)
  if (!goOn(m, node, scope, true)) throw noWayOut(m.nodes[node]!.id, node)
}
