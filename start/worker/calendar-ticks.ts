/** Keeps the site's calendars: looks again when the next opening or closing is due, and in any case after a while. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { currentClock } from '../../records/clock.ts'
import type { Records } from '../../records/database.ts'
import { keepCalendars } from '../../records/ledger-change.ts'

/** Somebody may change the calendars meanwhile. */
const WALL_MS_MAX = 10_000
const WALL_MS_MIN = 50

/** Runs until `signal` aborts. @param changes dispatches `change` when the site's clock has changed. */
export async function keepCalendarsUntil(
  signal: AbortSignal,
  records: Records,
  { log, changes }: { log: Logger; changes: EventTarget },
): Promise<void> {
  let wake = new AbortController()
  changes.addEventListener('change', () => wake.abort())
  while (!signal.aborted) {
    wake = new AbortController()
    let wallMs = WALL_MS_MAX
    try {
      const next = await keepCalendars(records)
      const clock = await currentClock(records)
      wallMs = Math.min(
        WALL_MS_MAX,
        Math.max(WALL_MS_MIN, clock.rate > 0 ? (next - clock.hospitalNow) / clock.rate : WALL_MS_MAX),
      )
    } catch (error) {
      // No site yet, or the database is away: both are waited for.
      log.debug({ error: error instanceof Error ? error.name : 'error' }, 'calendars not kept this time')
    }
    await delay(wallMs, undefined, { signal: AbortSignal.any([signal, wake.signal]) }).catch(() => {})
  }
}
