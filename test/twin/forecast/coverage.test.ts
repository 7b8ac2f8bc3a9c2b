// Goal: forecasts are right: of 200 truths that the twin made, and that the forecast did not know, as many lie in its 80 % band as should. Method: the randomised PIT, which is exactly uniform when
// what happens is one more replication, whatever their number: 9 replications each, 99 with PARCOURS_LONG=1.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Program } from '../../../pathways/language/program.ts'
import { askedOf } from '../../../twin/forecast/asked.ts'
import { ensembleOf, pathOf, prepareForecast, replicateFork, sumAt } from '../../../twin/forecast/forecast.ts'
import { type Score, scoreKey, scoreOf, summaryOf } from '../../../twin/forecast/score.ts'
import { chanceOf, createHospital } from '../../../twin/simulate/index.ts'
import { hourMs, ledger, model, visit } from './models.ts'

const REPLICATIONS = process.env.PARCOURS_LONG === '1' ? 99 : 9
const FORECASTS = 200
const HOURS = 6
const NAMES = [
  'visit.inside',
  'visit.Triage.waiting',
  'pool.cubicle.occupied',
  'pool.bed.boarding',
  'visit.completed',
  'visit.Left.reached',
]
let program: Program
beforeAll(async () => {
  program = await visit()
})

/** The scores of one forecast: by series, then by hour. */
const forecast = (number: number): Score[][] => {
  const truth = { ...model(program, number), ledger: ledger(), start: 0 }
  const hospital = createHospital(truth)
  hospital.run((24 + (number % 24)) * hourMs)
  const state = hospital.state()
  const prepared = prepareForecast({
    state,
    model: model(program, 1_000_000 + number),
    timersAreKnown: false,
    hours: HOURS,
    whatIf: null,
  })
  const happened = pathOf({ ...truth, state }, prepared)
  const paths = Array.from({ length: REPLICATIONS }, (_, replication) => replicateFork(prepared, prepared.base, replication))
  return askedOf(NAMES, prepared.series.names).map((asked, place) =>
    ensembleOf(paths, asked, HOURS).map((ensemble, hour) => {
      const key = scoreKey(chanceOf(1, number), place, hour)
      return scoreOf(ensemble, sumAt(happened, asked.places, hour, HOURS), key)
    }),
  )
}

/** How many of n successes of some probability are likely: all but 1 % in all, shared by so many looks (Bonferroni). */
const likely = (n: number, probability: number, looks: number): [number, number] => {
  const mass = Array.from({ length: n + 1 }, () => 0)
  mass[0] = (1 - probability) ** n
  for (let k = 1; k <= n; k++) mass[k] = (mass[k - 1]! * (n - k + 1) * probability) / (k * (1 - probability))
  const end = 0.005 / looks
  let [low, below] = [0, mass[0]!]
  while (below < end) below += mass[++low]!
  let [high, above] = [n, mass[n]!]
  while (above < end) above += mass[--high]!
  return [low, high]
}

describe(`${FORECASTS} forecasts of truths that the twin made`, () => {
  let all: Score[][][]
  beforeAll(() => {
    all = Array.from({ length: FORECASTS }, (_, number) => forecast(number))
  }, 600_000)
  const scores = (series: number, hour: number) => all.map((one) => one[series]![hour]!)

  it.each(NAMES.map((name, series) => [name, series] as const))(
    '%s is in its band of 80 in a hundred as often as it should be',
    (_, series) => {
      const [low, high] = likely(FORECASTS, 0.8, NAMES.length * 2)
      for (const hour of [0, HOURS - 1]) {
        const inside = scores(series, hour).filter(({ pit }) => pit >= 0.1 && pit < 0.9).length
        expect(inside).toBeGreaterThanOrEqual(low)
        expect(inside).toBeLessThanOrEqual(high)
      }
    },
  )

  it('no tenth of the PITs is fuller than chance would have it', () => {
    const [low, high] = likely(FORECASTS, 0.1, NAMES.length * 10)
    NAMES.forEach((_, series) => {
      for (const count of summaryOf(scores(series, 2))!.pitHistogram) {
        expect(count).toBeGreaterThanOrEqual(low)
        expect(count).toBeLessThanOrEqual(high)
      }
    })
  })

  it('what is forecast for the next hour is better known than what is for the last', () => {
    const inside = NAMES.indexOf('visit.inside')
    expect(summaryOf(scores(inside, 0))!.crpsMean).toBeLessThan(summaryOf(scores(inside, HOURS - 1))!.crpsMean)
  })
})
