/** Forecasts made by this process: one after the other, each on all of its processors. */
import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { takeCut } from '../records/cut.ts'
import type { Records } from '../records/database.ts'
import { type Forecast, readDemand } from '../records/forecasts.ts'
import { isImpossible } from '../twin/experiment/impossible.ts'
import type { StreamFile } from '../twin/experiment/schema.ts'
import { askedOf, UnknownSeries } from '../twin/forecast/asked.ts'
import { questionOf } from '../twin/forecast/data.ts'
import { ensembleOf, nowOf, prepareForecast } from '../twin/forecast/forecast.ts'
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
  const { data, prepared, asked, now } = possible(() => {
    const live = dataOfLive(cut, demand.streams as StreamFile[], { seed, hours, whatIf })
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
    result: resultOf({ at: prepared.at, hours, seed }, pairs, asked, now, whatIf),
    ensembles: asked.map((each) => ensembleOf(paths, each, hours).map((values) => [...values])),
  }
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
