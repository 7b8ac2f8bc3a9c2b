/** An event log as fits look at it: cases, each a list of work with when it was asked for, begun and done. */
import type { Problem } from './problems.ts'

/** One piece of work of a case. Times are milliseconds since 1970-01-01T00:00Z, NaN where the log does not say. */
export interface Work {
  /** Index in `activities`. */
  activity: number
  asked: number
  start: number
  end: number
  /** Index in `resources`, or -1. */
  resource: number
  /** Where it stands in the file: its line, or its number among the events. */
  line: number
}

export interface Case {
  id: string
  /** What is the same all through the case, by name. */
  attributes: Record<string, string>
  /** In the order in which it began. */
  works: Work[]
}

export interface Log {
  format: 'CSV' | 'XES' | 'trace' | 'facts'
  events: number
  cases: Case[]
  activities: string[]
  resources: string[]
  /** Of its wall clock. */
  timeZone: string
  /** What its times are rounded to, milliseconds; 0 for less than a minute. */
  grid: number
  /** How often each sequence flow was taken, by id, where the log says so itself; null otherwise. Of several pathways, by pathway and id. */
  taken: Map<string, number> | null
  /** Which pathway each case is of, where the log is of several; null otherwise. */
  pathways: Map<string, string> | null
  /** What had to be assumed, in sentences. */
  assumptions: string[]
  problems: Problem[]
}

/** When a work is first heard of. */
export const firstHeard = ({ asked, start, end }: Work): number =>
  !Number.isNaN(asked) ? asked : !Number.isNaN(start) ? start : end

/** When it is last heard of. */
export const lastHeard = ({ asked, start, end }: Work): number =>
  !Number.isNaN(end) ? end : !Number.isNaN(start) ? start : asked

/** From when until when something is heard of some works: at least one, and as many as a log has. */
export const spanOf = (works: Work[]): { from: number; until: number } => {
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const work of works) {
    from = Math.min(from, firstHeard(work))
    until = Math.max(until, lastHeard(work))
  }
  return { from, until }
}

/** When it began, as near as the log says. */
export const beganAt = ({ asked, start, end }: Work): number => (!Number.isNaN(start) ? start : !Number.isNaN(end) ? end : asked)

/** A flow of one of several pathways: ids are their own in each. */
export const flowOf = (pathway: string, flow: string): string => `${pathway} ${flow}`

/** The cases of one pathway, of a log that may be of several. */
export const ofPathway = (log: Log, pathway: string): Log => {
  if (!log.pathways) return log
  const own = flowOf(pathway, '')
  return {
    ...log,
    cases: log.cases.filter(({ id }) => log.pathways!.get(id) === pathway),
    taken:
      log.taken &&
      new Map([...log.taken].flatMap(([flow, times]) => (flow.startsWith(own) ? [[flow.slice(own.length), times]] : []))),
    pathways: null,
  }
}
