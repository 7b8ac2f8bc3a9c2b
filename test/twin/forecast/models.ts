/** A small emergency department with a ward, for the tests of forecasts. */
import type { Program } from '../../../pathways/language/program.ts'
import type { Model } from '../../../twin/forecast/fork.ts'
import type { Stream } from '../../../twin/simulate/index.ts'
import { pool, site, snapshot, units } from '../../pathways/resources/build.ts'
import { flows, process, task } from '../simulate/models.ts'

export const hourMs = 3_600_000

const need = (id: string) => `<hospital:need pool="${id}" quantity="1"/>`
const lasts = (distribution: string, parameters: string) => `<hospital:duration distribution="${distribution}" ${parameters}/>`

/** Triage, a cubicle that is kept until a bed is there, a stay. */
export const visit = (): Promise<Program> =>
  process(
    'visit',
    `<bpmn:extensionElements><hospital:hold name="cubicle" pool="cubicle" quantity="1"/><hospital:hold name="bed" pool="bed" quantity="1"/></bpmn:extensionElements>
    <bpmn:startEvent id="In"/>${task('Triage', need('nurse') + lasts('lognormal', 'mean="PT10M" sd="PT6M"'))}
    ${task('Exam', `<hospital:take hold="cubicle"/>${lasts('gamma', 'shape="2" scale="PT40M"')}`)}
    <bpmn:exclusiveGateway id="Way" default="Way_Out"/>
    ${task('Move', `<hospital:take hold="bed"/><hospital:give hold="cubicle"/>${lasts('uniform', 'min="PT5M" max="PT25M"')}`)}
    ${task('Stay', lasts('weibull', 'shape="1.5" scale="PT9H"'))}<bpmn:endEvent id="Out"/><bpmn:endEvent id="Left"/>
    ${flows('In>Triage', 'Triage>Exam', 'Exam>Way', 'Way>Out', 'Move>Stay', 'Stay>Left')}
    <bpmn:sequenceFlow id="Way_Move" sourceRef="Way" targetRef="Move"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">admitted</bpmn:conditionExpression></bpmn:sequenceFlow>`,
  )

export const ledger = () =>
  snapshot({
    pools: [pool('nurse'), pool('cubicle'), pool('bed')],
    units: [...units('nurse', 2), ...units('cubicle', 8), ...units('bed', 9)],
  })

export const stream = (arrivals: Stream['arrivals']): Stream => ({
  id: 'patients',
  pathway: 'visit',
  arrivals,
  variables: (index) => ({ admitted: index % 3 === 0 }),
})
export const always = (perHour: number) => ({
  rates: { perHourOfWeek: new Array<number>(168).fill(perHour), candidatesPerHour: 8 },
})

export const model = (program: Program, seed: number, arrivals: Stream['arrivals'] = always(3)): Model => ({
  programs: [program],
  site,
  seed,
  streams: [stream(arrivals)],
})
