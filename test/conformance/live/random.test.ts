// Goal: both hosts mean the same by any pathway, not by those of the table alone. Method: random structured models, drawn from PARCOURS_SEED and played
// on both; every trace is the same, and every one ends. A few in `npm test`, many with PARCOURS_LONG=1.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ConformanceCase } from '../case.ts'
import { LiveDriver } from '../live-driver.ts'
import { playInMemory } from '../memory-driver.ts'
import { block, modelOf } from '../structured-model.ts'

const seed = Number(process.env.PARCOURS_SEED || '7')
const MODELS = process.env.PARCOURS_LONG === '1' ? 80 : 6
/** Seconds that tasks take, one after the other: no two tasks of a model end at one moment by chance of their names. */
const SECONDS = [3, 7, 11, 2, 5, 13]
let driver: LiveDriver
beforeAll(async () => {
  driver = await LiveDriver.open()
})
afterAll(() => driver?.close())

const other =
  '<process id="other" isExecutable="true"><startEvent id="in"/><endEvent id="out"/><sequenceFlow id="in-out" sourceRef="in" targetRef="out"/></process>'
const examples = fc.sample(block, { seed, numRuns: MODELS }).map((root, index): ConformanceCase => {
  const bpmn = modelOf(root).replace('</definitions>', `${other}</definitions>`)
  const tasks = [...bpmn.matchAll(/<userTask id="(\w+)"/g)].map(([, id], at) => [
    id!,
    { takes: `PT${SECONDS[at % SECONDS.length]! + at * 17}S` },
  ])
  const script = { tasks: Object.fromEntries(tasks) }
  return { concept: 'random', name: `model ${index}`, bpmn, script, until: 'P1D', resources: { nurse: 100 }, expected: '' }
})

it.each(examples)(
  `$name, PARCOURS_SEED=${seed}`,
  async (example) => {
    const expected = await playInMemory(example, true)
    expect(expected.text).toContain('=> completed')
    const { text } = await driver.play(example)
    expect(text, example.bpmn).toBe(expected.text)
  },
  60_000,
)
