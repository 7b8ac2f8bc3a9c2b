/** What a forecast's what-if leads to is handed to operations: an alert with an owner and a clock, once for each of its interventions. */
import { createRoute } from '@hono/zod-openapi'
import { raiseAlerts } from '../../records/alerts.ts'
import { hospitalNow } from '../../records/clock.ts'
import { readForecast } from '../../records/forecasts.ts'
import type { WhatIf } from '../../twin/forecast/what-if.ts'
import type { Dependencies } from '../dependencies.ts'
import { once } from '../idempotency.ts'
import { ProblemError } from '../problems.ts'
import { FORECASTING } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { IdempotencyHeader, IdPath } from '../schemas/common.ts'
import { ForecastAction } from '../schemas/forecasts.ts'
import { Accepted } from '../schemas/runs.ts'

const MINUTE_MS = 60_000

const handOver = createRoute({
  method: 'post',
  path: '/forecasts/{id}/actions',
  ...declared({
    ...{ id: 'handOverForecastAction', tag: 'forecasts', admits: FORECASTING },
    summary: 'Hand an intervention of its what-if to whoever carries it out',
  }),
  request: { params: IdPath, headers: IdempotencyHeader, ...bodyOf(ForecastAction) },
  responses: answers(Accepted, 'It is among the alerts of its owner; handed over again, it stays the same alert'),
})

export function forecastActionRoutes({ records }: Dependencies) {
  return newRouter().openapi(handOver, async (context) => {
    const { id } = context.req.valid('param')
    const asked = context.req.valid('json')
    const { number, action, owner, dueMinutes } = asked
    const { whatIf } = await readForecast(records, id)
    const intervention = (whatIf as WhatIf | null)?.interventions[number]
    if (!intervention)
      throw new ProblemError('invalid-input', {}, [{ path: 'number', message: `the forecast has no intervention ${number}` }])
    const { actor } = callerOf(context)
    await once(records, context, { id, ...asked }, async (tx) => {
      const openedAt = await hospitalNow(records)
      await raiseAlerts(records, tx, [
        {
          ...{ site: records.site, kind: 'forecastAction', cause: `${id} ${number}`, level: 'warning', owner, openedAt },
          ...('pool' in intervention && { pool: intervention.pool }),
          reason: `${action} (${actor})`,
          dueAt: openedAt + dueMinutes * MINUTE_MS,
        },
      ])
      return { id }
    })
    return context.json({ accepted: true as const }, 200)
  })
}
