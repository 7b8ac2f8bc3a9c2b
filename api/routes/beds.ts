/** The bed board: who has each unit of a pool, who waits for one and why; and what people decide about it by hand. */
import { createRoute } from '@hono/zod-openapi'
import { readBoard } from '../../records/bed-board.ts'
import { type BedDecision, decideOnBed } from '../../records/bed-decisions.ts'
import { RecordsError } from '../../records/errors.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { problemOf } from '../failures.ts'
import { once } from '../idempotency.ts'
import { boardAnswer } from '../presenting-boards.ts'
import { HOUSE } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { BedDecisionIn, BoardAnswer } from '../schemas/beds.ts'
import { IdempotencyHeader, IdPath } from '../schemas/common.ts'
import { Accepted } from '../schemas/runs.ts'

const tag = 'resources'

const board = createRoute({
  method: 'get',
  path: '/resources/pools/{id}/board',
  ...declared({
    id: 'readBoard',
    tag,
    summary: 'The board of a pool: its units, who has them, who waits and why',
    admits: HOUSE,
  }),
  request: { params: IdPath },
  responses: answers(BoardAnswer, 'As of one moment; requests in the order in which they are served'),
})
const decide = createRoute({
  method: 'post',
  path: '/resources/decisions',
  ...declared({
    id: 'decideOnUnit',
    tag,
    summary: 'Assign, move, block, unblock, have cleaned: as it was seen, or not at all',
    admits: ['bed-manager', 'theatre-manager', 'administrator'],
  }),
  request: { headers: IdempotencyHeader, ...bodyOf(BedDecisionIn) },
  responses: answers(Accepted, 'Durable, and on its way to the runs concerned'),
})

export function bedRoutes({ records }: Dependencies) {
  return newRouter()
    .openapi(board, async (context) => {
      const read = await readBoard(records, context.req.valid('param').id)
      return context.json(boardAnswer(read, callerOf(context).role, await siteOf(records)), 200)
    })
    .openapi(decide, async (context) => {
      const asked = context.req.valid('json')
      const decision: BedDecision = { ...asked, by: callerOf(context).actor }
      try {
        const answer = await once(records, context, asked, async (transaction) => {
          await decideOnBed(records, decision, transaction)
          return { accepted: true as const }
        })
        return context.json(answer, 200)
      } catch (error) {
        const what = error instanceof RecordsError ? error.message : ''
        throw problemOf(error, { what, unit: 'unit' in asked ? asked.unit : '' }) ?? error
      }
    })
}
