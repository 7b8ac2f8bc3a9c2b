/** What a difference calls a property: in the reader's words where people know it by others than the standard's. */
import { text } from '../../shared/language.ts'

const NAMES = {
  name: 'property.name',
  conditionExpression: 'property.condition',
  sourceRef: 'property.source',
  targetRef: 'property.target',
  default: 'property.default',
  documentation: 'property.documentation',
  type: 'property.type',
  label: 'property.label',
  calledElement: 'property.called',
  'hospital:task': 'property.task',
  'hospital:duration': 'property.duration',
  'hospital:need': 'property.need',
  'hospital:hold': 'property.hold',
  'hospital:take': 'property.take',
  'hospital:give': 'property.give',
  'hospital:priority': 'property.priority',
  'hospital:probability': 'property.probability',
  'hospital:outcome': 'property.outcome',
  'hospital:input': 'property.input',
  'hospital:output': 'property.output',
  'hospital:activity': 'property.activity',
  'hospital:decision': 'property.decision',
} as const

/** `rule 3: Total` is a row of a table, and what of it. */
export function propertyName(property: string): string {
  const [, kind, number, rest] = /^(rule) (\d+)(?:: (.*))?$/.exec(property) ?? []
  if (kind) return text('property.rule', { number: number! }) + (rest ? `, ${rest}` : '')
  return Object.hasOwn(NAMES, property) ? text(NAMES[property as keyof typeof NAMES]) : property
}
