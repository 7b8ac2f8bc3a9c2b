/** The modeller of bpmn.io with the hospital's properties, in the reader's language. */
import Modeler from 'bpmn-js/lib/Modeler'
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule } from 'bpmn-js-properties-panel'
import hospital from '../../../pathways/language/bpmn/hospital.json'
import { DRAWN } from '../../shared/drawing-style.ts'
import type { Language } from '../../shared/language.ts'
import { ConnectorMenuModule } from './connector-menu.ts'
import { translator } from './french.ts'
import { InsertStepModule } from './insert-step.ts'
import type { Catalogue } from './properties/catalogue.ts'
import { HospitalProvider } from './properties/provider.ts'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css'
import '@bpmn-io/properties-panel/dist/assets/properties-panel.css'

export interface Places {
  canvas: HTMLElement
  panel: HTMLElement
}

export function createModeler({ canvas, panel }: Places, catalogue: Catalogue, language: Language): Modeler {
  return new Modeler({
    ...DRAWN,
    container: canvas,
    propertiesPanel: { parent: panel },
    moddleExtensions: { hospital },
    additionalModules: [
      BpmnPropertiesPanelModule,
      BpmnPropertiesProviderModule,
      InsertStepModule,
      ConnectorMenuModule,
      {
        __init__: ['hospitalProvider'],
        hospitalProvider: ['type', HospitalProvider],
        hospitalCatalogue: ['value', catalogue],
        translate: ['value', translator(language)],
      },
    ],
  } as ConstructorParameters<typeof Modeler>[0])
}
