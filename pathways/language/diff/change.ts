/** One difference between two versions of a model. */
export interface Change {
  change: 'added' | 'removed' | 'changed'
  /** The element's id, by which the two versions are matched. */
  element: string
  /** Its type, as `bpmn:UserTask`: in the newer version, where it is there. */
  type: string
  name: string
  /** What of it changed, by the standard's name, or an extension element's, as `hospital:need`; only where it is `changed`. */
  property?: string
  /** The older value as text; absent where there was none. */
  from?: string
  /** The newer value as text; absent where there is none. */
  to?: string
}
