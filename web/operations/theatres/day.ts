/** A day of theatres as the page reckons with it: lists by theatre, where they go from here, and what a change would do to them. */
import type { PlannedDay } from '../../../api/types.ts'
import { type List, type ListProjection, projectList, shiftedStarts } from '../../../twin/lists/project.ts'

export type DayCase = PlannedDay['cases'][number]

/** A case put into a theatre at a time, Unix ms; in an empty theatre '' it waits for any. */
export interface Placing {
  run: string
  unit: string
  start: number
}

export interface Reckoning {
  /** By theatre; '' for those planned for any. */
  lists: Map<string, List>
  projections: Map<string, ListProjection>
}

/** What a change does: cases that have to begin later, and the risk of running over before and after, by theatre. */
export interface Consequences {
  moves: (Placing & { from: number | null })[]
  risks: { unit: string; before: number | null; after: number | null }[]
}

const MINUTE_MS = 60_000
const ms = (minutes: readonly number[]) => minutes.map((one) => one * MINUTE_MS)

/** Each theatre's list as planned, or with some cases placed elsewhere. Times are Unix ms. */
export function reckon(day: PlannedDay, now: number, placed: readonly Placing[] = []): Reckoning {
  const lists = new Map<string, List>()
  const [lengths, turnovers] = [ms(day.lengths.minutes), ms(day.turnovers.minutes)]
  for (const unit of [...day.units.map(({ id }) => id), '']) {
    const cases = day.cases.flatMap((one) => {
      const at = placeOf(one, day, placed)
      return at && at.unit === unit ? [{ id: one.run, plannedStart: at.start, startedAt: startedAt(one, day) }] : []
    })
    const closes = day.units.find(({ id }) => id === unit)?.closesAt ?? null
    lists.set(unit, {
      cases,
      freeFrom: cleanFrom(day, unit, now, turnovers),
      closesAt: closes === null ? null : Date.parse(closes),
    })
  }
  const projections = new Map([...lists].map(([unit, list]) => [unit, projectList(list, lengths, turnovers, now)]))
  projections.set('', projectAnywhere(day, lists, lengths, turnovers, now))
  return { lists, projections }
}

/** Those planned for any theatre, each in the one where it could begin first, one after the other. */
function projectAnywhere(
  day: PlannedDay,
  lists: ReadonlyMap<string, List>,
  lengths: readonly number[],
  turnovers: readonly number[],
  now: number,
): ListProjection {
  const open = day.units.filter(({ state }) => state !== 'closed').map(({ id }) => lists.get(id)!)
  const anywhere: ListProjection = { cases: new Map(), overrun: null }
  const begins = ({ plannedStart }: List['cases'][number]) => plannedStart ?? 0
  for (const one of [...lists.get('')!.cases].sort((left, right) => begins(left) - begins(right))) {
    let first: { place: number; list: List; projection: ListProjection } | null = null
    for (const [place, list] of open.entries()) {
      const longer = { ...list, cases: [...list.cases, one] }
      const projection = projectList(longer, lengths, turnovers, now)
      const start = projection.cases.get(one.id)!.start.middle
      if (!first || start < first.projection.cases.get(one.id)!.start.middle) first = { place, list: longer, projection }
    }
    if (!first) return projectList(lists.get('')!, lengths, turnovers, now)
    open[first.place] = first.list
    anywhere.cases.set(one.id, first.projection.cases.get(one.id)!)
  }
  return anywhere
}

/** So many rows that cases which overlap stand one below the other. @param spans when each is to be seen, from and until. */
export function lanesOf<Item>(items: readonly Item[], spanOf: (item: Item) => { from: number; until: number }): Item[][] {
  const lanes: { items: Item[]; until: number }[] = []
  for (const item of [...items].sort((one, other) => spanOf(one).from - spanOf(other).from)) {
    const { from, until } = spanOf(item)
    const lane = lanes.find((one) => one.until <= from)
    if (lane) {
      lane.items.push(item)
      lane.until = until
    } else lanes.push({ items: [item], until })
  }
  return lanes.map((lane) => lane.items)
}

/** What placing a case somewhere would do, those that must make way included. @param passed cases that begin after it although planned before. */
export function consequencesOf(day: PlannedDay, now: number, placing: Placing, passed: readonly string[] = []): Consequences {
  const before = reckon(day, now)
  const placed = [placing, ...passed.map((run) => ({ run, unit: placing.unit, start: placing.start + 1 }))]
  const list = reckon(day, now, placed).lists.get(placing.unit)!
  const shifted = placing.unit === '' ? new Map() : shiftedStarts(list, ms(day.lengths.minutes), ms(day.turnovers.minutes), now)
  const own = shifted.get(placing.run) ?? placing.start
  const moves: Consequences['moves'] = [{ ...placing, start: own, from: startOf(day, placing.run) }]
  for (const [run, start] of shifted)
    if (run !== placing.run) moves.push({ run, unit: placing.unit, start, from: startOf(day, run) })
  const after = reckon(day, now, moves)
  const touched = new Set([placing.unit, day.cases.find(({ run }) => run === placing.run)?.unit ?? ''])
  const risks = day.units.filter(({ id }) => touched.has(id))
  return {
    moves,
    risks: risks.map(({ id }) => ({
      unit: id,
      before: before.projections.get(id)?.overrun ?? null,
      after: after.projections.get(id)?.overrun ?? null,
    })),
  }
}

const startOf = (day: PlannedDay, run: string): number | null => {
  const start = day.cases.find((one) => one.run === run)?.start ?? null
  return start === null ? null : Date.parse(start)
}

function placeOf(one: DayCase, day: PlannedDay, placed: readonly Placing[]): { unit: string; start: number | null } | null {
  if (one.state === 'done' || one.state === 'cancelled') return null
  const really = day.stretches.find(({ run, until, state }) => run === one.run && until === null && state !== 'dirty')
  if (really) return { unit: really.unit, start: Date.parse(really.from) }
  const moved = placed.find(({ run }) => run === one.run)
  if (moved) return moved
  if (one.start === null && one.state !== 'waiting') return null
  return { unit: one.unit ?? '', start: one.start === null ? null : Date.parse(one.start) }
}

function startedAt({ run, state }: DayCase, day: PlannedDay): number | null {
  if (state !== 'underWay') return null
  const first = day.stretches.find((one) => one.run === run && one.state !== 'dirty')
  return first ? Date.parse(first.from) : null
}

/** A theatre that is being cleaned is free when half of such turnovers would be over. */
function cleanFrom({ stretches }: PlannedDay, unit: string, now: number, turnovers: readonly number[]): number {
  const dirty = stretches.find((one) => one.unit === unit && one.state === 'dirty' && one.until === null)
  return dirty ? Math.max(now, Date.parse(dirty.from) + (turnovers[Math.floor(turnovers.length / 2)] ?? 0)) : now
}
