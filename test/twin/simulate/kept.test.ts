// Goal: what a run keeps from one element to another is given back when its scope is left, however it is left, and not before. Method: two patients and one bed, traces worked by hand; what is stepped directly says the same.
import { describe, expect, it } from 'vitest'
import { compile } from '../../../pathways/language/compile.ts'
import { Beyond } from '../../../twin/compiled/index.ts'
import { directHospital } from '../../../twin/direct/index.ts'
import { Measures } from '../../../twin/experiment/measures.ts'
import { prepareExperiment } from '../../../twin/experiment/prepare.ts'
import { replicate, replicateInGeneral } from '../../../twin/experiment/replicate.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { createHospital } from '../../../twin/simulate/index.ts'

const minuteMs = 60_000
const scenario = ScenarioFile.parse({
  hospital: { pools: [{ id: 'bed', units: 1 }] },
  pathways: ['stay.bpmn'],
  demand: [{ id: 'patients', pathway: 'stay', times: ['PT0S', 'PT1M'] }],
  horizon: 'PT10H',
})

const inside = (...parts: string[]) => `<extensionElements>${parts.join('')}</extensionElements>`
const lasts = (minutes: number) => `<hospital:duration value="PT${minutes}M"/>`
const HOLD = '<hospital:hold name="bed" pool="bed"/>'
const TAKE = '<hospital:take hold="bed"/>'
const task = (id: string, minutes: number, more = '') => `<task id="${id}">${inside(more, lasts(minutes))}</task>`
const flow = (...pairs: string[]) =>
  pairs.map((pair) => `<sequenceFlow id="${pair}" sourceRef="${pair.split('-')[0]}" targetRef="${pair.split('-')[1]}"/>`).join('')
const after = (id: string, on: string, minutes: number) =>
  `<boundaryEvent id="${id}" attachedToRef="${on}"><timerEventDefinition><timeDuration>PT${minutes}M</timeDuration></timerEventDefinition></boundaryEvent>`
