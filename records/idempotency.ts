/** What is asked with an idempotency key happens once: the answer of the first time is kept, encrypted, and given again. */
import type { Records, Transaction } from './database.ts'

export interface KeyedRequest {
  /** What is asked for: method and route. */
  route: string
  /** Who asks: keys of different people never meet. */
  actor: string
  key: string
  /** The request itself: the same key with another one is a mistake. */
  request: unknown
}

export type OnceAnswer<Answer> = { answer: Answer; repeated: boolean } | 'otherRequest'

/**
 * Does the work and keeps its answer in one transaction, unless it was done: then the kept answer comes back. Two at the same moment take
 * turns. Work that throws leaves nothing, so that it may be asked for again.
 */
export async function once<Answer>(
  records: Records,
  { route, actor, key, request }: KeyedRequest,
  work: (tx: Transaction) => Promise<Answer>,
): Promise<OnceAnswer<Answer>> {
  const { sql, encryption } = records
  const fingerprint = encryption.blindIndex(`request ${JSON.stringify(request)}`)
  return sql.begin(async (tx): Promise<OnceAnswer<Answer>> => {
    const { count } = await tx`
      insert into idempotency_keys (route, actor, key, fingerprint) values (${route}, ${actor}, ${key}, ${fingerprint})
      on conflict do nothing`
    if (count === 0) {
      const [known] = await tx<{ fingerprint: Buffer; response: Buffer }[]>`
        select fingerprint, response from idempotency_keys where route = ${route} and actor = ${actor} and key = ${key}`
      if (!known!.fingerprint.equals(fingerprint)) return 'otherRequest'
      return { answer: encryption.decryptJson<Answer>(known!.response), repeated: true }
    }
    const answer = await work(tx)
    await tx`
      update idempotency_keys set status = 200, response = ${encryption.encryptJson(answer)}
      where route = ${route} and actor = ${actor} and key = ${key}`
    return { answer, repeated: false }
  }) as Promise<OnceAnswer<Answer>>
}

/** Forgets keys older than this. @returns how many. */
export async function pruneIdempotencyKeys({ sql }: Records, olderThanHours: number): Promise<number> {
  const gone =
    await sql`delete from idempotency_keys where wall_created < clock_timestamp() - ${olderThanHours} * interval '1 hour'
    and route <> 'stock.order'`
  return gone.count
}
