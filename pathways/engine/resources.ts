/**
 * Needs, takes and gives. All that an element needs and takes is one request, granted together; only then does it give anything back,
 * so that order in the drawing says who blocks whom.
 */
import type { Value } from '../language/feel/value.ts'
import type { ProgramNeed, ProgramNode } from '../language/program.ts'
import { hospitalMsOfIso } from '../time/site.ts'
import type { CalledHold, Effect, Grant, ReceivedHold, RequestedNeed } from './contract.ts'
import { RunFault } from './errors.ts'
import type { Activation, Hold, Wait } from './instance.ts'
import { find, get, type Machine, newId, record } from './machine.ts'
import { evaluate, textOf } from './variables.ts'
import { openWait } from './waits.ts'

/** Asks for what an activity needs and takes, or for what it has not yet when it asks again. True when there is nothing to wait for. */
export function request(m: Machine, activation: Activation, again = false): boolean {
  const node = m.nodes[activation.node]!
  if (node.needs.length === 0 && node.takes.length === 0) {
    if (node.gives.length > 0) give(m, activation)
    return true
  }
  const needs: RequestedNeed[] = []
  for (const need of node.needs) ask(m, need, -1, activation.id, activation, needs)
  for (const take of node.takes) {
    const declaration = m.executable.program.holds[take]!
    const scope = scopeActivation(m, activation, declaration.scope)
    const held = heldBy(m, take, scope)
    // Reserved by this very element, which lost a need and asks again.
    if (held && again) continue
    if (held) {
      throw new RunFault(
        'holdTaken',
        `"${node.id}" takes the hold "${declaration.name}", which is taken already`,
        activation.node,
      )
    }
    ask(m, declaration, take, scope, activation, needs)
  }
  if (needs.length === 0) {
    give(m, activation)
    return true
  }
  activation.state = 'requesting'
  const wait = openWait(m, 'request', activation.node, activation.id)
  record(m, 'requested', activation.node, activation.id, activation.instance)
  m.host.emit(acquire(m, wait, node, needs))
  return false
}

function acquire(m: Machine, wait: Wait, node: ProgramNode, needs: RequestedNeed[]): Effect {
  const priority = priorityOf(m, wait.node, wait.activation)
  return { type: 'acquire', wait: wait.id, node: wait.node, needs, priority, slot: slotOf(m, node, wait.activation) }
}

/** The request of a wait again, for a host that carries it out anew. */
export function acquireAgain(m: Machine, wait: Wait): Effect {
  const needs: RequestedNeed[] = []
  for (const hold of m.marking.holds) {
    const need = asked(m, wait, hold)
    if (need) needs.push(evaluated(m, need, hold.id, wait.activation, quantityOf(m, need, wait.activation, wait.node)))
  }
  return acquire(m, wait, m.nodes[wait.node]!, needs)
}

/** The need behind a hold that this wait asked for, or null. */
function asked(m: Machine, wait: Wait, hold: Hold): ProgramNeed | null {
  if (!belongs(m, wait, hold)) return null
  if (hold.declaration >= 0) return m.executable.program.holds[hold.declaration]!
  // An activity's own needs were asked in order: its n-th open hold is its n-th need that is not zero.
  const own = m.marking.holds.filter((other) => belongs(m, wait, other) && other.declaration < 0)
  const wanted = m.nodes[wait.node]!.needs.filter((need) => quantityOf(m, need, wait.activation, wait.node) > 0)
  return wanted[own.indexOf(hold)] ?? null
}

function ask(
  m: Machine,
  need: ProgramNeed,
  declaration: number,
  owner: number,
  asking: Activation,
  needs: RequestedNeed[],
): void {
  const quantity = quantityOf(m, need, asking.id, asking.node)
  if (quantity === 0) return
  const hold: Hold = { id: newId(m), declaration, activation: owner, state: 'requested', units: [], lots: [], lent: false }
  m.marking.holds.push(hold)
  needs.push(evaluated(m, need, hold.id, asking.id, quantity))
}

function evaluated(m: Machine, need: ProgramNeed, hold: number, activation: number, quantity: number): RequestedNeed {
  const where: RequestedNeed['where'] = []
  for (const { attribute, operator, value: expression } of need.where) {
    const value = evaluate(m, expression, activation)
    if (value !== null) where.push({ attribute, operator, value })
  }
  return { hold, pool: need.pool, quantity, where }
}

function quantityOf(m: Machine, need: ProgramNeed, activation: number, node: number): number {
  const quantity = evaluate(m, need.quantity, activation)
  if (typeof quantity === 'number' && Number.isSafeInteger(quantity) && quantity >= 0) return quantity
  throw new RunFault('quantity', `"${m.nodes[node]!.id}" needs a quantity of "${need.pool}" that is not a whole number`, node)
}

/** Higher is more urgent; an element without a priority has that of the scope around it, 0 when none has. */
export function priorityOf(m: Machine, node: number, activation: number): number {
  const expression = m.executable.priorities[node]!
  if (expression < 0) return 0
  return priorityValue(evaluate(m, expression, activation))
}

/** What FEEL gave, as a priority: 0 for what is no number. */
export function priorityValue(value: Value): number {
  return typeof value === 'number' ? value : numberOf(value)
}

const numberOf = (value: Value): number => {
  const digits =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Number((value as { '@number'?: string })['@number'])
      : 0
  return Number.isFinite(digits) ? digits : 0
}

function slotOf(m: Machine, node: ProgramNode, activation: number): { unit: string; start: number } | null {
  if (!node.slot) return null
  const unit = textOf(evaluate(m, node.slot.unit, activation))
  const start = textOf(evaluate(m, node.slot.start, activation))
  const at = start === null ? null : hospitalMsOfIso(start, m.executable.site)
  return unit === null || at === null ? null : { unit, start: at }
}

