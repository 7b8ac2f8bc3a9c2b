/** Activations begin and end here, and nowhere else: whatever an activation holds ends with it. */
import { keep } from './compensables.ts'
import type { Activation } from './instance.ts'
import { dropTokens, find, type Machine, newId, record } from './machine.ts'
import { forget, releaseAll } from './resources.ts'
import { withdraw, withdrawAll } from './waits.ts'

export function open(m: Machine, node: number, scope: number, whole = -1, instance = 0): Activation {
  const activation: Activation = {
    id: newId(m),
    node,
    scope,
    whole,
    instance,
    state: 'active',
    planned: 0,
    completed: 0,
    interruptedBy: -1,
  }
  m.marking.activations.push(activation)
  m.instance.bookkeeping.since[activation.id] = m.at
  return activation
}

/** Ends an activation that has nothing open inside any more. */
export function close(
  m: Machine,
  activation: Activation,
  how: 'completed' | 'cancelled' | 'failed',
  detail: { instances: number } | null = null,
): void {
  stopWaiting(m, activation)
  releaseAll(m, activation)
  const snapshot = m.executable.compensates || m.marking.compensables ? keep(m, activation, how) : null
  const { activations } = m.marking
  activations.splice(activations.indexOf(activation), 1)
  const { bookkeeping, variables } = m.instance
  delete bookkeeping.since[activation.id]
  if (activation.id !== 0 && variables[activation.id]) delete variables[activation.id]
  if (snapshot) variables[activation.id] = snapshot
  if (activation.planned > 0 && bookkeeping.items[activation.id]) delete bookkeeping.items[activation.id]
  if (activation.node !== 0) record(m, how, activation.node, activation.id, activation.instance, detail)
}

/** Withdraws whatever an activation waits for, but a call. */
export function stopWaiting(m: Machine, activation: Activation): void {
  if (activation.state === 'requesting') {
    const wait = m.marking.waits.find((open) => open.kind === 'request' && open.activation === activation.id)
    if (wait) forget(m, wait)
  }
  withdrawAll(m, activation.id)
}

/**
 * Cancels an activation and all inside it, the inner ones first. A call under way is asked to end: it and everything around it stay,
 * cancelling, until the called run has ended (`calledRunEnded` goes on then).
 */
export function cancel(m: Machine, activation: Activation): void {
  cancelInside(m, activation)
  activation.interruptedBy = -1
  if (askCallToEnd(m, activation) || hasInside(m, activation)) {
    stopWaiting(m, activation)
    activation.state = 'cancelling'
  } else close(m, activation, 'cancelled')
}

/** Cancels what is inside an activation, tokens included, but neither itself nor its own waits. */
export function cancelInside(m: Machine, activation: Activation): void {
  dropTokens(m, activation.id)
  const inside = m.marking.activations.filter((other) => isInside(activation, other))
  for (const other of inside) cancel(m, other)
}

/** True when it has a call under way, which has now been asked to end, once. */
export function askCallToEnd(m: Machine, activation: Activation): boolean {
  const wait = m.marking.waits.find((open) => open.kind === 'call' && open.activation === activation.id)
  if (!wait) return false
  if (activation.state !== 'cancelling') withdraw(m, wait)
  return true
}

export function hasInside(m: Machine, activation: Activation): boolean {
  return m.marking.activations.some((other) => isInside(activation, other))
}

/** Directly inside: instances belong to their whole, everything else to its scope. */
function isInside(around: Activation, other: Activation): boolean {
  return other.whole >= 0 ? other.whole === around.id : other.scope === around.id
}

/** What an activation is directly inside of, undefined for the process. */
export function around(m: Machine, activation: Activation): Activation | undefined {
  return find(m, activation.whole >= 0 ? activation.whole : activation.scope)
}
