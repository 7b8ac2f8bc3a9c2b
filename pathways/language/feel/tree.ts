export type FeelTree = unknown
