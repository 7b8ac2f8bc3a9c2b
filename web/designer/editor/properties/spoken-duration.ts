/** Durations as people write them, `1 h 30 min`, for the standard's `PT1H30M`: the file keeps the latter. */
import { formatDuration, millisecondsOf } from '../../../../pathways/time/duration.ts'

const SPOKEN =
  /^\s*(?:(\d+)\s*(?:j|d|jours?|days?))?\s*(?:(\d+)\s*(?:h|heures?|hours?))?\s*(?:(\d+)\s*(?:min|minutes?))?\s*(?:(\d+)\s*(?:s|secondes?|seconds?))?\s*$/i
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const SECOND_MS = 1_000

/** `90 min` becomes `PT1H30M`; whatever is not written so stays as it is: a formula, the standard's own way, half a word. */
export function durationOf(said: string): string {
  const [, ...parts] = SPOKEN.exec(said) ?? []
  if (parts.every((part) => part === undefined)) return said
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0))
  return formatDuration({
    months: 0,
    milliseconds: days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS,
  })
}

/** @param day what a day is called for short. */
export function spokenOf(duration: string, day: string): string {
  const milliseconds = millisecondsOf(duration)
  if (milliseconds === null || milliseconds < 0 || milliseconds % SECOND_MS !== 0) return duration
  const parts = [
    [Math.floor(milliseconds / DAY_MS), day],
    [Math.floor(milliseconds / HOUR_MS) % 24, 'h'],
    [Math.floor(milliseconds / MINUTE_MS) % 60, 'min'],
    [Math.floor(milliseconds / SECOND_MS) % 60, 's'],
  ] as const
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`)
  return said.length > 0 ? said.join(' ') : '0 min'
}
