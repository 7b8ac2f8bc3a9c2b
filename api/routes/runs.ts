/** Runs: one patient on one pathway. */
import { createRoute, z } from '@hono/zod-openapi'
import { PageQuery, pageOf } from '../pages.ts'
import { FLOW, HOUSE } from '../roles.ts'
import { answers, bodyOf, declared } from '../route.ts'
import { Id, IdempotencyHeader, IdPath, Time } from '../schemas/common.ts'
import { Accepted, RunAnswer, RunCancel, RunDetail, RunItem, RunMessage, RunStart, RunState } from '../schemas/runs.ts'

const tag = 'runs'

const RunFilters = z.object({
  pathway: Id.optional(),
  state: RunState.optional(),
  element: Id.optional().openapi({ description: 'BPMN id of an element it stands on.' }),
  patient: Id.optional(),
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
export const runRouteDefinitions = { start, list, one, cancel, message }
