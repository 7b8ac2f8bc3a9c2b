/** The pools that a log shows: which work is done by the same people or things, how many there are, and when. */
import type { Program } from '../../pathways/language/program.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import { slugOf } from '../exchange/imported.ts'
import { type Closed, closedHours, openPieces } from './closed.ts'
import type { Log } from './log.ts'
import { type Busy, busyOf, byResource, HOURS, onDuty, overlapOf, type PoolWork } from './presence.ts'
import type { Problem } from './problems.ts'
import type { Visit } from './replay.ts'

export interface PoolFit {
  id: string
  /** Nodes whose work it does. */
  nodes: number[]
  /** Units by hour of the week, Monday 0 h first. */
  units: number[]
  /** How that was found, in a sentence. */
  how: string
  /** Names that the log has for it; 0 for none. */
  names: number
  /** Of the work that was waited for, the share that begins with nearly all units busy; null when hardly any is. */
  explained: number | null
  /** Hours at which work stands still; null for none. */
  closed: Closed | null
}

export interface PoolsFit {
  pools: PoolFit[]
  /** Nodes whose waits no units explain: what they wait for, the log does not show. */
  unexplained: { node: number; share: number; over: number }[]
  /** Nodes that nobody is seen to wait for or to do: they need nobody. */
  unneeding: number[]
  problems: Problem[]
}

/** Two activities are done by one pool when so much of their work is done by the same names. */
const SAME_MIN = 0.5
/** A name that does two things for more of its time stands for several: a role, a ward. */
const OVERLAP_MAX = 0.2
/** Works that were waited for: fewer say nothing, hour by hour and in all. */
const BEGUN_HOUR_MIN = 3
const BEGUN_MIN = 20
/** Of them, so many begin with at most this many busy. */
const BUSY_SHARE = 0.75
const EXPLAINED_MIN = 0.5
/** Of the time at work, so much may more be busy than are said to be there: who finishes after a shift. */
const OVER_MAX = 0.1
/** Of the waiting, this share may fall into hours with fewer units before these count as hours of their own. */
const FEWER_MAX = 0.05

/** @param visits by node. @param weeks that the log covers. @param isDrawn keeps the needs that the drawing has. */
export const fitPools = (log: Log, program: Program, visits: Visit[][], site: SiteTime, weeks: number): PoolsFit => {
  const result: PoolsFit = { pools: [], unexplained: [], unneeding: [], problems: [] }
  const taken = new Set<string>()
  for (const { nodes, id, name } of groupsOf(log, program, visits)) {
    const works = nodes.flatMap((node) => worksOf(visits[node]!))
    if (works.length === 0) continue
    const closed = closedHours(works, site)
    const fit: UnitsFit = unitsOf(closed ? works.flatMap((work) => openPieces(work, closed, site)) : works, site, weeks, closed)
    if (fit.explained !== null && (fit.explained < EXPLAINED_MIN || fit.over > OVER_MAX)) {
      for (const node of nodes) result.unexplained.push({ node, share: fit.explained, over: fit.over })
      if (id === null) continue
    }
    // Nobody is seen to wait, nor anybody to work: that anybody is needed would be a guess.
    if (id === null && fit.explained === null && fit.names === 0 && log.resources.length === 0) {
      result.unneeding.push(...nodes)
      continue
    }
    result.pools.push({ id: id ?? slugOf(name, taken), nodes, closed, ...fit })
    if (id !== null) taken.add(id)
    noteOverlaps(works, visits, nodes, result.problems, fit.isOfPeople)
  }
  return result
}

const worksOf = (visits: Visit[]): PoolWork[] =>
  visits.flatMap(({ asked, work: { start, end, resource } }) =>
    end >= start ? [{ asked, start, end, resource, quantity: 1 }] : [],
  )

