/**
 * A safety checklist among forms: points that are read aloud and verified one by one, then a Go, or a No-Go that stops. It is a form-js form
 * with a `checklist` and a `radio` between `Go` and `No-Go`, as the checklist of the HAS and the WHO is drawn in the library.
 */
import type { FormProblem } from './forms.ts'

export interface SafetyChecklist {
  title: string
  /** Further words of the form, said before the points. */
  words: string[]
  /** Key of the points that were verified, a list of their values. */
  itemsKey: string
  items: { label: string; value: string }[]
  /** Key of the decision. */
  decisionKey: string
  /** What the form says of going on, and of stopping. */
  goLabel: string
  noGoLabel: string
  /** Key of the reason for a No-Go; '' when the form has no place for one. */
  reasonKey: string
  reasonLabel: string
}

export const GO = 'Go'
export const NO_GO = 'No-Go'

interface Component {
  type?: string
  key?: string
  label?: string
  text?: string
  values?: { label: string; value: string }[]
}

/** The checklist that a form is; null when it is none. */
export function safetyChecklistOf(form: unknown): SafetyChecklist | null {
  const components = ((form as { components?: Component[] } | null)?.components ?? []) as Component[]
  const list = components.find(({ type }) => type === 'checklist')
  const decision = components.find(({ type, values }) => type === 'radio' && isDecision(values))
  if (!list?.key || !list.values?.length || !decision?.key) return null
  const words = components.filter(({ type }) => type === 'text').map(({ text }) => text ?? '')
  const title = words.find((line) => line.startsWith('#')) ?? ''
  const reason = components.find(({ type }) => type === 'textarea' || type === 'textfield')
  const labelOf = (wanted: string) => decision.values!.find(({ value }) => value === wanted)!.label
  return {
    title: title.replace(/^#+\s*/, ''),
    words: words.filter((line) => line !== title),
    itemsKey: list.key,
    items: list.values,
    decisionKey: decision.key,
    goLabel: labelOf(GO),
    noGoLabel: labelOf(NO_GO),
    reasonKey: reason?.key ?? '',
    reasonLabel: reason?.label ?? '',
  }
}

const isDecision = (values: Component['values']): boolean =>
  values?.length === 2 && [GO, NO_GO].every((wanted) => values.some(({ value }) => value === wanted))

/** What a checklist refuses: a Go with a point that nobody verified, a No-Go that says no reason. Empty for other forms. */
export function checklistProblems(form: unknown, data: Record<string, unknown>): FormProblem[] {
  const checklist = safetyChecklistOf(form)
  if (!checklist) return []
  const { itemsKey, items, decisionKey, reasonKey } = checklist
  const verified = Array.isArray(data[itemsKey]) ? (data[itemsKey] as unknown[]) : []
  const isOpen = items.some(({ value }) => !verified.includes(value))
  if (data[decisionKey] === GO && isOpen)
    return [{ key: itemsKey, rule: 'unverified', message: 'Go seulement quand chaque point est vérifié ; sinon No-Go.' }]
  const reason = reasonKey === '' ? ' ' : String(data[reasonKey] ?? '').trim()
  if (data[decisionKey] === NO_GO && reason === '')
    return [{ key: reasonKey, rule: 'required', message: 'Un No-Go dit son motif.' }]
  return []
}
