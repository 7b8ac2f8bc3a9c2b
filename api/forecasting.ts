/** Forecasts made by this process: one after the other, each on all of its processors. */
import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { takeCut } from '../records/cut.ts'
import type { Records } from '../records/database.ts'
import { type ObservedDurations, observedDurations } from '../records/element-times.ts'
import { type Forecast, readDemand } from '../records/forecasts.ts'
import { isImpossible } from '../twin/experiment/impossible.ts'
import type { StreamFile } from '../twin/experiment/schema.ts'
import { askedOf, UnknownSeries } from '../twin/forecast/asked.ts'
import { questionOf } from '../twin/forecast/data.ts'
import { ensembleOf, nowOf, prepareForecast } from '../twin/forecast/forecast.ts'
import { LEARNT_DAYS, LEARNT_MIN, LEARNT_MOST } from '../twin/forecast/learnt.ts'
import { dataOfLive } from '../twin/forecast/live-data.ts'
import { resultOf } from '../twin/forecast/result.ts'
import { replicateInThreads } from '../twin/forecast/threads.ts'
import type { WhatIf } from '../twin/forecast/what-if.ts'
import { ProblemError } from './problems.ts'

export interface ForecastAsked {
  hours: number
  replications: number
  seed: number
  series: string[]
  whatIf: WhatIf | null
}

const HOUR_MS = 3_600_000

let last: Promise<unknown> = Promise.resolve()

/**
 * Forks the hospital as it is when its turn comes.
 * @param stop ends it, when nobody waits for it any more.
 * @throws ProblemError `no-demand`, `forecast-impossible`, `forecast-stopped`.
 */
export function makeForecast(records: Records, asked: ForecastAsked, by: string, stop: AbortSignal): Promise<Forecast> {
  const made = last.then(() => forecast(records, asked, by, stop))
  last = made.catch(() => {})
  return made
}

async function forecast(records: Records, question: ForecastAsked, by: string, stop: AbortSignal): Promise<Forecast> {
  const { hours, replications, seed, whatIf } = question
  const demand = await readDemand(records)
  if (!demand) throw new ProblemError('no-demand')
  const cut = await takeCut(records)
  const observed = await observedLately(records, cut.at)
  const { data, prepared, asked, now } = possible(() => {
    const live = dataOfLive(cut, demand.streams as StreamFile[], { seed, hours, whatIf }, observed)
    const made = prepareForecast(questionOf(live))
    return { data: live, prepared: made, asked: askedOf(question.series, made.series.names), now: nowOf(made) }
  })
  const pairs = await replicateInThreads(data, replications, { workers: availableParallelism(), stop })
  if (pairs.length < replications) throw new ProblemError('forecast-stopped')
  const paths = pairs.map(({ base }) => base)
  return {
    ...{ at: prepared.at, hours, replications, seed, whatIf, askedBy: by },
    id: `forecast-${randomBytes(10).toString('hex')}`,
    asked: asked.map(({ name, kind, places }) => ({
      name,
      kind,
      parts: places.map((place) => prepared.series.names[place]!.name),
    })),
    result: resultOf({ at: prepared.at, hours, seed }, pairs, asked, now, whatIf, data.learnt),
    ensembles: asked.map((each) => ensembleOf(paths, each, hours).map((values) => [...values])),
  }
}

const lately = new WeakMap<Records, { at: number; observed: Promise<ObservedDurations[]> }>()

/** What the log says of durations is asked again once an hour has passed: it changes slowly, and forecasts are waited for. */
function observedLately(records: Records, at: number): Promise<ObservedDurations[]> {
  const known = lately.get(records)
  if (known && at >= known.at && at - known.at < HOUR_MS) return known.observed
  const asked = { since: at - LEARNT_DAYS * 24 * HOUR_MS, until: at, least: LEARNT_MIN, most: LEARNT_MOST }
  const observed = observedDurations(records, asked)
  lately.set(records, { at, observed })
  observed.catch(() => lately.delete(records))
  return observed
}

/** @throws ProblemError `forecast-impossible`, which says why. */
function possible<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (isImpossible(error) || error instanceof UnknownSeries)
      throw new ProblemError('forecast-impossible', { why: error.message })
    throw error
  }
}
