// Goal: queues whose answers are known are what the theory says. Method: closed forms within four standard errors over replications, by a fixed seed; M/M/1 and M/M/5 stand in simulate/queues.test.ts, Erlang B and waits longer than a limit in long-waits.test.ts, Erlang A in prepare.test.ts, preemption and breakdowns in conduct.test.ts.
import { expect, it } from 'vitest'
import { replicate } from '../../../twin/experiment/replicate.ts'
import { drawing, experimentOf, flow, inARow } from './scenarios.ts'

const REPLICATIONS = 10

/** Mean and standard error of measures, or sums of them. */
const measured = async (bpmn: string, scenario: Record<string, unknown>) => {
  const experiment = await experimentOf(bpmn, scenario)
  const runs = Array.from({ length: REPLICATIONS }, (_, replication) => replicate(experiment, replication)!)
  return (...names: string[]) => {
    const values = runs.map((run) => names.reduce((sum, name) => sum + run.find((each) => each.name === name)!.value, 0))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) }
  }
}

const expectNear = ({ mean, error }: { mean: number; error: number }, truth: number, what = ''): void => {
  expect(Math.abs(mean - truth), `${what} ${mean} ± ${error}, not ${truth}`).toBeLessThan(4 * error)
  // An interval that holds everything says nothing.
  expect(error, what).toBeLessThan(0.12 * truth)
}

const exponential = (mean: string) => ({ distribution: 'exponential', mean })
const long = { warmUp: 'P10D', horizon: 'P80D' }
const pools = (...units: [string, number][]) => ({ pools: units.map(([id, count]) => ({ id, units: count })) })
const patients = (perHour: number, more: Record<string, unknown> = {}) => [{ id: 'patients', pathway: 'visit', perHour, ...more }]

it('M/M/2 with two priorities: A. Cobham (1954)', async () => {
  const bpmn = drawing(
    `<startEvent id="In"/><exclusiveGateway id="Which" default="Which_Low"/><task id="High"/><task id="Low"/><endEvent id="Out"/>
     ${flow('In', 'Which')}${flow('Which', 'High', '<conditionExpression>=level = 2</conditionExpression>')}${flow('Which', 'Low')}${flow('High', 'Out')}${flow('Low', 'Out')}`,
  )
  const exam = { needs: [{ pool: 'doctor' }], duration: exponential('PT10M'), priority: '=level' }
  const of = await measured(bpmn, {
    ...long,
    hospital: pools(['doctor', 2]),
    pathways: [{ file: 'visit.bpmn', elements: { High: exam, Low: exam } }],
    demand: patients(9.6, { variables: { level: '=if luck < 0.25 then 2 else 1' } }),
  })
  // a = 1.6: Erlang C is 6.4/9, times 1/(c mu) = 5 minutes, divided by (1 - sigma of those before) (1 - sigma with those).
  expectNear(of('visit.High.waitMinutesMean'), ((6.4 / 9) * 5) / (1 - 2.4 / 12), 'high')
  expectNear(of('visit.Low.waitMinutesMean'), ((6.4 / 9) * 5) / ((1 - 2.4 / 12) * (1 - 0.8)), 'low')
})

it('M/G/1: Pollaczek and Khinchine', async () => {
  const of = await measured(inARow('Exam'), {
    ...long,
    hospital: pools(['doctor', 1]),
    pathways: [
      {
        file: 'visit.bpmn',
        elements: { Exam: { needs: [{ pool: 'doctor' }], duration: { distribution: 'lognormal', mean: 'PT10M', sd: 'PT10M' } } },
      },
    ],
    demand: patients(4.2),
  })
  // lambda E[S^2] / (2 (1 - rho)), in minutes.
  expectNear(of('visit.Exam.waitMinutesMean'), (0.07 * 200) / (2 * 0.3))
})

it('M/G/infinity: as many as Poisson says, whatever the distribution', async () => {
  const of = await measured(inARow('Stay'), {
    ...long,
    hospital: pools(['bed', 60]),
    pathways: [
      {
        file: 'visit.bpmn',
        elements: { Stay: { needs: [{ pool: 'bed' }], duration: { distribution: 'gamma', shape: 0.5, scale: 'PT4H' } } },
      },
    ],
    demand: patients(5),
    byUnitsInUse: ['bed'],
  })
  expectNear(of('pool.bed.heldMean'), 10)
  let probability = Math.exp(-10)
  for (let beds = 1; beds <= 14; beds++) {
    probability *= 10 / beds
    if (beds >= 6) expectNear(of(`pool.bed.heldShare@${beds}`), probability, `${beds}`)
  }
})

