/** What the ledger decides becomes events of runs, turnovers and orders. */
import type { Effect } from '../../pathways/engine/contract.ts'
import type { LedgerOutcome } from '../../pathways/resources/contract.ts'
import { allocate, drainOutcomes, nextCalendarChange, request, turnoverBegun, unitIn } from '../../pathways/resources/index.ts'
import { begin, deliver } from './begin.ts'
import { within, wordOf } from './chance.ts'
import { PlannedKind, type SimulatedRun } from './state.ts'
import { iterationOf } from './work.ts'
import { plan, type World } from './world.ts'

export const acquire = (
  world: World,
  run: SimulatedRun,
  { wait, node, needs, priority, slot }: Extract<Effect, { type: 'acquire' }>,
): void => {
  const { observer } = world.options
  request(world.ledger, { holder: run.id, wait, needs, priority, slot, at: world.state.at })
  if (observer?.asked) observer.asked(run, wait, node, [...new Set(needs.map(({ pool }) => pool))], world.state.at)
  if (slot && slot.start > world.state.at) plan(world, slot.start, PlannedKind.calendar, { type: 'calendar', chained: false })
}

export const planCalendar = (world: World): void => {
  const next = nextCalendarChange(world.ledger, world.state.at)
  if (Number.isFinite(next)) plan(world, next, PlannedKind.calendar, { type: 'calendar', chained: true })
}

export const allocateNow = (world: World): void => {
  allocate(world.ledger, world.state.at)
  for (const outcome of drainOutcomes(world.ledger)) {
    switch (outcome.type) {
      case 'granted':
        observeGrant(world, outcome)
        deliver(world, world.runs.get(outcome.holder)!, {
          type: 'granted',
          at: world.state.at,
          wait: outcome.wait,
          grants: outcome.grants,
        })
        break
      case 'refused':
        refuse(world, outcome.holder, outcome.wait, outcome.error.message)
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
      if (units.length > 0) observer.held(unitIn(world.ledger, units[0]!).pool, units.length, world.state.at)
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
