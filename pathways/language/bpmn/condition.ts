/**
 * Conditions that decide (BPMN 2.0.2, 8.4.6 and 8.4.13): an expression that a machine is to evaluate is written in FEEL and is true or false. Prose is not, though
 * FEEL takes words in a row for a name.
 */
import type { FeelTree } from '../feel/tree.ts'
import { type Compilation, called, calledInFrench, feel, problem, sentence, warning } from './compilation.ts'
import { bodyOf, type Element, elementOf, rootOf } from './element.ts'

/** What people write beside a way out, and nobody calls a variable. */
const ANSWER = /^(yes|no|ok|else|otherwise|default|oui|non|sinon|autrement|par défaut)$/i

/** Index of a condition; a finding when it is no FEEL, or cannot be true or false. @param expression what holds the text. */
export const conditionFeel = (to: Compilation, element: Element, expression: Element | undefined, text: string): number => {
  const condition = feel(to, element, text)
  const tree = condition < 0 ? null : to.expressions[condition]!
  if (tree === null || !isProse(tree, element)) return condition
  // A formal expression of a file that has another language may mean something there.
  const isFormal = expression?.$type === 'bpmn:FormalExpression' && Object.hasOwn(rootOf(element), 'expressionLanguage')
  ;(isFormal ? warning : problem)(
    to,
    element,
    'condition-prose',
    `${called(element)}: its condition, "${text}", is neither true nor false.`,
    'Write what must hold in FEEL, as in `severity > 2` or `answer = "yes"`.',
    {
      message: `${sentence(calledInFrench(element))} : sa condition, « ${text} », n’est ni vraie ni fausse.`,
      help: 'Écrivez en FEEL ce qui doit être vrai, comme `severity > 2` ou `answer = "yes"`.',
    },
  )
  return isFormal ? condition : -1
}

/** Index of the condition that an element has under a name; -1 when it has none. */
export const conditionAt = (to: Compilation, element: Element, holder: Element, property: string): number => {
  const text = bodyOf(holder, property)
  return text === '' ? -1 : conditionFeel(to, element, elementOf(holder, property), text)
}

const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '**', 'negate'])

const isProse = (tree: FeelTree, element: Element): boolean => {
  if (!Array.isArray(tree)) return false
  const [kind, said] = tree as unknown as [string, unknown]
  if (kind === 'value') return typeof said !== 'boolean' && said !== null
  if (ARITHMETIC.has(kind)) return true
  return kind === 'name' && typeof said === 'string' && (ANSWER.test(said) || /\s/.test(said)) && !isNamed(rootOf(element), said)
}

/** Whether something in the file that can hold a value bears the name: data, or what an extension sets. */
const isNamed = (root: Element, name: string): boolean => {
  const pending: unknown[] = [root]
  const seen = new Set<unknown>()
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (typeof at !== 'object' || at === null || seen.has(at)) continue
    seen.add(at)
    if (Array.isArray(at)) {
      pending.push(...at)
      continue
    }
    const element = at as Element
    if (HOLDS.test(element.$type ?? '') && [element.name, element.variable, element.resultVariable].includes(name)) return true
    for (const [property, inner] of Object.entries(element)) if (property !== '$parent') pending.push(inner)
  }
  return false
}

const HOLDS = /^(hospital:|bpmn:(Data|Property$))/
