/** Data as a file draws it (BPMN 2.0.2, 10.4): what an element may see of it, and which way it goes. */
import type { Finding } from '../finding.ts'
import { called, calledInFrench, sentence } from './compilation.ts'
import { type Element, elementOf, elementsOf, idOf } from './element.ts'
import { containerOf, type FileElements, said, severityOfData } from './file-elements.ts'

/** Errors for data that is used where it is not seen, and warnings for data that goes the wrong way (10.4). */
export const checkData = (file: FileElements): Finding[] => [
  ...file.ofType('bpmn:DataObjectReference').flatMap(checkReference),
  ...file.ofType('bpmn:DataInputAssociation').flatMap(checkAssociation),
  ...file.ofType('bpmn:DataOutputAssociation').flatMap(checkAssociation),
  ...file.ofType('bpmn:InputSet').flatMap((set) => checkSet(set, 'dataInputRefs', 'dataInputs')),
  ...file.ofType('bpmn:OutputSet').flatMap((set) => checkSet(set, 'dataOutputRefs', 'dataOutputs')),
]

/** A set is made of the data of its own activity (10.4.1). */
const checkSet = (set: Element, references: string, own: string): Finding[] => {
  const holder = set.$parent!
  const known = new Set([...elementsOf(holder, own), elementOf(holder, own.slice(0, -1))])
  return elementsOf(set, references)
    .filter((data) => !known.has(data))
    .map((data) => notSeen(set, data))
}

/** A data object lives as long as the process or subprocess that holds it, and is seen inside that only (10.4.1). */
const checkReference = (reference: Element): Finding[] => {
  const object = elementOf(reference, 'dataObjectRef')
  if (object?.$type !== 'bpmn:DataObject' || sees(reference, object)) return []
  return [notSeen(reference, object)]
}

const checkAssociation = (association: Element): Finding[] => {
  const sources = elementsOf(association, 'sourceRef')
  const target = elementOf(association, 'targetRef')
  const ends = [...sources, ...(target ? [target] : [])]
  const unseen = ends.filter((end) => holdsData.has(end.$type) && !sees(association, end)).map((end) => notSeen(association, end))
  if (target?.$type === 'bpmn:DataInput' && isOfProcess(target)) return [...unseen, wrongWay(association, target, true)]
  const output = sources.find((source) => source.$type === 'bpmn:DataOutput' && isOfProcess(source))
  return output ? [...unseen, wrongWay(association, output, false)] : unseen
}

const holdsData: ReadonlySet<string> = new Set(['bpmn:DataObject', 'bpmn:DataObjectReference'])

/** Whether what holds the data stands around the element. */
const sees = (element: Element, data: Element): boolean => {
  const holder = containerOf(data)
  for (let at = containerOf(element); at; at = containerOf(at)) if (at === holder) return true
  return holder === undefined
}

const isOfProcess = ({ $parent }: Element): boolean =>
  $parent?.$type === 'bpmn:InputOutputSpecification' && $parent.$parent?.$type === 'bpmn:Process'

const notSeen = (element: Element, data: Element): Finding => {
  // An association has no name of its own that people know: its activity has.
  const at = /Association$|Set$/.test(element.$type) ? element.$parent! : element
  return said(
    idOf(element),
    'data-visible',
    [
      `${sentence(called(at))} uses ${called(data)}, which is not seen from there: it stands in another process, or inside a subprocess.`,
      'Move the data to a process or subprocess that holds both.',
    ],
    [
      `${sentence(calledInFrench(at))} utilise ${calledInFrench(data)}, qui ne se voit pas de là : cette donnée est dans un autre processus, ou dans un sous-processus.`,
      'Déplacez la donnée dans un processus ou sous-processus qui contient les deux.',
    ],
  )
}

/** What a process is given comes from outside, and what it gives goes outside (10.4.1). */
const wrongWay = (association: Element, data: Element, isInput: boolean): Finding =>
  said(
    idOf(association),
    'data-direction',
    [
      `${sentence(called(data))} is ${isInput ? 'an input' : 'an output'} of the whole process: nothing inside ${isInput ? 'writes' : 'reads'} it.`,
      'Use a data object for what is both written and read.',
    ],
    [
      `${sentence(calledInFrench(data))} est une ${isInput ? 'entrée' : 'sortie'} de tout le processus : rien à l’intérieur ne l’${isInput ? 'écrit' : 'lit'}.`,
      'Utilisez un objet de données pour ce qui est à la fois écrit et lu.',
    ],
    severityOfData(association),
  )
