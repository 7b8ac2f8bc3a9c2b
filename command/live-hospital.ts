/** The hospital that runs now, for commands that ask the twin about it. */
import { takeCut } from '../records/cut.ts'
import { openRecords } from '../records/database.ts'
import { observedDurations } from '../records/element-times.ts'
import { RecordsError } from '../records/errors.ts'
import { readDemand } from '../records/forecasts.ts'
import { type StreamFile, StreamsFile } from '../twin/experiment/schema.ts'
import type { ForecastData } from '../twin/forecast/data.ts'
import { LEARNT_DAYS, LEARNT_MIN, LEARNT_MOST } from '../twin/forecast/learnt.ts'
import { dataOfLive } from '../twin/forecast/live-data.ts'
import { checkedYaml, problemText } from '../twin/yaml/checked.ts'
import { InputError } from './command.ts'
import { readText } from './files.ts'

/** @param demand a file that says who comes, instead of what the hospital has been told. @throws InputError */
export async function liveData(
  environment: Record<string, string | undefined>,
  demand: string | undefined,
  asked: Pick<ForecastData, 'seed' | 'hours' | 'whatIf'>,
): Promise<ForecastData> {
  const { PARCOURS_DATABASE_URL: url, PARCOURS_KEY: key } = environment
  if (!url) throw new InputError('--live: PARCOURS_DATABASE_URL is not set; it names the Postgres that holds the records')
  const streams = demand === undefined ? null : readStreams(demand)
  try {
    const records = await openRecords(url, { key, max: 2 })
    try {
      const told = streams ?? ((await readDemand(records))?.streams as StreamFile[] | undefined)
      if (!told)
        throw new InputError('--live: nobody has said who comes to the hospital; give --demand STREAMS.yaml, or PUT /api/demand')
      const cut = await takeCut(records)
      const since = cut.at - LEARNT_DAYS * 86_400_000
      const observed = await observedDurations(records, { since, until: cut.at, least: LEARNT_MIN, most: LEARNT_MOST })
      return dataOfLive(cut, told, asked, observed)
    } finally {
      await records.close()
    }
  } catch (error) {
    if (error instanceof RecordsError) throw new InputError(`--live: ${error.message}`)
    throw error
  }
}

function readStreams(file: string): StreamFile[] {
  const { value, problems } = checkedYaml(readText(file), StreamsFile, 'YAML')
  if (!value) throw new InputError(problems.map((problem) => `${file}: ${problemText(problem)}`))
  return value.streams
}
