/** Planned cases are moved, all together or none: each run hears of its new plan once, and what it waits for follows. */
import type { Event } from '../pathways/engine/contract.ts'
import { currentClock } from './clock.ts'
import type { Records, Transaction } from './database.ts'
import { type DecisionFact, writeDecisions } from './decisions.ts'
import { RecordsError } from './errors.ts'
import { addToOutbox, type OutboxEntry } from './outbox.ts'
import { planVariables } from './planned-day.ts'
import { loadProgram } from './programs.ts'

export interface Rescheduling {
  pool: string
  /** `unit` '' for any of the pool; `start` an ISO instant; `sequence` the run's, as it was seen. */
  moves: { run: string; unit: string; start: string; sequence: number }[]
  by: string
  reason: string
}

/**
 * @throws RecordsError `unknownRun`, `runOver`, `unknownUnit`; `changedMeanwhile` when a run has moved on since it was seen; `plannedByPathway`
 * when its pathway does not plan by variables; `unitInUse` when it has had a unit of the pool already.
 */
export async function reschedule(records: Records, { pool, moves, by, reason }: Rescheduling, tx: Transaction): Promise<void> {
  const { site } = records
  const at = (await currentClock(records, site, tx)).hospitalNow
  const runs = await tx<{ id: string; hash: string; sequence: number; over: boolean }[]>`
    select id, hash, sequence, ended_at is not null as over from runs
    where site = ${site} and id = any(${moves.map(({ run }) => run)}::text[]) order by id for update`
  const units = await tx<{ id: string; name: string }[]>`select id, name from units where site = ${site} and pool = ${pool}`
  const begun = await tx<{ run: string }[]>`
    select run from unit_states where site = ${site} and unit = any(${units.map(({ id }) => id)}::text[])
      and run = any(${moves.map(({ run }) => run)}::text[]) and state in ('reserved', 'occupied')`
  const outbox: OutboxEntry[] = []
  const facts: DecisionFact[] = []
  for (const { run, unit, start, sequence } of moves) {
    const row = runs.find(({ id }) => id === run)
    if (!row) throw new RecordsError('unknownRun', `There is no run "${run}".`)
    if (row.over) throw new RecordsError('runOver', `The run "${run}" is over already.`)
    if (row.sequence !== sequence) throw new RecordsError('changedMeanwhile', run)
    if (begun.some((one) => one.run === run)) throw new RecordsError('unitInUse', `The run "${run}" has begun.`)
    const planned = unit === '' ? { id: pool, name: '' } : units.find(({ id }) => id === unit)
    if (!planned) throw new RecordsError('unknownUnit', `There is no unit "${unit}" of "${pool}".`)
    const names = planVariables(await loadProgram(records, row.hash, tx), pool)
    if (!names) throw new RecordsError('plannedByPathway', `The run "${run}" is planned by its pathway alone.`)
    const event: Event = { type: 'rescheduled', at, variables: { [names.unit]: unit === '' ? null : unit, [names.start]: start } }
    outbox.push({ target: run, kind: 'event', payload: event })
    facts.push({ at, event: 'rescheduled', run, unit: { ...planned, pool }, detail: { by, reason, start } })
  }
  await addToOutbox(records, tx, outbox)
  await writeDecisions(records, tx, facts)
}
