/** The form of a task, as it is shown and as what is sent is checked against it. */
import { NEXT } from '../pathways/engine/index.ts'
import type { Variables } from '../pathways/language/feel/value.ts'
import type { Program } from '../pathways/language/program.ts'
import type { TaskRow } from '../records/worklist.ts'
import { nodeOf } from './presenting.ts'

/** Null for none. Where what comes next is chosen, without what is not open to choice any more. */
export function formOf({ form, element, inputs: { enabled } }: TaskRow & { inputs: Variables }, program: Program): unknown {
  const schema = program.forms[form] ?? null
  if (!nodeOf(program, element)?.adHoc || !Array.isArray(enabled)) return schema
  const { components = [], ...rest } = schema as { components?: { key?: string; values?: { value: string }[] }[] }
  const open = components.map((field) =>
    field.key === NEXT && field.values
      ? { ...field, values: field.values.filter(({ value }) => enabled.includes(value)) }
      : field,
  )
  return { ...rest, components: open }
}
