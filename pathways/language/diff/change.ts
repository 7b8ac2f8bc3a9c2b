/** One difference between two versions of a model. */
export interface Change {
  /** `moved` is for what has an order: a rule of a table, a field of a form. */
  change: 'added' | 'removed' | 'changed' | 'moved'
  /** The element's id, by which the two versions are matched. */
  element: string
  /** Its type, as `bpmn:UserTask`, `dmn:Decision` or `form:textfield`: in the newer version, where it is there. */
  type: string
  name: string
  /** What of it changed, by the standard's name, or an extension element's, as `hospital:need`; or a part without an id, as `rule 3`, which may be added or removed too. */
  property?: string
  /** The older value as text; absent where there was none. */
  from?: string
  /** The newer value as text; absent where there is none. */
  to?: string
}
