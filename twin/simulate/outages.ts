/** Units that go out of service and come back: by a person's decision, broken, at the end of their opening hours. */
import { applyCalendars, inUseOutsideHours, type Ledger, setClosed, unitIn } from '../../pathways/resources/index.ts'
import { begin } from './begin.ts'
import { Purpose, within, wordOf } from './chance.ts'
import { sample } from './distributions.ts'
import { interrupt } from './interrupt.ts'
import type { Interrupted } from './options.ts'
import { PlannedKind } from './state.ts'
import { plan, type World } from './world.ts'

/** The calendars as they are now. Work stops where its unit's hours are over and the pool says so. */
export const openAndClose = (world: World): void => {
  applyCalendars(world.ledger, world.state.at)
  for (const [pool, { atClose }] of Object.entries(world.options.pools ?? {})) {
    if (!atClose) continue
    for (const unit of inUseOutsideHours(world.ledger, pool, world.state.at)) interrupt(world, unit, atClose)
  }
}

/** One reason more, or less, for a unit to be out of service: it is back when there is none. @param work what becomes of what it does. */
export const setOutage = (world: World, id: string, isOut: boolean, work?: Interrupted): void => {
  const { ledger, state } = world
  countOutage(ledger, state.outages, id, isOut, state.at)
  if (isOut && work) interrupt(world, unitIn(ledger, id), work)
}

/** The same, of what such reasons there are. @param outages by unit, where that has changed. */
export const countOutage = (ledger: Ledger, outages: Record<string, number>, id: string, isOut: boolean, at: number): void => {
  const reasons = (outages[id] ?? (unitIn(ledger, id).outOfService ? 1 : 0)) + (isOut ? 1 : -1)
  outages[id] = Math.max(0, reasons)
  setClosed(ledger, id, reasons > 0, at)
}

/** Plans the first breakdown of every unit that may break. */
export const planBreakdowns = (world: World): void => {
  for (const unit of world.options.ledger.units)
    if (world.options.pools?.[unit.pool]?.breakdowns) planBreakdown(world, unit.id, 0)
}

export const breakDown = (world: World, unit: string, count: number): void => {
  const { repair: how, work } = breakdownsOf(world, unit)
  setOutage(world, unit, true, work)
  if ('pathway' in how) {
    const { name, place, pool } = unitIn(world.ledger, unit)
    const key = within(within(world.chance, wordOf(`repair ${unit}`)), count)
    begin(world, how.pathway, -1, { unit, unitName: name, place, pool }, '', key, { repairs: { unit, count } })
    return
  }
  const at = world.state.at + drawn(world, how.lasts, 'repair', unit, count)
  plan(world, at, PlannedKind.calendar, { type: 'repair', unit, count })
}

export const repair = (world: World, unit: string, count: number): void => {
  setOutage(world, unit, false)
  planBreakdown(world, unit, count + 1)
}

const planBreakdown = (world: World, unit: string, count: number): void => {
  const { every } = breakdownsOf(world, unit)
  const at = world.state.at + drawn(world, every, 'breakdown', unit, count)
  plan(world, at, PlannedKind.calendar, { type: 'breakdown', unit, count })
}

const breakdownsOf = (world: World, unit: string) => world.options.pools![unitIn(world.ledger, unit).pool]!.breakdowns!

const drawn = (world: World, duration: Parameters<typeof sample>[0], what: string, unit: string, count: number): number => {
  const key = within(within(world.chance, wordOf(`${what} ${unit}`)), count)
  return Math.round(sample(duration, key, Purpose.duration))
}
