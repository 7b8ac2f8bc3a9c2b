/** What changed between two versions of a form (form-js JSON). */
import type { Finding } from '../finding.ts'
import type { Change } from './change.ts'
import type { Diff } from './diff.ts'
import { differences, match } from './match.ts'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
type Component = { [name: string]: Json }

interface Field {
  component: Component
  /** The id of the group it stands in, '' for none. */
  parent: string
}

const isObject = (value: unknown): value is Component => typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

/** Compares two forms: fields by id, then by key, then by label; never throws. Columns and rows of the layout are no changes. */
export const diffForm = (older: string, newer: string): Diff => {
  const [from, to] = [read(older), read(newer)]
  return {
    changes: isObject(from) && isObject(to) ? changesOf(from, to) : null,
    older: isObject(from) ? [] : [broken],
    newer: isObject(to) ? [] : [broken],
  }
}

const broken: Finding = {
  rule: 'broken-form',
  severity: 'error',
  element: '',
  message: 'The form is not JSON, or no form.',
  help: 'Open the form in a form-js editor and export it again.',
  french: {
    message: "Le formulaire n'est pas du JSON, ou pas un formulaire.",
    help: 'Ouvrez-le dans un éditeur form-js et exportez-le de nouveau.',
  },
}

const read = (source: string): Json => {
  try {
    return JSON.parse(source) as Json
  } catch {
    return null
  }
}

const fieldsOf = (components: Json | undefined, parent: string): Field[] =>
  (Array.isArray(components) ? components : [])
    .filter(isObject)
    .flatMap((component) => [{ component, parent }, ...fieldsOf(component.components, text(component.id))])

const aside = new Set(['components', 'layout', 'id'])
const fileAside = new Set([...aside, 'exporter', 'schemaVersion', 'executionPlatform', 'executionPlatformVersion'])

/** Every property as text, one inside another after a dot. */
const flat = (value: Component, left: ReadonlySet<string>, path = ''): [string, string][] =>
  Object.entries(value).flatMap(([name, one]): [string, string][] => {
    if (path === '' && left.has(name)) return []
    if (isObject(one)) return flat(one, left, `${path}${name}.`)
    return [[`${path}${name}`, typeof one === 'string' ? one : JSON.stringify(one)]]
  })

const changesOf = (older: Component, newer: Component): Change[] => {
  const found = match(fieldsOf(older.components, ''), fieldsOf(newer.components, ''), [
    ({ component }) => text(component.id),
    ({ component }) => text(component.key),
    ({ component }) => `${text(component.type)} ${text(component.label) || text(component.text)}`,
  ])
  const base = ({ component }: Field) => ({
    element: text(component.id) || text(component.key),
    type: `form:${text(component.type)}`,
    name: text(component.label) || text(component.key),
  })
  const form = differences(
    new Map([['id', text(older.id)], ...flat(older, fileAside)]),
    new Map([['id', text(newer.id)], ...flat(newer, fileAside)]),
  )
  const properties = ({ component, parent }: Field) =>
    new Map([...flat(component, aside), ...(parent === '' ? [] : [['parent', parent] as [string, string]])])
  return [
    ...form.map((one): Change => ({ change: 'changed', element: '', type: 'form:form', name: text(newer.id), ...one })),
    ...found.removed.map((field): Change => ({ change: 'removed', ...base(field) })),
    ...found.added.map((field): Change => ({ change: 'added', ...base(field) })),
    ...found.pairs.flatMap(([before, now]): Change[] => [
      ...(found.moved.has(now) ? [{ change: 'moved' as const, ...base(now) }] : []),
      ...differences(properties(before), properties(now)).map((one): Change => ({ change: 'changed', ...base(now), ...one })),
    ]),
  ]
}
