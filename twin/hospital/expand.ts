/** From the compact files of a scenario to what the allocator works with: every unit, lot and calendar, as on the first day. */
import type { z } from 'zod'
import type { Calendar, Lot, Pool, Unit } from '../../pathways/resources/contract.ts'
import { epochMsOfInstant } from '../../pathways/time/site.ts'
import { type HospitalFile, weekdays } from './schema.ts'

type Hospital = z.infer<typeof HospitalFile>
type PoolFile = Hospital['pools'][number]
type UnitGroup = NonNullable<PoolFile['units']>[number]

export interface Resources {
  calendars: Calendar[]
  pools: Pool[]
  units: Unit[]
  lots: Lot[]
}

/** All units free, nothing ordered, at hospital time 0. The same file gives the same ids. @param room what a room is called. */
export function expandResources(hospital: Hospital, room = ROOM): Resources {
  return {
    calendars: hospital.calendars.map(calendarOf),
    pools: hospital.pools.map(poolOf),
    units: hospital.pools.flatMap((pool) => unitsOf(pool, room)),
    lots: hospital.pools.flatMap((pool) => lotsOf(pool, hospital.site.epoch)),
  }
}

/** What a room is called in the language of the files. */
export const ROOM = 'Chambre'

const dayMinutes = 1440

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

function calendarOf(file: Hospital['calendars'][number]): Calendar {
  const periods = 'periods' in file ? file.periods : [file]
  return { id: file.id, open: merged(periods.flatMap(openOf)) }
}

/** Sorted, those that touch each other as one. */
function merged(open: Calendar['open']): Calendar['open'] {
  const result: Calendar['open'] = []
  for (const each of open.sort((one, other) => one.fromMinute - other.fromMinute)) {
    const last = result.at(-1)
    if (last && each.fromMinute <= last.toMinute) last.toMinute = Math.max(last.toMinute, each.toMinute)
    else result.push(each)
  }
  return result
}

function openOf({
  days,
  from,
  to,
}: Pick<Extract<Hospital['calendars'][number], { days: unknown }>, 'days' | 'from' | 'to'>): Calendar['open'] {
  const begin = minuteOf(from)
  const end = minuteOf(to)
  const length = end > begin ? end - begin : end + dayMinutes - begin
  return days.map((day) => {
    const fromMinute = weekdays.indexOf(day) * dayMinutes + begin
    return { fromMinute, toMinute: fromMinute + length }
  })
}

function poolOf({ id, name, turnover, passesMax, stock }: PoolFile): Pool {
  return {
    id,
    name,
    kind: stock ? 'stock' : 'units',
    turnover,
    reorderThreshold: stock?.reorderThreshold ?? 0,
    reorderQuantity: stock?.reorderQuantity ?? 0,
    ordered: false,
    passesMax,
  }
}

function unitsOf(pool: PoolFile, room: string): Unit[] {
  const groups = pool.units ?? []
  const total = groups.reduce((sum, group) => sum + group.count, 0)
  const digits = String(total).length
  const units: Unit[] = []
  for (const group of groups) {
    for (let index = 0; index < group.count; index++) {
      const id = `${pool.id}-${String(units.length + 1).padStart(digits, '0')}`
      const { attributes, calendar } = group
      units.push(unusedUnit({ id, pool: pool.id, ...named(group, index, room), attributes, calendar }))
    }
  }
  return units
}

/** A unit that nobody has had yet, free. */
export const unusedUnit = (unit: Pick<Unit, 'id' | 'pool' | 'name' | 'place' | 'attributes' | 'calendar'>): Unit => ({
  ...unit,
  attributes: { ...unit.attributes },
  state: 'free',
  holder: '',
  hold: -1,
  turnoverRun: '',
  outOfService: false,
  since: 0,
})

/** `Box 3` at `Urgences`; in rooms, `Lit 104 B` at `Médecine A/Chambre 104`. A group of one has no number. */
function named({ name, count, place, rooms }: UnitGroup, index: number, word: string): { name: string; place: string } {
  if (!rooms) return { name: count === 1 ? name : `${name} ${index + 1}`, place }
  const room = rooms.first + Math.floor(index / rooms.beds)
  const letter = rooms.beds === 1 ? '' : ` ${String.fromCharCode(65 + (index % rooms.beds))}`
  return { name: `${name} ${room}${letter}`, place: `${place}/${word} ${room}` }
}

const lotsOf = ({ id, lots }: PoolFile, epoch: string): Lot[] =>
  (lots ?? []).map(({ lot, quantity, expires }) => ({
    pool: id,
    lot,
    quantity,
    expiresAt: epochMsOfInstant(`${expires}T00:00:00Z`) - epochMsOfInstant(epoch),
  }))
