/**
 * The working state of a step, and what every part of it does: `pathways/engine/machine.ts` for runs that only a simulation steps. What a
 * step asks for is done at once, for nothing of it changes what the step comes to; only work and timers begin when it is over.
 */
import { isContext } from '../../pathways/engine/variables.ts'
import type { Closure } from '../../pathways/language/feel/evaluate.ts'
import type { Value, Variables } from '../../pathways/language/feel/value.ts'
import { Beyond } from '../compiled/beyond.ts'
import type { Flow, Node, Setting } from './model.ts'
import { Activation, HeldState, type Run, type RunScope, Wait, WaitKind } from './run.ts'
import type { World } from './world.ts'

/** What the queue holds: a token on a flow, a node that begins without one, an activity that begins its work, something that ended in a scope. */
export const Work = { arrive: 0, enter: 1, start: 2, settle: 3 } as const

export interface Machine {
  at: number
  readonly world: World
  readonly scope: RunScope
  /** What is still to be done: the work, its subject, the scope it belongs to. */
  readonly works: number[]
  readonly subjects: (Flow | Node | Activation)[]
  readonly scopes: Activation[]
  head: number
  tail: number
  /** Work and timers that begin when the step is over. */
  readonly beginning: Wait[]
}

export const push = (m: Machine, work: number, subject: Flow | Node | Activation, scope: Activation): void => {
  const { tail } = m
  m.works[tail] = work
  m.subjects[tail] = subject
  m.scopes[tail] = scope
  m.tail = tail + 1
  if (work !== Work.settle) scope.moving++
}

/** Drops every token of a scope, at rest or moving. */
export const dropTokens = (m: Machine, scope: Activation): void => {
  if (scope.resting > 0) {
    const { run } = scope
    run.tokens = run.tokens.filter((token) => token.scope !== scope)
    scope.resting = 0
  }
  if (scope.moving === 0) return
  let kept = m.head
  for (let index = m.head; index < m.tail; index++) {
    if (m.scopes[index] === scope && m.works[index] !== Work.settle) continue
    m.works[kept] = m.works[index]!
    m.subjects[kept] = m.subjects[index]!
    m.scopes[kept++] = m.scopes[index]!
  }
  m.tail = kept
  scope.moving = 0
}

/** True when nothing moves, rests or is open inside a scope. */
export const isEmpty = ({ inside, resting, moving }: Activation): boolean => inside === 0 && resting === 0 && moving === 0

export const open = (run: Run, node: Node, scope: Activation | null): Activation => {
  const activation = new Activation(run.nextId++, run, node, scope)
  run.activations.push(activation)
  if (scope !== null) scope.inside++
  return activation
}

export const openWait = (kind: number, node: Node, activation: Activation): Wait => {
  const wait = new Wait(activation.run.nextId++, kind, node, activation)
  activation.waits.push(wait)
  return wait
}

/** The wait is answered. */
export const closeWait = (wait: Wait): void => {
  wait.isOpen = false
  const { waits } = wait.activation
  if (waits.length === 1) waits.pop()
  else waits.splice(waits.indexOf(wait), 1)
}

/** The wait is over without an answer. A call is only asked to end: its wait stays until the called run has ended. */
export const withdraw = (m: Machine, wait: Wait): void => {
  const { kind } = wait
  if (kind === WaitKind.call) return m.world.cancelCalled(wait)
  closeWait(wait)
  if (kind === WaitKind.request) m.world.withdraw(wait)
  else if (kind === WaitKind.message || kind === WaitKind.signal) m.world.unsubscribe(wait)
}

/** Withdraws whatever an activation waits for, but a call. */
export const stopWaiting = (m: Machine, activation: Activation): void => {
  const { waits } = activation
  if (waits.length === 0) return
  for (let index = 0; index < waits.length; ) {
    const wait = waits[index]!
    if (wait.kind === WaitKind.request) forget(wait)
    if (wait.kind === WaitKind.call) index++
    else withdraw(m, wait)
  }
}

/** What a request asked for is asked for no more. */
export const forget = (wait: Wait): void => {
  const { id, activation, run } = wait
  // They were numbered one after the other, before the request and after the activation.
  run.holds = run.holds.filter((held) => held.state !== HeldState.requested || held.id > id || held.id < activation.id)
}

/** Ends an activation that has nothing open inside any more: what lives with it is given back. */
export const close = (m: Machine, activation: Activation): void => {
  const { run, scope } = activation
  stopWaiting(m, activation)
  releaseAll(m, activation)
  activation.isOpen = false
  const { activations } = run
  if (activations[activations.length - 1] === activation) activations.pop()
  else activations.splice(activations.indexOf(activation), 1)
  if (scope !== null) scope.inside--
}

const releaseAll = (m: Machine, activation: Activation): void => {
  const { run } = activation
  const { holds } = run
  for (let index = 0; index < holds.length; ) {
    const held = holds[index]!
    if (held.activation !== activation) {
      index++
      continue
    }
    holds.splice(index, 1)
    if (!held.isLent && held.state !== HeldState.requested) m.world.release(held, run)
  }
}

/** Aims what expressions see at a run. */
export const scopeOf = (m: Machine, run: Run): RunScope => {
  const { scope } = m
  scope.at = m.at
  scope.variables = run.variables
  return scope
}

export const evaluate = (m: Machine, closure: Closure, run: Run): Value => closure(scopeOf(m, run))

/** Sets one after another: a later one sees the earlier ones, and all of them `given` under a name. */
export const setAll = (m: Machine, settings: Setting[], run: Run, name: string, given: Value): void => {
  const scope = scopeOf(m, run)
  scope.name = name
  scope.given = given
  for (let index = 0; index < settings.length; index++) {
    const { variable, value } = settings[index]!
    run.variables[variable] = value(scope)
  }
  scope.name = ''
  scope.given = null
}

/** A result or a payload: by settings when there are any, else all of it as it is. */
export const absorb = (m: Machine, settings: Setting[], run: Run, name: 'result' | 'payload', value: Value): void => {
  if (settings.length > 0) setAll(m, settings, run, name, value)
  else if (isContext(value)) for (const each in value) run.variables[each] = value[each]!
}

/** A new object of evaluated values. */
export const collect = (m: Machine, settings: Setting[], run: Run): Variables => {
  const values: Variables = {}
  if (settings.length === 0) return values
  const scope = scopeOf(m, run)
  for (const { variable, value } of settings) values[variable] = value(scope)
  return values
}

/** Puts a token on a flow. */
export const take = (m: Machine, flow: Flow, scope: Activation): void => push(m, Work.arrive, flow, scope)

/** Leaves an activity or an event: every flow without a condition and every one whose condition is true, else the default. */
export const leave = (m: Machine, node: Node, scope: Activation): void => {
  const { outgoing, isConditional, defaultFlow } = node
  if (outgoing.length === 0) return push(m, Work.settle, scope, scope)
  if (!isConditional) {
    for (let index = 0; index < outgoing.length; index++) take(m, outgoing[index]!, scope)
    return
  }
  let taken = 0
  let taking = 0
  for (const flow of outgoing) {
    if (flow === defaultFlow) continue
    const { condition } = flow
    if (condition !== null && evaluate(m, condition, scope.run) !== true) continue
    take(m, flow, scope)
    taken++
    if (condition !== null) taking++
  }
  if (taking === 0 && defaultFlow !== null) take(m, defaultFlow, scope)
  else if (taken === 0) throw failed(node)
}

/** A run fails here: which the engine does. */
export const failed = ({ model, id }: Node): Beyond => new Beyond(`${model.process}, ${id}`, 'a run that fails')
