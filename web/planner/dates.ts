/** Days of the simulated site as people read them. */
import { isoOf, type SiteTime } from '../../pathways/time/site.ts'

const dayMs = 86_400_000

/** When a scenario that says nothing of it begins. */
export const DEFAULT_SITE: SiteTime = { epoch: '2026-01-05T00:00:00+01:00', timeZone: 'Europe/Paris' }

/** `2026-08-01`, of a day since the beginning. */
export const dateOfDay = (day: number, site: Partial<SiteTime> | undefined): string =>
  isoOf(day * dayMs + dayMs / 2, { ...DEFAULT_SITE, ...site }).slice(0, 10)

/** Days from the beginning to a date; null of what is no date. */
export const dayOfDate = (date: string, site: Partial<SiteTime> | undefined): number | null => {
  const [at, first] = [Date.parse(`${date}T12:00:00Z`), Date.parse(`${dateOfDay(0, site)}T12:00:00Z`)]
  return Number.isNaN(at) ? null : Math.round((at - first) / dayMs)
}

/** `1 août`, of an ISO text with the site's own offset. */
export const dayMonthText = (iso: string, language: string): string =>
  new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${iso.slice(0, 10)}T12:00:00Z`),
  )