/** Which nodes share units: by the drawing's needs, else by who does the work, else each for itself. `id` is given by the drawing. */
const groupsOf = (log: Log, { nodes }: Program, visits: Visit[][]): { nodes: number[]; id: string | null; name: string }[] => {
  const drawn = new Map<string, number[]>()
  const own: number[] = []
  for (const [node, { needs }] of nodes.entries()) {
    if (visits[node]!.length === 0) continue
    for (const { pool } of needs) drawn.set(pool, [...(drawn.get(pool) ?? []), node])
    if (needs.length === 0 && worksOf(visits[node]!).length > 0) own.push(node)
  }
  const shares = own.map((node) => sharesOf(visits[node]!))
  const groups: number[][] = []
  for (const [index, node] of own.entries()) {
    const near = groups.filter((group) => group.some((other) => common(shares[index]!, shares[own.indexOf(other)]!) >= SAME_MIN))
    for (const group of near) groups.splice(groups.indexOf(group), 1)
    groups.push([...near.flat(), node])
  }
  const named = groups.filter((group) => log.resources.length === 0 || group.some((node) => sharesOf(visits[node]!).size > 0))
  return [
    ...[...drawn].map(([id, group]) => ({ nodes: group, id, name: id })),
    ...named
      .filter((group) => group.some((node) => visits[node]!.some(({ work }) => work.end > work.start)))
      .map((group) => {
        const ordered = [...group].sort((one, other) => one - other)
        return { nodes: ordered, id: null, name: nameOf(ordered, nodes, log, visits) }
      }),
  ]
}

/** How much of a node's work each resource does. */
const sharesOf = (visits: Visit[]): Map<number, number> => {
  const counts = new Map<number, number>()
  for (const { work } of visits) if (work.resource >= 0) counts.set(work.resource, (counts.get(work.resource) ?? 0) + 1)
  const total = [...counts.values()].reduce((sum, each) => sum + each, 0)
  return new Map([...counts].map(([resource, count]) => [resource, count / total]))
}

const common = (one: Map<number, number>, other: Map<number, number>): number =>
  [...one].reduce((sum, [resource, share]) => sum + Math.min(share, other.get(resource) ?? 0), 0)

/** What the names have in common, `Nurse 1` and `Nurse 2`; else the work. */
const nameOf = (group: number[], nodes: Program['nodes'], log: Log, visits: Visit[][]): string => {
  const names = [...new Set(group.flatMap((node) => [...sharesOf(visits[node]!).keys()]))].map(
    (resource) => log.resources[resource]!,
  )
  let start = names[0] ?? ''
  for (const name of names) while (!name.startsWith(start)) start = start.slice(0, -1)
  const stem = start.replace(/[\s\d_.:-]+$/, '')
  if (/\p{L}{3}/u.test(stem)) return stem
  return `staff-of-${nodes[group[0]!]!.name || nodes[group[0]!]!.id}`
}

interface UnitsFit {
  units: number[]
  how: string
  names: number
  explained: number | null
  /** Of the time at work, the share in which more are busy than these. */
  over: number
  isOfPeople: boolean
}

const unitsOf = (works: PoolWork[], site: SiteTime, weeks: number, closed: Closed | null): UnitsFit => {
  const busy = busyOf(works, site)
  // Who waits while nobody is there says nothing of how many there are.
  for (const [hour, isClosed] of closed?.entries() ?? []) if (isClosed) busy.begun[hour] = new Map()
  const waited = waitedFor(busy)
  const groups = [...byResource(works).values()]
  const isOfPeople = groups.length > 0 && groups.filter((own) => overlapOf(own).share <= OVERLAP_MAX).length > groups.length / 2
  const names = isOfPeople ? groups.length : 0
  const most = Math.max(...busy.always.flatMap((of) => [...of].flatMap(([units, ms]) => (ms > 0 ? [units] : []))))
  const finish = (open: number[], how: string): UnitsFit => {
    const units = open.map((each, hour) => (closed?.[hour] ? 0 : each))
    const said = closed ? `${how}; at some hours nobody begins or ends work, which stands still then` : how
    // People are there on average: more or fewer on a day are no wonder.
    return {
      units,
      how: said,
      names,
      explained: explainedBy(units, busy),
      over: isOfPeople ? 0 : overOf(units, busy),
      isOfPeople,
    }
  }
  if (waited && (!isOfPeople || (waited.isConstant && waited.most >= names)))
    return finish(
      waited.byHour,
      waited.isConstant
        ? 'so many are busy whenever work begins that was waited for'
        : 'so many are busy when work begins that was waited for, by hour of the week; hours without waits are as the nearest with',
    )
  if (!isOfPeople) {
    const units = new Array<number>(HOURS).fill(Math.max(1, most))
    return finish(units, 'nobody is seen to wait: the most that are busy at once; there may be more')
  }
  const units = shiftsOf(works, busy, site, weeks).map((each, hour) => Math.max(each, waited?.seen[hour] ?? 0))
  return finish(
    units,
    `${names} names, each from the first work to the last without a break of 3 h, on average by hour of the week`,
  )
}

