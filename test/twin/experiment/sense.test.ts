// Goal: what cannot be meant is refused before anything is simulated, by its place and with a remedy. Method: one scenario for each.
import { expect, it } from 'vitest'
import { compile } from '../../../pathways/language/compile.ts'
import { openedExperiment } from '../../../twin/experiment/prepare.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { checkedValue, problemText } from '../../../twin/yaml/checked.ts'
import { drawing, flow } from './scenarios.ts'

const twoWays = drawing(
  `<startEvent id="In"/><task id="Exam"/><exclusiveGateway id="Next"/><endEvent id="Out"/><endEvent id="Home"/>
   ${flow('In', 'Exam')}${flow('Exam', 'Next')}${flow('Next', 'Out')}${flow('Next', 'Home')}`,
).replace('isExecutable="true"', 'isExecutable="false"')

const scenario = (elements: Record<string, unknown>, more: Record<string, unknown> = {}, probabilities = {}) => ({
  hospital: { pools: [{ id: 'doctor', units: 2 }] },
  pathways: [{ file: 'visit.bpmn', elements: { Exam: elements }, probabilities }],
  demand: [{ id: 'patients', pathway: 'visit', perHour: 1 }],
  horizon: 'P1D',
  ...more,
})

/** What is said of it; '' of one that can be simulated. */
const saidOf = async (plain: Record<string, unknown>): Promise<string> => {
  const { value, problems } = checkedValue(plain, ScenarioFile)
  if (!value) return problems.map(problemText).join('\n')
  const { programs, drawings } = await compile({ bpmn: twoWays })
  try {
    openedExperiment(value, new Map([['visit.bpmn', [...programs, ...drawings]]]))
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

const patients = { id: 'patients', pathway: 'visit', perHour: 1 }

it.each<[string, Record<string, unknown>, string]>([
  [
    'a triangle upside down',
    scenario({ duration: { distribution: 'triangular', min: 'PT3M', mode: 'PT2M', max: 'PT1M' } }),
    'visit, Exam, duration: this triangular distribution is impossible. Put its min, mode and max in order.',
  ],
  [
    'limits outside of a distribution',
    scenario({ duration: { distribution: 'uniform', min: 'PT1M', max: 'PT3M', atLeast: 'PT9M' } }),
    'visit, Exam, duration: this uniform distribution is impossible. Next to nothing of it lies between its atLeast and its atMost: change them.',
  ],
  [
    'a parameter that is missing',
    scenario({ duration: { distribution: 'lognormal', mean: 'PT6M' } }),
    'pathways[0].elements.Exam.duration.sd: it is missing. Add it.',
  ],
  [
    'a distribution that there is not',
    scenario({ duration: { distribution: 'lognormale', mean: 'PT6M' } }),
    'pathways[0].elements.Exam.duration.distribution: it is none of those that there are. Use one of: fixed, exponential, uniform, triangular, pert, normal, lognormal, exgaussian, empirical, gamma, weibull.',
  ],
  [
    'more units than there are',
    scenario({ needs: [{ pool: 'doctor', quantity: 3 }] }),
    'visit, Exam: nobody could ever be served there: Pool "doctor" has fewer units that fit than the 3 asked for together. Ask for fewer or for another kind, or add units.',
  ],
  [
    'probabilities of 0.9',
    scenario({}, {}, { Next_Out: 0.4, Next_Home: 0.5 }),
    'pathways, visit, Next: the probabilities of its flows are 0.9 together. Make them 1, or leave one away.',
  ],
  [
    'two streams of one id',
    scenario({}, { demand: [patients, patients] }),
    'demand[1].id: "patients" is there twice. Give each an id of its own.',
  ],
  [
    'three of two doctors closed',
    scenario({}, { interventions: [{ at: 'PT1H', pool: 'doctor', close: 3 }] }),
    'interventions[0].close: there are 2 such units of "doctor". Close no more than there are.',
  ],
  [
    'a function that there is not',
    scenario({}, { demand: [{ ...patients, variables: { age: '=flor(luck * 90)' } }] }),
    'demand[0].variables.age: there is no function "flor". Correct its name.',
  ],
  [
    'times that go back',
    scenario({}, { demand: [{ id: 'list', pathway: 'visit', times: ['PT2H', 'PT1H'] }] }),
    'stream "list": these arrivals are impossible. Put the times in ascending order.',
  ],
])('%s', async (_, plain, said) => expect(await saidOf(plain)).toBe(said))

it('thirds that are rounded, and one probability of two, are meant', async () => {
  expect(await saidOf(scenario({}, {}, { Next_Out: 0.33, Next_Home: 0.66 }))).toBe('')
  expect(await saidOf(scenario({}, {}, { Next_Out: 0.3 }))).toBe('')
})