/** Everything asked for is there, stock consumed included: what it gives is given back, then its needs are occupied and its takes reserved. */
export function grant(m: Machine, activation: Activation, grants: Grant[]): void {
  activation.state = 'active'
  record(m, 'granted', activation.node, activation.id, activation.instance)
  give(m, activation)
  const { holds } = m.marking
  for (const { hold: id, units, lots } of grants) {
    const hold = holds.find((each) => each.id === id)!
    hold.units = units
    hold.lots = lots
    hold.state = hold.declaration < 0 ? 'occupied' : 'reserved'
    if (hold.declaration < 0) m.host.emit({ type: 'occupy', hold: hold.id })
  }
}

/** True when the hold is one that this request asked for and has not been granted. */
export function belongs(m: Machine, wait: Wait, hold: Hold): boolean {
  if (hold.state !== 'requested') return false
  if (hold.declaration < 0) return hold.activation === wait.activation
  if (!m.nodes[wait.node]!.takes.includes(hold.declaration)) return false
  return hold.activation === scopeActivation(m, get(m, wait.activation), m.executable.program.holds[hold.declaration]!.scope)
}

/** The request is withdrawn: what it asked for is asked for no more. */
export function forget(m: Machine, wait: Wait): void {
  m.marking.holds = m.marking.holds.filter((hold) => !belongs(m, wait, hold))
}

/** One unit in another's place, under the same hold. */
export function move(m: Machine, from: string, to: string): void {
  for (const hold of m.marking.holds) hold.units = hold.units.map((unit) => (unit === from ? to : unit))
}

function give(m: Machine, activation: Activation): void {
  for (const given of m.nodes[activation.node]!.gives) {
    const scope = scopeActivation(m, activation, m.executable.program.holds[given]!.scope)
    const hold = heldBy(m, given, scope)
    if (hold && hold.state !== 'requested') release(m, hold, activation.node, activation)
  }
}

/** A taking element has completed: what it took is in use from now on. */
export function occupyTaken(m: Machine, activation: Activation): void {
  for (const take of m.nodes[activation.node]!.takes) {
    const hold = heldBy(m, take, scopeActivation(m, activation, m.executable.program.holds[take]!.scope))
    if (hold?.state !== 'reserved') continue
    hold.state = 'occupied'
    m.host.emit({ type: 'occupy', hold: hold.id })
  }
}

/** Gives back what lives with an activation: an activity's own needs, a scope's holds. */
export function releaseAll(m: Machine, activation: Activation): void {
  const { holds } = m.marking
  for (let index = 0; index < holds.length; ) {
    const hold = holds[index]!
    if (hold.activation === activation.id) release(m, hold, activation.node, activation)
    else index++
  }
}

/** An activity stops for lack of a need: the others are given back until it has them all again. */
export function releaseNeeds(m: Machine, activation: Activation): void {
  for (const hold of m.marking.holds.filter((each) => each.activation === activation.id && each.declaration < 0)) {
    release(m, hold, activation.node, activation)
  }
}

function release(m: Machine, hold: Hold, element: number, activation: Activation): void {
  m.marking.holds.splice(m.marking.holds.indexOf(hold), 1)
  // What the caller lent goes back to it by itself; what a run was about to ask for when it failed was never had.
  if (hold.lent || hold.state === 'requested') return
  if (element !== 0) record(m, 'released', element, activation.id, activation.instance)
  m.host.emit({ type: 'release', hold: hold.id })
}

/** The holds a run starts with: the k-th of them, from 1, has the id k. */
export function receive(m: Machine, received: ReceivedHold[]): void {
  for (const { name, units, lent } of received) {
    const declaration = m.executable.program.holds.findIndex((hold) => hold.name === name && hold.scope === 0)
    m.marking.holds.push({ id: newId(m), declaration, activation: 0, state: 'occupied', units, lots: [], lent })
  }
}

/** What a call lends and hands over. A hold that is not held is not passed on; one handed over is the caller's no more. */
export function pass(m: Machine, activation: Activation): CalledHold[] {
  const { lends, handsOver } = m.nodes[activation.node]!.call!
  const passed: CalledHold[] = []
  for (const { hold: declaration, as } of lends) {
    const hold = passable(m, activation, declaration)
    if (hold) passed.push({ hold: hold.id, as, units: hold.units, lent: true })
  }
  for (const { hold: declaration, as } of handsOver) {
    const hold = passable(m, activation, declaration)
    if (!hold) continue
    passed.push({ hold: hold.id, as, units: hold.units, lent: false })
    m.marking.holds.splice(m.marking.holds.indexOf(hold), 1)
  }
  return passed
}

function passable(m: Machine, activation: Activation, declaration: number): Hold | undefined {
  const hold = heldBy(m, declaration, scopeActivation(m, activation, m.executable.program.holds[declaration]!.scope))
  return hold && hold.state !== 'requested' ? hold : undefined
}

function heldBy(m: Machine, declaration: number, scope: number): Hold | undefined {
  const { holds } = m.marking
  for (let index = 0; index < holds.length; index++) {
    const hold = holds[index]!
    if (hold.declaration === declaration && hold.activation === scope) return hold
  }
  return undefined
}

/** The activation of the scope a hold was declared on: the nearest one around. */
function scopeActivation(m: Machine, from: Activation, scope: number): number {
  for (let around: Activation | undefined = from; around; around = find(m, around.scope))
    if (around.node === scope) return around.id
  return 0
}
