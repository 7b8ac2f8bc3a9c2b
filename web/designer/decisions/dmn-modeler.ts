/** The decision editor of bpmn.io; its own types say `any`. */
import DmnModeler from 'dmn-js/lib/Modeler'
import type { Language } from '../../shared/language.ts'
import { translator } from '../editor/french.ts'
import 'dmn-js/dist/assets/diagram-js.css'
import 'dmn-js/dist/assets/dmn-js-shared.css'
import 'dmn-js/dist/assets/dmn-js-drd.css'
import 'dmn-js/dist/assets/dmn-js-decision-table.css'
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css'
import 'dmn-js/dist/assets/dmn-js-literal-expression.css'
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css'
import 'dmn-js/dist/assets/dmn-js-boxed-expression-controls.css'
import 'dmn-js/dist/assets/dmn-font/css/dmn-embedded.css'

export interface DmnView {
  type: string
  element: { id: string; name?: string }
}

export interface DecisionEditor {
  importXML(xml: string): Promise<{ warnings: unknown[] }>
  saveXML(options: { format: boolean }): Promise<{ xml: string }>
  getViews(): DmnView[]
  getActiveView(): DmnView | undefined
  getActiveViewer(): { get(name: 'eventBus'): { on(event: string, listener: () => void): void } } | undefined
  open(view: DmnView): Promise<unknown>
  on(event: string, listener: () => void): void
  destroy(): void
}

export function createDecisionEditor(container: HTMLElement, language: Language): DecisionEditor {
  const spoken = { additionalModules: [{ translate: ['value', translator(language)] }] }
  const views = { drd: spoken, decisionTable: spoken, literalExpression: spoken, boxedExpression: spoken }
  return new DmnModeler({ container, ...views }) as DecisionEditor
}
