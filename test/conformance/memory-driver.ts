/** Plays conformance cases on the host in memory. */
import { compile } from '../../pathways/language/compile.ts'
import { createLedger, type Ledger, type LedgerSnapshot } from '../../pathways/resources/index.ts'
import { rehearse } from '../../twin/rehearse/rehearse.ts'
import type { ConformanceCase } from './case.ts'
import { type Trace, traceOf } from './trace.ts'

const site = { epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' }

export async function playInMemory(example: ConformanceCase, savesEveryStep: boolean): Promise<Trace> {
  const { programs, findings } = await compile({ bpmn: example.bpmn })
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(errors.map(({ element, message }) => `${element}: ${message}`).join('\n'))
  const { process = 'main', script = {}, also = [], until = 'P1Y', resources } = example
  const lines = rehearse({
    programs,
    process,
    script,
    also,
    until,
    site,
    savesEveryStep,
    ...(resources && { ledger: ledgerOf(resources) }),
  })
  return traceOf(example, [...lines])
}

function ledgerOf(resources: Record<string, number>): Ledger {
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
  return createLedger(snapshot, site)
}
