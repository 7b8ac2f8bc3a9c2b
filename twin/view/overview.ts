/** A whole trace at a glance, for a time bar: how many were inside and waited, hour by hour, and what is worth going to. */
import { NONE } from '../trace/trace.ts'
import type { Playback } from './playback.ts'

export interface Note {
  at: number
  kind: 'mostWaiting' | 'mostInside' | 'fullBeds'
  value: number
}

export interface Overview {
  /** Hospital milliseconds between one value and the next, from the trace's start. */
  everyMs: number
  inside: Uint16Array
  waiting: Uint16Array
  notes: Note[]
}

const NOTES_MAX = 12
const STEPS_MAX = 9_000

/** Looks at every hour, or less often in a trace of many years. */
export const overviewOf = (base: Playback): Overview => {
  const playback = base.copy()
  const { trace } = playback
  const everyMs = Math.max(3_600_000, Math.ceil((trace.end - trace.start) / STEPS_MAX / 3_600_000) * 3_600_000)
  const steps = Math.max(1, Math.floor((trace.end - trace.start) / everyMs) + 1)
  const [inside, waiting, free] = [new Uint16Array(steps), new Uint16Array(steps), new Uint16Array(steps)]
  const beds = trace.places.spots.flatMap(({ look }, unit) => (look === 'bed' ? [unit] : []))
  for (let step = 0; step < steps; step++) {
    playback.seek(trace.start + step * everyMs)
    for (let index = 0; index < playback.presentCount; index++) {
      const run = playback.present[index]!
      if (playback.place[run] === NONE || playback.turnsOver[run]! >= 0) continue
      inside[step]!++
      if (playback.waiting[run]! > 0) waiting[step]!++
    }
    for (const unit of beds) if (playback.holder[unit] === NONE && playback.cleaner[unit] === NONE) free[step]!++
  }
  const at = (step: number) => trace.start + step * everyMs
  const days = Math.max(1, Math.round(86_400_000 / everyMs))
  const notes: Note[] = [
    ...peaks(waiting, days).map((step): Note => ({ at: at(step), kind: 'mostWaiting', value: waiting[step]! })),
    { at: at(highest(inside)), kind: 'mostInside', value: inside[highest(inside)]! },
  ]
  const full = beds.length > 0 ? free.indexOf(0) : -1
  if (full >= 0) notes.push({ at: at(full), kind: 'fullBeds', value: beds.length })
  return { everyMs, inside, waiting, notes: notes.sort((one, other) => one.at - other.at) }
}

const highest = (values: Uint16Array): number => values.reduce((best, value, index) => (value > values[best]! ? index : best), 0)

/** The worst moment of each of the worst days. */
const peaks = (values: Uint16Array, perDay: number): number[] => {
  const days: number[] = []
  for (let from = 0; from < values.length; from += perDay) {
    const of = values.subarray(from, from + perDay)
    const step = from + highest(of)
    if (values[step]! > 0) days.push(step)
  }
  return days.sort((one, other) => values[other]! - values[one]!).slice(0, NOTES_MAX - 2)
}
