/** What every host needs before it can play a case: the site, the compiled processes, the units of the pools. */
import { PLAYED_ALL_THE_SAME } from '../../pathways/language/bpmn/executability.ts'
import { compile } from '../../pathways/language/compile.ts'
import type { Program } from '../../pathways/language/program.ts'
import type { LedgerSnapshot } from '../../pathways/resources/index.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import type { ConformanceCase } from './case.ts'

export const site: SiteTime = { epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' }

/** The executable processes of a case's file. */
export async function programsOf({ bpmn }: ConformanceCase): Promise<Program[]> {
  const { programs, drawings, findings } = await compile({ bpmn })
  // The models are small: what a whole drawing must have, an end event first of all, may be left out of them.
  const errors = findings.filter(({ severity, rule }) => severity === 'error' && !PLAYED_ALL_THE_SAME.has(rule))
  if (errors.length > 0) throw new Error(errors.map(({ element, message }) => `${element}: ${message}`).join('\n'))
  return [...programs, ...drawings]
}

/** A ledger of so many free units in each pool. */
export function unitsOf(resources: Record<string, number>): LedgerSnapshot {
  const snapshot: LedgerSnapshot = { pools: [], units: [], lots: [], calendars: [], requests: [], held: [], nextSequence: 0 }
  for (const [pool, units] of Object.entries(resources)) {
    snapshot.pools.push({
      id: pool,
      name: pool,
      kind: 'units',
      turnover: '',
      reorderThreshold: 0,
      reorderQuantity: 0,
      passesMax: 10,
      ordered: false,
    })
    for (let unit = 1; unit <= units; unit++) {
      const id = `${pool}-${unit}`
      const base = { id, pool, name: id, place: '', attributes: {}, state: 'free' as const }
      snapshot.units.push({ ...base, holder: '', hold: -1, turnoverRun: '', calendar: '', outOfService: false, since: 0 })
    }
  }
  return snapshot
}
