/** What stands on which element: the groups of the hospital's properties, and their fields. */
import type { MessageKey } from '../../../locales/fr.ts'
import type { ModdleElement } from '../diagram-js.ts'

/** Where the choices of a field come from. */
export type Choice = 'role' | 'form' | 'pool' | 'hold' | 'decision' | 'connector' | 'pathway' | 'distribution' | 'operator'

export interface Field {
  attribute: string
  label: MessageKey
  /** Text, FEEL after "=" or text, or one of several. */
  kind: 'text' | 'feel' | Choice
  hint?: MessageKey
  /** Said as `1 h 30 min`, kept as ISO 8601. */
  isDuration?: true
  /** A name that only this expression knows: chance in the twin, from 0 to 1; what the connector or the called pathway answers. */
  knows?: 'luck' | 'result'
}

export interface Group {
  id: string
  label: MessageKey
  /** The extension; several of them may stand there when `many`. */
  type: string
  many: boolean
  fields: Field[]
  on: (element: ModdleElement) => boolean
}

const is =
  (...types: string[]) =>
  (element: ModdleElement) =>
    types.some((type) => element.$instanceOf(type))

const isActivity = is('bpmn:Activity')
const isTask = is('bpmn:Task')
const isCall = is('bpmn:CallActivity')
const isScope = is('bpmn:Process', 'bpmn:SubProcess')
const holdsData = (element: ModdleElement) => isTask(element) || isCall(element)
const hasMessage = (element: ModdleElement) =>
  is('bpmn:SendTask', 'bpmn:ReceiveTask')(element) ||
  (((element.$instanceOf('bpmn:Event') && element.get('eventDefinitions')) || []) as ModdleElement[]).some(
    is('bpmn:MessageEventDefinition', 'bpmn:SignalEventDefinition'),
  )
/** Where chance decides: out of a gateway. */
const leavesGateway = (element: ModdleElement) =>
  element.$instanceOf('bpmn:SequenceFlow') &&
  ((element.get('sourceRef') as ModdleElement | undefined)?.$instanceOf('bpmn:Gateway') ?? false)

const pool: Field[] = [
  { attribute: 'pool', label: 'properties.pool', kind: 'pool' },
  { attribute: 'quantity', label: 'properties.quantity', kind: 'feel' },
]
const variable: Field = { attribute: 'variable', label: 'properties.variable', kind: 'text' }
const value: Field = { attribute: 'value', label: 'properties.value', kind: 'feel' }
const name: Field = { attribute: 'name', label: 'properties.name', kind: 'text' }
const hold: Field = { attribute: 'hold', label: 'properties.hold', kind: 'hold' }
const as: Field = { attribute: 'as', label: 'properties.as', kind: 'text' }

const parameters = ['value', 'mean', 'sd', 'min', 'mode', 'max', 'shape', 'scale', 'tail', 'shift', 'atLeast', 'atMost'] as const
const parameterField = (attribute: (typeof parameters)[number]): Field => ({
  attribute,
  label: `properties.duration.${attribute}`,
  kind: 'text',
  ...(attribute !== 'shape' && { isDuration: true }),
})
/** What each distribution needs; docs/architecture.md. */
export const DISTRIBUTIONS: Record<string, Field[]> = Object.fromEntries(
  Object.entries({
    fixed: ['value'],
    exponential: ['mean'],
    uniform: ['min', 'max'],
    triangular: ['min', 'mode', 'max'],
    pert: ['min', 'mode', 'max'],
    normal: ['mean', 'sd'],
    lognormal: ['mean', 'sd'],
    gamma: ['shape', 'scale'],
    weibull: ['shape', 'scale'],
    exgaussian: ['mean', 'sd', 'tail'],
  } satisfies Record<string, (typeof parameters)[number][]>).map(([distribution, needs]) => [
    distribution,
    [...needs, 'shift' as const, 'atLeast' as const, 'atMost' as const].map(parameterField),
  ]),
)
export const OPERATORS = ['=', '!=', '<=', '>=', 'in']
/** Of the attribute of a unit that is asked for. */
export const WHERE: Field[] = [
  { attribute: 'attribute', label: 'properties.where.attribute', kind: 'text' },
  { attribute: 'operator', label: 'properties.where.operator', kind: 'operator' },
  { attribute: 'value', label: 'properties.where.value', kind: 'feel' },
]

