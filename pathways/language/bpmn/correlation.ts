/**
 * Correlation by key as BPMN draws it (BPMN 2.0.2, 8.4.2 and 10.4.2): a message's properties are looked up in what it carries (`messagePath`), and whoever waits for it is found
 * by their values: those its process says of its data (`dataPath`), else those that its data have under the same names, from the messages before.
 */
import type { FeelTree } from '../feel/tree.ts'
import type { Assignment } from '../program.ts'
import { addTree, type Compilation, feel } from './compilation.ts'
import { bodyOf, type Element, elementOf, elementsOf, rootOf } from './element.ts'
import { processAround } from './file-elements.ts'

/** Index of the key that a message is sent with or waited for by, -1 when it has no properties. @param payload what is sent. */
export const correlationOf = (
  to: Compilation,
  element: Element,
  message: Element | undefined,
  payload: Assignment[] | null,
): number => {
  if (!message) return -1
  const keys = propertiesOf(element, message).flatMap(({ property, path }) => {
    const bound = payload ? '' : dataPathOf(element, property)
    const index = feel(to, element, bound || path)
    return index < 0 ? [] : [to.expressions[index]!]
  })
  if (keys.length === 0) return -1
  const key: FeelTree = keys.length === 1 ? keys[0]! : ['list', keys]
  const sent = (payload ?? []).map(({ variable, expression }): [string, FeelTree] => [variable, to.expressions[expression]!])
  return addTree(to, sent.length > 0 ? ['let', sent, key] : key)
}

/** The properties that are looked up in a message, in the order of the file. */
const propertiesOf = (element: Element, message: Element): { property: Element; path: string }[] =>
  elementsOf(rootOf(element), 'rootElements')
    .filter(({ $type }) => $type === 'bpmn:CorrelationProperty')
    .flatMap((property) =>
      elementsOf(property, 'correlationPropertyRetrievalExpression').flatMap((retrieval) => {
        const path = bodyOf(retrieval, 'messagePath')
        return elementOf(retrieval, 'messageRef') === message && path !== '' ? [{ property, path }] : []
      }),
    )

/** What the process around an element says of a property. */
const dataPathOf = (element: Element, property: Element): string => {
  const bindings = elementsOf(processAround(element) ?? element, 'correlationSubscriptions').flatMap((subscription) =>
    elementsOf(subscription, 'correlationPropertyBinding'),
  )
  const binding = bindings.find((each) => elementOf(each, 'correlationPropertyRef') === property)
  return binding ? bodyOf(binding, 'dataPath') : ''
}
