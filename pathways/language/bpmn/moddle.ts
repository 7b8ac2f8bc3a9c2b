/** The reader and writer of BPMN, with our extension, and as the standard has a global script task: its script is an element (BPMN 2.0.2, table 10.29). */
import { BpmnModdle } from 'bpmn-moddle'
import hospital from './hospital.json' with { type: 'json' }

interface Package {
  types: { name: string; properties?: { name: string; isAttr?: boolean }[] }[]
}

const known = new BpmnModdle().getPackage('bpmn') as Package

/** An attribute of this name, as the reader had it before, is read as well. */
const bpmn: Package = {
  ...known,
  types: known.types.map((type) =>
    type.name === 'GlobalScriptTask'
      ? {
          ...type,
          properties: type.properties!.map((property) =>
            /(^|:)script$/.test(property.name) ? { ...property, isAttr: false } : property,
          ),
        }
      : type,
  ),
}

export const newModdle = (): BpmnModdle => new BpmnModdle({ bpmn, hospital })
