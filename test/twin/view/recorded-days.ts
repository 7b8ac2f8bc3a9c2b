/**
 * The hospital of 500 beds from an empty beginning, without those who are followed at home: recorded once for all who look at it; and what its
 * rows say, by a reader that shares nothing with the playback.
 */
import { fileURLToPath } from 'node:url'
import { experimentOf, readNamedScenario } from '../../../command/scenario.ts'
import { recordTrace } from '../../../twin/experiment/recorded.ts'
import { Change, type Trace } from '../../../twin/trace/trace.ts'

const AT_HOME = ['home', 'measurement']

export async function recordedDays(horizon: string): Promise<Trace> {
  const named = await readNamedScenario(fileURLToPath(new URL('../../../scenarios/hopital-500/year.yaml', import.meta.url)))
  const demand = named.scenario.demand.filter(({ id }) => !AT_HOME.includes(id))
  return recordTrace(experimentOf({ ...named, scenario: { ...named.scenario, demand, horizon } }), 0)!
}

export const timeOf = (trace: Trace, row: number): number => {
  let minute = 0
  while (minute + 1 < trace.minutes && trace.minuteRows[minute + 1]! <= row) minute++
  return trace.start + minute * 60_000 + trace.columns.ms[row]!
}

/** Where every patient is, by reading all rows from the first. */
export function placesAt(trace: Trace, at: number): Map<number, number> {
  const { run, change, value } = trace.columns
  const places = new Map<number, number>()
  const cleaning = new Set<number>()
  for (let row = 0; row < trace.rows && timeOf(trace, row) <= at; row++) {
    if (change[row] === Change.turnsOver) cleaning.add(run[row]!)
    if (change[row] === Change.location && !cleaning.has(run[row]!)) places.set(run[row]!, value[row]!)
    if (change[row] === Change.over) places.delete(run[row]!)
  }
  return places
}

/** How many are in each room. */
export const byRoom = (rooms: number[]): Map<number, number> => {
  const counts = new Map<number, number>()
  for (const room of rooms) counts.set(room, (counts.get(room) ?? 0) + 1)
  return new Map([...counts].sort(([one], [other]) => one - other))
}
