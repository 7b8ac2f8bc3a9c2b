/** What those followed at home had sent, and were alerted about, in the days that were played before the hospital opened: the desk shows it. */
import type { Value } from '../../pathways/language/feel/value.ts'
import { connectorRecords } from '../../records/connectors.ts'
import type { Records } from '../../records/database.ts'
import { addMeasurement } from '../../records/measurements.ts'
import type { Scenario } from '../../scenarios/read.ts'
import type { SimulatedRun } from '../../twin/simulate/index.ts'
import { measurementsBetween } from './opening.ts'
import type { People } from './people.ts'

const DAY_MS = 86_400_000

/** Keeps readings up to `until`, and opens the alert of whoever was being seen to just then. */
export async function keepHomeHistory(
  records: Records,
  { home, site }: Scenario,
  people: People,
  runs: SimulatedRun[],
  until: number,
): Promise<void> {
  // Those whom a stay in the days before sent home are measured from the opening on.
  const atHome = new Set(Array.from({ length: home.patients }, (_, number) => people.atHome(number).id))
  for (const { id: run, pathway, patient, startedAt, instance } of runs) {
    if (!atHome.has(patient) || pathway !== home.pathway || instance.marking.outcome !== 'running') continue
    for (const { at, day, payload } of measurementsBetween(home, people, patient, startedAt + DAY_MS, until, site)) {
      const { kind, value, ...answers } = payload
      const reading = { patient, kind: String(kind), value: Number(value), unit: '', answers, at }
      await addMeasurement(records, { ...reading, idempotency: `measurement-${patient}-${day}` })
    }
    const alert = instance.variables[0]?.alert as Record<string, Value> | null | undefined
    const isSeenTo = instance.marking.waits.some(({ kind }) => kind === 'task' || kind === 'request')
    if (!alert || alert.level === 'green' || !isSeenTo) continue
    const raised = { id: `opening-${run}`, run, patient, level: String(alert.level), reason: String(alert.reason) }
    await connectorRecords(records).openAlert({ ...raised, at: instance.bookkeeping.at })
  }
}
