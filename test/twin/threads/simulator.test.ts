// Goal: a thread that is given many scenarios in turn gives for each what it gives alone, those it had to forget too. Method: three scenarios round and round, two of them kept; the measures of a thread against our own.
import { afterAll, expect, it } from 'vitest'
import { compile } from '../../../pathways/language/compile.ts'
import { prepareExperiment } from '../../../twin/experiment/prepare.ts'
import type { ReadyScenario } from '../../../twin/experiment/ready.ts'
import { replicate } from '../../../twin/experiment/replicate.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { SimulatorThread } from '../../../twin/threads/simulator.ts'

const thread = new SimulatorThread(2)
afterAll(() => thread.end())

it('keeps, forgets and is told anew', async () => {
  const bpmn = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><process id="visit" isExecutable="true"><startEvent id="In"/><task id="Exam"/><endEvent id="Out"/><sequenceFlow id="a" sourceRef="In" targetRef="Exam"/><sequenceFlow id="b" sourceRef="Exam" targetRef="Out"/></process></definitions>`
  const { programs } = await compile({ bpmn })
  const ready = [1, 2, 3].map(
    (units): ReadyScenario => ({
      scenario: ScenarioFile.parse({
        hospital: { pools: [{ id: 'doctor', units }] },
        pathways: [{ file: 'visit.bpmn', elements: { Exam: { duration: 'PT20M', needs: [{ pool: 'doctor' }] } } }],
        demand: [{ id: 'patients', pathway: 'visit', perHour: 6 }],
        horizon: 'P1D',
      }),
      programs: [['visit.bpmn', programs]],
    }),
  )
  for (let turn = 0; turn < 7; turn++) {
    const one = ready[(turn * 2) % 3]!
    thread.prepare(one)
    const measures = await thread.replicate(turn, () => {})
    expect(measures).toEqual(replicate(prepareExperiment(one.scenario, new Map(one.programs)), turn))
  }
})
