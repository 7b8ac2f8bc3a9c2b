/** What we use of the bpmn.io libraries that bring no types of their own. */
declare module '@bpmn-io/properties-panel' {
  export const TextFieldEntry: unknown
  export const TextAreaEntry: unknown
  export const SelectEntry: unknown
  export const FeelEntry: unknown
  export const FeelTextAreaEntry: unknown
  export const ListGroup: unknown
  export const isTextFieldEntryEdited: (node: Element) => boolean
  export const isSelectEntryEdited: (node: Element) => boolean
  export const isFeelEntryEdited: (node: Element) => boolean
}
declare module '@bpmn-io/properties-panel/dist/assets/properties-panel.css'
declare module 'bpmn-js-properties-panel' {
  export const BpmnPropertiesPanelModule: object
  export const BpmnPropertiesProviderModule: object
}
declare module 'bpmn-js-differ' {
  export function diff(older: unknown, newer: unknown): Record<'_added' | '_removed' | '_layoutChanged' | '_changed', object>
}
declare module 'dmn-js/lib/Modeler' {
  const Modeler: new (options: object) => unknown
  export default Modeler
}
