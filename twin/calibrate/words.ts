/** Figures as people read them, in comments and tables. */
import { formatDuration } from '../../pathways/time/duration.ts'
import { localTime } from '../../pathways/time/site.ts'
import { siteIn } from './arrivals.ts'
import type { DurationFit } from './fit.ts'
import { BOOTSTRAP_SIZE_MAX, FITTED_MAX } from './fit.ts'

/** So many significant digits, without an exponent: `25.13`, `0.00512`. */
export const figure = (value: number, digits = 3): string => {
  if (!Number.isFinite(value)) return '–'
  const short = Number(value.toPrecision(digits))
  return Math.abs(short) >= 1000 ? String(Math.round(value)) : String(short)
}

/** Minutes or hours or days, whichever is read most easily. */
export const span = (ms: number): string => {
  const minutes = ms / 60_000
  if (minutes >= 2880) return `${figure(minutes / 1440)} d`
  if (minutes >= 180) return `${figure(minutes / 60)} h`
  return minutes >= 1 ? `${figure(minutes)} min` : `${figure(ms / 1000)} s`
}

/** An ISO 8601 duration, as exactly as it matters. */
export const iso = (ms: number): string => {
  const step = Math.abs(ms) >= 600_000 ? 1000 : Math.abs(ms) >= 60_000 ? 100 : 1
  return formatDuration({ months: 0, milliseconds: Math.round(ms / step) * step })
}

export const dayOf = (at: number, timeZone: string): string => {
  const { year, month, day } = localTime(at, siteIn(timeZone))
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

export const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** What a duration rests on. */
export const fitInWords = (fit: DurationFit): string => {
  const { count: n, mean, deviation, name, next, distance, probability, aic, note } = fit
  const half = n > 1 ? (1.959963984540054 * deviation) / Math.sqrt(n) : 0
  const known = [
    `n ${count(n)}${n > FITTED_MAX ? ` (fitted to ${count(FITTED_MAX)} of them)` : ''}`,
    `mean ${span(mean)}${n > 1 ? ` (95 %: ${span(Math.max(0, mean - half))} to ${span(mean + half)})` : ''}`,
    `sd ${span(deviation)}`,
  ]
  const chosen = [
    name,
    ...(aic === null ? [] : [`AIC ${figure(aic, 7)}`]),
    ...(next ? [`next ${next.name} +${figure(next.difference)}`] : []),
    ...(distance === null ? [] : [`KS ${figure(distance)}`]),
    ...(probability === null ? [] : [`p ${figure(probability, 2)}${n > BOOTSTRAP_SIZE_MAX ? ` on ${BOOTSTRAP_SIZE_MAX}` : ''}`]),
    ...(note === '' ? [] : [note]),
  ]
  return `${known.join(', ')}; ${chosen.join(', ')}`
}

/** What an element is called, and its id where that is another. */
export const called = ({ id, name }: { id: string; name: string }): string =>
  name === '' || name === id ? id : `${name.replace(/\s+/g, ' ')} (${id})`
