/** Declared types at work: what conforms, and the conversions of DMN 1.5, section 10.3.2.9.4, with the constraints of item definitions. */
import { closureOf } from './closure.ts'
import { type Context, type Inner, isContext, isTemporal, member, type Run, type Scope, setMember } from './inner.ts'
import { isInstance, readInput } from './instance.ts'
import { InputScope } from './scope.ts'
import { parseDate } from './temporal.ts'
import { warn } from './trace.ts'
import type { FeelType } from './tree.ts'

type Conforms = (value: Inner, scope: Scope) => boolean
export type Convert = (value: Inner, scope: Scope) => Inner

const conformsTo = (type: FeelType): Conforms => {
  if (type === 'Any') return () => true
  if (type === 'number' || type === 'string' || type === 'boolean') {
    return (value) => typeof value === type || isInstance(value, type)
  }
  if (typeof type === 'string') return (value) => isInstance(value, type)
  switch (type[0]) {
    case 'list': {
      const item = conformsTo(type[1])
      return (value, scope) => Array.isArray(value) && value.every((one) => one === null || item(one, scope))
    }
    case 'context': {
      const members = type[1].map(([name, inner]) => [name, conformsTo(inner)] as const)
      return (value, scope) =>
        isContext(value) &&
        members.every(([name, conforms]) => {
          const inner = member(value, name)
          return Object.hasOwn(value, name) && (inner === null || conforms(inner, scope))
        })
    }
    case 'allowed': {
      const base = conformsTo(type[1])
      const test = closureOf(type[2])
      return (value, scope) => {
        if (!base(value, scope)) return false
        const inner = new InputScope(scope)
        inner.input = value
        return test(inner) === true
      }
    }
    default:
      return (value) => isInstance(value, type)
  }
}

const bareOf = (type: FeelType): FeelType => (typeof type !== 'string' && type[0] === 'allowed' ? bareOf(type[1]) : type)

/** Midnight UTC of a date, where a date and time is wanted. */
const startOfDay = (value: Inner, type: FeelType): Inner =>
  bareOf(type) === 'date and time' && isTemporal(value) && parseDate(value['@']) ? { '@': `${value['@']}T00:00:00Z` } : null

/** What a value becomes under a type: itself, the only item of its list, a list of it, midnight of a date; else null, with a warning. */
export const conversionTo = (type: FeelType, declaredBy: string): Convert => {
  const conforms = conformsTo(type)
  const list = bareOf(type)
  const isList = typeof list !== 'string' && list[0] === 'list'
  return (value, scope) => {
    if (value === null || conforms(value, scope)) return value
    const other = Array.isArray(value) ? (value.length === 1 ? value[0]! : null) : isList ? [value] : startOfDay(value, type)
    if (other !== null && conforms(other, scope)) return other
    warn(`${declaredBy}: the value does not conform to the type declared, and is null.`)
    return null
  }
}

/** JSON's own kinds need no look at the rest. */
const isPlain = (type: FeelType): boolean => type === 'number' || type === 'string' || type === 'boolean'

export const convertedClosure = (run: Run, type: FeelType, declaredBy: string): Run => {
  const convert = conversionTo(type, declaredBy)
  if (isPlain(type)) {
    return (scope) => {
      const value = run(scope)
      return typeof value === type ? value : convert(value, scope)
    }
  }
  return (scope) => convert(run(scope), scope)
}

/** Input from outside by its declared type: texts of dates, durations and numbers are read, and what is missing of a context is null. */
export const readingOf = (type: FeelType, declaredBy: string): Convert => {
  const convert = conversionTo(type, declaredBy)
  if (isPlain(type)) return (value, scope) => (typeof value === type ? value : convert(read(value, type), scope))
  return (value, scope) => convert(read(value, type), scope)
}

const read = (value: Inner, type: FeelType): Inner => {
  if (value === null) return null
  if (typeof type === 'string') return typeof value === 'string' ? (readInput(value, type) ?? value) : value
  switch (type[0]) {
    case 'allowed':
      return read(value, type[1])
    case 'list':
      return Array.isArray(value) ? value.map((item) => read(item, type[1])) : [read(value, type[1])]
    case 'context':
      return isContext(value) ? readContext(value, type[1]) : value
    default:
      return value
  }
}

const readContext = (value: Context, members: [string, FeelType][]): Context => {
  const result: Context = {}
  for (const name of Object.keys(value)) setMember(result, name, value[name]!)
  for (const [name, type] of members) setMember(result, name, read(member(value, name), type))
  return result
}