export const GROUPS: Group[] = [
  {
    ...{ id: 'task', label: 'properties.task', type: 'hospital:Task', many: false },
    on: is('bpmn:UserTask', 'bpmn:ManualTask'),
    fields: [
      { attribute: 'role', label: 'properties.role', kind: 'role' },
      { attribute: 'form', label: 'properties.form', kind: 'form' },
      { attribute: 'place', label: 'properties.place', kind: 'feel' },
      { attribute: 'due', label: 'properties.due', kind: 'feel', hint: 'properties.due.hint', isDuration: true },
    ],
  },
  {
    ...{ id: 'decision', label: 'properties.decision', type: 'hospital:Decision', many: false },
    on: is('bpmn:BusinessRuleTask'),
    fields: [
      { attribute: 'ref', label: 'properties.decision.ref', kind: 'decision' },
      { attribute: 'result', label: 'properties.result', kind: 'text' },
    ],
  },
  {
    ...{ id: 'result', label: 'properties.script', type: 'hospital:Result', many: false },
    on: is('bpmn:ScriptTask'),
    fields: [{ attribute: 'variable', label: 'properties.result', kind: 'text' }],
  },
  {
    ...{ id: 'activity', label: 'properties.activity', type: 'hospital:Activity', many: false },
    on: is('bpmn:ServiceTask', 'bpmn:SendTask'),
    fields: [{ attribute: 'name', label: 'properties.connector', kind: 'connector', hint: 'properties.connector.hint' }],
  },
  {
    ...{ id: 'duration', label: 'properties.duration', type: 'hospital:Duration', many: false },
    on: isActivity,
    fields: [{ attribute: 'distribution', label: 'properties.distribution', kind: 'distribution' }],
  },
  { id: 'needs', label: 'properties.needs', type: 'hospital:Need', many: true, on: isActivity, fields: pool },
  { id: 'takes', label: 'properties.takes', type: 'hospital:Take', many: true, on: isActivity, fields: [hold] },
  { id: 'gives', label: 'properties.gives', type: 'hospital:Give', many: true, on: isActivity, fields: [hold] },
  { id: 'holds', label: 'properties.holds', type: 'hospital:Hold', many: true, on: isScope, fields: [name, ...pool] },
  {
    ...{ id: 'priority', label: 'properties.priority', type: 'hospital:Priority', many: false },
    on: (element) => isScope(element) || isActivity(element),
    fields: [value],
  },
  {
    ...{ id: 'slot', label: 'properties.slot', type: 'hospital:Slot', many: false },
    on: isActivity,
    fields: [
      { attribute: 'unit', label: 'properties.slot.unit', kind: 'feel' },
      { attribute: 'start', label: 'properties.slot.start', kind: 'feel' },
    ],
  },
  { id: 'inputs', label: 'properties.inputs', type: 'hospital:Input', many: true, on: holdsData, fields: [name, value] },
  {
    ...{ id: 'outputs', label: 'properties.outputs', type: 'hospital:Output', many: true },
    on: holdsData,
    fields: [name, { ...value, knows: 'result' }],
  },
  { id: 'lends', label: 'properties.lends', type: 'hospital:Lend', many: true, on: isCall, fields: [hold, as] },
  { id: 'handOvers', label: 'properties.handOvers', type: 'hospital:HandOver', many: true, on: isCall, fields: [hold, as] },
  {
    ...{ id: 'outcomes', label: 'properties.outcomes', type: 'hospital:Outcome', many: true },
    on: isActivity,
    fields: [variable, { ...value, knows: 'luck' }],
  },
  {
    ...{ id: 'correlation', label: 'properties.correlation', type: 'hospital:Correlation', many: false },
    on: hasMessage,
    fields: [{ attribute: 'key', label: 'properties.correlation.key', kind: 'feel' }],
  },
  { id: 'payloads', label: 'properties.payloads', type: 'hospital:Payload', many: true, on: hasMessage, fields: [name, value] },
  { id: 'sets', label: 'properties.sets', type: 'hospital:Set', many: true, on: hasMessage, fields: [variable, value] },
  {
    ...{ id: 'probability', label: 'properties.probability', type: 'hospital:Probability', many: false },
    on: leavesGateway,
    fields: [{ attribute: 'value', label: 'properties.probability.value', kind: 'text', hint: 'properties.probability.hint' }],
  },
]