it('a Jackson network with feedback: each node as an M/M/1 of its own', async () => {
  const bpmn = drawing(
    `<startEvent id="In"/><exclusiveGateway id="Again"/><task id="A"/><exclusiveGateway id="Next"/><task id="B"/><endEvent id="Out"/>
     ${flow('In', 'Again')}${flow('Again', 'A')}${flow('A', 'Next')}${flow('Next', 'Again')}${flow('Next', 'B')}${flow('B', 'Out')}`,
  ).replace('isExecutable="true"', 'isExecutable="false"')
  const of = await measured(bpmn, {
    ...long,
    hospital: pools(['a', 1], ['b', 1]),
    pathways: [
      {
        file: 'visit.bpmn',
        elements: {
          A: { needs: [{ pool: 'a' }], duration: exponential('PT10M') },
          B: { needs: [{ pool: 'b' }], duration: exponential('PT12M') },
        },
        probabilities: { Next_Again: 0.3, Next_B: 0.7 },
      },
    ],
    demand: patients(3),
  })
  const [atA, atB] = [3 / 0.7 / 6, 3 / 5]
  expectNear(of('pool.a.heldMean', 'pool.a.queueLengthMean'), atA / (1 - atA), 'A')
  expectNear(of('pool.b.heldMean', 'pool.b.queueLengthMean'), atB / (1 - atB), 'B')
})

it('M(t)/M/infinity: beds follow the day late (S. G. Eick, W. A. Massey, W. Whitt, 1993)', async () => {
  const perHourOfDay = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 12 ? 10 : 2))
  const of = await measured(inARow('Stay'), {
    warmUp: 'P7D',
    horizon: 'P91D',
    hospital: { ...pools(['bed', 100]), site: { timeZone: 'UTC', epoch: '2026-01-05T00:00:00Z' } },
    pathways: [{ file: 'visit.bpmn', elements: { Stay: { needs: [{ pool: 'bed' }], duration: exponential('PT3H') } } }],
    demand: [{ id: 'patients', pathway: 'visit', perHourOfDay }],
    byHourOfWeek: ['bed'],
  })
  // m' = lambda - m / 3: from hour to hour, until a day is as the one before.
  const [stay, kept] = [3, Math.exp(-1 / 3)]
  let present = 0
  const means = new Array<number>(24)
  for (let hour = 0; hour < 24 * 20; hour++) {
    const limit = perHourOfDay[hour % 24]! * stay
    means[hour % 24] = limit + (present - limit) * stay * (1 - kept)
    present = limit + (present - limit) * kept
  }
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
  const ofHour = (hour: number) => {
    const { mean, error } = of(...days.map((day) => `pool.bed.heldMean@${day}-${String(hour).padStart(2, '0')}`))
    return { mean: mean / 7, error: error / 7 }
  }
  for (let hour = 0; hour < 24; hour++) expectNear(ofHour(hour), means[hour]!, `${hour} h`)
  // Arrivals are back to the night's at noon; one stay later a third of the crowd is still there.
  expect(ofHour(14).mean).toBeGreaterThan(1.7 * ofHour(7).mean)
})

it('machine repair: five machines and one repairman', async () => {
  const bpmn = drawing(
    `<startEvent id="In"/><exclusiveGateway id="Again"/><task id="Up"/><task id="Repair"/>
     ${flow('In', 'Again')}${flow('Again', 'Up')}${flow('Up', 'Repair')}${flow('Repair', 'Again')}`,
  )
  const of = await measured(bpmn, {
    ...long,
    hospital: pools(['repairman', 1]),
    pathways: [
      {
        file: 'visit.bpmn',
        elements: {
          Up: { duration: exponential('PT60M') },
          Repair: { needs: [{ pool: 'repairman' }], duration: exponential('PT20M') },
        },
      },
    ],
    demand: [{ id: 'machines', pathway: 'visit', times: ['PT0M', 'PT0M', 'PT0M', 'PT0M', 'PT0M'] }],
  })
  // n down: proportional to 5! / (5 - n)! (1/3)^n.
  const weights = [1, 5 / 3, 20 / 9, 60 / 27, 120 / 81, 120 / 243]
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  expectNear(of('pool.repairman.occupancyMean'), 1 - 1 / all, 'busy')
  expectNear(
    of('pool.repairman.heldMean', 'pool.repairman.queueLengthMean'),
    weights.reduce((sum, weight, down) => sum + down * weight, 0) / all,
    'down',
  )
})
