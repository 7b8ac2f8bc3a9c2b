/** Java methods that a function may name in place of a body (DMN 1.5, section 10.3.2.13.3): a few pure ones, known by name; no Java runs. */
import { java } from './builtins/java.ts'
import type { FeelTree, NamedTree, Parameter } from './tree.ts'

/** Whether `class.method(types)`, without blanks, is one of them. */
export const isExternal = (name: string): boolean => Object.hasOwn(java, name)

const entry = (entries: NamedTree[], name: string): FeelTree | undefined => entries.find(([key]) => key === name)?.[1]

const textOf = (tree: FeelTree | undefined): string => (tree?.[0] === 'value' && typeof tree[1] === 'string' ? tree[1] : '')

/** The call that stands for `{java: {class: "…", method signature: "…"}}`, or what is inside of `java`; null for a method that is not known. */
export const externalCall = (mapping: FeelTree, parameters: readonly Parameter[]): FeelTree | null => {
  if (mapping[0] !== 'context') return null
  const java = entry(mapping[1], 'java')
  if (java) return externalCall(java, parameters)
  const name = `${textOf(entry(mapping[1], 'class'))}.${textOf(entry(mapping[1], 'method signature')).replace(/\s+/g, '')}`
  if (!isExternal(name)) return null
  return ['call', ['name', name], parameters.map(([parameter]): FeelTree => ['name', parameter])]
}
