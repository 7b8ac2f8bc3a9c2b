/** Checks what a person entered against a form-js schema: the same in the API and in the browser. */

import { toClosure } from './feel/evaluate.ts'
import { parseFeel } from './feel/parse.ts'
import type { Value } from './feel/value.ts'
import { type FormField, fieldsOf, textOf } from './form-fields.ts'
import { type FieldProblem, problemsOfValue } from './form-values.ts'

export interface FormProblem {
  /** Where in the data, parts joined by dots; list items by their number from 0. */
  key: string
  /** Short and stable, to translate by: `required`, `min`, `unknown-key`. */
  rule: string
  /** For people, in French. Never quotes what was entered. */
  message: string
}

/**
 * Every problem of the data, in the order of the form; empty when it may be submitted.
 * Hidden and disabled fields are not required; a key that no field has is a problem.
 */
export const validateForm = (schema: unknown, data: unknown): FormProblem[] => {
  if (!isRecord(data)) return [{ key: '', rule: 'type', message: 'Les données du formulaire doivent être un objet.' }]
  return problemsOf(fieldsOf(schema), data, data, '')
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const problemsOf = (
  fields: FormField[],
  data: Record<string, unknown>,
  whole: Record<string, unknown>,
  prefix: string,
): FormProblem[] => {
  const found = fields.flatMap((field) => {
    const key = prefix + field.path.join('.')
    const value = valueAt(data, field.path)
    if (isHidden(field, whole)) return []
    if (field.items && Array.isArray(value)) return itemProblems(field.items, value, whole, key)
    return problemsOfValue(field, value, (text) => evaluate(text, whole)).map((problem: FieldProblem) => ({ key, ...problem }))
  })
  return [
    ...found,
    ...unknownKeys(
      fields.map((field) => field.path),
      data,
      prefix,
    ),
  ]
}

const itemProblems = (fields: FormField[], items: unknown[], whole: Record<string, unknown>, key: string): FormProblem[] =>
  items.flatMap((item, index) =>
    isRecord(item)
      ? problemsOf(fields, item, whole, `${key}.${index}.`)
      : [{ key: `${key}.${index}`, rule: 'type', message: 'Chaque élément de la liste doit être un objet.' }],
  )

const valueAt = (data: Record<string, unknown>, path: string[]): unknown =>
  path.reduce<unknown>((value, part) => (isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined), data)

const unknownKeys = (paths: string[][], data: Record<string, unknown>, prefix: string): FormProblem[] =>
  Object.keys(data).flatMap((name) => {
    const under = paths.filter((path) => path[0] === name)
    const inner = data[name]
    if (under.length === 0)
      return [{ key: prefix + name, rule: 'unknown-key', message: "Ce champ n'existe pas dans le formulaire." }]
    if (under.some((path) => path.length === 1) || inner === null || inner === undefined) return []
    if (!isRecord(inner)) return [{ key: prefix + name, rule: 'type', message: 'Ce groupe doit être un objet.' }]
    return unknownKeys(
      under.map((path) => path.slice(1)),
      inner,
      `${prefix}${name}.`,
    )
  })

/** Null when the text is not FEEL: a form that cannot be evaluated hides nothing and limits nothing. */
const evaluate = (text: string, data: Record<string, unknown>): Value => {
  try {
    const closure = toClosure(parseFeel(text.replace(/^\s*=/, '')))
    const site = { epoch: '1970-01-01T00:00:00Z', timeZone: 'UTC' }
    return closure({ get: (name) => (Object.hasOwn(data, name) ? (data[name] as Value) : undefined), at: 0, site })
  } catch {
    return null
  }
}

const isHidden = (field: FormField, data: Record<string, unknown>): boolean =>
  field.hiddenBy.some((condition) => evaluate(textOf(condition), data) === true)
