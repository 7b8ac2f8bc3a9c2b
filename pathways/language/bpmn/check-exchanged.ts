/**
 * What is exchanged is of one kind on both sides: a message and the data of who sends or hears it (BPMN 2.0.2, 10.3.3), what events carry (10.4.1), and
 * what a call gives and is given back (10.3.6).
 */
import type { Finding } from '../finding.ts'
import { called, calledInFrench, sentence } from './compilation.ts'
import { type Element, elementOf, elementsOf, idOf, textOf } from './element.ts'
import { type FileElements, said, severityOfData } from './file-elements.ts'
import { carriedBy, contradict, itemOf, structureOf } from './item-kinds.ts'

/** Errors for data of another kind than what is sent, heard, called with or given back, and for events with more or fewer data than things to carry. */
export const checkExchanged = ({ ofType, elements }: FileElements): Finding[] => {
  const byId = new Map(elements.flatMap((element) => (element.id ? [[element.id, element] as const] : [])))
  return [
    ...['bpmn:SendTask', 'bpmn:ReceiveTask', 'bpmn:ServiceTask'].flatMap((type) => ofType(type).flatMap(checkTask)),
    ...catching.flatMap((type) => ofType(type).flatMap((event) => checkEvent(event, 'dataOutputs'))),
    ...throwing.flatMap((type) => ofType(type).flatMap((event) => checkEvent(event, 'dataInputs'))),
    ...ofType('bpmn:CallActivity').flatMap((call) => checkCall(call, byId)),
    ...ofType('bpmn:InputOutputBinding').flatMap(checkBinding),
    ...ofType('bpmn:MultiInstanceLoopCharacteristics').flatMap(checkInstances),
  ]
}

const catching = ['bpmn:StartEvent', 'bpmn:IntermediateCatchEvent', 'bpmn:BoundaryEvent']
const throwing = ['bpmn:IntermediateThrowEvent', 'bpmn:EndEvent']

/** "If the Data Input is present, it MUST have an ItemDefinition equivalent to that of the associated Message" (10.3.3). */
const checkTask = (task: Element): Finding[] => {
  const specification = elementOf(task, 'ioSpecification')
  if (!specification) return []
  const operation = elementOf(task, 'operationRef')
  const message = elementOf(task, 'messageRef') ?? elementOf(operation, 'inMessageRef')
  const [input] = elementsOf(specification, 'dataInputs')
  const [output] = elementsOf(specification, 'dataOutputs')
  if (task.$type === 'bpmn:SendTask') return differs(task, input, message)
  if (task.$type === 'bpmn:ReceiveTask') return differs(task, output, message)
  return [...differs(task, input, message), ...differs(task, output, elementOf(operation, 'outMessageRef'))]
}

const differs = (at: Element, data: Element | undefined, carrier: Element | undefined): Finding[] =>
  data && carrier && (contradict(itemOf(data), carriedBy(carrier)) || (isBare(data) && carriedBy(carrier)))
    ? [
        said(
          idOf(at),
          'message-data',
          [
            `${sentence(called(at))}: its ${called(data)} is of another kind than what ${called(carrier)} carries.`,
            'Give both one item definition.',
          ],
          [
            `${sentence(calledInFrench(at))} : ${calledInFrench(data)} n’est pas du même genre que ce que porte ${calledInFrench(carrier)}.`,
            'Donnez aux deux la même définition.',
          ],
          severityOfData(at),
        ),
      ]
    : []

/** It does not say what it holds, and so is not of the kind that it must be. */
const isBare = (data: Element): boolean => !elementOf(data, 'itemSubjectRef')

/** With several definitions "there MUST be one Data Input (or Data Output) for each", in their order, each of the kind that is carried (10.4.1). */
const checkEvent = (event: Element, property: 'dataInputs' | 'dataOutputs'): Finding[] => {
  const data = elementsOf(event, property)
  const definitions = [...elementsOf(event, 'eventDefinitionRef'), ...elementsOf(event, 'eventDefinitions')]
  if (data.length === 0 || definitions.length === 0) return []
  if (definitions.length > 1 && data.length !== definitions.length) return [unequal(event, data.length, definitions.length)]
  const carriers = definitions.map((definition) =>
    ['messageRef', 'signalRef', 'errorRef', 'escalationRef'].map((name) => elementOf(definition, name)).find(Boolean),
  )
  // One thing that is heard may be taken apart: each of several data is given what it has under its name.
  return definitions.length === 1 && data.length > 1 ? [] : data.flatMap((each, index) => differs(event, each, carriers[index]))
}

