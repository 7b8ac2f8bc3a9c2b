/**
 * A FEEL expression, compiled: plain JSON, an operator first, then its operands. Parsing happens once, when a pathway is compiled;
 * `evaluate.ts` turns a tree into closures when a host loads it.
 */
import type { Value } from './value.ts'

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>='
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '**'

export type FeelTree =
  | ['value', Value]
  /** A variable or a built-in function; `?` is the value under a unary test. */
  | ['name', string]
  | ['path', FeelTree, string]
  | ['filter', FeelTree, FeelTree, 'boxed'?]
  | ['call', FeelTree, FeelTree[]]
  | ['callNamed', FeelTree, NamedTree[]]
  | [ComparisonOperator, FeelTree, FeelTree]
  | [ArithmeticOperator, FeelTree, FeelTree]
  | ['negate', FeelTree]
  | ['and', FeelTree, FeelTree]
  | ['or', FeelTree, FeelTree]
  | ['not', FeelTree]
  | ['between', FeelTree, FeelTree, FeelTree]
  /** One value against one test: equal to it, inside its range, or among its items. */
  | ['in', FeelTree, FeelTree]
  /** Evaluates the first once and the second with `?` bound to it. */
  | ['with', FeelTree, FeelTree]
  /** Boxed, what is neither true nor false gives null; written, it is false. */
  | ['if', FeelTree, FeelTree, FeelTree, 'boxed'?]
  | ['for', Iteration[], FeelTree]
  | ['some', Iteration[], FeelTree, 'boxed'?]
  | ['every', Iteration[], FeelTree, 'boxed'?]
  | ['list', FeelTree[]]
  | ['context', NamedTree[]]
  | ['function', Parameter[], FeelTree]
  /** Start, end (null is unbounded), and whether each belongs to the range. */
  | ['range', FeelTree | null, FeelTree | null, boolean, boolean]
  /** `(=10)`, `(!=10)`: one value, or all others, as a range. */
  | ['only', '=' | '!=', FeelTree]
  | ['instance', FeelTree, FeelType]
  /** Names for the body, each seen by those after it and by functions among them, itself included. */
  | ['let', NamedTree[], FeelTree]
  /** Arguments under their own names, converted: when one does not conform, null and no body (DMN 1.5, section 10.3.2.13.2). */
  | ['arguments', [name: string, type: FeelType, declaredBy: string][], FeelTree]
  /** A value as a declared type wants it, null when it does not conform; the last is who declares it. */
  | ['as', FeelTree, FeelType, string]
  /** A decision table, boxed wherever an expression may stand. */
  | ['table', TableTree]

export type NamedTree = [name: string, tree: FeelTree]
/** A name, and what it goes through: a list or range, or from a start to an end. */
export type Iteration = [name: string, from: FeelTree, to: FeelTree | null]
export type Parameter = [name: string, type: FeelType | null]

/** A type name, or one built from others. */
export type FeelType =
  | string
  | ['list', FeelType]
  | ['range', FeelType]
  | ['context', [name: string, type: FeelType][]]
  | ['function', FeelType[], FeelType]
  /** A type and the test over `?` that its values pass: allowed values of an item definition. */
  | ['allowed', FeelType, FeelTree]

export type HitPolicy = 'unique' | 'any' | 'priority' | 'first' | 'rule order' | 'output order' | 'collect'

export interface TableTree {
  /** Its id in the file, for traces and warnings. */
  id: string
  hitPolicy: HitPolicy
  /** What collect does with the outputs; null keeps them all. */
  aggregation: 'sum' | 'min' | 'max' | 'count' | null
  inputs: FeelTree[]
  /** What each input may be, a test over `?`, or null. */
  allowed: (FeelTree | null)[]
  outputs: TableOutput[]
  /** Tests in the order of the inputs, over `?`; outputs in the order of the outputs. */
  rules: { tests: FeelTree[]; outputs: FeelTree[] }[]
}

export interface TableOutput {
  /** '' for the only output of a table. */
  name: string
  /** Output values from the most to the least important, or null. */
  values: FeelTree | null
  /** The result when no rule matches, or null. */
  fallback: FeelTree | null
}
