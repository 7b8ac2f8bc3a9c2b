/** What a place that somebody may have is like: free and prepared, taken, dirty, being cleaned, or closed. */
import { NONE } from '../trace/trace.ts'
import type { Playback } from './playback.ts'

export const UNIT_STATES = ['free', 'occupied', 'dirty', 'cleaning', 'closed'] as const
export type UnitState = (typeof UNIT_STATES)[number]

export const unitState = (playback: Playback, unit: number): UnitState => {
  const cleaner = playback.cleaner[unit]!
  if (cleaner !== NONE)
    return playback.heldFirst[cleaner]! >= 0 || (playback.step[cleaner]! >= 0 && playback.waiting[cleaner] === 0)
      ? 'cleaning'
      : 'dirty'
  if (playback.holder[unit] !== NONE) return 'occupied'
  return playback.opening.isClosed[unit] === 1 ? 'closed' : 'free'
}
