/** A case is put into a day of planned units as it begins, and those that make way are moved in the same transaction: all of it or nothing. */
import { currentClock } from './clock.ts'
import type { Records, Transaction } from './database.ts'
import { writeDecisions } from './decisions.ts'
import { RecordsError } from './errors.ts'
import { planVariables } from './planned-day.ts'
import { currentVersion, loadProgram } from './programs.ts'
import { type Rescheduling, reschedule } from './rescheduling.ts'
import { type RunStart, startRun } from './starting.ts'

export interface Insertion extends Rescheduling {
  /** Its first run: `variables` are those besides its plan. */
  run: Pick<RunStart, 'pathway' | 'variables' | 'patient' | 'traceparent'>
  /** '' for any of the pool. */
  unit: string
  /** ISO instant. */
  start: string
}

/**
 * Starts a run that is planned already, and moves the cases that make way for it.
 * @throws RecordsError `unknownPathway`, `unknownUnit`; `plannedByPathway` when the pathway does not plan units of this pool by
 * variables; as `reschedule` for the cases moved.
 */
export async function insertCase(
  records: Records,
  insertion: Insertion,
  tx: Transaction,
): Promise<{ run: string; version: number }> {
  const { pool, unit, start, by, reason } = insertion
  const { pathway, variables } = insertion.run
  const version = await currentVersion(tx, pathway)
  if (!version) throw new RecordsError('unknownPathway', `There is no published pathway "${pathway}".`)
  const names = planVariables(await loadProgram(records, version.hash, tx), pool)
  if (!names)
    throw new RecordsError('plannedByPathway', `The pathway "${pathway}" does not plan units of "${pool}" by variables.`)
  const [planned] = await tx<{ id: string; name: string }[]>`
    select id, name from units where site = ${records.site} and pool = ${pool} and id = ${unit}`
  if (!planned && unit !== '') throw new RecordsError('unknownUnit', `There is no unit "${unit}" of "${pool}".`)
  await reschedule(records, insertion, tx)
  const plan = { [names.unit]: unit === '' ? null : unit, [names.start]: start }
  const { run } = await startRun(records, { ...insertion.run, variables: { ...variables, ...plan } }, tx)
  const at = (await currentClock(records, records.site, tx)).hospitalNow
  const where = { ...(planned ?? { id: pool, name: '' }), pool }
  await writeDecisions(records, tx, [{ at, event: 'inserted', run, unit: where, detail: { by, reason, start } }])
  return { run, version: version.version }
}

/** Where a patient lies, as people say it: the place they have had longest of those held by their runs; null for nowhere. */
export async function whereabouts({ site }: Records, patient: string, tx: Transaction): Promise<string | null> {
  const [row] = await tx<{ name: string; place: string }[]>`
    select units.name, units.place from units join runs on runs.id = units.holder
    where units.site = ${site} and runs.patient = ${patient} and runs.ended_at is null and units.place <> '' order by units.since, units.id limit 1`
  return row ? `${row.place.split('/')[0]}, ${row.name}` : null
}
