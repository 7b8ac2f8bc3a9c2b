/** The fact log's partitions: one a month of wall time, made ahead, and a default one so that nothing is ever refused. */
import type postgres from 'postgres'

const MONTHS_AHEAD = 2
const LOCK = 4_927_402

/** Sees to it that this month and the next ones have their partitions. */
export async function ensureFactPartitions(sql: postgres.Sql<{ bigint: number }> | postgres.Sql): Promise<void> {
  await (sql as postgres.Sql).begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${LOCK})`
    for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
      const { from, to, name } = month(ahead)
      await tx.unsafe(`create table if not exists ${name} partition of facts for values from ('${from}') to ('${to}')`)
    }
  })
}

/** The current month, `2026-11`, in UTC. */
export const currentMonth = (): string => new Date().toISOString().slice(0, 7)

function month(ahead: number): { from: string; to: string; name: string } {
  const now = new Date()
  const first = (months: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1)).toISOString()
  const from = first(ahead)
  return { from, to: first(ahead + 1), name: `facts_${from.slice(0, 7).replace('-', '_')}` }
}
