/**
 * A model's texts in other languages than its own. A text is found by what it translates, not by where it stands: a text that is
 * changed loses its translations instead of keeping ones that say something else, and what older versions said is still found.
 */

/** By language (`en`), then by the model's own text. */
export type Texts = Record<string, Record<string, string>>

/** Gives a text in the reader's language; the text itself when nobody has translated it. */
export type Say = (text: string) => string

interface ModelElement {
  $type: string
  name?: unknown
  text?: unknown
}

/** Their names are what hosts and correlations go by; no diagram shows them. */
const NEVER_DRAWN = ['bpmn:Message', 'bpmn:Signal', 'bpmn:Error', 'bpmn:Escalation']

/** Puts what a diagram shows into another language, in place. @param elements as bpmn-moddle reads them, by id. */
export function translateElements(elements: Record<string, ModelElement>, say: Say): void {
  for (const element of Object.values(elements)) {
    if (NEVER_DRAWN.includes(element.$type)) continue
    if (typeof element.name === 'string' && element.name !== '') element.name = say(element.name)
    if (element.$type === 'bpmn:TextAnnotation' && typeof element.text === 'string') element.text = say(element.text)
  }
}

/** What of a form's component people read. */
const SHOWN = ['label', 'description', 'text', 'dateLabel', 'timeLabel', 'alt', 'placeholder', 'prefixAdorner', 'suffixAdorner']

/** A form-js schema in another language; keys and values stay as the pathway knows them. */
export function translateForm<Form>(form: Form, say: Say): Form {
  if (Array.isArray(form)) return form.map((one) => translateForm(one, say)) as Form
  if (typeof form !== 'object' || form === null) return form
  return Object.fromEntries(
    Object.entries(form).map(([key, value]) => {
      if (typeof value === 'string') return [key, SHOWN.includes(key) && value !== '' ? sayMarkdown(value, say) : value]
      return [key, translateForm(value, say)]
    }),
  ) as Form
}

/** What only makes it a heading is no part of a text. */
function sayMarkdown(markdown: string, say: Say): string {
  const mark = /^(?:#+ )?/.exec(markdown)![0]
  return mark + say(markdown.slice(mark.length))
}

/** What a form starts with, in another language; what people fill in themselves stays as it was entered. */
export function translateInputs<Inputs extends Record<string, unknown>>(inputs: Inputs, form: unknown, say: Say): Inputs {
  const asked = variablesAsked(form)
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, asked.has(name) ? value : translateValue(value, say)]),
  ) as Inputs
}

function translateValue(value: unknown, say: Say): unknown {
  if (typeof value === 'string') return say(value)
  if (Array.isArray(value)) return value.map((one) => translateValue(one, say))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, translateValue(one, say)]))
}

/** The variables that a form's fields hold. */
export function variablesAsked(form: unknown): Set<string> {
  const { key, path, components } = (form ?? {}) as { key?: string; path?: string; components?: unknown[] }
  const own = [key, path].flatMap((name) => (name ? [name.split('.')[0]!] : []))
  return new Set([...own, ...(components ?? []).flatMap((component) => [...variablesAsked(component)])])
}
