/**
 * What an element may hold once (the schema of BPMN 2.0.2, chapters 8 to 10). The reader of BPMN keeps the last of several and says nothing, so this
 * looks at the text itself.
 */
import { Parser } from 'saxen'
import type { Finding } from '../finding.ts'
import { said } from './file-elements.ts'

/** By element name, what it is one of: of all with the same word an element holds at most one. */
const once: Record<string, string> = {
  standardLoopCharacteristics: 'loop',
  multiInstanceLoopCharacteristics: 'loop',
  timeDate: 'time',
  timeDuration: 'time',
  timeCycle: 'time',
  conditionExpression: 'condition',
  condition: 'condition',
  loopCondition: 'loopCondition',
  loopCardinality: 'loopCardinality',
  completionCondition: 'completionCondition',
  activationCondition: 'activationCondition',
  script: 'script',
  ioSpecification: 'ioSpecification',
  targetRef: 'targetRef',
  transformation: 'transformation',
  participantMultiplicity: 'participantMultiplicity',
  childLaneSet: 'childLaneSet',
}

/** Most files hold few of these, and many none. */
const anyOf = new RegExp(`<(?:[\\w.-]+:)?(?:${Object.keys(once).join('|')})\\b`)

interface Open {
  name: string
  id: string
  held: Set<string>
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** A finding for each element that holds twice what it may hold once. */
export const checkOnce = (xml: string): Finding[] => {
  if (!anyOf.test(xml)) return []
  const findings: Finding[] = []
  const open: Open[] = []
  let foreign = 0
  new Parser()
    .on('openTag', (tag, attributes) => {
      const name = localName(tag)
      const parent = open[open.length - 1]
      const what = foreign === 0 && Object.hasOwn(once, name) ? once[name] : undefined
      if (what && parent?.held.has(what)) findings.push(repeated(parent, what))
      if (what) parent?.held.add(what)
      if (name === 'extensionElements') foreign += 1
      open.push({ name, id: attributes().id ?? parent?.id ?? '', held: new Set() })
    })
    .on('closeTag', () => {
      if (open.pop()?.name === 'extensionElements') foreign -= 1
    })
    .on('error', () => {})
    .on('warn', () => {})
    .parse(xml)
  return findings
}

const repeated = ({ id }: Open, what: string): Finding => {
  if (what === 'time')
    return said(
      id,
      'timer-several',
      [`"${id}" has several times.`, 'Keep one: a date, a duration or a cycle.'],
      [`« ${id} » a plusieurs temps.`, 'Gardez-en un : une date, une durée ou un cycle.'],
    )
  if (what === 'loop')
    return said(
      id,
      'loop-several',
      [`"${id}" repeats in two ways.`, 'Keep the loop or the multiple instances.'],
      [`« ${id} » se répète de deux façons.`, 'Gardez la boucle ou les instances multiples.'],
    )
  return said(
    id,
    'repeated-element',
    [`"${id}" holds <${what}> more than once.`, 'Keep one of them.'],
    [`« ${id} » contient plusieurs fois <${what}>.`, 'Gardez-en un.'],
  )
}
