/** Moves runs to another version of their pathway, a few at a time, for as long as their migration is not stopped. */
import { setTimeout as delay } from 'node:timers/promises'
import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import type { Logger } from 'pino'
import type { MigrationRefusal } from '../../pathways/engine/index.ts'
import { contentHash } from '../../pathways/language/canonical.ts'
import { hospitalNow } from '../../records/clock.ts'
import type { Records } from '../../records/database.ts'
import { MIGRATIONS_CHANNEL, type PendingRun, settlePendingRun, takePendingRuns } from '../../records/migrating.ts'
import { MIGRATE, type Migration, type ProgramReference } from '../../workflows/messages.ts'

const BATCH_RUNS = 16
/** Somebody may have started one without our hearing of it. */
const POLL_MS = 5_000

/** Runs until `signal` aborts. A database or a server that is away is waited for. */
export async function migrateRunsUntil(signal: AbortSignal, records: Records, client: Client, log: Logger): Promise<void> {
  let wake = new AbortController()
  const { unlisten } = await records.sql.listen(MIGRATIONS_CHANNEL, () => wake.abort())
  while (!signal.aborted) {
    wake = new AbortController()
    let moved = 0
    try {
      moved = await moveSome(records, client)
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : 'error' }, 'runs are not moved this time; trying again')
    }
    if (moved < BATCH_RUNS) await delay(POLL_MS, undefined, { signal: AbortSignal.any([signal, wake.signal]) }).catch(() => {})
  }
  await unlisten().catch((error: unknown) =>
    log.debug({ error: error instanceof Error ? error.name : 'error' }, 'listening ended'),
  )
}

/** One batch. @returns of how many runs it is known what became of them. */
export async function moveSome(records: Records, client: Client): Promise<number> {
  const runs = await takePendingRuns(records, BATCH_RUNS, await hospitalNow(records))
  const moves = await Promise.allSettled(runs.map((run) => move(records, client, run)))
  for (const each of moves) if (each.status === 'rejected') throw each.reason
  return moves.filter((each) => each.status === 'fulfilled' && each.value).length
}

/** @returns false for a run that is to be asked again later: its first step is still to come. */
async function move(records: Records, client: Client, pending: PendingRun): Promise<boolean> {
  const at = await hospitalNow(records)
  const became = await ask(client, pending, at)
  if (became) await settlePendingRun(records, pending, { ...became, at })
  return became !== null
}

async function ask(client: Client, { migration: id, run, plan, hash }: PendingRun, at: number): Promise<Became | null> {
  try {
    // One Update for each run and plan: who asks again after a kill is answered as the first time.
    const updateId = `${id}-${contentHash(plan).slice(0, 16)}`
    const args: [ProgramReference, Migration] = [{ $program: hash }, { id, plan, at }]
    await client.workflow.getHandle(run).executeUpdate<unknown, typeof args>(MIGRATE, { args, updateId })
    return { state: 'moved' }
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { state: 'over' }
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : null
    if (!(cause instanceof ApplicationFailure)) throw error
    if (cause.type === 'NotBegun') return null
    if (cause.type === 'RunOver') return { state: 'over' }
    if (cause.type === 'MigrationRefused') return { state: 'refused', refusals: (cause.details?.[0] ?? []) as MigrationRefusal[] }
    throw error
  }
}

type Became = Omit<Parameters<typeof settlePendingRun>[2], 'at'>
