/**
 * How a day's list goes on: when each case should begin and end, and how likely the list runs over its hours. Each case draws its length by its
 * own name, so that a list that is changed is compared with the same luck.
 */
import { chanceOf, Purpose, uniform, within, wordOf } from '../simulate/chance.ts'
import { type Lengths, quantileOf } from './lengths.ts'

export interface ListedCase {
  id: string
  /** Hospital time; null for as soon as the unit is free. */
  plannedStart: number | null
  /** When it really began; null before. */
  startedAt: number | null
}

export interface List {
  cases: readonly ListedCase[]
  /** Until when the unit is not free for any of them (a turnover under way, say); hospital time. */
  freeFrom: number
  /** When its hours end; null when they never do. */
  closesAt: number | null
}

/** Hospital times: what nine, five and one in ten cases are before. */
export interface Span {
  early: number
  middle: number
  late: number
}

export interface ListProjection {
  cases: Map<string, { start: Span; end: Span }>
  /** Share of draws in which the last case ends after the hours; null without hours or cases. */
  overrun: number | null
}

const SEED = 1
const DRAWS = 400

/** In the order of planned starts, each case when the one before has left and its turnover is over. */
export const projectList = (list: List, lengths: Lengths, turnovers: Lengths, now: number): ListProjection => {
  const order = inOrder(list.cases)
  const starts = order.map(() => [] as number[])
  const ends = order.map(() => [] as number[])
  let over = 0
  for (let draw = 0; draw < DRAWS; draw++) {
    const chance = chanceOf(SEED, draw)
    let free = Math.max(list.freeFrom, now)
    let end = 0
    order.forEach(({ id, plannedStart, startedAt }, place) => {
      const key = within(chance, wordOf(id))
      const start = startedAt ?? Math.max(free, plannedStart ?? 0)
      end = start + lengthBeyond(lengths, startedAt === null ? 0 : now - startedAt, uniform(key, Purpose.duration, 0))
      starts[place]!.push(start)
      ends[place]!.push(end)
      free = end + quantileOf(turnovers, uniform(key, Purpose.outcome, 0))
    })
    if (list.closesAt !== null && end > list.closesAt) over++
  }
  const cases = new Map(order.map(({ id }, place) => [id, { start: spanOf(starts[place]!), end: spanOf(ends[place]!) }]))
  return { cases, overrun: list.closesAt === null || order.length === 0 ? null : over / DRAWS }
}

/** Where each case would have to begin so that none is planned into another; those under way stay. By id, only what moves. */
export const shiftedStarts = (list: List, lengths: Lengths, turnovers: Lengths, now: number): Map<string, number> => {
  const [length, turnover] = [quantileOf(lengths, 0.5), quantileOf(turnovers, 0.5)]
  const shifted = new Map<string, number>()
  let free = Math.max(list.freeFrom, now)
  for (const { id, plannedStart, startedAt } of inOrder(list.cases)) {
    const start = startedAt ?? Math.max(free, plannedStart ?? 0)
    if (startedAt === null && plannedStart !== null && start > plannedStart) shifted.set(id, start)
    const left = startedAt === null ? length : lengthBeyond(lengths, now - startedAt, 0.5)
    free = start + left + turnover
  }
  return shifted
}

const inOrder = (cases: readonly ListedCase[]): ListedCase[] =>
  [...cases].sort((one, other) => (one.startedAt ?? one.plannedStart ?? 0) - (other.startedAt ?? other.plannedStart ?? 0))

/** A length among those longer than what has passed; what outlasts all of them ends now. */
const lengthBeyond = (lengths: Lengths, passed: number, probability: number): number => {
  if (passed <= 0) return quantileOf(lengths, probability)
  const longer = lengths.filter((length) => length > passed)
  return longer.length === 0 ? passed : quantileOf(longer, probability)
}

const spanOf = (times: number[]): Span => {
  times.sort((one, other) => one - other)
  return { early: quantileOf(times, 0.1), middle: quantileOf(times, 0.5), late: quantileOf(times, 0.9) }
}
