/** `Idempotency-Key`: asking twice is asking once. The key is kept in the same transaction as the effect. */
import type { Context } from 'hono'
import { routePath } from 'hono/route'
import type { Records, Transaction } from '../records/database.ts'
import { once as onceInRecords } from '../records/idempotency.ts'
import { ProblemError } from './problems.ts'
import { type ApiEnv, callerOf } from './route.ts'

/** The key that came with the request, '' for none. @throws ProblemError `key-malformed`. */
export function idempotencyKeyOf(context: Context): string {
  const key = context.req.header('idempotency-key') ?? ''
  if (key !== '' && !/^[\x21-\x7e]{1,255}$/.test(key)) throw new ProblemError('key-malformed')
  return key
}

/**
 * Does `work` in a transaction; with a key, once: the answer of the first time comes back, marked by the header `Idempotency-Replayed`.
 * @param request what the key stands for. @throws ProblemError `key-reused` when it stood for something else.
 */
export async function once<Answer>(
  records: Records,
  context: Context<ApiEnv>,
  request: unknown,
  work: (transaction: Transaction) => Promise<Answer>,
): Promise<Answer> {
  const key = idempotencyKeyOf(context)
  if (key === '') return records.sql.begin(work) as Promise<Answer>
  const route = `${context.req.method} ${routePath(context)}`
  const done = await onceInRecords(
    records,
    { route, actor: callerOf(context).actor, key, request: { request, ...context.req.param() } },
    work,
  )
  if (done === 'otherRequest') throw new ProblemError('key-reused')
  if (done.repeated) context.header('idempotency-replayed', 'true')
  return done.answer
}
