/** Runs: one patient on one pathway. */
import { createRoute, z } from '@hono/zod-openapi'
import { currentTraceparent } from '../../activities/traced.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { hospitalMsOfIso } from '../../pathways/time/site.ts'
import { listFacts } from '../../records/facts.ts'
import { sendMessage } from '../../records/messages.ts'
import { patientExists } from '../../records/patients.ts'
import { loadProgram } from '../../records/programs.ts'
import { cancelRun, listRuns, readRun } from '../../records/runs.ts'
import { startRun } from '../../records/starting.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { problemOf } from '../failures.ts'
import { once } from '../idempotency.ts'
import { PageQuery, pageOf } from '../pages.ts'
import { factItem, runItem, waitsAndHolds } from '../presenting.ts'
import { ProblemError } from '../problems.ts'
import { FLOW, HOUSE, visibleVariables } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { Id, IdempotencyHeader, IdPath, type Json, Time } from '../schemas/common.ts'
import { Accepted, RunAnswer, RunCancel, RunDetail, RunItem, RunMessage, RunStart, RunState } from '../schemas/runs.ts'

const tag = 'runs'

const RunFilters = z.object({
  pathway: Id.optional(),
  state: RunState.optional(),
  element: Id.optional().openapi({ description: 'BPMN id of an element it stands on.' }),
  patient: Id.optional(),
  named: z
    .string()
    .regex(/^[A-Za-z0-9._-]{3,80}$/)
    .optional()
    .openapi({
      description: 'Its id, or the beginning of the part of it that people read out: `4f21` finds `admission-4f21ab…`.',
    }),
  troubled: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ description: 'Only those with an open incident: somebody must decide.' }),
  since: Time.optional().openapi({ description: 'Started at or after.' }),
})

const start = createRoute({
  method: 'post',
  path: '/runs',
  ...declared({ id: 'startRun', tag, summary: 'Start a pathway', admits: [...FLOW, 'administrator'] }),
  request: { headers: IdempotencyHeader, ...bodyOf(RunStart) },
  responses: answers(RunAnswer, 'Started: durable, and on its way'),
})
const list = createRoute({
  method: 'get',
  path: '/runs',
  ...declared({ id: 'listRuns', tag, summary: 'Runs, newest first', admits: HOUSE }),
  request: { query: PageQuery.extend(RunFilters.shape) },
  responses: answers(pageOf(RunItem), 'Newest first'),
})
const one = createRoute({
  method: 'get',
  path: '/runs/{id}',
  ...declared({
    id: 'readRun',
    tag,
    summary: 'One run: where its tokens are, what it waits for and holds, a page of its history',
    admits: HOUSE,
  }),
  request: { params: IdPath, query: PageQuery },
  responses: answers(RunDetail, '`limit` and `cursor` turn the pages of its history, newest first'),
})
const cancel = createRoute({
  method: 'post',
  path: '/runs/{id}/cancel',
  ...declared({
    id: 'cancelRun',
    tag,
    summary: 'Cancel a run',
    admits: ['physician', 'bed-manager', 'theatre-manager', 'administrator'],
  }),
  request: { params: IdPath, ...bodyOf(RunCancel) },
  responses: answers(Accepted, 'Durable, and on its way'),
})
const message = createRoute({
  method: 'post',
  path: '/runs/{id}/messages',
  ...declared({ id: 'sendMessageToRun', tag, summary: 'Send a message to a run', admits: [...FLOW, 'administrator'] }),
  request: { params: IdPath, headers: IdempotencyHeader, ...bodyOf(RunMessage) },
  responses: answers(Accepted, 'Durable, and on its way'),
})
export function runRoutes({ records }: Dependencies) {
  return newRouter()
    .openapi(start, async (context) => {
      const asked = context.req.valid('json')
      const { pathway, patient, version } = asked
      const variables = asked.variables as Variables
      try {
        const answer = await once(records, context, asked, async (transaction) => {
          if (patient !== undefined && !(await patientExists(records, patient, transaction)))
            throw new ProblemError('unknown-patient')
          const started = { pathway, version, variables, patient, traceparent: currentTraceparent() }
          const { run, version: taken } = await startRun(records, started, transaction)
          return { id: run, pathway, version: taken, state: 'starting' as const }
        })
        return context.json(answer, 200)
      } catch (error) {
        throw problemOf(error, { pathway }) ?? error
      }
    })
    .openapi(list, async (context) => {
      const { since, troubled, ...query } = context.req.valid('query')
      const { role } = callerOf(context)
      const site = await siteOf(records)
      const page = await listRuns(records, {
        ...query,
        troubled: troubled === 'true',
        since: since === undefined ? undefined : hospitalMsOfIso(since, site)!,
      })
      const items = await Promise.all(
        page.items.map(async (row) => runItem(row, await loadProgram(records, row.hash), site, role)),
      )
      return context.json({ ...page, items }, 200)
    })
    .openapi(one, async (context) => {
      const { id } = context.req.valid('param')
      const { role } = callerOf(context)
      const row = await readRun(records, id)
      if (!row) throw new ProblemError('unknown-run')
      const site = await siteOf(records)
      const program = await loadProgram(records, row.hash)
      const history = await listFacts(records, { run: id, ...context.req.valid('query') })
      return context.json(
        {
          ...runItem(row, program, site, role),
          program: row.hash,
          ...waitsAndHolds(row.instance, program, site),
          variables: visibleVariables(row.instance?.variables[0] ?? {}, role) as Json,
          cancellation:
            row.state === 'cancelled' && row.cancelledBy ? { by: row.cancelledBy, reason: row.cancelReason ?? '' } : null,
          history: { ...history, items: history.items.map((fact) => factItem(fact.position, fact, site)) },
        },
        200,
      )
    })
    .openapi(cancel, async (context) => {
      const { reason } = context.req.valid('json')
      const by = callerOf(context).actor
      await cancelRun(records, { run: context.req.valid('param').id, reason, by, traceparent: currentTraceparent() })
      return context.json({ accepted: true as const }, 200)
    })
    .openapi(message, async (context) => {
      const run = context.req.valid('param').id
      const { name, payload } = context.req.valid('json')
      const answer = await once(records, context, { name, payload }, async (transaction) => {
        await sendMessage(records, { name, run, payload: payload as Variables, traceparent: currentTraceparent() }, transaction)
        return { accepted: true as const }
      })
      return context.json(answer, 200)
    })
}
