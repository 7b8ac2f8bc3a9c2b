// Goal: the live host means by BPMN what the host in memory means. Method: the conformance table, played in lock-step on real services; a
// sample drawn from PARCOURS_SEED with every concept in it, the whole table with PARCOURS_LONG=1.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import type { ConformanceCase } from '../case.ts'
import { cases } from '../cases/index.ts'
import { LiveDriver, liveSkips } from '../live-driver.ts'
import { conformance } from '../suite.ts'

const SAMPLE = 15
const seed = process.env.PARCOURS_SEED || '7'
const sample = process.env.PARCOURS_LONG === '1' ? cases : drawn()
let driver: LiveDriver

beforeAll(async () => {
  console.log(`${sample.length} of ${cases.length} cases, PARCOURS_SEED=${seed}`)
  driver = await LiveDriver.open()
})
afterAll(() => driver?.close())

conformance({
  name: `the live host (PARCOURS_SEED=${seed})`,
  play: (example) => driver.play(example),
  skips: liveSkips,
  sample: (example) => sample.includes(example),
})

/** One case of every concept, then others. */
function drawn(): ConformanceCase[] {
  const shuffled = cases.filter(({ name }) => !(name in liveSkips)).sort((one, other) => (lot(one) < lot(other) ? -1 : 1))
  const concepts = new Set(cases.map(({ concept }) => concept))
  const first = [...concepts].map((concept) => shuffled.find((example) => example.concept === concept)!)
  return [...first, ...shuffled.filter((example) => !first.includes(example))].slice(0, SAMPLE)
}

function lot({ concept, name }: ConformanceCase): string {
  return createHash('sha256').update(`${seed}/${concept}/${name}`).digest('hex')
}
