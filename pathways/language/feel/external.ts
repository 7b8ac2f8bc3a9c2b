/** Java methods that a function may name in place of a body (DMN 1.5, section 10.3.2.13.3): a few pure ones, known by name; no Java runs. */
import type { FeelTree, NamedTree, Parameter } from './tree.ts'

const numeric = ['double', 'float', 'int', 'long']

/** `class.method(types)`, without blanks. */
export const externalNames: ReadonlySet<string> = new Set([
  ...numeric.flatMap((type) => [
    `java.lang.Math.max(${type},${type})`,
    `java.lang.Math.min(${type},${type})`,
    `java.lang.Math.abs(${type})`,
  ]),
  ...['cos', 'sin', 'tan', 'sqrt', 'floor', 'ceil', 'exp', 'log'].map((name) => `java.lang.Math.${name}(double)`),
  'java.lang.Math.pow(double,double)',
  ...['Byte', 'Short', 'Integer', 'Long', 'Float', 'Double'].map((name) => `java.lang.${name}.valueOf(java.lang.String)`),
  'java.lang.Byte.valueOf(byte)',
  'java.lang.Short.valueOf(short)',
  'java.lang.Integer.valueOf(int)',
  'java.lang.Long.valueOf(long)',
  'java.lang.Float.valueOf(float)',
  'java.lang.Double.valueOf(double)',
  'java.lang.String.valueOf(char)',
  'java.lang.String.format(java.lang.String,[Ljava.lang.Object;)',
])

const entry = (entries: NamedTree[], name: string): FeelTree | undefined => entries.find(([key]) => key === name)?.[1]

const textOf = (tree: FeelTree | undefined): string => (tree?.[0] === 'value' && typeof tree[1] === 'string' ? tree[1] : '')

/** The call that stands for `{java: {class: "…", method signature: "…"}}`, or what is inside of `java`; null for a method that is not known. */
export const externalCall = (mapping: FeelTree, parameters: readonly Parameter[]): FeelTree | null => {
  if (mapping[0] !== 'context') return null
  const java = entry(mapping[1], 'java')
  if (java) return externalCall(java, parameters)
  const name = `${textOf(entry(mapping[1], 'class'))}.${textOf(entry(mapping[1], 'method signature')).replace(/\s+/g, '')}`
  if (!externalNames.has(name)) return null
  return ['call', ['name', name], parameters.map(([parameter]): FeelTree => ['name', parameter])]
}
