/** Keeps the command centre's figures at each quarter of an hour of the hospital, for its trends. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { currentClock } from '../../records/clock.ts'
import { figuresOf, readPicture } from '../../records/command-centre.ts'
import { readCommandCentreSettings } from '../../records/command-centre-settings.ts'
import { addCommandCentreSample, SAMPLE_MS } from '../../records/command-centre-trends.ts'
import type { Records } from '../../records/database.ts'

const WALL_MS_MAX = 5_000
const WALL_MS_MIN = 200

/** Runs until `signal` aborts. */
export async function sampleCommandCentreUntil(signal: AbortSignal, records: Records, log: Logger): Promise<void> {
  let last = -1
  while (!signal.aborted) {
    let wallMs = WALL_MS_MAX
    try {
      const { hospitalNow, rate } = await currentClock(records)
      const due = Math.floor(hospitalNow / SAMPLE_MS) * SAMPLE_MS
      if (due !== last) await sampleCommandCentre(records, due)
      last = due
      if (rate > 0) wallMs = Math.min(WALL_MS_MAX, Math.max(WALL_MS_MIN, (due + SAMPLE_MS - hospitalNow) / rate))
    } catch (error) {
      // No site yet, or the database is away: both are waited for.
      log.debug({ error: error instanceof Error ? error.name : 'error' }, 'the command centre was not looked at this time')
    }
    await delay(wallMs, undefined, { signal }).catch(() => {})
  }
}

/** What is to be seen now, kept as of `at`; nothing where no command centre is described. */
export async function sampleCommandCentre(records: Records, at: number): Promise<void> {
  const settings = await readCommandCentreSettings(records)
  if (!settings) return
  const figures = figuresOf(await readPicture(records, settings, at), settings, at)
  const values = Object.fromEntries(Object.entries(figures).map(([measure, { value }]) => [measure, value]))
  await addCommandCentreSample(records, at, values)
}
