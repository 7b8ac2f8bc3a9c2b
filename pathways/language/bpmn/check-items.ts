/**
 * Items (BPMN 2.0.2, 8.4.10 and 10.4): data is of the kind that its item definition says, an association does not change it unnoticed, and only what takes
 * data in and gives it out declares that.
 */
import type { Finding } from '../finding.ts'
import { called, calledInFrench, sentence } from './compilation.ts'
import { type Element, elementOf, elementsOf, idOf } from './element.ts'
import { type FileElements, said, severityOfData } from './file-elements.ts'
import { isMany, itemOf, structureOf } from './item-kinds.ts'

/** Errors for data that contradicts its item definition, and for data declared where none may be (10.4.1, 10.4.2, 10.3.3). */
export const checkItems = ({ ofType }: FileElements): Finding[] => [
  ...['bpmn:DataObject', 'bpmn:DataInput', 'bpmn:DataOutput'].flatMap((type) => ofType(type).flatMap(checkCollection)),
  ...['bpmn:DataInputAssociation', 'bpmn:DataOutputAssociation'].flatMap((type) => ofType(type).flatMap(checkSame)),
  ...['bpmn:SubProcess', 'bpmn:Transaction', 'bpmn:AdHocSubProcess'].flatMap((type) => ofType(type).flatMap(checkPlace)),
  ...['bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:ReceiveTask'].flatMap((type) => ofType(type).flatMap(checkSets)),
]

/** "If an itemDefinition is referenced, then this attribute MUST have the same value as the isCollection attribute" of it (tables 10.52, 10.59, 10.60). */
const checkCollection = (data: Element): Finding[] => {
  const item = elementOf(data, 'itemSubjectRef')
  if (item?.$type !== 'bpmn:ItemDefinition' || isMany(item) === isMany(data)) return []
  return [
    said(
      idOf(data),
      'data-collection',
      [
        `${sentence(called(data))} is ${isMany(data) ? 'a collection' : 'one thing'}, but its item definition "${idOf(item)}" is ${isMany(item) ? 'a collection' : 'one thing'}.`,
        'Give both the same isCollection.',
      ],
      [
        `${sentence(calledInFrench(data))} est ${isMany(data) ? 'une collection' : 'une seule chose'}, mais sa définition « ${idOf(item)} » est ${isMany(item) ? 'une collection' : 'une seule chose'}.`,
        'Donnez aux deux la même valeur de isCollection.',
      ],
      severityOfData(data),
    ),
  ]
}

/** Source and target have one item definition, unless something transforms the one into the other (10.4.2). */
const checkSame = (association: Element): Finding[] => {
  const [source] = elementsOf(association, 'sourceRef')
  const target = elementOf(association, 'targetRef')
  if (!source || !target || elementOf(association, 'transformation') || elementsOf(association, 'assignment').length > 0)
    return []
  const [from, into] = [structureOf(itemOf(source)), structureOf(itemOf(target))]
  if (from === '' || into === '' || from === into) return []
  const at = association.$parent!
  return [
    said(
      idOf(association),
      'data-type',
      [
        `${sentence(called(at))} copies ${called(source)} ("${from}") into ${called(target)} ("${into}").`,
        'Give both one item definition, or add a transformation.',
      ],
      [
        `${sentence(calledInFrench(at))} copie ${calledInFrench(source)} (« ${from} ») dans ${calledInFrench(target)} (« ${into} »).`,
        'Donnez aux deux la même définition, ou ajoutez une transformation.',
      ],
      severityOfData(association),
    ),
  ]
}

/** "Embedded Sub-Processes MUST NOT define Data Inputs and Data Outputs directly"; those of its loop they may (10.4.1). */
const checkPlace = (subProcess: Element): Finding[] =>
  elementOf(subProcess, 'ioSpecification') && !elementOf(subProcess, 'loopCharacteristics')
    ? [
        said(
          idOf(subProcess),
          'data-place',
          [
            `${sentence(called(subProcess))} declares data inputs or outputs of its own.`,
            'Remove them: what is inside sees the data around it.',
          ],
          [
            `${sentence(calledInFrench(subProcess))} déclare ses propres données d’entrée ou de sortie.`,
            'Supprimez-les : ce qui est à l’intérieur voit les données d’autour.',
          ],
          severityOfData(subProcess),
        ),
      ]
    : []

/** What sends or hears one message has one way to be given data, and one to give it (10.3.3). */
const checkSets = (task: Element): Finding[] => {
  const specification = elementOf(task, 'ioSpecification')
  if (!specification || !(elementOf(task, 'operationRef') || elementOf(task, 'messageRef'))) return []
  const isService = task.$type === 'bpmn:ServiceTask'
  const several = [
    isService || task.$type === 'bpmn:SendTask' ? 'inputSets' : '',
    isService || task.$type === 'bpmn:ReceiveTask' ? 'outputSets' : '',
    task.$type === 'bpmn:SendTask' ? 'dataInputs' : '',
    task.$type === 'bpmn:ReceiveTask' ? 'dataOutputs' : '',
  ].some((property) => property !== '' && elementsOf(specification, property).length > 1)
  if (!several) return []
  return [
    said(
      idOf(task),
      'data-sets',
      [
        `${sentence(called(task))} exchanges one message, but declares several data inputs or outputs, or sets of them.`,
        'Keep one, of what the message holds.',
      ],
      [
        `${sentence(calledInFrench(task))} échange un seul message, mais déclare plusieurs données d’entrée ou de sortie, ou plusieurs jeux.`,
        'Gardez-en un, pour ce que contient le message.',
      ],
      severityOfData(task),
    ),
  ]
}
