/** Needs, takes and gives: `pathways/engine/resources.ts`. */
import type { Grant } from '../../pathways/engine/contract.ts'
import { priorityValue } from '../../pathways/engine/resources.ts'
import { textOf } from '../../pathways/engine/variables.ts'
import type { RequestedNeed } from '../../pathways/resources/index.ts'
import { hospitalMsOfIso } from '../../pathways/time/site.ts'
import { Beyond } from '../compiled/beyond.ts'
import { evaluate, failed, type Machine, openWait, scopeOf } from './machine.ts'
import type { Called, Hold, Need, Node } from './model.ts'
import { type Activation, Held, HeldState, State, WaitKind } from './run.ts'

/** Asks for what an activity needs and takes. True when there is nothing to wait for. */
export const request = (m: Machine, activation: Activation): boolean => {
  const { node, run } = activation
  const { needs, takes } = node
  if (needs.length === 0 && takes.length === 0) {
    if (node.gives.length > 0) give(m, activation)
    return true
  }
  const asked: RequestedNeed[] = []
  for (const need of needs) ask(m, need, null, activation, activation, asked)
  for (const take of takes) {
    const owner = scopeActivation(activation, take.scope)
    if (heldBy(owner, take)) throw new Beyond(`${node.model.process}, ${node.id}`, 'a hold that is taken already')
    ask(m, take, take, owner, activation, asked)
  }
  if (asked.length === 0) {
    give(m, activation)
    return true
  }
  activation.state = State.requesting
  const wait = openWait(WaitKind.request, node, activation)
  const priority = node.priority ? priorityValue(evaluate(m, node.priority, run)) : 0
  m.world.acquire(wait, asked, priority, slotOf(m, activation))
  return false
}

const ask = (
  m: Machine,
  need: Need,
  declaration: Hold | null,
  owner: Activation,
  { run, node }: Activation,
  asked: RequestedNeed[],
): void => {
  const quantity = need.fixedQuantity ?? quantityOf(m, need, node, owner)
  if (quantity === 0) return
  const held = new Held(run.nextId++, declaration, owner, HeldState.requested)
  run.holds.push(held)
  asked.push({ hold: held.id, pool: need.pool, quantity, where: need.fixedWhere ?? whereOf(m, need, owner) })
}

const quantityOf = (m: Machine, need: Need, node: Node, { run }: Activation): number => {
  const quantity = evaluate(m, need.quantity, run)
  if (typeof quantity === 'number' && Number.isSafeInteger(quantity) && quantity >= 0) return quantity
  throw failed(node)
}

const whereOf = (m: Machine, need: Need, { run }: Activation): RequestedNeed['where'] => {
  const where: RequestedNeed['where'] = []
  const scope = scopeOf(m, run)
  for (const { attribute, operator, value: closure } of need.where) {
    const value = closure(scope)
    if (value !== null) where.push({ attribute, operator, value })
  }
  return where
}

const slotOf = (m: Machine, { node, run }: Activation): { unit: string; start: number } | null => {
  if (!node.slot) return null
  const unit = textOf(evaluate(m, node.slot.unit, run))
  const start = textOf(evaluate(m, node.slot.start, run))
  const at = start === null ? null : hospitalMsOfIso(start, m.scope.site)
  return unit === null || at === null ? null : { unit, start: at }
}

/** Everything asked for is there: what it gives is given back, then its needs are occupied and its takes reserved. */
export const grant = (m: Machine, activation: Activation, grants: Grant[]): void => {
  const { run, node } = activation
  activation.state = State.active
  if (node.gives.length > 0) give(m, activation)
  for (let index = 0; index < grants.length; index++) {
    const { hold, units } = grants[index]!
    const held = run.holds.find(({ id }) => id === hold)!
    held.units = units
    held.state = held.declaration === null ? HeldState.occupied : HeldState.reserved
    if (held.declaration === null) m.world.occupy(held, run)
  }
}

const give = (m: Machine, activation: Activation): void => {
  const { run, node } = activation
  for (const given of node.gives) {
    const held = heldBy(scopeActivation(activation, given.scope), given)
    if (!held || held.state === HeldState.requested) continue
    run.holds.splice(run.holds.indexOf(held), 1)
    if (!held.isLent) m.world.release(held, run)
  }
}

/** A taking element has completed: what it took is in use from now on. */
export const occupyTaken = (m: Machine, activation: Activation): void => {
  for (const take of activation.node.takes) {
    const held = heldBy(scopeActivation(activation, take.scope), take)
    if (held?.state !== HeldState.reserved) continue
    held.state = HeldState.occupied
    m.world.occupy(held, activation.run)
  }
}

export interface Passed {
  held: Held
  as: string
  units: string[]
  isLent: boolean
}

/** The holds a run starts with: the k-th of them, from 1, has the id k. */
export const receive = (process: Activation, passed: Passed[]): void => {
  const { run } = process
  for (const { as, units, isLent } of passed) {
    const declaration = run.model.holds.find(({ name, scope }) => name === as && scope === process.node) ?? null
    const held = new Held(run.nextId++, declaration, process, HeldState.occupied)
    held.units = units
    held.isLent = isLent
    run.holds.push(held)
  }
}

/** What a call lends and hands over. A hold that is not held is not passed on; one handed over is the caller's no more. */
export const pass = (activation: Activation, { lends, handsOver }: Called): Passed[] => {
  const passed: Passed[] = []
  const { holds } = activation.run
  for (const { hold, as } of lends) {
    const held = passable(activation, hold)
    if (held) passed.push({ held, as, units: held.units, isLent: true })
  }
  for (const { hold, as } of handsOver) {
    const held = passable(activation, hold)
    if (!held) continue
    passed.push({ held, as, units: held.units, isLent: false })
    holds.splice(holds.indexOf(held), 1)
  }
  return passed
}

const passable = (activation: Activation, hold: Hold): Held | undefined => {
  const held = heldBy(scopeActivation(activation, hold.scope), hold)
  return held && held.state !== HeldState.requested ? held : undefined
}

const heldBy = (owner: Activation, declaration: Hold): Held | undefined => {
  const { holds } = owner.run
  for (let index = 0; index < holds.length; index++) {
    const held = holds[index]!
    if (held.declaration === declaration && held.activation === owner) return held
  }
  return undefined
}

/** The activation of the scope a hold was declared on: the nearest one around. */
const scopeActivation = (from: Activation, scope: Node): Activation => {
  let around = from
  for (;;) {
    if (around.node === scope || around.scope === null) return around
    around = around.scope
  }
}
