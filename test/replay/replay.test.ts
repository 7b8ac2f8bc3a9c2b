// Goal: the live hospital does, fact by fact, what the twin does, with patients who compete for the same people. Method: both play one scenario by the same
// chance, the live one in lock-step: a small hospital with something of everything, and with PARCOURS_LONG=1 a day of the demonstration's. At an accelerated
// clock the pathways taken are the same, and what the system takes comes on top.
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { demoHospital } from '../../replay/demo.ts'
import { playFree } from '../../replay/free.ts'
import { playInLockStep } from '../../replay/lock-step.ts'
import { readScenario } from '../../scenarios/read.ts'
import { readLibrary } from '../../start/library.ts'
import { compare, type Line, linesOfTwin } from '../../twin/replay/lines.ts'
import { log } from '../workflows/support.ts'
import { smallHospital } from './hospitals.ts'
import { inHospital } from './play.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const seed = Number(process.env.PARCOURS_SEED || '7')

it(`patients who compete for one nurse and two beds (PARCOURS_SEED=${seed})`, async () => {
  const { options, extras } = await smallHospital({ patients: 4, nurses: 1, beds: 2, seed })
  const until = 5 * hourMs
  const { lines } = await inHospital(options, (parts) => playInLockStep(parts, { options, extras, until }))
  const expected = linesOfTwin(options, extras, until)
  const waited = expected.filter(({ event, at, run }) => event === 'granted' && !asks(expected, run, at))
  expect(compare(expected, lines)).toMatchObject({ difference: null, identical: expected.length })
  expect(waited.length).toBeGreaterThan(2)
})

it(`at an accelerated clock (PARCOURS_SEED=${seed})`, async () => {
  const { options, extras } = await smallHospital({ patients: 4, nurses: 8, beds: 8, seed })
  const expected = linesOfTwin(options, extras, dayMs)
  const { lines, delays } = await inHospital(options, (parts) => {
    const stop = new AbortController()
    // However long the machine takes.
    const look = setInterval(async () => {
      const [over] = await parts.records
        .sql`select count(*)::int as runs from runs where pathway = 'visit' and ended_at is not null`
      if (over!.runs === 4) stop.abort()
    }, 200)
    const played = playFree(parts, { options, extras, until: 10 * dayMs, rate: 1800, log, stop: stop.signal })
    return played.finally(() => clearInterval(look))
  })
  expect(stories(lines)).toEqual(stories(expected))
  expect(timeInside(lines)).toBeGreaterThan(timeInside(expected))
  expect(delays.map(({ delay }) => delay)).toEqual(expect.arrayContaining(['started', 'granted', 'completed', 'task']))
  for (const { meanMs, maxMs } of delays) expect(maxMs).toBeGreaterThanOrEqual(meanMs)
})

it.runIf(process.env.PARCOURS_LONG === '1')(
  `a day of the demonstration hospital (PARCOURS_SEED=${seed})`,
  async () => {
    const scenario = readScenario(fileURLToPath(new URL('../../scenarios/hopital-demo', import.meta.url)))
    const programs = (await readLibrary()).map(({ program }) => program)
    const { options, extras } = demoHospital(scenario, programs, seed, dayMs)
    const { lines } = await inHospital(options, (parts) => playInLockStep(parts, { options, extras, until: dayMs }))
    const compared = compare(linesOfTwin(options, extras, dayMs), lines)
    console.log(`${compared.identical} of ${compared.expected} lines identical, ${compared.reordered} moments in another order`)
    expect(compared.difference).toBeNull()
    expect(compared.identical).toBe(compared.expected)
  },
  1_800_000,
)

/** Whether a run asked for something at this very moment. */
const asks = (lines: Line[], of: string, when: number): boolean =>
  lines.some(({ run, at, event }) => run === of && at === when && event === 'requested')

/** What each visit did, in its order; visits in the order of that. */
function stories(lines: Line[]): string[] {
  const byRun = new Map<string, string[]>()
  for (const { pathway, run, event, element } of lines)
    if (pathway === 'visit') byRun.set(run, [...(byRun.get(run) ?? []), `${event} ${element}`])
  return [...byRun.values()].map((steps) => steps.join(', ')).sort()
}

/** Of all visits together. */
function timeInside(lines: Line[]): number {
  const began = new Map<string, number>()
  let sum = 0
  for (const { pathway, run, at, event } of lines) {
    if (pathway !== 'visit') continue
    if (!began.has(run)) began.set(run, at)
    if (event === 'ended') sum += at - began.get(run)!
  }
  return sum
}
