/** A moddle tree as a flat list of elements, each with its properties as text. Where and how it is drawn is left aside. */
import type { Element } from '../bpmn/element.ts'
import { gather } from '../gather.ts'

export interface Described {
  type: string
  name: string
  properties: Map<string, string>
}

interface Descriptor {
  properties?: { name: string; isReference?: boolean; isVirtual?: boolean }[]
}

/** What stands on its own in a model; all else (expressions, event definitions, loops) is a property of the one it stands in. */
const STANDING = [
  'bpmn:FlowElement',
  'bpmn:RootElement',
  'bpmn:Artifact',
  'bpmn:Participant',
  'bpmn:MessageFlow',
  'bpmn:Lane',
  'bpmn:LaneSet',
]

/** Written on the other end of a flow as well, or by the editor for itself. */
const ASIDE = new Set(['id', 'di', 'diagrams', 'incoming', 'outgoing', 'exporter', 'exporterVersion'])

const isElement = (value: unknown): value is Element => typeof value === 'object' && value !== null && '$type' in value

const isStanding = (element: Element): boolean =>
  element.id !== undefined &&
  !/EventDefinition$/.test(element.$type) &&
  STANDING.some((type) => element.$instanceOf?.(type) === true)

/** Every element of the tree that has an id of its own and stands on its own, by id, in document order; the file itself is ''. */
export const describeAll = (definitions: Element): Map<string, Described> => {
  const all = new Map<string, Described>()
  const visit = (element: Element, key: string, parent: string): void => {
    const properties = new Map<string, string>()
    if (parent !== '') properties.set('parent', parent)
    all.set(key, { type: element.$type, name: element.name ?? '', properties })
    for (const [name, value, reference] of propertiesOf(element)) {
      const inside: unknown[] = []
      for (const one of Array.isArray(value) ? value : [value]) {
        if (!reference && isElement(one) && isStanding(one)) visit(one, one.id!, key)
        else inside.push(one)
      }
      if (name === 'extensionElements') for (const [type, text] of extensionTexts(value)) properties.set(type, text)
      else if (inside.length > 0) properties.set(name, listText(inside, reference))
    }
  }
  visit(definitions, '', '')
  return all
}

/** What the file says of an element, in the standard's order, then what it adds to the standard. */
const propertiesOf = (element: Element): [string, unknown, boolean][] => {
  const { properties = [] } = (element.$descriptor ?? {}) as Descriptor
  const said = properties.flatMap(({ name, isReference, isVirtual }): [string, unknown, boolean][] => {
    const short = name.replace(/^bpmn:/, '')
    const key = Object.hasOwn(element, short) ? short : name
    return isVirtual || ASIDE.has(short) || !Object.hasOwn(element, key) ? [] : [[short, element[key], isReference === true]]
  })
  const added = Object.entries(element.$attrs ?? {}).filter(([name]) => !/^xmlns(:|$)|^xsi:/.test(name) && !COLOUR.test(name))
  return [...said, ...added.map(([name, value]): [string, unknown, boolean] => [name, value, false])]
}

const COLOUR = /^(bioc|color):/

const extensionTexts = (holder: unknown): Map<string, string> => {
  const texts = new Map<string, string[]>()
  const values = isElement(holder) && Array.isArray(holder.values) ? (holder.values as Element[]) : []
  for (const value of values) {
    const type = value.$type.replace(/:[A-Z]/, (start) => start.toLowerCase())
    gather(texts, type, textOf(value))
  }
  return new Map([...texts].map(([type, all]) => [type, all.join('; ')]))
}

/** References are a set: their order says nothing. */
const listText = (values: unknown[], reference: boolean): string =>
  reference
    ? values
        .map((value) => (isElement(value) ? (value.id ?? value.name ?? '') : String(value)))
        .sort()
        .join('; ')
    : values.map(textOf).join('; ')

/** An element that is a property, as text: its body or text alone where that is all it says. */
const textOf = (value: unknown): string => {
  if (!isElement(value)) return String(value)
  const own = Array.isArray((value.$descriptor as Descriptor | undefined)?.properties) ? propertiesOf(value) : genericOf(value)
  const parts = own.map(([name, one, reference]): [string, string] => [
    name,
    listText(Array.isArray(one) ? one : [one], reference).trim(),
  ])
  const [first] = parts
  if (parts.length === 1 && /^(body|text|\$body)$/.test(first![0])) return first![1]
  const inside = parts.map(([name, text]) => `${name}=${text}`).join(' ')
  return /^bpmn:(?!FormalExpression|Documentation|Expression)/.test(value.$type) ? `${value.$type}(${inside})` : inside
}

/** What is in no known namespace: moddle keeps its attributes as they are, its children apart. */
const genericOf = (value: Element): [string, unknown, boolean][] => [
  ...Object.entries(value).flatMap(([name, one]): [string, unknown, boolean][] =>
    name === '$body' || !name.startsWith('$') ? [[name, one, false]] : [],
  ),
  ...(value.$children ?? []).map((child): [string, unknown, boolean] => [child.$type, child, false]),
]
