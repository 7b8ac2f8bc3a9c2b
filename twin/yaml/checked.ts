/** YAML by a schema: what is wrong is named by its place, and a misspelt key by the nearest right one. */
import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { nearest } from './nearest.ts'

/** One thing wrong with a file. */
export interface YamlProblem {
  /** Where in the file: `pools[3].turnover`, or `line 7`; '' for the file as a whole. */
  path: string
  message: string
  /** What to do. */
  help: string
}

/** A problem as it is shown: where, what, and what to do. */
export const problemText = ({ path, message, help }: YamlProblem): string => `${path && `${path}: `}${message}. ${help}`

/** The value, or null with every problem of the text. Anchors and aliases are followed, a bounded number of times. */
export function checkedYaml<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  format: 'YAML' | 'JSON' = 'YAML',
): { value: z.infer<Schema> | null; problems: YamlProblem[] } {
  const { value, problems } = parsedYaml(text, format)
  return problems.length > 0 ? { value: null, problems } : checkedValue(value, schema)
}

/** A text as plain data, of whatever shape. */
export function parsedYaml(text: string, format: 'YAML' | 'JSON' = 'YAML'): { value: unknown; problems: YamlProblem[] } {
  const document = parseDocument(text, { lineCounter: new LineCounter() })
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => {
      const line = error.linePos?.[0].line
      const message = error.message.split('\n')[0]!.replace(/[:.]$/, '')
      return { path: line ? `line ${line}` : '', message, help: `Correct the ${format}.` }
    })
    return { value: null, problems }
  }
  try {
    return { value: document.toJS(), problems: [] }
  } catch (error) {
    return { value: null, problems: [{ path: '', message: (error as Error).message, help: `Correct the ${format}.` }] }
  }
}

/** Plain data by a schema. */
export function checkedValue<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
): { value: z.infer<Schema> | null; problems: YamlProblem[] } {
  const parsed = schema.safeParse(value)
  if (parsed.success) return { value: parsed.data, problems: [] }
  return { value: null, problems: parsed.error.issues.flatMap((issue) => problemsOf(schema, issue)) }
}

function problemsOf(schema: z.ZodType, issue: z.core.$ZodIssue): YamlProblem[] {
  const path = pathText(issue.path)
  if (issue.code === 'invalid_union' && issue.errors.length > 0)
    return meantBy(issue.errors, issue.path).flatMap((each) => problemsOf(schema, each))
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return [{ path, message: 'it is missing', help: 'Add it.' }]
  if (issue.code === 'invalid_value') return [{ path, message: issue.message.replace(/\.$/, ''), help: helpWith(issue) }]
  if (issue.code !== 'unrecognized_keys') {
    return [{ path, message: issue.message.replace(/\.$/, ''), help: 'Correct the value.' }]
  }
  const known = keysAt(schema, issue.path)
  return issue.keys.map((key) => {
    const meant = nearest(key, known)
    return {
      path,
      message: `"${key}" is not a known key`,
      help: meant ? `Did you mean "${meant}"?` : `Use one of: ${known.join(', ')}.`,
    }
  })
}

/** Of what is wrong with a value as each of several things that it may be: as that which it was most likely meant to be. @param at its path. */
function meantBy(alternatives: z.core.$ZodIssue[][], at: readonly PropertyKey[]): z.core.$ZodIssue[] {
  const placed = alternatives.map((issues) => issues.map((issue) => ({ ...issue, path: [...at, ...issue.path] })))
  // Another kind of value, or another literal where they differ, was not meant.
  const isOther = (issue: z.core.$ZodIssue) =>
    (issue.code === 'invalid_type' && issue.path.length === at.length) ||
    (issue.code === 'invalid_value' && issue.path.length <= at.length + 1)
  const likely = placed.filter((issues) => !issues.some(isOther))
  const objects = placed.filter(
    (issues) => !issues.some(({ code, path }) => code === 'invalid_type' && path.length === at.length),
  )
  if (likely.length === 0) {
    const values = objects.flat().filter((issue) => issue.code === 'invalid_value')
    const [first] = values
    if (first && values.every(({ path }) => pathText(path) === pathText(first.path)))
      return [
        { ...first, values: [...new Set(values.flatMap((each) => each.values))], message: 'it is none of those that there are' },
      ]
  }
  const candidates = likely.length > 0 ? likely : objects.length > 0 ? objects : placed
  return candidates.reduce((best, issues) => (weightOf(issues) < weightOf(best) ? issues : best))
}

/** How wrong it is: how many problems, those of an alternative's own alternatives as many as its best has. */
const weightOf = (issues: z.core.$ZodIssue[]): number =>
  issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0)

const helpWith = ({ values }: z.core.$ZodIssueInvalidValue): string => `Use one of: ${values.map(String).join(', ')}.`

const pathText = (path: readonly PropertyKey[]): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`)).join('')

interface Definition {
  type: string
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  innerType?: z.ZodType
  valueType?: z.ZodType
  options?: z.ZodType[]
}

/** The keys that an object of the schema may have there; of a union, those of all that it may be. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at = alternatives(schema)
  for (const part of path)
    at = at.flatMap(({ element, shape, valueType }) => alternatives(element ?? shape?.[String(part)] ?? valueType))
  return [...new Set(at.flatMap(({ shape = {} }) => Object.keys(shape)))]
}

const alternatives = (schema: z.ZodType | undefined): Definition[] => {
  const definition = definitionOf(schema)
  return definition.options ? definition.options.flatMap(alternatives) : [definition]
}

/** What a schema says, without what only makes it optional or gives it a default. */
function definitionOf(schema: z.ZodType | undefined): Definition {
  let definition = (schema as unknown as { def?: Definition })?.def ?? { type: 'unknown' }
  while (definition.innerType) definition = (definition.innerType as unknown as { def: Definition }).def
  return definition
}
