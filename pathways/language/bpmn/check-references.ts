/** What an element refers to: that it does so where it must, and to something of the right kind (the attribute tables of BPMN 2.0.2, chapters 8 to 10). */
import type { Finding } from '../finding.ts'
import { called, calledInFrench, sentence } from './compilation.ts'
import { type Element, elementOf, elementsOf, idOf, textOf } from './element.ts'
import { type FileElements, isElement, propertiesOf, said, severityOfData } from './file-elements.ts'
import { drawnOnly } from './kinds.ts'

/** What each type cannot do without, as the schema has it; an event's own definitions are told by the compiler. */
const needed: Record<string, string[]> = {
  'bpmn:SequenceFlow': ['sourceRef', 'targetRef'],
  'bpmn:MessageFlow': ['sourceRef', 'targetRef'],
  'bpmn:Association': ['sourceRef', 'targetRef'],
  'bpmn:ConversationLink': ['sourceRef', 'targetRef'],
  'bpmn:DataInputAssociation': ['targetRef'],
  'bpmn:DataOutputAssociation': ['targetRef'],
  'bpmn:BoundaryEvent': ['attachedToRef'],
  'bpmn:CorrelationSubscription': ['correlationKeyRef'],
  'bpmn:CorrelationPropertyBinding': ['correlationPropertyRef', 'dataPath'],
  'bpmn:CorrelationProperty': ['correlationPropertyRetrievalExpression'],
  'bpmn:CorrelationPropertyRetrievalExpression': ['messageRef', 'messagePath'],
  'bpmn:ComplexBehaviorDefinition': ['condition'],
  'bpmn:ParticipantAssociation': ['innerParticipantRef', 'outerParticipantRef'],
  'bpmn:MessageFlowAssociation': ['innerMessageFlowRef', 'outerMessageFlowRef'],
  'bpmn:Assignment': ['from', 'to'],
}

/** References that say nothing about how a model runs, or that tools fill with what they like. */
const free: ReadonlySet<string> = new Set([
  'extensionDefinitions',
  'incoming',
  'outgoing',
  'categoryValueRef',
  'structureRef',
  'lanes',
  'partitionElementRef',
  'definition',
  'source',
  'target',
  'evaluatesToTypeRef',
  // Sets in the metamodel, data in the table beside it (10.3.7) and in files.
  'inputDataRef',
  'outputDataRef',
])

/** A finding for each reference that is missing, or that leads to the wrong kind of element. @param dangling ids of the elements whose references were refused already. */
export const checkReferences = ({ elements }: FileElements, dangling: ReadonlySet<string>): Finding[] =>
  elements.flatMap((element) => [
    ...missingOf(element, dangling),
    ...wrongOf(element),
    ...ownedOf(element),
    ...emptyOf(element),
    ...rolesOf(element),
  ])

/** Expressions that work something out of data: without a text they work out nothing (8.4.2, 10.4.2). */
const emptyOf = (element: Element): Finding[] =>
  ['messagePath', 'dataPath', 'transformation']
    .filter((property) => {
      const expression = elementOf(element, property)
      return expression !== undefined && textOf(expression, 'body') === ''
    })
    .map((property) =>
      said(
        idOf(element),
        'empty-expression',
        [`${sentence(called(element))}: its ${property} is empty.`, 'Write it in FEEL, or remove it.'],
        [`${sentence(calledInFrench(element))} : ${property} est vide.`, 'Écrivez-le en FEEL, ou supprimez-le.'],
        severityOfData(element),
      ),
    )

/** Who does the work is named, or worked out, not both; what is bound to parameters is those of somebody named (table 10.5). */
const rolesOf = (element: Element): Finding[] => {
  const [named, isWorkedOut] = [
    elementOf(element, 'resourceRef'),
    elementOf(element, 'resourceAssignmentExpression') !== undefined,
  ]
  const isBound = elementsOf(element, 'resourceParameterBindings').length > 0
  if (!(named && isWorkedOut) && !(isBound && !named)) return []
  const at = element.$parent!
  return [
    said(
      idOf(at),
      'resource-role',
      [
        `${sentence(called(at))}: whoever does it is both named and worked out, or has parameters of nobody named.`,
        'Keep the reference to a resource with its parameters, or the expression alone.',
      ],
      [
        `${sentence(calledInFrench(at))} : qui la fait est à la fois nommé et calculé, ou a les paramètres de personne.`,
        'Gardez la référence à une ressource avec ses paramètres, ou l’expression seule.',
      ],
      severityOfData(at),
    ),
  ]
}

/** "Reusable EventDefinitions are defined as top-level elements": what stands in one event is no other's (10.5.1, eventDefinitionRef). */
const ownedOf = (element: Element): Finding[] =>
  elementsOf(element, 'eventDefinitionRef')
    .filter((definition) => definition.$parent !== undefined && definition.$parent.$type !== 'bpmn:Definitions')
    .map((definition) => wrong(element, 'eventDefinitionRef', definition, 'bpmn:reusable event definition'))

const missingOf = (element: Element, dangling: ReadonlySet<string>): Finding[] =>
  (needed[element.$type] ?? [])
    .filter((property) => isMissing(element[property]) && !dangling.has(idOf(element)))
    .map((property) =>
      said(
        idOf(element),
        'missing-reference',
        [
          `${sentence(called(element))} has no ${property}, which the standard requires.`,
          `Connect it or write its ${property}, or remove it.`,
        ],
        [
          `${sentence(calledInFrench(element))} n’a pas de ${property}, que la norme exige.`,
          `Reliez-le ou écrivez ${property}, ou supprimez-le.`,
        ],
        // Drawn only, and left so by some tools; one that compensation needs is asked for there.
        element.$type === 'bpmn:Association' ? 'warning' : 'error',
      ),
    )

const isMissing = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0)

/** The ends of message flows have rules of their own, in message-flows.ts; data associations are drawn to an activity as a whole, and mean its data. */
const wrongOf = (element: Element): Finding[] => {
  const whole = element.$type.endsWith('DataInputAssociation') || element.$type.endsWith('DataOutputAssociation')
  const isMessageFlow = element.$type === 'bpmn:MessageFlow'
  return propertiesOf(element).flatMap(({ name, type, isReference }) => {
    const property = name.replace(/^.*:/, '')
    if (!isReference || free.has(property) || (isMessageFlow && property !== 'messageRef')) return []
    const value = element[property]
    return (
      (Array.isArray(value) ? value : [value])
        .filter(isElement)
        .filter((target) => target.$instanceOf?.(type) === false && !(whole && target === element.$parent))
        // Some tools put data into lanes, where people see it.
        .filter(
          (target) => !(property === 'flowNodeRef' && (drawnOnly.has(target.$type) || /Data(In|Out)put$/.test(target.$type))),
        )
        .map((target) => wrong(element, property, target, type))
    )
  })
}

const wrong = (element: Element, property: string, target: Element, type: string): Finding => {
  const kind = type.replace(/^.*:/, '')
  return said(
    idOf(element),
    'reference-kind',
    [
      `${sentence(called(element))} refers to ${called(target)} (${property}), which is no ${kind}.`,
      `Connect it with an element of the kind ${kind}.`,
    ],
    [
      `${sentence(calledInFrench(element))} renvoie à ${calledInFrench(target)} (${property}), qui n’est pas du genre ${kind}.`,
      `Reliez-le à un élément du genre ${kind}.`,
    ],
  )
}
