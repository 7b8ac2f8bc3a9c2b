/** Call activities: the called process is a run of its own (BPMN 2.0.2, 10.3.6); errors pass by code, holds are lent or handed over. */
import type { Variables } from '../language/feel/value.ts'
import { finish } from './completion.ts'
import type { Effect, Outcome, ThrownError } from './contract.ts'
import { failActivity } from './error.ts'
import type { Activation, Wait } from './instance.ts'
import { calledRunEnded } from './interruption.ts'
import { get, type Machine } from './machine.ts'
import { pass } from './resources.ts'
import { absorb, collect, visibleAt } from './variables.ts'
import { closeWait, openWait } from './waits.ts'

export function startCall(m: Machine, activation: Activation): void {
  m.host.emit(calling(m, openWait(m, 'call', activation.node, activation.id)))
}

/** What the host is asked to start. Without inputs the called run starts with a copy of all that is visible here. */
export function calling(m: Machine, wait: Wait): Effect {
  const { process, inputs } = m.nodes[wait.node]!.call!
  const activation = get(m, wait.activation)
  const variables = inputs.length > 0 ? collect(m, inputs, activation.id) : visibleAt(m, activation.id)
  return { type: 'call', wait: wait.id, node: wait.node, process, variables, holds: pass(m, activation) }
}

export function endCall(m: Machine, wait: Wait, outcome: Outcome, variables: Variables, error: ThrownError | null): void {
  const activation = get(m, wait.activation)
  closeWait(m, wait)
  if (activation.state === 'cancelling') return calledRunEnded(m, activation)
  const { call, id } = m.nodes[wait.node]!
  if (outcome === 'completed') {
    absorb(m, call!.outputs, activation.id, 'result', variables)
    return finish(m, activation, variables)
  }
  const { code, message } = outcome === 'failed' && error ? error : { code: outcome, message: `The called run was ${outcome}` }
  failActivity(m, activation, { code, message, element: id })
}
