/** A decision, compiled with everything it requires: plain JSON. */
import type { FeelTree, FeelType, NamedTree } from '../feel/tree.ts'

export interface DecisionTree {
  /** Declared input data: read from the variables of these names, as these types. */
  inputs: { name: string; type: FeelType | null }[]
  /** Business knowledge and required decisions, each after what it requires. */
  requires: NamedTree[]
  result: FeelTree
}
