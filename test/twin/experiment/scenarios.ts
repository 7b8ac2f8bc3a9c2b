/** Small scenarios for tests: what happens in one, by the minute, and what it measures. */
import { compile } from '../../../pathways/language/compile.ts'
import { NodeKind } from '../../../pathways/language/program.ts'
import { prepareExperiment } from '../../../twin/experiment/prepare.ts'
import { replicate } from '../../../twin/experiment/replicate.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'

const head =
  'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:hospital="urn:parcours:hospital:1"'

/** A drawing of one process, `visit`. */
export const drawing = (inside: string): string =>
  `<definitions ${head} id="d" targetNamespace="t"><process id="visit" isExecutable="true">${inside}</process></definitions>`

export const flow = (source: string, target: string, inside = ''): string =>
  `<sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}">${inside}</sequenceFlow>`

/** Start, one task after another, end. */
export const inARow = (...tasks: string[]): string =>
  drawing(
    `<startEvent id="In"/>${tasks.map((id) => `<task id="${id}"/>`).join('')}<endEvent id="Out"/>${['In', ...tasks].map((id, index) => flow(id, tasks[index] ?? 'Out')).join('')}`,
  )

const minuteMs = 60_000

/** Of `visit.bpmn`, executable or not. */
export const experimentOf = async (bpmn: string, scenario: Record<string, unknown>) => {
  const { programs, drawings } = await compile({ bpmn })
  const parsed = ScenarioFile.parse({ pathways: ['visit.bpmn'], horizon: 'P1D', ...scenario })
  return prepareExperiment(parsed, new Map([['visit.bpmn', [...programs, ...drawings]]]))
}

/** Of `visit.bpmn`: one replication, its measures by name and its lines, as `10 visit-1 granted Exam`. */
export const simulated = async (bpmn: string, scenario: Record<string, unknown>, replication = 0) => {
  const experiment = await experimentOf(bpmn, scenario)
  const nodes = new Map(experiment.options.programs.map((program) => [program.process, program.nodes]))
  const lines: string[] = []
  const measures = replicate(experiment, replication, undefined, {
    recorded: (run, { event, element }, at) => {
      const { id, kind } = nodes.get(run.pathway)![element]!
      if (
        ['granted', 'completed'].includes(event) &&
        kind !== NodeKind.startEvent &&
        kind !== NodeKind.endEvent &&
        id !== run.pathway
      )
        lines.push(`${at / minuteMs} ${run.id} ${event} ${id}`)
    },
  })!
  return { experiment, lines, value: (name: string) => measures.find((each) => each.name === name)?.value, measures }
}

/** One doctor. */
export const doctor = { pools: [{ id: 'doctor', units: 1 }] }
/** Calm patients first: level 1 at 0 and 5 min, level 2 at 10 min. */
export const calmAndUrgent = [
  { id: 'calm', pathway: 'visit', times: ['PT0M', 'PT5M'], variables: { level: 1 } },
  { id: 'urgent', pathway: 'visit', times: ['PT10M'], variables: { level: 2 } },
]
/** `Exam`, by the doctor, twenty minutes, the higher level first. */
export const exam = (more: Record<string, unknown>) => [
  { file: 'visit.bpmn', elements: { Exam: { duration: 'PT20M', needs: [{ pool: 'doctor' }], priority: '=level', ...more } } },
]
