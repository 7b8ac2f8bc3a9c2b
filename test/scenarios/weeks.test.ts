/**
 * Goal: the library's pathways, in the demonstration hospital, keep flowing. Method: four simulated weeks with everybody at home sending
 * measurements; a hospital where requests block one another comes to a standstill in the second.
 */
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { dailyMeasurement } from '../../scenarios/measurements.ts'
import { admissionVariables, syntheticPatient } from '../../scenarios/patients.ts'
import { readScenario } from '../../scenarios/read.ts'
import { createHospital, type Hospital, ratesOf, type SimulatedRun, standardActivities } from '../../twin/simulate/index.ts'
import { programs } from '../pathways/library/library.ts'

const seed = 7
const days = 28
const hourMs = 3_600_000
const dayMs = 24 * hourMs
const homeFirst = 5_000_000

const scenario = readScenario(fileURLToPath(new URL('../../scenarios/hopital-demo', import.meta.url)))

interface Ended {
  pathway: string
  outcome: string
  error: string
  hours: number
  variables: Variables
}

function play(): { hospital: Hospital; ended: Ended[]; completed: Record<string, number> } {
  const ended: Ended[] = []
  const completed: Record<string, number> = {}
  const { pools, units, lots, calendars, arrivals, mixes, home } = scenario
  const hospital = createHospital({
    programs: [...programs.values()],
    ledger: { pools, units, lots, calendars, requests: [], held: [], nextSequence: 0 },
    site: scenario.site,
    seed,
    start: 0,
    activities: standardActivities,
    reorder: { pathway: 'restock' },
    streams: arrivals.map(({ id, pathway, mix, perDay, weekdayFactors, hourShares }, stream) => {
      const perHour = hourShares.map((share) => share * perDay)
      const candidatesPerHour = 1.5 * Math.max(...perHour) * Math.max(...weekdayFactors)
      return {
        id,
        pathway,
        arrivals: { rates: ratesOf(perHour, weekdayFactors, candidatesPerHour) },
        variables: (index) => admissionVariables(syntheticPatient(seed, stream * 1_000_000 + index, mixes[mix])),
      }
    }),
    observer: {
      recorded: (run, { event, element }) => {
        if (event !== 'completed') return
        const id = `${run.pathway}.${programs.get(run.pathway)!.nodes[element]!.id}`
        completed[id] = (completed[id] ?? 0) + 1
      },
      ended: (run: SimulatedRun, at) => {
        const { marking, bookkeeping, variables } = run.instance
        const hours = (at - run.startedAt) / hourMs
        ended.push({
          pathway: run.pathway,
          outcome: marking.outcome,
          error: bookkeeping.error?.code ?? '',
          hours,
          variables: variables[0]!,
        })
      },
    },
  })
  for (let index = 0; index < home.patients; index++) {
    const { id, clinical } = syntheticPatient(seed, homeFirst + index, mixes[home.mix])
    const { condition, age, sex } = clinical
    if (condition === 'none') continue
    hospital.admit(home.pathway, 8 * hourMs, id, { patient: id, condition, age, sex })
    for (let day = 1; day < days; day++) {
      const sent = dailyMeasurement(home, seed, homeFirst + index, condition, day)
      if (sent) hospital.send(day * dayMs + sent.minuteOfDay * 60_000, { name: 'measurement', key: id, payload: sent.payload })
    }
  }
  hospital.run(days * dayMs)
  return { hospital, ended, completed }
}

describe(`four weeks of the demonstration hospital (seed ${seed})`, () => {
  let played: ReturnType<typeof play>
  beforeAll(() => {
    played = play()
  })
  const admissions = () => played.ended.filter(({ pathway }) => pathway === 'admission')
  const median = (values: number[]) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)]!

  it('lets no pathway fail, but for what a No-Go stops', () => {
    const failed = played.ended.filter(({ outcome, error }) => outcome !== 'completed' && error !== 'NoGo')
    expect(failed).toEqual([])
  })

  it('does not fill up: about as many are inside after four weeks as after a stay', () => {
    const { started, ended } = played.hospital.counts
    expect(started.admission! - ended.admission!).toBeLessThan(110)
    expect(started.admission).toBeGreaterThan(1300)
  })

  it('treats like a small French emergency department: most go home, after one to three hours', () => {
    const home = admissions().filter(({ variables }) => variables.disposition === 'home')
    const emergencies = admissions().filter(({ variables }) => variables.mode === 'emergency')
    expect(home.length / emergencies.length).toBeGreaterThan(0.72)
    expect(home.length / emergencies.length).toBeLessThan(0.88)
    expect(median(home.map(({ hours }) => hours))).toBeGreaterThan(1)
    expect(median(home.map(({ hours }) => hours))).toBeLessThan(3)
  })

  it('shows everything that a demonstration must show', () => {
    const { completed } = played
    for (const element of [
      'surgery.Operate',
      'theatre-cleaning.Rearm',
      'cart-sterilisation.Rebuild',
      'bed-cleaning.Check',
      'discharge.Deposit',
      'discharge.Mail',
      'discharge.SendEnrolment',
      'telesurveillance.RaiseAlert',
      'telesurveillance.Call',
      'telesurveillance.Treat',
      'telesurveillance.Book',
      'restock.Order',
      'admission.FindBed',
    ]) {
      expect(completed[element] ?? 0, element).toBeGreaterThan(0)
    }
  })

  it('alerts about a patient at home 0.3 to 1 times a week', () => {
    const perPatientAndWeek = played.completed['telesurveillance.RaiseAlert']! / scenario.home.patients / (days / 7)
    expect(perPatientAndWeek).toBeGreaterThan(0.3)
    expect(perPatientAndWeek).toBeLessThan(1)
  })
})
