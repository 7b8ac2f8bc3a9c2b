/** The next hours of the hospital: made from how it is now, kept, and scored once they are over. */
import { createRoute, type z } from '@hono/zod-openapi'
import type { SiteTime } from '../../pathways/time/site.ts'
import { hospitalNow } from '../../records/clock.ts'
import {
  addForecast,
  type Forecast,
  type ForecastSummary,
  listForecasts,
  readDemand,
  readForecast,
  readSamples,
  saveDemand,
} from '../../records/forecasts.ts'
import { Stream } from '../../twin/experiment/schema.ts'
import type { ForecastResult } from '../../twin/forecast/result.ts'
import { type ScoredSeries, scoresOf } from '../../twin/forecast/score-forecast.ts'
import { WhatIf } from '../../twin/forecast/what-if.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { makeForecast } from '../forecasting.ts'
import { once } from '../idempotency.ts'
import { PageQuery, pageOf } from '../pages.ts'
import { timeOf } from '../presenting.ts'
import { fieldErrors, languageOf, ProblemError } from '../problems.ts'
import { FORECASTING, PLANNING } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { IdempotencyHeader, IdPath, type Json } from '../schemas/common.ts'
import { DemandInput, DemandItem, ForecastDetail, ForecastInput, ForecastItem } from '../schemas/forecasts.ts'

const tag = 'forecasts'

const demand = createRoute({
  method: 'get',
  path: '/demand',
  ...declared({ id: 'readDemand', tag, summary: 'Who comes to the hospital, as it has been told', admits: FORECASTING }),
  responses: answers(DemandItem, 'Streams, as in a scenario'),
})
const tell = createRoute({
  method: 'put',
  path: '/demand',
  ...declared({ id: 'tellDemand', tag, summary: 'Say who comes to the hospital: forecasts need to know', admits: PLANNING }),
  request: bodyOf(DemandInput),
  responses: answers(DemandItem, 'Forecasts from now on go by it'),
})
const make = createRoute({
  method: 'post',
  path: '/forecasts',
  ...declared({ id: 'makeForecast', tag, summary: 'Fork the hospital as it is, and play the next hours', admits: FORECASTING }),
  request: { headers: IdempotencyHeader, ...bodyOf(ForecastInput) },
  responses: answers(ForecastDetail, 'Bands by hour, and what the what-if changes; answered when it is made'),
})
const list = createRoute({
  method: 'get',
  path: '/forecasts',
  ...declared({ id: 'listForecasts', tag, summary: 'Forecasts that were made', admits: FORECASTING }),
  request: { query: PageQuery },
  responses: answers(pageOf(ForecastItem), 'Newest first'),
})
const one = createRoute({
  method: 'get',
  path: '/forecasts/{id}',
  ...declared({ id: 'readForecast', tag, summary: 'One forecast, scored as far as its hours are over', admits: FORECASTING }),
  request: { params: IdPath },
  responses: answers(ForecastDetail, 'What was said, and how it turned out'),
})

export function forecastRoutes({ records }: Dependencies) {
  const detail = async (forecast: Forecast): Promise<z.infer<typeof ForecastDetail>> => {
    const { at, hours, id, asked, ensembles } = forecast
    const { quantiles, bands, whatIf, learnt = [] } = forecast.result as ForecastResult
    const samples = await readSamples(records, at, hours)
    const happened = Array.from({ length: hours }, (_, hour) => samples.get(at + (hour + 1) * HOUR_MS) ?? null)
    const scores = scoresOf(id, asked as ScoredSeries[], ensembles, happened)
    return { ...item(forecast, await siteOf(records)), quantiles: [...quantiles], bands, changes: whatIf, learnt, scores }
  }
  const told = async () => {
    const found = await readDemand(records)
    if (!found) throw new ProblemError('no-demand')
    return { streams: found.streams as Json[string][], saidBy: found.saidBy, saidAt: timeOf(found.saidAt, await siteOf(records)) }
  }
  return newRouter()
    .openapi(demand, async (context) => context.json(await told(), 200))
    .openapi(tell, async (context) => {
      const { streams } = context.req.valid('json')
      const checked = Stream.array().safeParse(streams)
      const language = languageOf(context.req.header('accept-language'))
      if (!checked.success)
        throw new ProblemError('invalid-input', {}, underIn('streams', fieldErrors(checked.error.issues, language)))
      await saveDemand(records, {
        streams: checked.data,
        saidBy: callerOf(context).actor,
        saidAt: await hospitalNow(records),
      })
      return context.json(await told(), 200)
    })
    .openapi(make, async (context) => {
      const { whatIf: interventions, ...asked } = context.req.valid('json')
      const whatIf = interventions === undefined || interventions === null ? null : WhatIf.safeParse(interventions)
      const language = languageOf(context.req.header('accept-language'))
      if (whatIf && !whatIf.success)
        throw new ProblemError('invalid-input', {}, underIn('whatIf', fieldErrors(whatIf.error.issues, language)))
      const question = { ...asked, whatIf: whatIf?.data ?? null }
      const made = await makeForecast(records, question, callerOf(context).actor, context.req.raw.signal)
      const { id } = await once(records, context, question, async (tx) => {
        await addForecast(records, tx, made)
        return { id: made.id }
      })
      return context.json(await detail(await readForecast(records, id)), 200)
    })
    .openapi(list, async (context) => {
      const [page, site] = await Promise.all([listForecasts(records, context.req.valid('query')), siteOf(records)])
      return context.json({ ...page, items: page.items.map((row) => item(row, site)) }, 200)
    })
    .openapi(one, async (context) => context.json(await detail(await readForecast(records, context.req.valid('param').id)), 200))
}

const HOUR_MS = 3_600_000

const underIn = (field: string, errors: { path: string; message: string }[]) =>
  errors.map(({ path, message }) => ({ path: path === '' ? field : `${field}.${path}`, message }))

const item = (
  { id, at, hours, replications, seed, askedBy, whatIf }: ForecastSummary,
  site: SiteTime,
): z.infer<typeof ForecastItem> => ({
  ...{ id, hours, replications, seed, askedBy },
  at: timeOf(at, site),
  whatIf: (whatIf ?? null) as Json[string],
})
