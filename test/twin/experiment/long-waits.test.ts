// Goal: shares of delayed and of long waits are those of theory, and are taken by both simulators alike; chance constraints are judged by how often they hold. Method: Erlang C and B, and counts worked by hand.
import { describe, expect, it } from 'vitest'
import { compile } from '../../../pathways/language/compile.ts'
import { type Experiment, prepareExperiment } from '../../../twin/experiment/prepare.ts'
import { replicate, replicateInGeneral } from '../../../twin/experiment/replicate.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { judged } from '../../../twin/experiment/targets.ts'

const flow = (source: string, target: string) =>
  `<sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}"/>`
const file = (inside: string) =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:hospital="urn:parcours:hospital:1" id="d" targetNamespace="t"><process id="visit" isExecutable="true">${inside}</process></definitions>`
const queue = file(`<startEvent id="In"/>${flow('In', 'Exam')}<task id="Exam"/>${flow('Exam', 'Out')}<endEvent id="Out"/>`)
/** Who is not given a bed at once is turned away. */
const loss =
  file(`<extensionElements><hospital:hold name="bed" pool="doctor" quantity="1"/></extensionElements><startEvent id="In"/>${flow('In', 'Admit')}
  <task id="Admit"><extensionElements><hospital:take hold="bed"/><hospital:duration distribution="fixed" value="PT0S"/></extensionElements></task>
  <boundaryEvent id="Full" attachedToRef="Admit"><timerEventDefinition><timeDuration>PT0.001S</timeDuration></timerEventDefinition></boundaryEvent>
  ${flow('Full', 'Refused')}<endEvent id="Refused"/>${flow('Admit', 'Stay')}<task id="Stay"/>${flow('Stay', 'Out')}<endEvent id="Out"/>`)

const prepared = async (bpmn: string, elements: Record<string, unknown>, measures: string[]): Promise<Experiment> => {
  const { programs } = await compile({ bpmn })
  const scenario = ScenarioFile.parse({
    hospital: { pools: [{ id: 'doctor', units: 2 }] },
    pathways: [{ file: 'visit.bpmn', elements }],
    demand: [{ id: 'patients', pathway: 'visit', perHour: 6 }],
    horizon: 'P80D',
    measures,
  })
  return prepareExperiment(scenario, new Map([['visit.bpmn', programs]]))
}
const exponential = { distribution: 'exponential', mean: 'PT10M' }
const valueIn = (measures: { name: string; value: number }[]) => (name: string) =>
  measures.find((each) => each.name === name)?.value

describe('shares of waits', () => {
  const exam = { Exam: { duration: exponential, needs: [{ pool: 'doctor' }] } }

  it('M/M/2 at a load of 1: one in three waits, and of those e to the power of -t / 10 longer than t', async () => {
    const experiment = await prepared(queue, exam, ['visit.Exam.waitOver10MinutesShare', 'visit.Exam.waitOver0MinutesShare'])
    const measures = replicate(experiment, 0)!
    const value = valueIn(measures)
    expect(Math.abs(value('visit.Exam.delayedShare')! - 1 / 3)).toBeLessThan(0.02)
    expect(Math.abs(value('visit.Exam.waitOver10MinutesShare')! - Math.exp(-1) / 3)).toBeLessThan(0.02)
    expect(value('visit.Exam.waitOver0MinutesShare')).toBe(value('visit.Exam.delayedShare'))
    expect(replicateInGeneral(experiment, { ...experiment.options, replication: 0 })).toEqual(measures)
  })

  it('M/M/2/2 at a load of 1: Erlang B turns one in five away, after any wait at all', async () => {
    const experiment = await prepared(loss, { Stay: { duration: exponential } }, ['visit.Admit.waitOver0MinutesShare'])
    const value = valueIn(replicate(experiment, 0)!)
    expect(Math.abs(value('visit.Admit.delayedShare')! - 0.2)).toBeLessThan(0.02)
    expect(value('visit.Admit.waitOver0MinutesShare')).toBe(value('visit.Admit.delayedShare'))
    expect(value('visit.Refused.reached')! / value('visit.started')!).toBeCloseTo(value('visit.Admit.delayedShare')!, 3)
  })

  it('of a limit are not there unless they are asked for', async () => {
    const names = replicate({ ...(await prepared(queue, exam, [])), end: 1 }, 0)!.map(({ name }) => name)
    expect(names.filter((name) => name.includes('Over'))).toEqual([])
  })
})

describe('a chance constraint', () => {
  const target = { measure: 'm', below: 5, withProbability: 0.9 }
  const values = (held: number, not: number) => [...new Array<number>(held).fill(4), ...new Array<number>(not).fill(6)]

  it.each([
    [100, 0, true],
    [95, 5, null],
    [20, 0, null],
    [70, 30, false],
  ])('that held in %d replications and not in %d', (held, not, expected) => {
    expect(judged(target, values(held, not), 0.95)).toMatchObject({ isMet: expected, held: { share: held / (held + not) } })
  })

  it('of 10 in 20 has the interval of Wilson, 0.2993 to 0.7007', () => {
    const { held } = judged(target, values(10, 10), 0.95)
    expect(held!.low).toBeCloseTo(0.29929, 4)
    expect(held!.high).toBeCloseTo(0.70071, 4)
  })
})
