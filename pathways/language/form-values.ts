/** One field's value against its rules, as form-js itself applies them. */
import type { Value } from './feel/value.ts'
import { type FormField, optionsOf } from './form-fields.ts'

export interface FieldProblem {
  rule: string
  message: string
}

type Evaluate = (text: string) => Value

const emailPattern = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)*$/
const phonePattern = /^(\+|00)[1-9]\d{5,17}$/
const datetimePatterns: Record<string, RegExp> = {
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  time: /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d\d:\d\d)?$/,
  datetime: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/,
}

const rulesOf = (field: FormField): Record<string, unknown> =>
  typeof field.field.validate === 'object' && field.field.validate !== null
    ? (field.field.validate as Record<string, unknown>)
    : {}

const isEmpty = (field: FormField, value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (field.type === 'checkbox' && value === false)

/** Problems of a value; limits written as FEEL are evaluated first. */
export const problemsOfValue = (field: FormField, value: unknown, evaluate: Evaluate): FieldProblem[] => {
  const rules = rulesOf(field)
  if (isEmpty(field, value)) {
    const unset = value === undefined || value === null || typeOfValue(field, value)
    if (!unset) return [wrongType(field)]
    return rules.required === true && field.field.disabled !== true
      ? [{ rule: 'required', message: `« ${field.label} » est obligatoire.` }]
      : []
  }
  if (!typeOfValue(field, value)) return [wrongType(field)]
  return [...choiceProblems(field, value), ...limitProblems(field, value, rules, evaluate)]
}

const wrongType = (field: FormField): FieldProblem => ({ rule: 'type', message: `« ${field.label} » n'a pas la forme attendue.` })

/** Whether a value is of the kind its field holds. */
const typeOfValue = (field: FormField, value: unknown): boolean => {
  switch (field.type) {
    case 'number':
      return field.field.serializeToString === true
        ? typeof value === 'string' && (value === '' || /^-?\d+(\.\d+)?$/.test(value))
        : typeof value === 'number' && Number.isFinite(value)
    case 'checkbox':
      return typeof value === 'boolean'
    case 'checklist':
    case 'taglist':
    case 'dynamiclist':
    case 'table':
      return Array.isArray(value)
    case 'datetime':
      return (
        typeof value === 'string' &&
        (value === '' || (datetimePatterns[String(field.field.subtype ?? 'date')] ?? datetimePatterns.date!).test(value))
      )
    case 'textfield':
    case 'textarea':
      return typeof value === 'string'
    default:
      return true
  }
}

const sameJson = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right)

const choiceProblems = (field: FormField, value: unknown): FieldProblem[] => {
  const options = ['select', 'radio', 'checklist', 'taglist'].includes(field.type) ? optionsOf(field.field) : null
  if (!options) return []
  const chosen = field.type === 'checklist' || field.type === 'taglist' ? (value as unknown[]) : [value]
  const repeated = chosen.some((one, index) => chosen.findIndex((other) => sameJson(one, other)) !== index)
  const offered = chosen.every((one) => options.some((option) => sameJson(one, option)))
  return offered && !repeated ? [] : [{ rule: 'option', message: `« ${field.label} » : choisissez parmi les valeurs proposées.` }]
}

const limitProblems = (field: FormField, value: unknown, rules: Record<string, unknown>, evaluate: Evaluate): FieldProblem[] => {
  const limit = (name: string): number | null => {
    const rule = rules[name]
    const found = typeof rule === 'string' && rule.startsWith('=') ? evaluate(rule) : rule
    return typeof found === 'number'
      ? found
      : typeof found === 'string' && found !== '' && Number.isFinite(Number(found))
        ? Number(found)
        : null
  }
  const found: FieldProblem[] = []
  const add = (rule: string, message: string) => found.push({ rule, message: `« ${field.label} » ${message}` })
  if (field.type === 'number') numberProblems(field, Number(value), limit, add)
  if (typeof value === 'string' && field.type !== 'number') textProblems(value, rules, limit, add)
  return found
}

type Limit = (name: string) => number | null
type Add = (rule: string, message: string) => void

const numberProblems = (field: FormField, value: number, limit: Limit, add: Add): void => {
  const [min, max] = [limit('min'), limit('max')]
  if (min !== null && value < min) add('min', `doit être au moins ${min}.`)
  if (max !== null && value > max) add('max', `doit être au plus ${max}.`)
  const digits = field.field.decimalDigits
  const decimals = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0
  if (typeof digits === 'number' && decimals > digits) add('decimal-digits', `a trop de décimales (${digits} au plus).`)
}

const textProblems = (value: string, rules: Record<string, unknown>, limit: Limit, add: Add): void => {
  const [shortest, longest] = [limit('minLength'), limit('maxLength')]
  if (shortest !== null && value.trim().length < shortest) add('min-length', `doit compter au moins ${shortest} caractères.`)
  if (longest !== null && value.trim().length > longest) add('max-length', `doit compter au plus ${longest} caractères.`)
  if (typeof rules.pattern === 'string' && rules.pattern !== '' && !matches(rules.pattern, value)) {
    add(
      'pattern',
      typeof rules.patternErrorMessage === 'string' ? `: ${rules.patternErrorMessage}` : "n'a pas le format attendu.",
    )
  }
  if (rules.validationType === 'email' && !emailPattern.test(value)) add('email', 'doit être une adresse électronique.')
  if (rules.validationType === 'phone' && !phonePattern.test(value)) add('phone', 'doit être un numéro international (+33…).')
}

/** A pattern that is no regular expression refuses nothing: it is the form that is wrong, not the entry. */
const matches = (pattern: string, value: string): boolean => {
  try {
    return new RegExp(pattern).test(value)
  } catch {
    return true
  }
}
