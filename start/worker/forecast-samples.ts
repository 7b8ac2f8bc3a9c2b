/** Looks at the hospital at each hour that a forecast was about, so that it can be scored. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { currentClock } from '../../records/clock.ts'
import { takeCut } from '../../records/cut.ts'
import type { Records } from '../../records/database.ts'
import { addSample, flowsOf, nextSampleAt, unitUses } from '../../records/forecasts.ts'
import { levelsOfLive } from '../../twin/forecast/live-data.ts'
import { overrunsOf } from '../../twin/forecast/overruns.ts'

/** A later look would be at another hospital: the hour stays unknown. Hospital milliseconds. */
const LATE_MS_MAX = 10 * 60_000
const HOUR_MS = 3_600_000
const WALL_MS_MAX = 5_000
const WALL_MS_MIN = 50

/** Runs until `signal` aborts. */
export async function sampleForecastsUntil(signal: AbortSignal, records: Records, log: Logger): Promise<void> {
  while (!signal.aborted) {
    let wallMs = WALL_MS_MAX
    try {
      const { hospitalNow, rate } = await currentClock(records)
      const next = await nextSampleAt(records, hospitalNow - LATE_MS_MAX)
      if (next !== null && next <= hospitalNow) {
        await sampleForecast(records, next)
        wallMs = WALL_MS_MIN
      } else if (next !== null && rate > 0) wallMs = Math.min(WALL_MS_MAX, Math.max(WALL_MS_MIN, (next - hospitalNow) / rate))
    } catch (error) {
      // No site yet, or the database is away: both are waited for.
      log.debug({ error: error instanceof Error ? error.name : 'error' }, 'no forecast was looked at this time')
    }
    await delay(wallMs, undefined, { signal }).catch(() => {})
  }
}

/** Levels as they are now, flows of the hour until `at`; what nobody did in it is 0. */
export async function sampleForecast(records: Records, at: number): Promise<void> {
  const cut = await takeCut(records)
  const none = cut.programs.flatMap(({ process, nodes }) => [
    [`${process}.started`, 0],
    [`${process}.completed`, 0],
    ...nodes.flatMap(({ id, scope, type }) => (scope === 0 && type === 'bpmn:EndEvent' ? [[`${process}.${id}.reached`, 0]] : [])),
  ])
  const [flows, uses] = await Promise.all([flowsOf(records, at), unitUses(records, at - HOUR_MS, at)])
  const overruns = overrunsOf(cut.ledger, cut.site, uses, at - HOUR_MS, at)
  await addSample(records, at, { ...Object.fromEntries(none), ...levelsOfLive(cut), ...flows, ...overruns })
}
