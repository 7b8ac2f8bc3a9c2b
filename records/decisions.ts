/** What a person decides about units outside any run's step, as facts: who, why, and what became of what. */
import type { UnitAct } from './acts.ts'
import type { Queries, Records } from './database.ts'
import { FACTS_CHANNEL } from './facts.ts'

export interface DecisionFact {
  at: number
  event: UnitAct
  /** The run that it concerns; '' for none: then the fact is kept under the unit. */
  run: string
  unit: { id: string; name: string; pool: string }
  /** Encrypted. */
  detail: { by: string; reason: string; from?: string; accepted?: boolean; despite?: boolean; start?: string }
}

/** The type under which the fact log has units, where it has BPMN types for elements. */
export const UNIT_TYPE = 'hospital:unit'

/** Appends them to the fact log, and wakes those who follow it when the transaction commits. */
export async function writeDecisions(records: Records, tx: Queries, facts: DecisionFact[]): Promise<void> {
  const { site, encryption } = records
  for (const { at, event, run, unit, detail } of facts) {
    await tx`
      insert into facts (wall, run, sequence, site, pathway, ordinal, at, event, element, element_name, type, activation, instance, detail)
      select clock_timestamp(), ${run || unit.id}, 0, ${site}, coalesce((select pathway from runs where id = ${run}), ${unit.pool}), 0, ${at},
        ${event}, ${unit.id}, ${unit.name}, ${UNIT_TYPE}, 0, 0, ${encryption.encryptJson(detail)}`
  }
  await tx`select pg_notify(${FACTS_CHANNEL}, '')`
}

/** Who decided last about a unit, and what; null when nobody did since then. @param since hospital time. */
export async function lastDecision(
  records: Records,
  sql: Queries,
  unit: string,
  since: number,
): Promise<{ event: UnitAct; by: string; at: number } | null> {
  const [row] = await sql<{ event: UnitAct; at: number; detail: Uint8Array }[]>`
    select event, at, detail from facts
    where at >= ${since} and site = ${records.site} and sequence = 0 and element = ${unit} order by at desc, id desc limit 1`
  if (!row) return null
  return { event: row.event, at: row.at, by: records.encryption.decryptJson<{ by: string }>(row.detail).by }
}
