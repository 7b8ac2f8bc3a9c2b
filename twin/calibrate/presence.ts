/** Who is at work when: how many units are busy while somebody waits, and how many people are seen at work, by hour of the week. */
import { localTime, type SiteTime } from '../../pathways/time/site.ts'

/** Work that a pool does: when it was asked for (NaN: not known), begun and done, and by whom (-1: not known). */
export interface PoolWork {
  asked: number
  start: number
  end: number
  resource: number
  /** Units it takes. */
  quantity: number
}

const hourMs = 3_600_000
export const HOURS = 168
/** Shorter waits are those of walking and writing. */
const WAIT_MIN_MS = 60_000

export const hourOfWeek = (at: number, site: SiteTime): number => Math.floor(localTime(at, site).minuteOfWeek / 60)

/** By hour of the week, and by how many units are busy. */
export interface Busy {
  /**
   * How many works that were waited for begin, with so many units busy from then on: all there are, when waiting is for units alone. What is still busy when a
   * shift is over hardly counts: little begins beside it, and of each hour the second half alone is looked at.
   */
  begun: Map<number, number>[]
  /** Milliseconds. */
  always: Map<number, number>[]
}

/** Goes through all begins and ends in order of time. */
export const busyOf = (works: PoolWork[], site: SiteTime): Busy => {
  const changes: { at: number; busy: number; waited: number }[] = []
  for (const { asked, start, end, quantity } of works)
    changes.push(
      { at: start, busy: quantity, waited: start - asked >= WAIT_MIN_MS ? 1 : 0 },
      { at: end, busy: -quantity, waited: 0 },
    )
  changes.sort((one, other) => one.at - other.at)
  const empty = () => Array.from({ length: HOURS }, () => new Map<number, number>())
  const result: Busy = { begun: empty(), always: empty() }
  const add = (of: Map<number, number>, units: number, more: number) => of.set(units, (of.get(units) ?? 0) + more)
  let [busy, waited, at] = [0, 0, changes[0]?.at ?? 0]
  const close = () => {
    const { minuteOfWeek } = localTime(at, site)
    if (waited > 0 && minuteOfWeek % 60 >= 30) add(result.begun[Math.floor(minuteOfWeek / 60)]!, busy, waited)
    waited = 0
  }
  for (const change of changes) {
    if (change.at > at) {
      close()
      spread(at, change.at, site, (hour, ms) => add(result.always[hour]!, busy, ms))
      at = change.at
    }
    busy += change.busy
    waited += change.waited
  }
  close()
  return result
}

/** A span of time, hour by hour of the week. */
const spread = (from: number, until: number, site: SiteTime, each: (hour: number, ms: number) => void): void => {
  for (let at = from; at < until; ) {
    const next = Math.min(until, (Math.floor(at / hourMs) + 1) * hourMs)
    each(hourOfWeek(at, site), next - at)
    at = next
  }
}

/** Longer without work, and who comes again has been away. */
const AWAY_MS = 3 * hourMs

/** How many people are at work on average, by hour of the week: each from the first work to the last of a time without long breaks. */
export const onDuty = (works: PoolWork[], site: SiteTime, weeks: number): number[] => {
  const total = new Array<number>(HOURS).fill(0)
  for (const own of byResource(works).values()) {
    let [from, until] = [own[0]!.start, own[0]!.end]
    const close = () =>
      spread(from, until, site, (hour, ms) => {
        total[hour]! += ms
      })
    for (const { start, end } of own) {
      if (start - until > AWAY_MS) {
        close()
        from = start
        until = end
      }
      until = Math.max(until, end)
    }
    close()
  }
  return total.map((ms) => ms / hourMs / Math.max(weeks, 1 / 7))
}

/** The works of each resource that is known, in order of time. */
export const byResource = (works: PoolWork[]): Map<number, PoolWork[]> => {
  const groups = new Map<number, PoolWork[]>()
  for (const work of works) {
    if (work.resource < 0) continue
    const group = groups.get(work.resource)
    if (group) group.push(work)
    else groups.set(work.resource, [work])
  }
  for (const group of groups.values()) group.sort((one, other) => one.start - other.start)
  return groups
}

/** The share of its time at work in which a resource does two things at once. */
export const overlapOf = (own: PoolWork[]): { share: number; count: number } => {
  let [until, busy, twice, count] = [Number.NEGATIVE_INFINITY, 0, 0, 0]
  for (const { start, end } of own) {
    const both = Math.max(0, Math.min(until, end) - start)
    twice += both
    if (both > WAIT_MIN_MS) count++
    busy += Math.max(0, end - Math.max(start, until))
    until = Math.max(until, end)
  }
  return { share: busy > 0 ? twice / busy : 0, count }
}
