/** How fast the pure heart is: steps of the engine, FEEL evaluations, a check of a big pathway, states of a proof. Each measured several times, the median told. */
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { checkPathway } from '../../pathways/check.ts'
import type { Event } from '../../pathways/engine/contract.ts'
import { begin, isOver, load, step } from '../../pathways/engine/index.ts'
import { toClosure } from '../../pathways/language/feel/evaluate.ts'
import { parseFeel } from '../../pathways/language/feel/parse.ts'
import { proveProcess } from '../../pathways/soundness/prove.ts'
import { bigPathway, programOf, sequence, wideFork } from './models.ts'

const ROUNDS_DEFAULT = 5
const RUNS = 20_000
const EVALUATIONS = 2_000_000
const ELEMENTS = 200
/** Five sequences of nine tasks side by side, each at any of its ten places: 100,000 states. */
const FORK = { width: 5, length: 9 }
const site = { epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' }

const usage = `usage: parcours bench pathways [--pairs N] [--json]

  --pairs N  how many times each is measured (${ROUNDS_DEFAULT})
`

function readOptions() {
  try {
    const { values } = parseArgs({
      options: { json: { type: 'boolean' }, help: { type: 'boolean' }, pairs: { type: 'string' } } as const,
    })
    const rounds = Number(values.pairs ?? ROUNDS_DEFAULT)
    if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error('--pairs must be a whole number above 0')
    return { ...values, rounds }
  } catch (error) {
    console.error(`parcours bench pathways: ${(error as Error).message.split('. ')[0]}; ${usage.split('\n')[0]}`)
    process.exit(2)
  }
}

/** Runs from start to end, one person's task after the other; every event is a step. */
async function stepsPerSecond(): Promise<number> {
  const executable = load(await programOf(sequence(8)), site)
  let steps = 0
  const began = performance.now()
  for (let run = 0; run < RUNS; run++) {
    const instance = begin(executable)
    let event: Event = { type: 'started', at: 0, start: -1, variables: { age: run % 90 }, holds: [] }
    for (;;) {
      step(executable, instance, event, { emit: () => {} })
      steps++
      if (isOver(instance)) break
      event = { type: 'completed', at: steps, wait: instance.marking.waits[0]!.id, result: { done: true } }
    }
  }
  return (steps * 1_000) / (performance.now() - began)
}

function feelPerSecond(): number {
  const closure = toClosure(
    parseFeel('if age > 65 and severity <= 2 then "resuscitation" else if age < 18 then "paediatrics" else "waiting"'),
  )
  const variables: Record<string, number> = { age: 0, severity: 2 }
  const scope = { at: 0, site, get: (name: string) => variables[name] ?? null }
  const began = performance.now()
  for (let count = 0; count < EVALUATIONS; count++) {
    variables.age = count % 100
    closure(scope)
  }
  return (EVALUATIONS * 1_000) / (performance.now() - began)
}

async function checkSeconds(): Promise<number> {
  const bpmn = bigPathway(ELEMENTS)
  const began = performance.now()
  const { programs, verdicts } = await checkPathway({ bpmn })
  const seconds = (performance.now() - began) / 1_000
  if (verdicts.get(programs[0]!.process)?.sound !== true) throw new Error('The big pathway was not proven sound')
  return seconds
}

async function proofStatesPerSecond(): Promise<number> {
  const program = await programOf(wideFork(FORK.width, FORK.length))
  const began = performance.now()
  const { states, sound } = proveProcess(program, { budget: 1_000_000 })
  if (!sound || states < 100_000) throw new Error(`The proof saw ${states} states`)
  return (states * 1_000) / (performance.now() - began)
}

async function measured(rounds: number, measure: () => number | Promise<number>): Promise<number[]> {
  const values: number[] = []
  for (let round = 0; round < rounds; round++) values.push(await measure())
  return values.sort((one, other) => one - other)
}

const { rounds, json, help } = readOptions()
if (help) {
  console.log(usage)
  process.exit(0)
}
const found = {
  stepsPerSecond: await measured(rounds, stepsPerSecond),
  feelPerSecond: await measured(rounds, feelPerSecond),
  checkSeconds200Elements: await measured(rounds, checkSeconds),
  proofStatesPerSecond: await measured(rounds, proofStatesPerSecond),
}
const medianOf = (values: number[]) => values[Math.floor(values.length / 2)]!
const rounded = (value: number) => (value < 10 ? Number(value.toFixed(3)) : Math.round(value))
if (json)
  console.log(
    JSON.stringify(Object.fromEntries(Object.entries(found).map(([name, values]) => [name, rounded(medianOf(values))]))),
  )
else {
  console.log(`${''.padEnd(26)}${['min', 'median', 'max'].map((name) => name.padStart(14)).join('')}   (${rounds} times)`)
  for (const [name, values] of Object.entries(found))
    console.log(
      `${name.padEnd(26)}${[values[0]!, medianOf(values), values.at(-1)!].map((value) => String(rounded(value)).padStart(14)).join('')}`,
    )
}
