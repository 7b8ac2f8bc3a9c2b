/** Context functions (DMN 1.5, section 10.3.4.9). */
import { type Context, type Inner, isContext, member, setMember } from '../inner.ts'
import { type Builtin, takes } from './define.ts'

const copyOf = (context: Context): Context => {
  const copy: Context = {}
  for (const name of Object.keys(context)) setMember(copy, name, member(context, name))
  return copy
}

const put = (context: Context, path: Inner[], value: Inner): Context | null => {
  const [name, ...rest] = path
  if (typeof name !== 'string') return null
  const copy = copyOf(context)
  if (rest.length === 0) {
    setMember(copy, name, value)
    return copy
  }
  const inner = member(context, name)
  if (inner !== null && !isContext(inner)) return null
  const changed = put(inner ?? {}, rest, value)
  if (!changed) return null
  setMember(copy, name, changed)
  return copy
}

const fromEntries = (entries: Inner[]): Context | null => {
  const context: Context = {}
  for (const entry of entries) {
    if (!isContext(entry) || !Object.hasOwn(entry, 'value')) return null
    const name = member(entry, 'key')
    if (typeof name !== 'string' || Object.hasOwn(context, name)) return null
    setMember(context, name, member(entry, 'value'))
  }
  return context
}

export const contexts: Record<string, Builtin> = {
  'get value': takes(['context', 'any'], ([context, key]) => {
    if (typeof key === 'string') return member(context, key)
    if (!Array.isArray(key) || key.length === 0) return null
    return key.reduce<Inner>(
      (found, name) => (isContext(found) && typeof name === 'string' ? member(found, name) : null),
      context,
    )
  }),
  'get entries': takes(['context'], ([context]) => Object.keys(context).map((key) => ({ key, value: member(context, key) }))),
  context: takes(['list'], ([entries]) => fromEntries(entries)),
  'context put': takes(['context', 'any', 'any'], ([context, key, value]) =>
    put(context, Array.isArray(key) ? key : [key], value),
  ),
  'context merge': takes(['list'], ([merged]) => {
    const result: Context = {}
    for (const context of merged) {
      if (!isContext(context)) return null
      for (const name of Object.keys(context)) setMember(result, name, member(context, name))
    }
    return result
  }),
}
