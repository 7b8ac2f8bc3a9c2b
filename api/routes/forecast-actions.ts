/** What a forecast's what-if leads to is handed to operations: an alert with an owner and a clock, once for each of its interventions. */
import { createRoute, z } from '@hono/zod-openapi'
import { handedActions, raiseAlerts } from '../../records/alerts.ts'
import { hospitalNow } from '../../records/clock.ts'
import { readForecast } from '../../records/forecasts.ts'
import type { WhatIf } from '../../twin/forecast/what-if.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { once } from '../idempotency.ts'
import { timeOf } from '../presenting.ts'
import { ProblemError } from '../problems.ts'
import { FORECASTING } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { IdempotencyHeader, IdPath } from '../schemas/common.ts'
import { ForecastAction, HandedAction } from '../schemas/forecasts.ts'
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

const handed = createRoute({
  method: 'get',
  path: '/forecasts/{id}/actions',
  ...declared({
    ...{ id: 'listForecastActions', tag: 'forecasts', admits: FORECASTING },
    summary: 'What of its what-if was handed on, to whom, and whether it was seen to',
  }),
  request: { params: IdPath },
  responses: answers(z.object({ items: z.array(HandedAction) }), 'By the number of the intervention'),
})

export function forecastActionRoutes({ records }: Dependencies) {
  const router = newRouter().openapi(handOver, async (context) => {
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
  return router.openapi(handed, async (context) => {
    const { id } = context.req.valid('param')
    await readForecast(records, id)
    const [rows, site, now] = await Promise.all([handedActions(records, id), siteOf(records), hospitalNow(records)])
    const items = rows.map(({ openedAt, dueAt, closedAt, ...row }) => ({
      ...row,
      openedAt: timeOf(openedAt, site),
      due: dueAt === null ? null : timeOf(dueAt, site),
      overdue: row.state === 'open' && dueAt !== null && dueAt < now,
      closedAt: closedAt === null ? null : timeOf(closedAt, site),
    }))
    return context.json({ items }, 200)
  })
}
