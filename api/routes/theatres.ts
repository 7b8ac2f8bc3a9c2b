/** Planned units by the day, theatres say: planned against real, and moving what is planned. */
import { createRoute, z } from '@hono/zod-openapi'
import { instantOf, localTime, type SiteTime } from '../../pathways/time/site.ts'
import { hospitalNow } from '../../records/clock.ts'
import { RecordsError } from '../../records/errors.ts'
import { readPlannedDay, seenStretches } from '../../records/planned-day.ts'
import { currentVersion, loadProgram } from '../../records/programs.ts'
import { reschedule } from '../../records/rescheduling.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { problemOf } from '../failures.ts'
import { once } from '../idempotency.ts'
import { dayAnswer } from '../presenting-days.ts'
import { FLOW } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { IdempotencyHeader, IdPath } from '../schemas/common.ts'
import { Accepted } from '../schemas/runs.ts'
import { PlanIn, PlannedDayAnswer } from '../schemas/theatres.ts'

const tag = 'resources'
/** Lengths are learnt from so long back. */
const SEEN_MS = 90 * 86_400_000

const day = createRoute({
  method: 'get',
  path: '/resources/pools/{id}/day',
  ...declared({
    id: 'readPlannedDay',
    tag,
    summary: 'A day of planned units: planned against real, turnovers, how long cases last',
    admits: [...FLOW, 'planner', 'administrator'],
  }),
  request: {
    params: IdPath,
    query: z.object({ date: z.iso.date().optional().openapi({ description: 'By the site’s calendar; today when left out.' }) }),
  },
  responses: answers(PlannedDayAnswer, 'As of one moment'),
})
const plan = createRoute({
  method: 'post',
  path: '/resources/pools/{id}/plan',
  ...declared({
    id: 'planCases',
    tag,
    summary: 'Move planned cases, all together or none: their runs hear of it',
    admits: ['theatre-manager', 'administrator'],
  }),
  request: { params: IdPath, headers: IdempotencyHeader, ...bodyOf(PlanIn) },
  responses: answers(Accepted, 'Durable, and on its way to the runs concerned'),
})

export function theatreRoutes({ records }: Dependencies) {
  return newRouter()
    .openapi(day, async (context) => {
      const { id } = context.req.valid('param')
      const site = await siteOf(records)
      const at = await hospitalNow(records)
      const { from, until } = dayOf(context.req.valid('query').date, at, site)
      const [read, seen] = await Promise.all([readPlannedDay(records, id, from, until), seenStretches(records, id, at - SEEN_MS)])
      const version = read.pool.turnover === '' ? null : await currentVersion(records.sql, read.pool.turnover)
      const turnover = version && (await loadProgram(records, version.hash))
      const parts = { day: read, at, from, until, seen, turnover }
      return context.json(dayAnswer(parts, callerOf(context).role, site), 200)
    })
    .openapi(plan, async (context) => {
      const { id } = context.req.valid('param')
      const asked = context.req.valid('json')
      const by = callerOf(context).actor
      const moves = asked.moves.map((move) => ({ ...move, unit: move.unit ?? '' }))
      try {
        const answer = await once(records, context, asked, async (transaction) => {
          await reschedule(records, { pool: id, moves, by, reason: asked.reason }, transaction)
          return { accepted: true as const }
        })
        return context.json(answer, 200)
      } catch (error) {
        throw problemOf(error, { what: error instanceof RecordsError ? error.message : '', unit: id, pool: id }) ?? error
      }
    })
}

/** From midnight to midnight on the site's wall. */
function dayOf(date: string | undefined, at: number, site: SiteTime): { from: number; until: number } {
  const today = localTime(at, site)
  const [year, month, day] = date?.split('-').map(Number) ?? [today.year, today.month, today.day]
  const midnight = (days: number) => instantOf({ year: year!, month: month!, day: day! + days, minute: 0 }, site)
  return { from: midnight(0), until: midnight(1) }
}
