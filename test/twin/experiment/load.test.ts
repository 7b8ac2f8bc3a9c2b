// Goal: a system that cannot keep up is said so before it is simulated, and one that can is not. Method: loads worked out by hand, of one patient an hour.
import { expect, it } from 'vitest'
import { overloadsOf } from '../../../twin/experiment/load.ts'
import { drawing, experimentOf, flow, inARow } from './scenarios.ts'

const visit = (elements: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  hospital: { pools: [{ id: 'bed', units: 2 }] },
  demand: [{ id: 'patients', pathway: 'visit', perHour: 1, variables: { long: { shares: { yes: 0.5, no: 0.5 } } } }],
  pathways: [{ file: 'visit.bpmn', holds: { bed: { pool: 'bed' } }, elements, ...more }],
  horizon: 'PT1H',
})

const overloads = async (bpmn: string, scenario: Record<string, unknown>) => overloadsOf(await experimentOf(bpmn, scenario))

const twoWays = drawing(
  `<startEvent id="In"/><exclusiveGateway id="Which" default="Which_Out"/><task id="Exam"/><endEvent id="Out"/>
   ${flow('In', 'Which')}${flow('Which', 'Exam', '<conditionExpression>=long = "yes"</conditionExpression>')}${flow('Which', 'Out')}${flow('Exam', 'Out')}`,
)
const patience = drawing(
  `<startEvent id="In"/><task id="Exam"/><boundaryEvent id="Enough" attachedToRef="Exam"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="Out"/><endEvent id="Gone"/>
   ${flow('In', 'Exam')}${flow('Exam', 'Out')}${flow('Enough', 'Gone')}`,
)
const needs = [{ pool: 'bed' }]

it.each<[string, string, Record<string, unknown>, [number, number] | null]>([
  ['a mean of 2 h 12', inARow('Exam'), { Exam: { needs, duration: 'PT2H12M' } }, [2.2, 2.2]],
  ['a mean of 1 h 48', inARow('Exam'), { Exam: { needs, duration: 'PT1H48M' } }, null],
  [
    'four hours for half of them, two for the others',
    inARow('Exam'),
    { Exam: { needs, duration: { by: 'long', values: { yes: 'PT4H' }, otherwise: 'PT2H' } } },
    [2.7, 3],
  ],
  [
    'an hour and a half and its cleaning, kept',
    inARow('Exam', 'Clean'),
    { Exam: { takes: ['bed'], duration: 'PT90M' }, Clean: { duration: 'PT1H', givesAfter: ['bed'] } },
    [2.5, 2.5],
  ],
  [
    'given back before the cleaning',
    inARow('Exam', 'Clean'),
    { Exam: { takes: ['bed'], duration: 'PT90M' }, Clean: { duration: 'PT1H', gives: ['bed'] } },
    null,
  ],
  ['half of them, for five hours', twoWays, { Exam: { needs, duration: 'PT5H' } }, [2, 2.5]],
  ['those who give up', patience, { Exam: { needs, duration: 'PT9H' } }, null],
])('%s', async (_, bpmn, elements, load) => {
  const found = await overloads(bpmn, visit(elements))
  if (load === null) return expect(found).toEqual([])
  expect(found).toMatchObject([{ pool: 'bed', there: 2 }])
  expect(found[0]!.asked).toBeGreaterThanOrEqual(load[0] - 1e-9)
  expect(found[0]!.asked).toBeLessThanOrEqual(load[1] + 1e-9)
})
