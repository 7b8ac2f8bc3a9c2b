/**
 * Makes one live step durable, exactly once: facts, projection, tasks, the ledger, messages and calls, in one transaction. A step asked for
 * again is answered as it was the first time.
 */
import type { Event } from '../pathways/engine/contract.ts'
import type { CommitAnswer, CommitBatch } from './batch.ts'
import { Carrying, type RunRow } from './carrying.ts'
import { type ClockRow, readClock } from './clock.ts'
import type { Records, Transaction } from './database.ts'
import { RecordsError } from './errors.ts'
import { currentMonth, ensureFactPartitions } from './fact-partitions.ts'
import { noteMoved } from './migrating.ts'
import { positionsOf } from './positions.ts'
import { loadProgram } from './programs.ts'
import { siteTime } from './sites.ts'

/**
 * Carries out a step's effects on the records.
 * @returns what the run must hear at once, and the clock.
 * @throws RecordsError `unknownRun`; `outOfSequence` when a step before this one is missing.
 */
export async function commit(records: Records, batch: CommitBatch): Promise<CommitAnswer> {
  const month = currentMonth()
  if (records.partitionsFor.month !== month) {
    await ensureFactPartitions(records.sql)
    records.partitionsFor.month = month
  }
  return records.sql.begin((tx) => commitIn(records, tx, batch))
}

type LockedRun = RunRow & ClockRow & { sequence: number; answer: CommitAnswer | null; segmentRate: number | null }

async function commitIn(records: Records, tx: Transaction, batch: CommitBatch): Promise<CommitAnswer> {
  const run = await lockRun(tx, batch.run)
  if (batch.sequence <= run.sequence) return repeated(run, batch)
  if (batch.sequence !== run.sequence + 1) {
    const message = `Step ${batch.sequence} of run "${batch.run}" came after step ${run.sequence}: one is missing.`
    throw new RecordsError('outOfSequence', message)
  }
  const { epoch } = await siteTime(records, tx, run.site)
  const clock = readClock(run, epoch)
  const program = await loadProgram(records, batch.instance.program, tx)
  const carrying = new Carrying({ records, tx, run, program, batch })
  const events = await carrying.carryOut()
  const answer: CommitAnswer = { events, clock }
  const { marking, bookkeeping } = batch.instance
  const ended = marking.outcome !== 'running'
  const update = tx`
    update runs set state = ${marking.outcome}, sequence = ${batch.sequence}, last_at = ${bookkeeping.at}, started_at = ${bookkeeping.startedAt},
      instance = ${records.encryption.encryptJson(batch.instance)}, positions = ${JSON.stringify(positionsOf(program, batch.instance))},
      answer = ${JSON.stringify(answer)}, ended_at = ${ended ? bookkeeping.at : null},
      error_code = ${bookkeeping.error?.code ?? null}, error_element = ${bookkeeping.error?.element ?? null}
    where id = ${batch.run}`
  await Promise.all([carrying.write(), update])
  await noteMoved(tx, batch)
  return answer
}

/** Steps of one run take turns; the clock is read with the lock in hand. */
async function lockRun(tx: Transaction, id: string): Promise<LockedRun> {
  const [run] = await tx<LockedRun[]>`
    select runs.id, runs.site, runs.pathway, runs.patient, runs.caller_run as "callerRun", runs.caller_wait as "callerWait",
      runs.turnover_unit as "turnoverUnit", runs.sequence, runs.answer,
      extract(epoch from clock_timestamp())::float8 * 1000 as "wallNow", segment.hospital,
      extract(epoch from segment.wall)::float8 * 1000 as wall, segment.rate, extract(epoch from segment.heartbeat)::float8 * 1000 as heartbeat
    from runs left join lateral (
      select * from clock_segments where clock_segments.site = runs.site order by clock_segments.id desc limit 1) as segment on true
    where runs.id = ${id} for update of runs`
  if (!run) throw new RecordsError('unknownRun', `There is no run "${id}": a run begins with startRun.`)
  return run
}

/** Only the last step can be asked for again: the ones before it were answered, or there would be no later one. */
function repeated(run: LockedRun, batch: CommitBatch): CommitAnswer {
  if (run.answer && run.sequence === batch.sequence) return run.answer
  throw new RecordsError('outOfSequence', `Step ${batch.sequence} of run "${batch.run}" was committed long ago.`)
}

export type { CommitAnswer, CommitBatch, Event }
