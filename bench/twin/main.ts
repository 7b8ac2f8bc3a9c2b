/**
 * How fast the twin is: the same two models by the twin and by SimPy, m1 by Cimba and Prosimos too (all from PyPI, installed into a cache), in turns, CPU seconds; and m1 against a loop written for it
 * alone. A model of ours is a drawing and a scenario like any other.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { experimentOf, readNamedScenario } from '../../command/scenario.ts'
import type { Experiment } from '../../twin/experiment/prepare.ts'
import { replicate } from '../../twin/experiment/replicate.ts'
import { handWrittenM1 } from './hand-written.ts'

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const PAIRS_DEFAULT = 5
const SIZES = { m1: 1_000_000, m2: 100_000 }
/** Prosimos takes too long for a million. */
const PROSIMOS_SIZE = 20_000
const PACKAGES = ['simpy==4.1.1', 'cimba==0.9.6', 'prosimos==2.1.0']

const usage = `usage: parcours bench twin [--pairs N] [--json]

  --pairs N  how many times each side is measured (${PAIRS_DEFAULT})

SimPy, Cimba and Prosimos are installed into .cache/bench; Python 3.11 or newer with its venv must be there.
`

interface Measured {
  seconds: number
  waits: number[]
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: { json: { type: 'boolean' }, help: { type: 'boolean' }, pairs: { type: 'string' } } as const,
    })
    const pairs = Number(values.pairs ?? PAIRS_DEFAULT)
    if (!(Number.isInteger(pairs) && pairs > 0)) throw new Error('--pairs must be a whole number above 0')
    return { ...values, pairs }
  } catch (error) {
    console.error(`parcours bench twin: ${(error as Error).message.split('. ')[0]}; ${usage.split('\n')[0]}`)
    process.exit(2)
  }
}

/** The Python that has the others, installed once. */
function python(): string {
  const folder = here('../../.cache/bench/simulators')
  const path = join(folder, 'bin/python')
  if (!existsSync(join(folder, 'ready'))) {
    mkdirSync(folder, { recursive: true })
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' })
    execFileSync(path, ['-m', 'pip', 'install', '--quiet', ...PACKAGES], { stdio: ['ignore', 2, 2] })
    mkdirSync(join(folder, 'ready'))
  }
  return path
}

const simpy = (executable: string, model: keyof typeof SIZES, seed: number): Measured =>
  JSON.parse(execFileSync(executable, [here('simpy_models.py'), model, String(SIZES[model]), String(seed)], { encoding: 'utf8' }))

const cimba = (executable: string, seed: number): Measured =>
  JSON.parse(execFileSync(executable, [here('cimba_model.py'), String(SIZES.m1), String(seed)], { encoding: 'utf8' }))

