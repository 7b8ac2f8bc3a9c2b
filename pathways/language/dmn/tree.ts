/** A decision, compiled with everything it requires: plain JSON. */
import type { FeelTree, FeelType } from '../feel/tree.ts'

export interface DecisionTree {
  /** Each after what it requires. */
  nodes: DecisionNode[]
  /** One gives its value, several a context by name. */
  results: { name: string; node: number }[]
  /** The file declares no input data, as many tools write it: then decisions read the variables around them by name. */
  open: boolean
  /** What a decision service declares its result to be, and who declares it. */
  result?: { type: FeelType; declaredBy: string }
}

export type DecisionNode =
  /** Input data: the first of the paths that is set, as its type; or what a service's caller gives. */
  | { kind: 'input'; name: string; paths: string[][]; type: FeelType | null }
  /** A decision or business knowledge, over the values it requires and nothing else. */
  | { kind: 'logic'; name: string; needs: Need[]; tree: FeelTree; callsItself: boolean }
  /** A decision service as a function: its own graph, whose inputs are the parameters, in this order. */
  | { kind: 'service'; name: string; parameters: string[]; graph: DecisionTree }

/** Under which name an expression sees what it requires: one name, or an import's and the element's. */
export interface Need {
  path: string[]
  node: number
}
