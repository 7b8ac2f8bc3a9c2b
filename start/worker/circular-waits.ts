/** Looks now and then for runs that wait for one another in a circle, and tells whoever can let one go. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { alertOfCircularWaits } from '../../records/circular-waits.ts'
import type { Records } from '../../records/database.ts'

const WALL_MS = 30_000

/** Runs until `signal` aborts. */
export async function watchCircularWaitsUntil(signal: AbortSignal, records: Records, log: Logger): Promise<void> {
  while (!signal.aborted) {
    await delay(WALL_MS, undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    try {
      const found = await alertOfCircularWaits(records)
      if (found.length > 0) log.warn({ runs: found.map(({ holder }) => holder) }, 'runs wait for one another in a circle')
    } catch (error) {
      // No site yet, or the database is away: both are waited for.
      log.debug({ error: error instanceof Error ? error.name : 'error' }, 'circular waits were not looked for this time')
    }
  }
}
