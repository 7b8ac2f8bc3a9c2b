import type { Program } from '../../../pathways/language/program.ts'
import type { StreamFile } from '../../../twin/experiment/schema.ts'
import { get, post } from '../../shared/api.ts'
import { asCounted, scenarioText } from './scenario.ts'

/** Who comes: as the hospital says, as the last four weeks counted, or as a scenario of one's own says. */
export type Demand = 'told' | 'counted' | 'own'

/** Hospital days that are counted. */
const COUNTED_DAYS = 28

interface Chosen {
  demand: Demand
  /** Every published pathway. */
  pathways: string[]
  days: number
  /** YAML or JSON, of a scenario of one's own. */
  text: string
}

/** @throws ApiError `no-demand` when nobody has said who comes, `invalid-scenario`. */
export async function readyFor({
  demand,
  pathways,
  days,
  text,
}: Chosen): Promise<{ scenario: unknown; programs: [string, Program[]][] }> {
  const scenario = demand === 'own' ? text : scenarioText({ pathways, days, streams: await streamsOf(demand) })
  const ready = await post('/scenarios/ready', { scenario })
  return { scenario: ready.scenario, programs: ready.programs as unknown as [string, Program[]][] }
}

async function streamsOf(demand: 'told' | 'counted'): Promise<StreamFile[]> {
  const { streams } = await get('/demand')
  if (demand === 'told') return streams as StreamFile[]
  const { days, items } = await get('/starts', { days: COUNTED_DAYS })
  return asCounted(
    streams as StreamFile[],
    new Map(items.map(({ pathway, startsByHourOfWeek }) => [pathway, startsByHourOfWeek])),
    days,
  )
}
