/**
 * What the twin costs as a hospital grows and as time goes on: an emergency department with a ward of 100 to 100,000 beds, and the hospital of 500 beds by the library's own pathways. Processor
 * time of the second half of each simulation, once what runs is compiled, and the memory in use as it goes on.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { experimentOf, readNamedScenario } from '../../command/scenario.ts'
import type { Experiment } from '../../twin/experiment/prepare.ts'
import { replicate } from '../../twin/experiment/replicate.ts'
import { overYears } from './horizon.ts'

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const DAYS_DEFAULT = 28
const BEDS = [100, 1_000, 10_000, 100_000]
/** Of the model as it is. */
const MODEL = { beds: 394, patientsPerDay: 288 }
const PATIENTS_MIN = 100_000
/** Until the ward is full: several stays of four days. */
const DAYS_MIN = 16

const usage = `usage: parcours bench growth [--days N] [--years N] [--json]

  --days N  how many days of the hospital of 500 beds (${DAYS_DEFAULT}; 3650 shows that ten years need no more memory)
  --years N only how much memory is in use at the end of each of so many years, at a tenth of the demand
`

interface Measured {
  /** Processor time of the second half. */
  seconds: number
  /** In use at each quarter. */
  megabytes: number[]
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function measured(experiment: Experiment): Measured {
  const megabytes: number[] = []
  let slices = 0
  let half = 0
  replicate(experiment, 0, () => {
    slices++
    if (slices === 25) half = cpuSeconds()
    if (slices % 12 === 0) megabytes.push(Math.round(process.memoryUsage().heapUsed / 1e6))
    return false
  })
  return { seconds: cpuSeconds() - half, megabytes }
}

async function withBeds(beds: number): Promise<{ beds: number; microsecondsPerPatient: number; megabytes: number }> {
  const named = await readNamedScenario(here('../twin/m2.yaml'))
  const factor = beds / MODEL.beds
  const { scenario } = named
  const days = Math.max(DAYS_MIN, Math.ceil(PATIENTS_MIN / (MODEL.patientsPerDay * factor)))
  for (const pool of scenario.hospital.pools) if (typeof pool.units === 'number') pool.units = Math.ceil(pool.units * factor)
  for (const stream of scenario.demand) {
    stream.perHour = (stream.perHour ?? 0) * factor
    delete stream.limit
  }
  scenario.horizon = `P${days}D`
  const { seconds, megabytes } = measured(await experimentOf(named))
  const patients = (MODEL.patientsPerDay * factor * days) / 2
  return { beds, microsecondsPerPatient: rounded((seconds / patients) * 1e6), megabytes: megabytes.at(-1)! }
}

async function ofYear(days: number): Promise<{ days: number; millisecondsPerDay: number; megabytes: number[] }> {
  const named = await readNamedScenario(here('../../scenarios/hopital-500/year.yaml'))
  named.scenario.horizon = `P${days}D`
  const { seconds, megabytes } = measured(await experimentOf(named))
  return { days, millisecondsPerDay: rounded((seconds / (days / 2)) * 1000), megabytes }
}

const rounded = (value: number) => Number(value.toPrecision(3))

function readOptions() {
  try {
    const options = {
      days: { type: 'string' },
      years: { type: 'string' },
      pairs: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    } as const
    const { values } = parseArgs({ options })
    const days = Number(values.days ?? DAYS_DEFAULT)
    if (!(Number.isInteger(days) && days > 1)) throw new Error('--days must be a whole number above 1')
    const years = Number(values.years ?? 0)
    if (!(Number.isInteger(years) && years >= 0)) throw new Error('--years must be a whole number')
    return { ...values, days, years }
  } catch (error) {
    console.error(`parcours bench growth: ${(error as Error).message.split('. ')[0]}; ${usage.split('\n')[0]}`)
    process.exit(2)
  }
}

const { days, years, json, help } = readOptions()
if (help) {
  console.log(usage)
  process.exit(0)
}
if (years > 0) {
  const horizons = await overYears(here('../../scenarios/hopital-500/year.yaml'), years, (line) => console.error(line))
  if (json) console.log(JSON.stringify({ horizons }))
  else
    for (const { simulator, megabytes, growthPerYear, seconds } of horizons)
      console.log(
        `${simulator}: ${megabytes.join(', ')} MB; ${growthPerYear} MB a year from the second on; ${rounded(seconds)} s`,
      )
  process.exit(0)
}
const series = []
for (const beds of BEDS) {
  series.push(await withBeds(beds))
  console.error(`${beds} beds`)
}
const year = await ofYear(days)
if (json) console.log(JSON.stringify({ series, year }))
else {
  for (const { beds, microsecondsPerPatient, megabytes } of series)
    console.log(`${beds} beds: ${microsecondsPerPatient} microseconds a patient, ${megabytes} MB in use`)
  console.log(
    `the hospital of 500 beds, second half of ${days} days: ${year.millisecondsPerDay} ms a day, ${rounded((year.millisecondsPerDay * 365) / 1000)} s a year`,
  )
  console.log(`  memory in use at each quarter: ${year.megabytes.join(', ')} MB`)
}
