// Goal: pathways stepped directly measure what the engine's measure, number by number. Method: some hours of the library's own hospital, and random pathways of all that is taken, by both.
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { experimentOf, readNamedScenario } from '../../../command/scenario.ts'
import { compile } from '../../../pathways/language/compile.ts'
import { Beyond } from '../../../twin/compiled/index.ts'
import { type DirectHospital, directHospital } from '../../../twin/direct/index.ts'
import { Measures } from '../../../twin/experiment/measures.ts'
import { type Experiment, prepareExperiment } from '../../../twin/experiment/prepare.ts'
import { replicate, replicateInGeneral } from '../../../twin/experiment/replicate.ts'
import { Series, Watch } from '../../../twin/forecast/watch.ts'
import { createHospital } from '../../../twin/simulate/index.ts'
import { blocks, drawingOf } from './drawings.ts'
import { scenarioOf } from './scenario.ts'

const expectTheSame = (experiment: Experiment, replication: number) => {
  const options = { ...experiment.options, replication }
  expect(directHospital(options, new Measures(experiment))).not.toBeInstanceOf(Beyond)
  expect(replicate(experiment, replication)).toEqual(replicateInGeneral(experiment, options))
}

/** From the state that the engine comes to at a time: measures, and what a watch sees every half hour. */
const expectToGoOnTheSame = (experiment: Experiment, at: number) => {
  const { options, end } = experiment
  const before = createHospital({ ...options, replication: 2 })
  before.run(at)
  const given = { ...options, replication: 2, state: before.state() }
  const series = new Series(options.programs, options.ledger)
  const inGeneral = new Measures(experiment)
  const ofGeneral = new Watch(series)
  const general = createHospital({ ...given, observer: inGeneral.observer })
  const watched = createHospital({ ...given, observer: ofGeneral.observer })
  inGeneral.begin(general)
  const directly = new Measures(experiment)
  const ofDirect = new Watch(series)
  const direct = directHospital(given, directly) as DirectHospital
  expect(direct).not.toBeInstanceOf(Beyond)
  const seen = directHospital(given, ofDirect) as DirectHospital
  ofGeneral.begin(watched)
  ofDirect.begin(seen)
  for (let until = at; until < end; until = Math.min(end, until + 1_800_000)) {
    for (const hospital of [general, watched, direct, seen]) hospital.run(until)
    expect(ofDirect.read()).toEqual(ofGeneral.read())
  }
  expect(directly.until(end)).toEqual(inGeneral.until(end))
  expect(direct.stuck).toBe(general.stuck)
}

describe('pathways that are stepped directly', () => {
  it('measure a night and a morning of the hospital of 500 beds as the engine does', async () => {
    const named = await readNamedScenario(fileURLToPath(new URL('../../../scenarios/hopital-500/year.yaml', import.meta.url)))
    named.scenario.horizon = 'PT9H'
    const experiment = await experimentOf(named)
    expectTheSame(experiment, 3)
    expectToGoOnTheSame(experiment, 7 * 3_600_000 + 123_456)
  }, 60_000)

  it('measure any pathway as the engine does', async () => {
    await fc.assert(
      fc.asyncProperty(blocks, blocks, fc.nat(), async (visit, called, seed) => {
        const { drawings, findings } = await compile({ bpmn: drawingOf(visit, called) })
        expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
        const experiment = prepareExperiment(scenarioOf(seed), new Map([['visit.bpmn', drawings]]))
        expectTheSame(experiment, 0)
        expectToGoOnTheSame(experiment, experiment.end * (0.2 + (0.6 * (seed % 7)) / 7))
      }),
      { numRuns: 12 },
    )
  }, 300_000)

  it('leave a run that hears its own signal to the engine, which lets it hear before it goes on', async () => {
    const drawing = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="http://parcours" id="d"
      xmlns:hospital="urn:parcours:hospital:1"><signal id="done" name="done"/><process id="visit" isExecutable="false">
      <startEvent id="s"/><subProcess id="inside"><startEvent id="i"/>
        <intermediateThrowEvent id="say"><signalEventDefinition signalRef="done"/></intermediateThrowEvent><endEvent id="o"/>
        <sequenceFlow id="f1" sourceRef="i" targetRef="say"/><sequenceFlow id="f2" sourceRef="say" targetRef="o"/></subProcess>
      <boundaryEvent id="heard" attachedToRef="inside"><signalEventDefinition signalRef="done"/></boundaryEvent>
      <endEvent id="through"/><endEvent id="told"/>
      <sequenceFlow id="f3" sourceRef="s" targetRef="inside"/><sequenceFlow id="f4" sourceRef="inside" targetRef="through"/>
      <sequenceFlow id="f5" sourceRef="heard" targetRef="told"/></process>
      <process id="clean" isExecutable="false"><startEvent id="In"/><sequenceFlow id="a" sourceRef="In" targetRef="Out"/>
      <endEvent id="Out"/></process></definitions>`
    const { drawings, findings } = await compile({ bpmn: drawing })
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    const experiment = prepareExperiment(scenarioOf(1), new Map([['visit.bpmn', drawings]]))
    expect(directHospital(experiment.options, new Measures(experiment))).toBeInstanceOf(Beyond)
    expect(replicate(experiment, 0)).toEqual(replicateInGeneral(experiment, { ...experiment.options, replication: 0 }))
  })
})
