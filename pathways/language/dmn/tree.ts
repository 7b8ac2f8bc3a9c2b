export type DecisionTree = unknown
