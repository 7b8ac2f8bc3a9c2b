/** Plays conformance cases on the host in memory. */
import { createLedger } from '../../pathways/resources/index.ts'
import { rehearse } from '../../twin/rehearse/rehearse.ts'
import type { ConformanceCase } from './case.ts'
import { programsOf, site, unitsOf } from './setting.ts'
import { type Trace, traceOf } from './trace.ts'

export async function playInMemory(example: ConformanceCase, savesEveryStep: boolean): Promise<Trace> {
  const programs = await programsOf(example)
  const { process = 'main', script = {}, also = [], until = 'P1Y', resources } = example
  const lines = rehearse({
    programs,
    process,
    script,
    also,
    until,
    site,
    savesEveryStep,
    ...(resources && { ledger: createLedger(unitsOf(resources), site) }),
  })
  return traceOf(example, [...lines])
}
