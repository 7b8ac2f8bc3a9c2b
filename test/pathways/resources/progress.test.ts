/**
 * Setting aside for those that were passed too often must not stop those who could end their wait. Method: random runs that take what they
 * need pool after pool in one order, so that the drawings themselves cannot lock each other; some ask through a run that they call, used
 * units are turned over by runs with needs of their own. Whatever the allocator sets aside, everybody must come to the end.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allocate,
  createLedger,
  drainOutcomes,
  explain,
  type Ledger,
  occupy,
  type RequestedNeed,
  release,
  request,
  restock,
  snapshotOf,
  turnedOver,
  turnoverBegun,
} from '../../../pathways/resources/index.ts'
import { pool, site, snapshot, unit } from './build.ts'

/** Who holds one may ask for those after it. */
const ORDER = ['bed', 'theatre', 'team', 'nurse', 'kit', 'cleaner']

interface Stage {
  needs: { pool: string; quantity: number }[]
  /** A run that it calls goes on from here. */
  called: boolean
  priority: number
  slot: boolean
}
interface Journey {
  stages: Stage[]
}

const stage: fc.Arbitrary<Stage> = fc.record({
  needs: fc.uniqueArray(
    fc.record({ pool: fc.constantFrom('bed', 'theatre', 'team', 'nurse', 'kit'), quantity: fc.integer({ min: 1, max: 2 }) }),
    { minLength: 1, maxLength: 3, selector: (need) => need.pool },
  ),
  called: fc.boolean(),
  priority: fc.integer({ min: 0, max: 2 }),
  slot: fc.boolean(),
})

/** Each stage asks only for pools after all those that it has already. */
const journey: fc.Arbitrary<Journey> = fc.array(stage, { minLength: 1, maxLength: 4 }).map((stages) => {
  let last = -1
  const ordered = stages.flatMap((one) => {
    const needs = one.needs.filter((need) => ORDER.indexOf(need.pool) > last)
    if (needs.length === 0) return []
    last = Math.max(...needs.map((need) => ORDER.indexOf(need.pool)))
    return [{ ...one, needs }]
  })
  return { stages: ordered }
})

const hospital = (passesMax: number) =>
  snapshot({
    pools: [
      pool('bed', { passesMax, turnover: 'Cleaning' }),
      pool('theatre', { passesMax, turnover: 'Cleaning' }),
      pool('team', { passesMax }),
      pool('nurse', { passesMax }),
      pool('kit', { kind: 'stock', passesMax, reorderThreshold: 1, reorderQuantity: 2 }),
      pool('cleaner', { passesMax }),
    ],
    units: ['bed', 'theatre', 'team', 'nurse', 'cleaner'].flatMap((id) => [1, 2].map((number) => unit(`${id}-${number}`, id))),
  })

interface Walker {
  id: string
  stages: Stage[]
  next: number
  held: [string, number][]
  asking: string
}

/** Lets everybody go on, one thing at a time and as luck has it. @returns those who never come to the end. */
function walk(journeys: Journey[], passesMax: number, luck: () => number): string[] {
  const ledger = createLedger(hospital(passesMax), site)
  const walkers: Walker[] = journeys.map(({ stages }, index) => ({ id: `run-${index}`, stages, next: 0, held: [], asking: '' }))
  const turnovers: { unit: string; run: string; holds: boolean; asks: boolean }[] = []
  let deliveries = 0
  let at = 0
  const ask = (holder: string, wait: number, needs: RequestedNeed[], priority: number, slot: string) =>
    request(ledger, { holder, wait, needs, priority, slot: slot === '' ? null : { unit: slot, start: at }, at })
  const settle = () => {
    allocate(ledger, at)
    for (const outcome of drainOutcomes(ledger)) {
      if (outcome.type === 'turnoverDue') {
        const run = `${outcome.after}.${outcome.unit}.${at}`
        turnoverBegun(ledger, outcome.unit, run)
        turnovers.push({ unit: outcome.unit, run, holds: false, asks: false })
      } else if (outcome.type === 'reorderDue') deliveries++
      else if (outcome.type === 'granted') {
        const turnover = turnovers.find(({ run }) => run === outcome.holder)
        if (turnover) turnover.holds = true
        const walker = walkers.find(({ asking }) => asking === outcome.holder)
        if (!walker) continue
        for (const { hold } of outcome.grants) {
          occupy(ledger, outcome.holder, hold, at)
          walker.held.push([outcome.holder, hold])
        }
        walker.asking = ''
      } else throw outcome.error
    }
  }
  const moves = () => [
    ...walkers
      .filter(({ asking, next, stages, held }) => asking === '' && (next < stages.length || held.length > 0))
      .map((walker) => () => goOn(walker)),
    ...turnovers
      .filter(({ asks }) => !asks)
      .map((turnover) => () => {
        turnover.asks = true
        ask(turnover.run, 1, [{ hold: 1, pool: 'cleaner', quantity: 1, where: [] }], 0, '')
      }),
    ...turnovers
      .filter(({ holds }) => holds)
      .map((turnover) => () => {
        release(ledger, turnover.run, 1, at)
        turnovers.splice(turnovers.indexOf(turnover), 1)
        turnedOver(ledger, turnover.unit, true, at)
      }),
    ...(deliveries > 0
      ? [
          () => {
            deliveries--
            restock(ledger, 'kit', `lot-${at}`, 2, Number.MAX_SAFE_INTEGER)
          },
        ]
      : []),
  ]
  const goOn = (walker: Walker) => {
    const stage = walker.stages[walker.next]
    if (!stage) for (const [holder, hold] of walker.held.splice(0)) release(ledger, holder, hold, at)
    else {
      walker.next++
      if (stage.called) walker.id = `${walker.id}.${walker.next}`
      walker.asking = walker.id
      const needs = stage.needs.map((need, index) => ({ ...need, where: [], hold: walker.next * 10 + index }))
      const planned = stage.slot ? needs.find((need) => need.pool !== 'kit') : undefined
      ask(walker.asking, walker.next, needs, stage.priority, planned ? `${planned.pool}-1` : '')
    }
  }
  settle()
  for (let open = moves(); open.length > 0; open = moves()) {
    at++
    open[Math.floor(luck() * open.length)]!()
    settle()
  }
  expectWhole(ledger, walkers)
  return walkers
    .filter(({ asking }) => asking !== '')
    .map(({ asking, next }) => JSON.stringify(explain(ledger, asking, next, at)))
}

const expectWhole = (ledger: Ledger, walkers: Walker[]) => {
  const owned = snapshotOf(ledger).held.map(({ holder, hold }) => `${holder} ${hold}`)
  expect(owned.sort()).toEqual(walkers.flatMap(({ held }) => held.map(([holder, hold]) => `${holder} ${hold}`)).sort())
}

describe('what is set aside', () => {
  it('never stops those who could end the wait', () => {
    fc.assert(
      fc.property(
        fc.array(journey, { minLength: 2, maxLength: 12 }),
        fc.integer({ min: 0, max: 2 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (journeys, passesMax, luck) => {
          expect(walk(journeys, passesMax, () => luck.next().value!)).toEqual([])
        },
      ),
      { numRuns: 1_000 },
    )
  })
})