const stay = (content: string, more = '') =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hospital="urn:parcours:hospital:1" targetNamespace="t" id="d">
   <process id="stay" isExecutable="true">${content}</process>${more}</definitions>`

/** In the subprocess `S` a patient takes the bed in `Lie`. After it, `Leave` lasts five minutes without one. */
const around = (type: string, content: string, more: string, ends = 'S-Leave') =>
  stay(`<startEvent id="In"/><${type} id="S">${inside(HOLD)}<startEvent id="SIn"/>${task('Lie', 10, TAKE)}${task('Rest', 60)}${content}</${type}>
   ${task('Leave', 5)}<endEvent id="Out"/>${more}${flow('In-S', ends, 'Leave-Out')}`)
const plain = `<endEvent id="SOut"/>${flow('SIn-Lie', 'Lie-Rest', 'Rest-SOut')}`

/** When each of the two has the bed, and when somebody gives it back, in minutes. */
const CASES: [string, string, string[]][] = [
  ['the end of its scope', around('subProcess', plain, ''), ['0 +', '70 -', '70 +', '140 -']],
  [
    'a boundary event of its scope',
    around('subProcess', plain, `${after('Late', 'S', 30)}<endEvent id="Gone"/>${flow('Late-Gone')}`),
    // The second one has waited since minute 1: his time is up at 31, when the bed has been his for a minute.
    ['0 +', '30 -', '30 +', '31 -'],
  ],
  [
    'a boundary event of the task that takes it, which has it reserved: the scope goes on, and keeps it',
    around(
      'subProcess',
      `<endEvent id="SOut"/>${after('Late', 'Lie', 4)}${flow('SIn-Lie', 'Lie-Rest', 'Late-Rest', 'Rest-SOut')}`,
      '',
    ),
    // The second one's four minutes are over while he waits: he goes on to rest without a bed.
    ['0 +', '64 -'],
  ],
  [
    'an event subprocess that interrupts its scope: kept until that is over',
    around(
      'subProcess',
      `${plain}<subProcess id="E" triggeredByEvent="true"><startEvent id="EIn"><timerEventDefinition><timeDuration>PT20M</timeDuration></timerEventDefinition></startEvent>${task('Worse', 15)}<endEvent id="EOut"/>${flow('EIn-Worse', 'Worse-EOut')}</subProcess>`,
      '',
    ),
    ['0 +', '35 -'],
  ],
  [
    'a cancel end event of a transaction',
    around(
      'transaction',
      `<endEvent id="SOut"><cancelEventDefinition/></endEvent>${flow('SIn-Lie', 'Lie-Rest', 'Rest-SOut')}`,
      `<boundaryEvent id="Off" attachedToRef="S"><cancelEventDefinition/></boundaryEvent>${task('Gone', 5)}<endEvent id="Never"/>${flow('Off-Gone', 'Gone-Never')}`,
    ),
    ['0 +', '70 -', '70 +', '140 -'],
  ],
  [
    'a terminate end event beside it',
    around(
      'subProcess',
      `<parallelGateway id="Both"/>${task('Call', 15)}<endEvent id="All"><terminateEventDefinition/></endEvent><endEvent id="SOut"/>${flow('SIn-Both', 'Both-Lie', 'Both-Call', 'Call-All', 'Lie-Rest', 'Rest-SOut')}`,
      '',
    ),
    // The second one is called away at 16, a minute after the bed became his.
    ['0 +', '15 -', '15 +', '16 -'],
  ],
  [
    'an error thrown inside it',
    around(
      'subProcess',
      `<endEvent id="SOut"><errorEventDefinition errorRef="Bad"/></endEvent>${flow('SIn-Lie', 'Lie-Rest', 'Rest-SOut')}`,
      `<boundaryEvent id="Off" attachedToRef="S"><errorEventDefinition errorRef="Bad"/></boundaryEvent>${task('Gone', 5)}<endEvent id="Never"/>${flow('Off-Gone', 'Gone-Never')}`,
    ).replace('</definitions>', '<error id="Bad" errorCode="bad"/></definitions>'),
    ['0 +', '70 -', '70 +', '140 -'],
  ],
]
const LENT = (how: string) =>
  stay(
    `${inside(HOLD)}<startEvent id="In"/>${task('Lie', 10, TAKE)}<callActivity id="C" calledElement="called">${inside(`<hospital:${how} hold="bed" as="bed"/>`)}</callActivity>${after('Late', 'C', 20)}
     ${task('Leave', 5)}<endEvent id="Out"/>${flow('In-Lie', 'Lie-C', 'C-Leave', 'Leave-Out', 'Late-Leave')}`,
    `<process id="called" isExecutable="true">${inside(HOLD)}<startEvent id="CIn"/>${task('Work', 60)}<endEvent id="COut"/>${flow('CIn-Work', 'Work-COut')}</process>`,
  )
CASES.push(
  ['the cancelling of a call that it was lent to: it comes back to who lent it', LENT('lend'), ['0 +', '35 -', '35 +', '70 -']],
  ['the cancelling of a call that it was handed over to', LENT('handOver'), ['0 +', '30 -', '30 +', '60 -']],
)

describe('a bed that is kept is given back by', () => {
  it.each(CASES)('%s', async (_, bpmn, expected) => {
    const { programs, findings } = await compile({ bpmn })
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    const experiment = prepareExperiment(scenario, new Map([['stay.bpmn', programs]]))
    const trace: string[] = []
    const hospital = createHospital({
      ...experiment.options,
      observer: { held: (_, change, at) => trace.push(`${at / minuteMs} ${change > 0 ? '+' : '-'}`) },
    })
    hospital.run(experiment.end)
    expect(trace).toEqual(expected)
    expect(hospital.runs.size).toBe(0)
    // What cannot be stepped directly is left to the engine, and said so.
    expect(replicate(experiment, 0)).toEqual(replicateInGeneral(experiment, experiment.options))
  })

  it('is stepped directly in most of these cases', async () => {
    const direct = await Promise.all(
      CASES.map(async ([, bpmn]) => {
        const { programs } = await compile({ bpmn })
        const experiment = prepareExperiment(scenario, new Map([['stay.bpmn', programs]]))
        return !(directHospital(experiment.options, new Measures(experiment)) instanceof Beyond)
      }),
    )
    expect(direct.filter(Boolean).length).toBeGreaterThanOrEqual(6)
  })
})