/** For as many customers as ours. */
const prosimosSeconds = (executable: string, seed: number): number => {
  const command = [here('prosimos_model.py'), String(PROSIMOS_SIZE), String(seed)]
  const printed = execFileSync(executable, command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  return (JSON.parse(printed.trim().split('\n').at(-1)!).seconds * SIZES.m1) / PROSIMOS_SIZE
}

const cpuSeconds = <Result>(work: () => Result): { seconds: number; result: Result } => {
  const began = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(began)
  return { seconds: (user + system) / 1e6, result }
}

async function experimentNamed(model: keyof typeof SIZES): Promise<Experiment> {
  const named = await readNamedScenario(here(`${model}.yaml`))
  named.scenario.demand[0]!.limit = SIZES[model]
  return experimentOf(named)
}

const WAITS = { m1: ['m1.Serve'], m2: ['m2.Triage', 'm2.Cubicle', 'm2.Exam', 'm2.Imaging', 'm2.Ward'] }

function ours(experiment: Experiment, model: keyof typeof SIZES, replication: number): Measured {
  const { seconds, result } = cpuSeconds(() => replicate(experiment, replication)!)
  const started = result.find(({ name }) => name === `${model}.started`)!.value
  if (started !== SIZES[model]) throw new Error(`${model}: ${started} came, not ${SIZES[model]}. Make its horizon longer.`)
  const waitOf = (element: string) => result.find(({ name }) => name === `${element}.waitMinutesMean`)!.value
  return { seconds, waits: WAITS[model].map(waitOf) }
}

const sorted = (values: number[]) => [...values].sort((one, other) => one - other)
const median = (values: number[]) => sorted(values)[Math.floor(values.length / 2)]!
const mean = (values: number[]) => values.reduce((sum, each) => sum + each, 0) / values.length
const spread = (values: number[]) => `${sorted(values)[0]!.toFixed(2)} to ${sorted(values).at(-1)!.toFixed(2)}`

const { pairs, json, help } = readOptions()
if (help) {
  console.log(usage)
  process.exit(0)
}
const executable = python()
const ratios: Record<string, number[]> = { m1: [], m2: [], cimba: [], prosimos: [], handWritten: [] }
const seconds: Record<string, number[]> = { m1: [], m2: [] }
const waits: Record<string, number[][]> = { m1: [], m2: [] }
for (const model of ['m1', 'm2'] as const) {
  const experiment = await experimentNamed(model)
  // What the first run costs, while code is compiled, is not what is measured.
  ours(experiment, model, 1_000)
  for (let pair = 0; pair < pairs; pair++) {
    const [first, second] =
      pair % 2 === 0
        ? [ours(experiment, model, pair), simpy(executable, model, pair)]
        : [simpy(executable, model, pair), ours(experiment, model, pair)]
    const [own, other] = pair % 2 === 0 ? [first, second] : [second, first]
    ratios[model]!.push(other.seconds / own.seconds)
    seconds[model]!.push(own.seconds)
    waits[model]!.push(own.waits)
    if (model === 'm1') {
      ratios.cimba!.push(cimba(executable, pair).seconds / own.seconds)
      ratios.prosimos!.push(prosimosSeconds(executable, pair) / own.seconds)
      ratios.handWritten!.push(cpuSeconds(() => handWrittenM1(SIZES.m1, pair)).seconds / own.seconds)
    }
    console.error(`${model}: pair ${pair + 1} of ${pairs}`)
  }
}
const meanWaits = (model: string) =>
  waits[model]![0]!.map((_, index) => Number(mean(waits[model]!.map((each) => each[index]!)).toFixed(3)))
const rounded = (value: number) => Number(value.toPrecision(3))
// An event is an arrival or a departure: two a customer.
const eventsPerSecond = Math.round((2 * SIZES.m1) / median(seconds.m1!))
const patientsPerSecond = Math.round(SIZES.m2 / median(seconds.m2!))
if (json)
  console.log(
    JSON.stringify({
      m1: {
        eventsPerSecond,
        meanWait: meanWaits('m1')[0],
        ratio: {
          simpy: rounded(median(ratios.m1!)),
          cimba: rounded(median(ratios.cimba!)),
          prosimos: rounded(median(ratios.prosimos!)),
          handWritten: rounded(median(ratios.handWritten!)),
        },
      },
      m2: { patientsPerSecond, waits: meanWaits('m2'), ratio: { simpy: rounded(median(ratios.m2!)) } },
      pairs,
    }),
  )
else
  console.log(`m1, ${SIZES.m1} customers: ${eventsPerSecond} events a second, mean wait ${meanWaits('m1')[0]} (Erlang C: 1.525)
    ${rounded(median(ratios.m1!))} times SimPy (${spread(ratios.m1!)}), ${rounded(median(ratios.cimba!))} times Cimba (${spread(ratios.cimba!)}), ${rounded(median(ratios.prosimos!))} times Prosimos (${spread(ratios.prosimos!)}), ${rounded(median(ratios.handWritten!))} times a loop written for it
m2, ${SIZES.m2} patients: ${patientsPerSecond} patients a second, mean waits ${meanWaits('m2').join(', ')}
    ${rounded(median(ratios.m2!))} times SimPy (${spread(ratios.m2!)}); ${pairs} pairs, CPU seconds`)
