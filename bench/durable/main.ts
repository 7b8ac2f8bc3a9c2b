/**
 * What the interpreter costs: the same path interpreted and hand-written for Temporal, in turns, on the same servers. Worker CPU and history
 * events, interpreted over hand-written.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import { buildWorkflowBundle, type WorkflowBundle, workflowBuildId } from '../../workflows/bundle.ts'
import { FAILURE_CONVERTER_PATH } from '../../workflows/data-converter.ts'
import { openServices } from './services.ts'
import { type Measured, Side } from './side.ts'

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const PAIRS_DEFAULT = 5
const PATIENTS_DEFAULT = 40
/** A worker runs for weeks: what its first minute costs, while code is still being compiled, is not what is measured. */
const WARM_UP_PATIENTS = 200

const usage = `usage: parcours bench durable [--pairs N] [--patients N] [--json]

  --pairs N     how many times each side is measured (${PAIRS_DEFAULT})
  --patients N  runs at once in each measurement (${PATIENTS_DEFAULT})
`

function readOptions() {
  try {
    const options = {
      json: { type: 'boolean' },
      help: { type: 'boolean' },
      pairs: { type: 'string' },
      patients: { type: 'string' },
    } as const
    const { values } = parseArgs({ options })
    const pairs = Number(values.pairs ?? PAIRS_DEFAULT)
    const patients = Number(values.patients ?? PATIENTS_DEFAULT)
    for (const [name, value] of Object.entries({ pairs, patients }))
      if (!(Number.isInteger(value) && value > 0)) throw new Error(`--${name} must be a whole number above 0`)
    return { ...values, pairs, patients }
  } catch (error) {
    console.error(`parcours bench durable: ${(error as Error).message.split('. ')[0]}; ${usage.split('\n')[0]}`)
    process.exit(2)
  }
}

async function bundleHandWritten(): Promise<WorkflowBundle> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: here('./hand-written.ts'),
    failureConverterPath: FAILURE_CONVERTER_PATH,
    logger: new DefaultLogger('ERROR'),
  })
  const folder = here('../../.cache/bench')
  mkdirSync(folder, { recursive: true })
  const codePath = join(folder, 'hand-written.cjs')
  writeFileSync(codePath, code)
  return { buildId: workflowBuildId(), codePath }
}

async function measure(pairs: number, patients: number) {
  const [interpreterBundle, handWrittenBundle] = [await buildWorkflowBundle(), await bundleHandWritten()]
  const services = await openServices()
  const sides: Side[] = []
  try {
    const interpreter = await Side.open('interpreter', services, interpreterBundle, true)
    sides.push(interpreter)
    const handWritten = await Side.open('hand-written', services, handWrittenBundle, false)
    sides.push(handWritten)
    for (const side of sides) await side.measure(WARM_UP_PATIENTS)
    const measured: { interpreter: Measured; handWritten: Measured }[] = []
    for (let pair = 0; pair < pairs; pair++) {
      // The order alternates too, so that neither is always the second.
      const order = pair % 2 === 0 ? [interpreter, handWritten] : [handWritten, interpreter]
      const found = new Map<Side, Measured>()
      for (const side of order) found.set(side, await side.measure(patients))
      measured.push({ interpreter: found.get(interpreter)!, handWritten: found.get(handWritten)! })
      console.error(`pair ${pair + 1} of ${pairs}`)
    }
    const [one, other] = [await interpreter.story(), await handWritten.story()]
    if (one !== other) throw new Error(`The two sides did not do the same:\n${one}\n\n${other}`)
    return measured
  } finally {
    await Promise.all(sides.map((side) => side.close()))
    await services.close()
  }
}

interface Ratios {
  min: number
  median: number
  max: number
}

function ratiosOf(values: number[]): Ratios {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length / 2
  const median = (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2
  return { min: sorted[0]!, median, max: sorted.at(-1)! }
}

const options = readOptions()
if (options.help) {
  console.log(usage)
  process.exit(0)
}
const { pairs, patients, json } = options
const measured = await measure(pairs, patients)
const cpu = ratiosOf(measured.map(({ interpreter, handWritten }) => interpreter.cpuMicroseconds / handWritten.cpuMicroseconds))
const events = ratiosOf(measured.map(({ interpreter, handWritten }) => interpreter.events / handWritten.events))
if (json) console.log(JSON.stringify({ workerCpuRatio: cpu.median, eventsRatio: events.median, pairs }))
else {
  const line = (name: string, { min, median, max }: Ratios) =>
    `${name.padEnd(16)}${[min, median, max].map((value) => value.toFixed(3).padStart(9)).join('')}`
  const mean = (side: 'interpreter' | 'handWritten', what: keyof Measured) =>
    measured.reduce((sum, pair) => sum + pair[side][what], 0) / measured.length / patients
  console.log(`interpreter / hand-written, ${pairs} pairs of ${patients} runs\n`)
  console.log(`${''.padEnd(16)}${['min', 'median', 'max'].map((name) => name.padStart(9)).join('')}`)
  console.log(line('worker CPU', cpu))
  console.log(line('history events', events))
  const milliseconds = [mean('interpreter', 'cpuMicroseconds'), mean('handWritten', 'cpuMicroseconds')]
  console.log(`\nworker CPU, ms a run: ${milliseconds.map((value) => (value / 1_000).toFixed(1)).join(' against ')}`)
  console.log(
    `events a run: ${[mean('interpreter', 'events'), mean('handWritten', 'events')].map((value) => value.toFixed(1)).join(' against ')}`,
  )
}
process.exit(0)
