/**
 * A connector as a template of an element: what stands on a service task that calls it. bpmn-js-element-templates knows the bindings of Camunda
 * alone (zeebe: and camunda: properties), and would write none of the hospital's extension; what there is to fill in is here.
 */
import type { Connector } from './catalogue.ts'

/** What a template says, and replaces. */
export const CONNECTOR_TYPES = ['hospital:Activity', 'hospital:Input', 'hospital:Output']

/** What it takes is read from variables of the same names until somebody says otherwise. */
export const extensionsFor = ({ name: connector, inputs, outputs }: Connector) => [
  { type: 'hospital:Activity', properties: { name: connector } },
  ...inputs.map((name) => ({ type: 'hospital:Input', properties: { name, value: `=${name}` } })),
  ...Object.entries(outputs).map(([name, value]) => ({ type: 'hospital:Output', properties: { name, value } })),
]
