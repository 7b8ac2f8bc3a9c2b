/** Memory over years: the hospital of 500 beds at a tenth of its demand, by the direct runs and by the engine, with what is in use after a collection at the end of each year. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { experimentOf, readNamedScenario } from '../../command/scenario.ts'
import { Beyond } from '../../twin/compiled/index.ts'
import { directHospital } from '../../twin/direct/index.ts'
import { Measures } from '../../twin/experiment/measures.ts'
import type { Experiment } from '../../twin/experiment/prepare.ts'
import { createHospital } from '../../twin/simulate/index.ts'

/** Ten years take minutes then, not an hour; a leak is as steep by patient. */
const SHARE = 0.1
const yearMs = 365 * 86_400_000

export interface Horizon {
  simulator: 'direct' | 'engine'
  /** In use at the end of each year, megabytes. */
  megabytes: number[]
  /** From the end of the second year to the last, megabytes a year: by least squares. */
  growthPerYear: number
  seconds: number
}

/** @param file the year of the hospital of 500 beds. */
export async function overYears(file: string, years: number, tell: (line: string) => void): Promise<Horizon[]> {
  const experiment = await thinned(file, years)
  const direct = directHospital({ ...experiment.options, replication: 0 }, new Measures(experiment))
  if (direct instanceof Beyond) throw direct
  const measures = new Measures(experiment)
  const engine = createHospital({ ...experiment.options, replication: 0, observer: measures.observer })
  return [through('direct', direct, years, tell), through('engine', engine, years, tell)]
}

async function thinned(file: string, years: number): Promise<Experiment> {
  const named = await readNamedScenario(file)
  const { scenario } = named
  scenario.horizon = `P${years * 365}D`
  for (const stream of scenario.demand) {
    if (stream.perDay !== undefined) stream.perDay *= SHARE
    if (stream.limit !== undefined) stream.limit *= SHARE
    // Ten times as few at home, each of whom sends as often.
    if (stream.id === 'home') stream.interarrival = 'PT5M'
    if (stream.id !== 'measurement') continue
    stream.interarrival = 'PT576S'
    stream.variables.patient = '="home-" + string(modulo(index, 150))'
  }
  return experimentOf(named)
}

function through(
  simulator: Horizon['simulator'],
  hospital: { run(until: number): void },
  years: number,
  tell: (line: string) => void,
): Horizon {
  const collect = collector()
  const megabytes: number[] = []
  const begun = process.cpuUsage()
  for (let year = 1; year <= years; year++) {
    hospital.run(year * yearMs)
    collect()
    megabytes.push(Number((process.memoryUsage().heapUsed / 1e6).toFixed(1)))
    tell(`${simulator}: year ${year}, ${megabytes.at(-1)} MB`)
  }
  const { user, system } = process.cpuUsage(begun)
  return { simulator, megabytes, growthPerYear: slopeOf(megabytes.slice(1)), seconds: (user + system) / 1e6 }
}

/** What is in use, and not what waits to be collected, is asked. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}

function slopeOf(values: number[]): number {
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const [above, below] = values.reduce(
    ([sum, squares], value, index) => [sum + (index - middle) * (value - mean), squares + (index - middle) ** 2],
    [0, 0],
  )
  return below > 0 ? Number((above / below).toFixed(2)) : 0
}
