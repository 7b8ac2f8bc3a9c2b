// Goal: what cannot be meant is said before anything is simulated, by its place and with the nearest right name. Method: one change at a time to a scenario that is right.
import { expect, it } from 'vitest'
import { openedExperiment } from '../../../twin/experiment/prepare.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { checkedValue, problemText } from '../../../twin/yaml/checked.ts'
import { experimentOf, inARow } from './scenarios.ts'

const right = {
  hospital: { pools: [{ id: 'doctor', units: 2 }] },
  pathways: [{ file: 'visit.bpmn', elements: { Exam: { duration: 'PT10M', needs: [{ pool: 'doctor' }] } } }],
  demand: [{ id: 'walk-in', pathway: 'visit', perHour: 3, variables: { age: '=luck * 90', frail: '=age > 80' } }],
  horizon: 'P1D',
}
const walkIn = right.demand[0]!

/** What is said of it; '' for nothing. */
const said = async (change: object): Promise<string> => {
  const { problems } = checkedValue({ ...right, ...change }, ScenarioFile)
  if (problems.length > 0) return problems.map(problemText).join(' ')
  try {
    const { scenario, options } = await experimentOf(inARow('Exam'), { ...right, ...change })
    openedExperiment(scenario, new Map([['visit.bpmn', options.programs]]))
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

it('a scenario that is right is taken', async () => {
  expect(await said({})).toBe('')
})

it.each<[string, object, string]>([
  [
    'a variable that comes later',
    { demand: [{ ...walkIn, variables: { frail: '=aeg > 80', age: 3 } }] },
    'demand[0].variables.frail: there is no earlier variable "aeg". There is luck, index.',
  ],
  ['a variable misspelt', { demand: [{ ...walkIn, variables: { age: 3, frail: '=ag > 80' } }] }, 'Did you mean "age"?'],
  [
    'a pathway',
    { demand: [{ ...walkIn, pathway: 'visits' }] },
    'demand[0].pathway: there is no pathway "visits". Did you mean "visit"?',
  ],
  [
    'an element',
    { pathways: [{ file: 'visit.bpmn', elements: { Exan: {} } }] },
    'there is no element "Exan". Did you mean "Exam"?',
  ],
  [
    'a pool that closes',
    { interventions: [{ at: 'PT1H', pool: 'docter', close: 1 }] },
    'interventions[0].pool: there is no pool "docter". Did you mean "doctor"?',
  ],
  ['a pool whose shift ends', { shiftEnds: { docter: 'resume' } }, 'Did you mean "doctor"?'],
  ['a stream', { interventions: [{ at: 'PT1H', stream: 'walkin', factor: 2 }] }, 'Did you mean "walk-in"?'],
  [
    'a calendar',
    { demand: [{ id: 'a', pathway: 'visit', interarrival: 'PT1H', calendar: 'day' }] },
    'there is no calendar "day"',
  ],
  ['more than can come', { demand: [{ ...walkIn, perHour: 1e12 }] }, 'demand[0]: 2.4e+13 would come until the horizon'],
  [
    'a target of nothing',
    { targets: [{ measure: 'visit.stayMinutesMean' }] },
    'targets[0]: must have one of below, above, or both',
  ],
  [
    'a time zone',
    { hospital: { ...right.hospital, site: { timeZone: 'Mars/Olympus' } } },
    'hospital.site.timeZone: must be a name of the IANA database',
  ],
  [
    'a day',
    { hospital: { ...right.hospital, calendars: [{ id: 'd', days: ['tues'], from: '08:00', to: '12:00' }] } },
    'hospital.calendars[0].days[0]',
  ],
])('%s that there is not is named', async (_, change, message) => {
  expect(await said(change)).toContain(message)
})