interface WaitedFor {
  /** Units by hour; hours without any wait are as the nearest with. */
  byHour: number[]
  /** The hours that show it themselves. */
  seen: (number | undefined)[]
  most: number
  isConstant: boolean
}

/** How many are busy when work begins that was waited for; null when hardly any is. */
const waitedFor = ({ begun }: Busy): WaitedFor | null => {
  const all = new Map<number, number>()
  for (const of of begun) for (const [units, count] of of) all.set(units, (all.get(units) ?? 0) + count)
  if (totalOf(all) < BEGUN_MIN) return null
  const most = Math.max(1, quantileOf(all))
  const seen = begun.map((of) => (totalOf(of) >= BEGUN_HOUR_MIN ? quantileOf(of) : undefined))
  const fewer = begun.reduce((sum, of, hour) => sum + ((seen[hour] ?? most) < most ? totalOf(of) : 0), 0)
  if (fewer <= FEWER_MAX * totalOf(all)) return { byHour: new Array<number>(HOURS).fill(most), seen, most, isConstant: true }
  const byHour = seen.map((units, hour) => {
    for (let away = 0; units === undefined && away < HOURS; away++) {
      const near = seen[(hour + HOURS - away) % HOURS] ?? seen[(hour + away) % HOURS]
      if (near !== undefined) return near
    }
    return units ?? most
  })
  return { byHour, seen, most, isConstant: false }
}

const totalOf = (of: Map<number, number>): number => [...of.values()].reduce((sum, each) => sum + each, 0)

const quantileOf = (of: Map<number, number>): number => {
  let left = BUSY_SHARE * totalOf(of)
  for (const [units, count] of [...of].sort(([one], [other]) => one - other)) {
    left -= count
    if (left <= 0) return units
  }
  return 0
}

/** People by hour: the days of the week alike where they are, and nobody's single hour. */
const shiftsOf = (works: PoolWork[], busy: Busy, site: SiteTime, weeks: number): number[] => {
  const mean = onDuty(works, site, weeks)
  const together = mean.map((_, hour) => {
    const days = hour < 120 ? [0, 1, 2, 3, 4] : [5, 6]
    return days.reduce((sum, day) => sum + mean[day * 24 + (hour % 24)]!, 0) / days.length
  })
  const off = Math.sqrt(mean.reduce((sum, each, hour) => sum + (each - together[hour]!) * (each - together[hour]!), 0) / HOURS)
  const used = off < 0.5 ? together : mean
  const rounded = used.map((each, hour) => {
    const isWorked = [...busy.always[hour]!].reduce((sum, [units, ms]) => sum + (units > 0 ? ms : 0), 0) > 0.1 * weeks * 3_600_000
    return Math.max(Math.round(each), isWorked ? 1 : 0)
  })
  return rounded.map((each, hour) => {
    const [before, after] = [rounded[(hour + HOURS - 1) % HOURS]!, rounded[(hour + 1) % HOURS]!]
    return before === after ? before : each
  })
}

const explainedBy = (units: number[], { begun }: Busy): number | null => {
  let [all, full] = [0, 0]
  for (const [hour, of] of begun.entries())
    for (const [busy, ms] of of) {
      all += ms
      if (busy >= Math.max(units[hour] === 0 ? 0 : 1, 0.75 * units[hour]!)) full += ms
    }
  return all < BEGUN_MIN ? null : full / all
}

const overOf = (units: number[], { always }: Busy): number => {
  let [all, over] = [0, 0]
  for (const [hour, of] of always.entries())
    for (const [busy, ms] of of) {
      if (busy > 0) all += ms
      if (busy > units[hour]!) over += ms
    }
  return all > 0 ? over / all : 0
}

const noteOverlaps = (works: PoolWork[], visits: Visit[][], nodes: number[], problems: Problem[], isOfPeople: boolean): void => {
  if (!isOfPeople) return
  const counts = [...byResource(works).values()].map((own) => overlapOf(own).count)
  const count = counts.reduce((sum, each) => sum + each, 0)
  if (count === 0) return
  const resource = [...byResource(works).keys()][counts.findIndex((each) => each > 0)]
  const line = nodes.flatMap((node) => visits[node]!).find(({ work }) => work.resource === resource)!.work.line
  problems.push({
    kind: 'busyTwice',
    count,
    example: `who does the work of line ${line}`,
    message: 'work that somebody begins before their last is over',
    remedy:
      'It counts as it is: the twin gives each one thing at a time. See whether ends are written too late, or one name is used by several.',
  })
}
