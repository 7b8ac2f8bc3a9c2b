/** The hospital of 500 beds from an empty beginning, without those who are followed at home: recorded once for all who look at it. */
import { fileURLToPath } from 'node:url'
import { experimentOf, readNamedScenario } from '../../../command/scenario.ts'
import { recordTrace } from '../../../twin/experiment/recorded.ts'
import type { Trace } from '../../../twin/trace/trace.ts'

const AT_HOME = ['home', 'measurement']

export async function recordedDays(horizon: string): Promise<Trace> {
  const named = await readNamedScenario(fileURLToPath(new URL('../../../scenarios/hopital-500/year.yaml', import.meta.url)))
  const demand = named.scenario.demand.filter(({ id }) => !AT_HOME.includes(id))
  return recordTrace(experimentOf({ ...named, scenario: { ...named.scenario, demand, horizon } }), 0)!
}
