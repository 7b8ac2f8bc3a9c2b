/** How scopes begin and end, as people read them (bpmnlint: single-blank-start-event, superfluous-termination). */
import { called, calledInFrench, sentence } from '../bpmn/compilation.ts'
import { type Element, elementOf, elementsOf, idOf } from '../bpmn/element.ts'
import { type FileElements, isContainer, said } from '../bpmn/file-elements.ts'
import { nodeKinds } from '../bpmn/kinds.ts'
import type { Finding } from '../finding.ts'

/** Warnings about a process that begins plainly in several ways, and about a termination that ends nothing else. */
export const lintEnds = ({ elements }: FileElements): Finding[] =>
  elements.filter(isContainer).flatMap((scope) => [...checkStarts(scope), ...checkTermination(scope)])

/** A subprocess may not do so at all: the compiler refuses it. */
const checkStarts = (scope: Element): Finding[] => {
  const blank = elementsOf(scope, 'flowElements').filter(
    (element) => element.$type === 'bpmn:StartEvent' && elementsOf(element, 'eventDefinitions').length === 0,
  )
  if (scope.$type !== 'bpmn:Process' || blank.length < 2) return []
  return [
    said(
      idOf(scope),
      'several-blank-starts',
      [
        `${sentence(called(scope))} has several plain start events: it begins at all of them.`,
        'Keep one, or say what triggers each.',
      ],
      [
        `${sentence(calledInFrench(scope))} a plusieurs événements de début simples : il commence par tous à la fois.`,
        'Gardez-en un, ou dites ce qui déclenche chacun.',
      ],
      'warning',
    ),
  ]
}

/** A scope whose only end is a termination would end there anyway. */
const checkTermination = (scope: Element): Finding[] => {
  const inside = elementsOf(scope, 'flowElements')
  const left = new Set(inside.flatMap((flow) => elementOf(flow, 'sourceRef') ?? []))
  const ends = inside.filter((element) => nodeKinds[element.$type] !== undefined && !left.has(element) && !isBeside(element))
  const [end, other] = ends
  const terminates = end && elementsOf(end, 'eventDefinitions').some(({ $type }) => $type === 'bpmn:TerminateEventDefinition')
  if (!end || other || !terminates || parts(inside)) return []
  return [
    said(
      idOf(end),
      'superfluous-termination',
      [`${sentence(called(end))} terminates, though nothing else can be under way.`, 'Make it a plain end event.'],
      [
        `${sentence(calledInFrench(end))} met fin à tout, alors que rien d’autre ne peut être en cours.`,
        'Faites-en un simple événement de fin.',
      ],
      'warning',
    ),
  ]
}

const isBeside = (element: Element): boolean => element.triggeredByEvent === true || element.isForCompensation === true

/** Whether several tokens may be on their way: then a termination ends something. */
const parts = (inside: Element[]): boolean => {
  const leaving = new Map<Element, number>()
  for (const flow of inside) {
    const source = elementOf(flow, 'sourceRef')
    if (source && source.$type !== 'bpmn:ExclusiveGateway' && source.$type !== 'bpmn:EventBasedGateway')
      leaving.set(source, (leaving.get(source) ?? 0) + 1)
  }
  return (
    [...leaving.values()].some((count) => count > 1) ||
    inside.some(({ cancelActivity, triggeredByEvent }) => cancelActivity === false || triggeredByEvent === true)
  )
}
