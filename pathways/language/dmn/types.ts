/** Type references of DMN to FEEL types; item definitions are followed to what they stand for (DMN 1.5, section 7.3.2). */
import { FeelError, parseFeel } from '../feel/parse.ts'
import type { FeelType } from '../feel/tree.ts'
import { attributeOf, childOf, childrenOf, type DmnElement, nameOf, textIn, typeRefOf } from './element.ts'
import type { DmnModel } from './models.ts'

const builtin: Record<string, string> = {
  number: 'number',
  string: 'string',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  dateTime: 'date and time',
  'date and time': 'date and time',
  dayTimeDuration: 'days and time duration',
  'days and time duration': 'days and time duration',
  yearMonthDuration: 'years and months duration',
  'years and months duration': 'years and months duration',
  duration: 'duration',
  Null: 'Null',
  list: 'list',
  context: 'context',
  function: 'function',
  range: 'range',
}

/** What a reference cannot be made a type for. */
export class TypeReferenceError extends Error {
  override name = 'TypeReferenceError'
  /** The name of the type, or the FEEL text of its constraint. */
  what: string
  constructor(message: string, what: string) {
    super(message)
    this.what = what
  }
}

/** How deep definitions may refer to one another, and how many parts one type may have when all are followed. */
const typesDeepMax = 100
const typePartsMax = 5000
let parts = 0

const known = new WeakMap<DmnElement, FeelType | null>()

/**
 * The FEEL type a reference stands for, or null when it says nothing. Circular definitions end as Any.
 * @throws TypeReferenceError for a name that is no type, and for a constraint that is not FEEL.
 */
export const typeOf = (model: DmnModel, reference: string, within: readonly DmnElement[] = []): FeelType | null => {
  const name = reference.trim().replace(/\s+/g, ' ')
  if (name === '') return null
  const found = itemNamed(model, name)
  if (found) return typeOfItem(found.model, found.item, within)
  const local = name.slice(name.indexOf(':') + 1)
  if (local === 'Any') return null
  if (Object.hasOwn(builtin, local)) return builtin[local]!
  throw new TypeReferenceError(`there is no type "${name}"`, name)
}

/** The item definition a name means: this file's, an import's after a dot, or, after a prefix, that of the prefix's namespace. */
const itemNamed = (model: DmnModel, name: string): { model: DmnModel; item: DmnElement } | null => {
  const own = model.items.get(name)
  if (own) return { model, item: own }
  for (const { name: imported, model: other } of model.imports) {
    if (!other) continue
    const inside = imported === '' ? name : name.startsWith(`${imported}.`) ? name.slice(imported.length + 1) : null
    const found = inside === null ? null : itemNamed(other, inside)
    if (found) return found
  }
  const colon = name.indexOf(':')
  if (colon < 0) return null
  const namespace = attributeOf(model.definitions, `xmlns:${name.slice(0, colon)}`)
  const local = name.slice(colon + 1)
  if (/\/FEEL\/?$/.test(namespace) || /^feel$/i.test(name.slice(0, colon))) return null
  const other = model.imports.find((one) => one.namespace === namespace)?.model ?? model
  const item = other.items.get(local)
  return item ? { model: other, item } : null
}

const typeOfItem = (model: DmnModel, item: DmnElement, within: readonly DmnElement[]): FeelType | null => {
  if (within.includes(item)) return null
  if (within.length === 0) parts = 0
  parts += 1
  if (within.length >= typesDeepMax || parts > typePartsMax) {
    throw new TypeReferenceError(`the type "${nameOf(within[0])}" has too many parts`, nameOf(within[0]))
  }
  const before = known.get(item)
  if (before !== undefined) return before
  const type = itemType(model, item, [...within, item])
  if (within.length === 0) known.set(item, type)
  return type
}

const itemType = (model: DmnModel, item: DmnElement, within: readonly DmnElement[]): FeelType | null => {
  const one = constrained(model, itemBase(model, item, within), item, 'allowedValues')
  const whole: FeelType | null = attributeOf(item, 'isCollection') === 'true' ? ['list', one ?? 'Any'] : one
  return constrained(model, whole, item, 'typeConstraint')
}

const itemBase = (model: DmnModel, item: DmnElement, within: readonly DmnElement[]): FeelType | null => {
  const components = childrenOf(item, 'itemComponent')
  if (components.length > 0) {
    return ['context', components.map((component) => [nameOf(component), itemType(model, component, within) ?? 'Any'])]
  }
  const signature = childOf(item, 'functionItem')
  if (!signature) return typeOf(model, typeRefOf(item), within)
  return [
    'function',
    childrenOf(signature, 'parameters').map((parameter) => typeOf(model, typeRefOf(parameter), within) ?? 'Any'),
    typeOf(model, attributeOf(signature, 'outputTypeRef'), within) ?? 'Any',
  ]
}

const constrained = (model: DmnModel, base: FeelType | null, item: DmnElement, kind: string): FeelType | null => {
  const text = textIn(childOf(item, kind))
  if (text === '') return base
  try {
    return ['allowed', base ?? 'Any', parseFeel(text, { unaryTests: true, names: model.names })]
  } catch (error) {
    if (!(error instanceof FeelError)) throw error
    throw new TypeReferenceError(`the allowed values of "${nameOf(item)}" are not FEEL: ${error.message}`, text)
  }
}

/** The text of the values a reference allows, '' when it lists none: what priorities go by when a table lists no outputs. */
export const allowedText = (model: DmnModel, reference: string): string => {
  const found = reference === '' ? null : itemNamed(model, reference.trim())
  return found ? textIn(childOf(found.item, 'allowedValues')) || allowedText(found.model, typeRefOf(found.item)) : ''
}

/** A type without its constraints: what `instance of` and FEEL's own parameters go by. */
export const unconstrained = (type: FeelType | null): FeelType => {
  if (type === null) return 'Any'
  if (typeof type === 'string') return type
  switch (type[0]) {
    case 'allowed':
      return unconstrained(type[1])
    case 'list':
    case 'range':
      return [type[0], unconstrained(type[1])]
    case 'context':
      return ['context', type[1].map(([name, inner]) => [name, unconstrained(inner)])]
    case 'function':
      return ['function', type[1].map(unconstrained), unconstrained(type[2])]
  }
}