const unequal = (event: Element, data: number, definitions: number): Finding =>
  said(
    idOf(event),
    'event-data',
    [
      `${sentence(called(event))} has ${definitions} event definitions and ${data} data.`,
      'Declare one datum for each definition, in the same order, or none.',
    ],
    [
      `${sentence(calledInFrench(event))} a ${definitions} définitions d’événement et ${data} données.`,
      'Déclarez une donnée par définition, dans le même ordre, ou aucune.',
    ],
    severityOfData(event),
  )

/** What an operation of a process that is called as a service takes and gives is what its messages carry (10.3.7). */
const checkBinding = (binding: Element): Finding[] => {
  const operation = elementOf(binding, 'operationRef')
  return [
    ...differs(binding, elementOf(binding, 'inputDataRef'), elementOf(operation, 'inMessageRef')),
    ...differs(binding, elementOf(binding, 'outputDataRef'), elementOf(operation, 'outMessageRef')),
  ]
}

/** "The type of this Data Input MUST be the scalar of the type defined for the loopDataInput" (table 10.29). */
const checkInstances = (loop: Element): Finding[] => {
  const at = loop.$parent!
  const pairs = [
    [elementOf(loop, 'loopDataInputRef'), elementOf(loop, 'inputDataItem')],
    [elementOf(loop, 'loopDataOutputRef'), elementOf(loop, 'outputDataItem')],
  ] as const
  const isUnlike = pairs.some(([all, one]) => {
    const [kind, own] = [structureOf(itemOf(all)), structureOf(itemOf(one))]
    return kind !== '' && own !== '' && kind !== own
  })
  return isUnlike
    ? [
        said(
          idOf(at),
          'data-type',
          [
            `${sentence(called(at))}: its instances take or give items of another kind than the collection holds.`,
            'Give the item and the collection one structure.',
          ],
          [
            `${sentence(calledInFrench(at))} : ses instances prennent ou donnent des éléments d’un autre genre que ceux de la collection.`,
            'Donnez à l’élément et à la collection la même structure.',
          ],
          severityOfData(at),
        ),
      ]
    : []
}

/** "The elements contained in the Call Activity's InputOutputSpecification MUST exactly match the elements contained in the referenced CallableElement" (10.3.6). */
const checkCall = (call: Element, byId: ReadonlyMap<string, Element>): Finding[] => {
  const target = byId.get(textOf(call, 'calledElement').replace(/^.*:/, ''))
  const [given, wanted] = [elementOf(call, 'ioSpecification'), elementOf(target, 'ioSpecification')]
  if (!target || !given || !wanted) return []
  const isUnlike = (['dataInputs', 'dataOutputs'] as const).some((property) => {
    const [own, other] = [elementsOf(given, property), elementsOf(wanted, property)]
    return own.length !== other.length || own.some((data, index) => contradict(itemOf(data), itemOf(partner(data, index, other))))
  })
  return isUnlike ? [unlike(call, target)] : []
}

/** The datum of the same name, else the one at the same place. */
const partner = (data: Element, index: number, others: Element[]): Element | undefined =>
  (data.name && others.find(({ name }) => name === data.name)) || others[index]

const unlike = (call: Element, target: Element): Finding =>
  said(
    idOf(call),
    'call-data',
    [
      `${sentence(called(call))} declares other data inputs or outputs than ${called(target)}, which it calls.`,
      'Give both the same number of data, of the same kinds.',
    ],
    [
      `${sentence(calledInFrench(call))} déclare d’autres données d’entrée ou de sortie que ${calledInFrench(target)}, qu’elle appelle.`,
      'Donnez aux deux le même nombre de données, des mêmes genres.',
    ],
    severityOfData(call),
  )
