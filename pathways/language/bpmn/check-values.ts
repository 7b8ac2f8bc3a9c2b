/** Attributes that take one of a few words (the schema of BPMN 2.0.2), and what may be called or executed (10.2.1, 10.3.6). */
import type { Finding } from '../finding.ts'
import { called, calledInFrench, sentence } from './compilation.ts'
import { type Element, elementsOf, idOf, notImported, rootOf, textOf } from './element.ts'
import { type FileElements, missingImport, processAround, said } from './file-elements.ts'

const words: Record<string, string[]> = {
  gatewayDirection: ['Unspecified', 'Converging', 'Diverging', 'Mixed'],
  eventGatewayType: ['Exclusive', 'Parallel'],
  processType: ['None', 'Public', 'Private'],
  associationDirection: ['None', 'One', 'Both'],
  behavior: ['None', 'One', 'All', 'Complex'],
}

/** Findings for each attribute of an impossible value, each public process that is executable, and each call of what cannot be called. */
export const checkValues = ({ elements, ofType }: FileElements): Finding[] => {
  const byId = new Map(elements.flatMap((element) => (element.id ? [[element.id, element] as const] : [])))
  return [
    ...elements.flatMap(checkWords),
    ...ofType('bpmn:Process').flatMap(checkPublic),
    ...ofType('bpmn:CallActivity').flatMap((call) => checkCalled(call, byId)),
  ]
}

const checkWords = (element: Element): Finding[] =>
  Object.entries(words).flatMap(([attribute, allowed]) => {
    const value = element[attribute]
    if (typeof value !== 'string' || allowed.includes(value)) return []
    // pm4py writes directions in small letters. They say nothing about execution, and what was meant is plain.
    const isSmall = attribute === 'gatewayDirection' && allowed.some((word) => word.toLowerCase() === value.toLowerCase())
    return [
      said(
        idOf(element),
        'attribute-value',
        [`${sentence(called(element))}: ${attribute} cannot be "${value}".`, `Write one of ${allowed.join(', ')}.`],
        [
          `${sentence(calledInFrench(element))} : ${attribute} ne peut pas valoir « ${value} ».`,
          `Écrivez l’une de ces valeurs : ${allowed.join(', ')}.`,
        ],
        isSmall ? 'warning' : 'error',
      ),
    ]
  })

/** What a public process shows of itself is not all that it does (table 10.1). */
const checkPublic = (process: Element): Finding[] => {
  if (process.processType !== 'Public' || process.isExecutable !== true) return []
  return [
    said(
      idOf(process),
      'public-executable',
      [`${sentence(called(process))} is public, and says that it is executable.`, 'Make it private, or not executable.'],
      [`${sentence(calledInFrench(process))} est public et se dit exécutable.`, 'Rendez-le privé, ou non exécutable.'],
    ),
  ]
}

const checkCalled = (call: Element, byId: ReadonlyMap<string, Element>): Finding[] => {
  const named = textOf(call, 'calledElement')
  const target = byId.get(named.replace(/^.*:/, ''))
  const namespace = target ? '' : notImported(rootOf(call), named)
  if (namespace !== '') return [missingImport(idOf(call), named, namespace)]
  if (target && target === processAround(call)) return [callsItself(call, target)]
  if (target?.$type === 'bpmn:Process' && beginsByEventsOnly(target)) return [calledWithoutStart(call, target)]
  if (!target || /^bpmn:(Process|Global\w*Task)$/.test(target.$type)) return []
  return [
    said(
      idOf(call),
      'called-kind',
      [
        `${sentence(called(call))} calls ${called(target)}, which is neither a process nor a global task.`,
        'Call a process, or draw a subprocess.',
      ],
      [
        `${sentence(calledInFrench(call))} appelle ${calledInFrench(target)}, qui n’est ni un processus ni une tâche globale.`,
        'Appelez un processus, ou dessinez un sous-processus.',
      ],
    ),
  ]
}

/** A call begins a process at its plain start, or where nothing leads to (10.3.6, 10.5.2): not by a message or a time that nobody sends it. */
const beginsByEventsOnly = (process: Element): boolean => {
  const starts = elementsOf(process, 'flowElements').filter(({ $type }) => $type === 'bpmn:StartEvent')
  const isPlain = (start: Element) =>
    elementsOf(start, 'eventDefinitions').length + elementsOf(start, 'eventDefinitionRef').length === 0
  return starts.length > 0 && !starts.some(isPlain)
}

const calledWithoutStart = (call: Element, process: Element): Finding =>
  said(
    idOf(call),
    'called-start',
    [
      `${sentence(called(call))} calls ${called(process)}, which has no plain start event to begin at.`,
      'Add a plain start event to the called process.',
    ],
    [
      `${sentence(calledInFrench(call))} appelle ${calledInFrench(process)}, qui n’a pas d’événement de début simple.`,
      'Ajoutez un événement de début simple au processus appelé.',
    ],
  )

/** Legal, and endless unless a choice leads past it. */
const callsItself = (call: Element, process: Element): Finding =>
  said(
    idOf(call),
    'calls-itself',
    [
      `${sentence(called(call))} calls ${called(process)}, in which it stands.`,
      'Draw a loop, unless each call deals with less than the one before.',
    ],
    [
      `${sentence(calledInFrench(call))} appelle ${calledInFrench(process)}, où elle se trouve.`,
      'Dessinez une boucle, sauf si chaque appel traite moins que le précédent.',
    ],
    'warning',
  )
