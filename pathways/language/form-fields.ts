/** The fields of a form-js schema, flattened: what each may hold, and where in the data it stands. */

export interface FormField {
  /** Where in the data: the key's parts, after the groups around it. */
  path: string[]
  type: string
  label: string
  field: Record<string, unknown>
  /** For a dynamic list: the fields of each of its items. */
  items: FormField[] | null
  /** FEEL texts that hide the field when one of them is true: its own and those of the groups around it. */
  hiddenBy: string[]
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const partsOf = (path: unknown): string[] =>
  textOf(path)
    .split('.')
    .filter((part) => part !== '')

/** The fields that hold data, in document order; headings, separators and the like are left out. */
export const fieldsOf = (schema: unknown, around: string[] = [], hidden: string[] = []): FormField[] =>
  (isRecord(schema) && Array.isArray(schema.components) ? schema.components : []).flatMap((component: unknown): FormField[] => {
    if (!isRecord(component)) return []
    const condition = isRecord(component.conditional) ? textOf(component.conditional.hide) : ''
    const hiddenBy = condition === '' ? hidden : [...hidden, condition]
    const type = textOf(component.type)
    if (type === 'group') return fieldsOf(component, [...around, ...partsOf(component.path)], hiddenBy)
    const own = partsOf(type === 'dynamiclist' ? component.path : component.key)
    if (own.length === 0) return []
    const items = type === 'dynamiclist' ? fieldsOf(component) : null
    return [
      { path: [...around, ...own], type, label: textOf(component.label) || own.join('.'), field: component, items, hiddenBy },
    ]
  })

/** The values a choice offers; null when they come from elsewhere than the schema. */
export const optionsOf = (field: Record<string, unknown>): unknown[] | null =>
  Array.isArray(field.values) ? field.values.map((option) => (isRecord(option) ? option.value : option)) : null
