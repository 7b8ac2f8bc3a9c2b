/** Messages, signals, errors and escalations of a file (bpmnlint: global): named, used, and each there once. */
import { called, calledInFrench, sentence } from '../bpmn/compilation.ts'
import { type Element, elementOf, idOf, textOf } from '../bpmn/element.ts'
import { type FileElements, said } from '../bpmn/file-elements.ts'
import type { Finding } from '../finding.ts'

/** By type, the property that refers to it. */
const references: Record<string, string> = {
  'bpmn:Message': 'messageRef',
  'bpmn:Signal': 'signalRef',
  'bpmn:Error': 'errorRef',
  'bpmn:Escalation': 'escalationRef',
}

/** Warnings about those that nobody could tell apart, or that nothing refers to. */
export const lintGlobals = ({ elements }: FileElements): Finding[] => {
  const used = new Set<Element>()
  const messages = ['messageRef', 'inMessageRef', 'outMessageRef']
  for (const element of elements)
    for (const property of [...Object.values(references), ...messages]) {
      const target = elementOf(element, property)
      if (target) used.add(target)
    }
  const known = new Set<string>()
  return elements
    .filter(({ $type }) => references[$type] !== undefined)
    .flatMap((element) => {
      const name = textOf(element, 'name')
      const key = `${element.$type} ${name}`
      const isTwice = name !== '' && known.has(key)
      known.add(key)
      return [
        ...(used.has(element) ? [] : [unused(element)]),
        ...(name === '' && !isNamedByCode(element) ? [unnamed(element)] : []),
        ...(isTwice ? [twice(element)] : []),
      ]
    })
}

const isNamedByCode = (element: Element): boolean =>
  textOf(element, 'errorCode') !== '' || textOf(element, 'escalationCode') !== ''

const unused = (element: Element): Finding =>
  said(
    idOf(element),
    'global-unused',
    [`${sentence(called(element))} is used by nothing.`, 'Refer to it where it is meant, or remove it.'],
    [`${sentence(calledInFrench(element))} ne sert à rien.`, 'Désignez-le là où il est voulu, ou supprimez-le.'],
    'warning',
  )

const unnamed = (element: Element): Finding =>
  said(
    idOf(element),
    'global-name',
    [`${sentence(called(element))} has no name.`, 'Name it: senders and receivers find each other by it.'],
    [
      `${sentence(calledInFrench(element))} n’a pas de nom.`,
      'Nommez-le : c’est par là que se trouvent ceux qui émettent et reçoivent.',
    ],
    'warning',
  )

const twice = (element: Element): Finding =>
  said(
    idOf(element),
    'global-twice',
    [`${sentence(called(element))} is there twice.`, 'Keep one of them and refer to it everywhere.'],
    [`${sentence(calledInFrench(element))} existe en double.`, 'Gardez-en un, et désignez-le partout.'],
    'warning',
  )
