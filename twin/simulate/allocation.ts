/** What the ledger decides becomes events of runs, turnovers and orders. */
import type { Effect } from '../../pathways/engine/contract.ts'
import type { LedgerOutcome } from '../../pathways/resources/contract.ts'
import {
  allocate,
  drainOutcomes,
  nextCalendarChange,
  request,
  setPriority,
  turnoverBegun,
  unitIn,
} from '../../pathways/resources/index.ts'
import { batchOf, beginBatch, refuseBatch } from './batches.ts'
import { begin, deliver } from './begin.ts'
import { within, wordOf } from './chance.ts'
import { preempt } from './interrupt.ts'
import { PlannedKind, type SimulatedRun } from './state.ts'
import { iterationOf } from './work.ts'
import { plan, simulatedOf, type World } from './world.ts'

export const acquire = (
  world: World,
  run: SimulatedRun,
  { wait, node, needs, priority, slot }: Extract<Effect, { type: 'acquire' }>,
): void => {
  const { observer } = world.options
  const activation = world.interrupts ? activationOf(run, wait) : -1
  const before = run.conduct[activation]
  const isAgain = before !== undefined && before.leftMs !== null
  // What was interrupted comes before those who asked after it first did.
  const asked = isAgain ? before.asked : world.state.at
  const { rises } = simulatedOf(world, run).conduct[node] ?? {}
  const urgency = rises ? risen(world, run, wait, rises, priority, asked) : priority
  if (isAgain) before.priority = urgency
  else if (world.interrupts) run.conduct[activation] = { asked, priority: urgency, begun: null, leftMs: null }
  request(world.ledger, { holder: run.id, wait, needs, priority: urgency, slot, at: asked })
  if (observer?.asked) observer.asked(run, wait, node, [...new Set(needs.map(({ pool }) => pool))], world.state.at, isAgain)
  if (slot && slot.start > world.state.at) plan(world, slot.start, PlannedKind.calendar, { type: 'calendar', chained: false })
}

const activationOf = (run: SimulatedRun, wait: number): number =>
  run.instance.marking.waits.find(({ id }) => id === wait)!.activation

/** A request that still waits becomes more urgent. */
export const rise = (world: World, id: string, wait: number, priority: number): void => {
  const run = world.runs.get(id)
  if (!run || !setPriority(world.ledger, id, wait, priority)) return
  const conduct = run.conduct[activationOf(run, wait)]
  if (conduct) conduct.priority = priority
  allocateNow(world)
}

/** The priority of a request that has waited since `asked`; what it will be is planned. */
const risen = (
  world: World,
  run: SimulatedRun,
  wait: number,
  rises: { afterMs: number; by: number }[],
  priority: number,
  asked: number,
): number => {
  let [now, later] = [priority, priority]
  for (const { afterMs, by } of rises) {
    later += by
    if (asked + afterMs <= world.state.at) now = later
    else plan(world, asked + afterMs, PlannedKind.timer, { type: 'rise', run: run.id, wait, priority: later })
  }
  return now
}

export const planCalendar = (world: World): void => {
  const next = nextCalendarChange(world.ledger, world.state.at)
  if (Number.isFinite(next)) plan(world, next, PlannedKind.calendar, { type: 'calendar', chained: true })
}

export const allocateNow = (world: World): void => {
  allocate(world.ledger, world.state.at)
  carryOutcomes(world)
  if (world.preemptible.length === 0) return
  for (const tried = new Set<string>(); preempt(world, tried); ) {
    allocate(world.ledger, world.state.at)
    carryOutcomes(world)
  }
}

const carryOutcomes = (world: World): void => {
  for (const outcome of drainOutcomes(world.ledger)) {
    const batch = 'holder' in outcome && world.state.batches.length > 0 ? batchOf(world, outcome.holder) : undefined
    switch (outcome.type) {
      case 'granted':
        if (batch) {
          beginBatch(world, batch, outcome.grants)
          break
        }
        observeGrant(world, outcome)
        deliver(world, world.runs.get(outcome.holder)!, {
          type: 'granted',
          at: world.state.at,
          wait: outcome.wait,
          grants: outcome.grants,
        })
        break
      case 'refused':
        if (batch) refuseBatch(world, batch, outcome.error.message)
        else refuse(world, outcome.holder, outcome.wait, outcome.error.message)
        break
      case 'turnoverDue':
        turnOver(world, outcome.pathway, outcome.unit, outcome.after)
        break
      case 'reorderDue':
        reorder(world, outcome.pool, outcome.quantity)
    }
  }
}

const observeGrant = (world: World, { holder, wait, grants }: Extract<LedgerOutcome, { type: 'granted' }>): void => {
  const { observer } = world.options
  if (!observer) return
  observer.answered?.(world.runs.get(holder)!, wait, true, world.state.at)
  if (observer.held)
    for (const { units } of grants)
      if (units.length > 0) observer.held(unitIn(world.ledger, units[0]!).pool, units.length, world.state.at, units, holder)
}

const refuse = (world: World, holder: string, wait: number, message: string): void => {
  const run = world.runs.get(holder)
  // A run that ended in the very step in which it asked needs no answer.
  if (!run) return
  world.options.observer?.answered?.(run, wait, false, world.state.at)
  deliver(world, run, { type: 'failed', at: world.state.at, wait, code: 'impossibleRequest', message })
}

const turnOver = (world: World, pathway: string, id: string, after: string): void => {
  const { name, place, pool } = unitIn(world.ledger, id)
  // The run that left the unit may have ended in the same step.
  const left = world.stepped?.id === after ? world.stepped : world.runs.get(after)!
  const iteration = iterationOf(left, `turnover ${id}`)
  const key = within(within(within(left.key, wordOf(pathway)), wordOf(id)), iteration)
  const run = begin(world, pathway, -1, { unit: id, unitName: name, place, pool }, '', key, { turnsOver: id })
  turnoverBegun(world.ledger, id, run.id)
}

const reorder = (world: World, pool: string, quantity: number): void => {
  const { reorder } = world.options
  const order = world.state.orders[pool] ?? 0
  world.state.orders[pool] = order + 1
  if (!reorder) return
  const key = within(within(world.chance, wordOf(`order ${pool}`)), order)
  if ('pathway' in reorder) begin(world, reorder.pathway, -1, { pool, quantity }, '', key)
  else {
    const at = world.state.at + reorder.leadMs
    plan(world, at, PlannedKind.delivery, {
      type: 'delivery',
      pool,
      lot: `${pool}-${order + 1}`,
      quantity,
      expiresAt: at + reorder.shelfLifeMs,
    })
  }
}
