/** The limits that a follow-up at home judges a patient's readings by: what its pathway's decision says, over what the run knows. */
import { compileDecisions } from '../pathways/language/dmn/compile.ts'
import { toDecision } from '../pathways/language/dmn/evaluate.ts'
import { readDmn } from '../pathways/language/dmn/read.ts'
import type { Closure } from '../pathways/language/feel/evaluate.ts'
import type { Value, Variables } from '../pathways/language/feel/value.ts'
import type { SiteTime } from '../pathways/time/site.ts'
import type { Records } from '../records/database.ts'
import { readPathwayVersion } from '../records/pathways.ts'

/** The decision of a follow-up's DMN that says a patient's limits. */
const DECISION = 'limits'

export interface Limits {
  /** What is measured, and in which unit. */
  kind: string
  unit: string
  /** `change`: limits are for the change over the last readings, not for the value. */
  compare: 'value' | 'change'
  redBelow: number | null
  orangeBelow: number | null
  orangeAbove: number | null
  redAbove: number | null
}

/** Each version's decision is compiled once; null for a pathway that has none of that name. */
const decisions = new Map<string, Promise<Closure | null>>()

/** @returns null where the pathway says no limits. */
export async function limitsOf(
  records: Records,
  site: SiteTime,
  { pathway, version, hash }: { pathway: string; version: number; hash: string },
  variables: Variables,
): Promise<Limits | null> {
  let decision = decisions.get(hash)
  if (!decision) {
    decision = decisionOf(records, pathway, version)
    decisions.set(hash, decision)
  }
  const closure = await decision
  const limits = closure?.({ get: (name) => variables[name], at: 0, site })
  return typeof limits === 'object' && limits !== null && !Array.isArray(limits) ? read(limits as Variables) : null
}

async function decisionOf(records: Records, pathway: string, version: number): Promise<Closure | null> {
  const { dmn } = await readPathwayVersion(records, pathway, version)
  for (const file of dmn) {
    const found = compileDecisions(await readDmn(file)).decisions.find(({ id }) => id === DECISION)
    if (found) return toDecision(found.tree)
  }
  return null
}

const read = (limits: Variables): Limits => ({
  kind: String(limits.kind ?? ''),
  unit: String(limits.unit ?? ''),
  compare: limits.compare === 'change' ? 'change' : 'value',
  redBelow: numberOf(limits.redBelow),
  orangeBelow: numberOf(limits.orangeBelow),
  orangeAbove: numberOf(limits.orangeAbove),
  redAbove: numberOf(limits.redAbove),
})

/** What is no safe integer is a decimal told by its text. */
function numberOf(value: Value | undefined): number | null {
  if (typeof value === 'number') return value
  if (typeof value === 'object' && value !== null && '@number' in value) return Number(value['@number'])
  return null
}
