/**
 * What happened in one replication, or in the live hospital, by columns: each row is one change of one run or one unit. Where somebody is, what
 * they wait for and what they hold are three things, changed by rows of their own; runs are numbered, and nothing of another replication is
 * ever among them.
 */
import type { Calendar } from '../../pathways/resources/contract.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import type { HospitalPlaces } from '../hospital/places.ts'

/** What a row says of its subject, and what its value is. */
export const Change = {
  /** A run began; its pathway. */
  began: 0,
  /** It is over, and who it was for has left. */
  over: 1,
  /** How urgent it is, from 1; by triage. */
  urgency: 2,
  /** It came to an element. */
  step: 3,
  /** Who or what it is for is, or goes to, here: a place (`placeOfUnit`, `placeOfRoom`). */
  location: 4,
  /** The change of location that follows takes so many seconds: somebody accompanies it. */
  accompanied: 5,
  /** It begins to wait for what an element needs. */
  waits: 6,
  /** It waits no more for what an element needs. */
  answered: 7,
  /** It holds a unit. */
  holds: 8,
  gives: 9,
  /** It makes a dirty unit usable. */
  turnsOver: 10,
  /** A unit, by index in the run's column, was seen by a beacon: its place, NONE once that is too long ago. */
  sighted: 11,
} as const

export const NONE = 0xffffffff

export interface TracedUnit {
  id: string
  name: string
  /** Index into `pools`. */
  pool: number
  /** Index into `calendars`, -1 for always there. */
  calendar: number
}

export interface TracedElement {
  /** Index into `pathways`. */
  pathway: number
  id: string
  name: string
  /** Pools that it asks for, by index. */
  pools: number[]
}

/** What somebody changes at a time: beds closed, a demand that surges. */
export interface TracedIntervention {
  /** Hospital milliseconds. */
  at: number
  /** null for good. */
  until: number | null
  kind: 'close' | 'open' | 'demand' | 'pathway' | 'pace'
  /** A pool's, stream's or element's id. */
  subject: string
  /** Units, or a factor. */
  amount: number
}

/** A unit, by index, that is closed for a time; `until` null is for good. */
export interface Closure {
  unit: number
  from: number
  until: number | null
}

export interface TraceHeader {
  name: string
  /** Which replication of which seed: rows of two are never mixed. */
  seed: number
  replication: number
  site: SiteTime
  /** Hospital milliseconds. `start` is a whole minute. */
  start: number
  end: number
  places: HospitalPlaces
  pools: { id: string; name: string }[]
  units: TracedUnit[]
  calendars: Calendar[]
  pathways: string[]
  elements: TracedElement[]
  /** Ways in which patients come, as streams or pathways call them. */
  streams: string[]
  interventions: TracedIntervention[]
  closures: Closure[]
}

export interface Trace extends TraceHeader {
  rows: number
  /** In order of time; the first `rows` entries count. */
  columns: {
    /** Milliseconds of the minute. */
    ms: Uint16Array
    /** A run, by index into `runs`. */
    run: Uint32Array
    change: Uint8Array
    value: Uint32Array
  }
  /** By minute since `start`: its first row. The first `minutes` entries count. */
  minuteRows: Uint32Array
  minutes: number
  runs: {
    count: number
    /** Index into `pathways` and number: `admission-17`. Live, `ids` names them instead. */
    pathway: Uint16Array
    number: Uint32Array
    ids: string[] | null
  }
}

/** Places as one number: units' spots first, then rooms. */
export const placeOfRoom = ({ places }: Pick<TraceHeader, 'places'>, room: number): number => places.spots.length + room
/** The room of a place. */
export const roomOfPlace = ({ places: { spots } }: Pick<TraceHeader, 'places'>, place: number): number =>
  place < spots.length ? spots[place]!.room : place - spots.length

/** The id of a run, as the simulator or the hospital calls it. */
export const runId = ({ runs, pathways }: Trace, run: number): string =>
  runs.ids ? runs.ids[run]! : `${pathways[runs.pathway[run]!]}-${runs.number[run]}`

/** The first row later than a time: all before it have happened. */
export const rowAfter = (trace: Trace, at: number): number => {
  const minute = Math.floor((at - trace.start) / 60_000)
  if (minute < 0) return 0
  if (minute >= trace.minutes) return trace.rows
  const end = minute + 1 < trace.minutes ? trace.minuteRows[minute + 1]! : trace.rows
  const ms = at - trace.start - minute * 60_000
  let [low, high] = [trace.minuteRows[minute]!, end]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (trace.columns.ms[middle]! <= ms) low = middle + 1
    else high = middle
  }
  return low
}

/** The minute, since `start`, in which a row lies. */
export const minuteOfRow = ({ minuteRows, minutes }: Trace, row: number): number => {
  let [low, high] = [0, minutes]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (minuteRows[middle]! <= row) low = middle + 1
    else high = middle
  }
  return low - 1
}
