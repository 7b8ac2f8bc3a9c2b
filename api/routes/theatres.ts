/** Planned units by the day, theatres say: planned against real, moving what is planned, and putting an urgent case into it. */
import { createRoute, z } from '@hono/zod-openapi'
import { currentTraceparent } from '../../activities/traced.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { instantOf, isoOf, localTime, type SiteTime } from '../../pathways/time/site.ts'
import { hospitalNow } from '../../records/clock.ts'
import type { Transaction } from '../../records/database.ts'
import { RecordsError } from '../../records/errors.ts'
import { insertCase, whereabouts } from '../../records/inserting.ts'
import { readPatient } from '../../records/patients.ts'
import { readPlannedDay, seenStretches } from '../../records/planned-day.ts'
import { currentVersion, loadProgram } from '../../records/programs.ts'
import { reschedule } from '../../records/rescheduling.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { problemOf } from '../failures.ts'
import { once } from '../idempotency.ts'
import { dayAnswer } from '../presenting-days.ts'
import { ProblemError } from '../problems.ts'
import { FLOW } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { IdempotencyHeader, IdPath } from '../schemas/common.ts'
import { Accepted, RunAnswer } from '../schemas/runs.ts'
import { InsertIn, PlanIn, PlannedDayAnswer } from '../schemas/theatres.ts'

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
const insert = createRoute({
  method: 'post',
  path: '/resources/pools/{id}/cases',
  ...declared({
    id: 'insertCase',
    tag,
    summary: 'Put an urgent case into the day, and move those that make way: all together or nothing',
    admits: ['theatre-manager', 'administrator'],
  }),
  request: { params: IdPath, headers: IdempotencyHeader, ...bodyOf(InsertIn) },
  responses: answers(RunAnswer, 'Started as planned: durable, and on its way'),
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
    .openapi(insert, async (context) => {
      const { id: pool } = context.req.valid('param')
      const asked = context.req.valid('json')
      const { pathway, patient, procedure, place, start, reason } = asked
      const moves = asked.moves.map((move) => ({ ...move, unit: move.unit ?? '' }))
      const by = callerOf(context).actor
      try {
        const answer = await once(records, context, asked, async (transaction) => {
          const variables = await urgentCase(records, { patient, procedure, place }, transaction)
          const first = { pathway, patient, variables, traceparent: currentTraceparent() }
          const insertion = { pool, unit: asked.unit ?? '', start, run: first, moves, by, reason }
          const { run, version } = await insertCase(records, insertion, transaction)
          return { id: run, pathway, version, state: 'starting' as const }
        })
        return context.json(answer, 200)
      } catch (error) {
        const what = error instanceof RecordsError ? error.message : ''
        throw problemOf(error, { what, pathway, unit: asked.unit ?? '', pool }) ?? error
      }
    })
}

/** What a pathway of urgent cases begins with, as the library's do. */
async function urgentCase(
  records: Dependencies['records'],
  { patient, procedure, place }: { patient: string; procedure: string; place: string | undefined },
  tx: Transaction,
): Promise<Variables> {
  const known = await readPatient(records, patient, tx)
  if (!known) throw new ProblemError('unknown-patient')
  const { birthDate, sex } = known.traits
  const today = isoOf(await hospitalNow(records), await siteOf(records))
  const from = place ?? (await whereabouts(records, patient, tx))
  return { patient, age: ageOn(birthDate, today), sex, urgency: 'urgent', procedure, ...(from === null ? {} : { place: from }) }
}

/** Whole years. Both days as ISO 8601. */
function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5, 10) < birthDate.slice(5, 10) ? years - 1 : years
}

/** From midnight to midnight on the site's wall. */
function dayOf(date: string | undefined, at: number, site: SiteTime): { from: number; until: number } {
  const today = localTime(at, site)
  const [year, month, day] = date?.split('-').map(Number) ?? [today.year, today.month, today.day]
  const midnight = (days: number) => instantOf({ year: year!, month: month!, day: day! + days, minute: 0 }, site)
  return { from: midnight(0), until: midnight(1) }
}
