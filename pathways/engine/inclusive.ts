/**
 * Inclusive gateways (BPMN 2.0.2, 13.4.3 and table 13.3). A join waits for whatever token could still reach an empty incoming flow, unless that
 * token can also reach a filled one without passing the join. It is decided when nothing moves any more, in every step: so whenever a token has
 * moved or died.
 */
import { NodeKind } from '../language/program.ts'
import { noWayOut, take } from './flow.ts'
import { chosenFlows, consume, rest, resting } from './gateway.ts'
import { type Machine, push, record, Work } from './machine.ts'
import { scopeAt } from './variables.ts'

export function arriveAtInclusive(m: Machine, node: number, flow: number, scope: number): void {
  if (m.nodes[node]!.incoming.length > 1 && flow >= 0) rest(m, flow, scope)
  else pass(m, node, scope)
}

/** Lets one join go on that waits for nothing any more. @returns false when there is none. */
export function decideInclusive(m: Machine): boolean {
  const { flows } = m.executable.program
  for (const { flow, scope } of m.marking.tokens) {
    const { target } = flows[flow]!
    if (m.nodes[target]!.kind !== NodeKind.inclusiveGateway || !isEnabled(m, target, scope)) continue
    for (const each of m.nodes[target]!.incoming) if (resting(m, each, scope) >= 0) consume(m, each, scope)
    pass(m, target, scope)
    return true
  }
  return false
}

/**
 * Whether a gateway waits for no token elsewhere in its scope: none could still reach an empty flow, without passing the gateway, that could not reach
 * a filled one as well. `isFilled` by incoming flow, in their order.
 */
export function awaitsNothing(m: Machine, join: number, scope: number, isFilled: boolean[]): boolean {
  if (isFilled.every(Boolean)) return true
  const reach = m.executable.reaches[join]!
  const mayReach = (node: number, filled: boolean) => isFilled.some((is, index) => is === filled && reach[index]![node]!)
  return positions(m, join, scope).every((node) => !mayReach(node, false) || mayReach(node, true))
}

function isEnabled(m: Machine, join: number, scope: number): boolean {
  const isFilled = m.nodes[join]!.incoming.map((flow) => resting(m, flow, scope) >= 0)
  return awaitsNothing(m, join, scope, isFilled)
}

/** The nodes at which a scope's other tokens are: at rest before another join, or inside an activity or a catching event. */
function positions(m: Machine, join: number, scope: number): number[] {
  const { flows } = m.executable.program
  const nodes: number[] = []
  for (const token of m.marking.tokens) {
    const { target } = flows[token.flow]!
    if (token.scope === scope && target !== join) nodes.push(target)
  }
  for (const { id, node, scope: around, whole, state, interruptedBy } of m.marking.activations) {
    if (around !== scope || id === scope || whole >= 0 || node === join) continue
    if (state !== 'cancelling') nodes.push(node)
    else if (interruptedBy >= 0) nodes.push(interruptedBy)
  }
  return nodes
}

/** Every flow whose condition is true, else the default. */
function pass(m: Machine, node: number, scope: number): void {
  record(m, 'entered', node, scope)
  const { outgoing, id } = m.nodes[node]!
  const flows = outgoing.length > 1 ? flowsOut(m, node, scope) : outgoing
  if (flows.length === 0 && outgoing.length > 0) throw noWayOut(id, node)
  record(m, 'completed', node, scope)
  if (flows.length === 0) push(m, Work.settle, scope, scope)
  for (const flow of flows) take(m, flow, scope)
}

function flowsOut(m: Machine, node: number, scope: number): readonly number[] {
  const { outgoing, defaultFlow } = m.nodes[node]!
  const chosen = chosenFlows(m, node, scope)
  if (chosen.length > 0) return chosen
  const { expressions, program } = m.executable
  const variables = scopeAt(m, scope)
  const taken = outgoing.filter((flow) => {
    const { condition } = program.flows[flow]!
    return flow !== defaultFlow && (condition < 0 || expressions[condition]!(variables) === true)
  })
  return taken.length > 0 || defaultFlow < 0 ? taken : [defaultFlow]
}
