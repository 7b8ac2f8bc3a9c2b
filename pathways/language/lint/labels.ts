/** What people read must have a name (bpmnlint: label-required). */
import { called, calledInFrench, sentence } from '../bpmn/compilation.ts'
import { type Element, elementOf, elementsOf, idOf, textOf } from '../bpmn/element.ts'
import { type FileElements, said } from '../bpmn/file-elements.ts'
import { nodeKinds } from '../bpmn/kinds.ts'
import type { Finding } from '../finding.ts'
import { gather } from '../gather.ts'

/** A warning for each element without a name that people would look for. */
export const lintLabels = ({ elements, ofType }: FileElements): Finding[] => {
  const leaving = new Map<Element, number>()
  for (const flow of ofType('bpmn:SequenceFlow')) {
    const source = elementOf(flow, 'sourceRef')
    if (source) leaving.set(source, (leaving.get(source) ?? 0) + 1)
  }
  const alone = new Set([...aloneOf(ofType('bpmn:StartEvent')), ...aloneOf(ofType('bpmn:EndEvent'))])
  return elements
    .filter((element) => textOf(element, 'name') === '' && isRead(element, leaving) && !alone.has(element))
    .map(unnamed)
}

/** The one start and the one end of a scope, where they are plain, say all by their shape. */
const aloneOf = (events: Element[]): Element[] => {
  const beside = new Map<Element | undefined, Element[]>()
  for (const event of events) gather(beside, event.$parent, event)
  return [...beside.values()].flatMap(([only, other]) =>
    only && !other && elementsOf(only, 'eventDefinitions').length === 0 ? [only] : [],
  )
}

/** Gateways ask a question where they part flows by conditions; a subprocess is named by what stands in it. */
const isRead = (element: Element, leaving: ReadonlyMap<Element, number>): boolean => {
  const { $type } = element
  if ($type === 'bpmn:SequenceFlow') return element.conditionExpression !== undefined
  if ($type === 'bpmn:Participant') return true
  if ($type === 'bpmn:Lane') return elementsOf(element.$parent!, 'lanes').length > 1
  if (nodeKinds[$type] === undefined || /SubProcess$|Transaction$|ParallelGateway$|EventBasedGateway$/.test($type)) return false
  return !$type.endsWith('Gateway') || (leaving.get(element) ?? 0) > 1
}

const unnamed = (element: Element): Finding =>
  said(
    idOf(element),
    'label-required',
    [`${sentence(called(element))} has no name.`, 'Name it, so that people know what it says.'],
    [`${sentence(calledInFrench(element))} n’a pas de nom.`, 'Nommez-le, pour que chacun sache ce qu’il dit.'],
    'warning',
  )
