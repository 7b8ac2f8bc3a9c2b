/** Choosing a connector by what it does, from beside a step: it comes into the flow with what it takes and gives; or in the place of what the step was. */
import { text } from '../../shared/language.ts'
import type { BpmnFactory, Canvas, Modeling, Selection, Shape } from './diagram-js.ts'
import { flowAfter, INSERT_STEP, type InsertContext, type Pad, type Stack } from './insert-step.ts'
import type { Catalogue, Connector } from './properties/catalogue.ts'
import { CONNECTOR_TYPES, extensionsFor } from './properties/connector-template.ts'
import { setExtensions } from './properties/extensions.ts'

interface Menu {
  registerProvider(menu: string, provider: object): void
  open(target: Shape, menu: string, position: object, options: object): void
}
interface Replace {
  replaceElement(element: Shape, target: { type: string }): Shape
}

const MENU = 'hospital-connectors'
const PRIORITY = 590
const WIDTH = 380

export class ConnectorMenu {
  static $inject = [
    ...[
      'popupMenu',
      'contextPad',
      'commandStack',
      'bpmnFactory',
      'selection',
      'canvas',
      'bpmnReplace',
      'modeling',
      'hospitalCatalogue',
    ],
  ]
  readonly #menu: Menu
  readonly #stack: Stack
  readonly #factory: BpmnFactory
  readonly #selection: Selection
  readonly #canvas: Canvas
  readonly #replace: Replace
  readonly #modeling: Modeling
  readonly #catalogue: Catalogue

  constructor(
    menu: Menu,
    pad: Pad,
    stack: Stack,
    factory: BpmnFactory,
    selection: Selection,
    canvas: Canvas,
    replace: Replace,
    modeling: Modeling,
    catalogue: Catalogue,
  ) {
    this.#menu = menu
    this.#stack = stack
    this.#factory = factory
    this.#selection = selection
    this.#canvas = canvas
    this.#replace = replace
    this.#modeling = modeling
    this.#catalogue = catalogue
    pad.registerProvider(PRIORITY, this)
    menu.registerProvider(MENU, { getPopupMenuEntries: (element: Shape) => this.#entries((one) => this.#insert(element, one)) })
    menu.registerProvider('bpmn-replace', {
      getPopupMenuEntries: (element: Shape) =>
        element.businessObject.$instanceOf('bpmn:Task') ? this.#entries((one) => this.#become(element, one)) : {},
    })
  }

  getContextPadEntries(element: Shape): object {
    if (!flowAfter(element)) return {}
    return {
      'hospital.insert-connector': {
        ...{ group: 'model', className: 'bpmn-icon-service-task', title: text('editor.insertConnector') },
        action: { click: (at: { x: number; y: number }) => this.openFor(element, at) },
      },
    }
  }

  /** @param at in pixels of the page. */
  openFor(element: Shape, { x, y }: { x: number; y: number }): void {
    const options = { title: text('editor.insertConnector'), width: WIDTH, search: true }
    this.#menu.open(element, MENU, { x, y, cursor: { x, y } }, options)
  }

  #entries(choose: (connector: Connector) => void): object {
    const group = { id: 'connectors', name: text('editor.connectors') }
    return Object.fromEntries(
      this.#catalogue.connectors().map((connector) => [
        `connector-${connector.name}`,
        {
          ...{ label: connector.label, className: 'bpmn-icon-service-task', group },
          description: `${connector.help} ${text('editor.connectorTakes', { inputs: connector.inputs.join(', ') })}`,
          action: () => choose(connector),
        },
      ]),
    )
  }

  #insert(after: Shape, connector: Connector): void {
    const flow = flowAfter(after)
    if (!flow) return
    const values = extensionsFor(connector).map(({ type, properties }) => this.#factory.create(type, properties))
    const extensionElements = this.#factory.create('bpmn:ExtensionElements', { values })
    const businessObject = this.#factory.create('bpmn:ServiceTask', { name: connector.label, extensionElements })
    for (const value of values) value.$parent = extensionElements
    extensionElements.$parent = businessObject
    const context: InsertContext = { flow, businessObject }
    this.#stack.execute(INSERT_STEP, context)
    this.#selection.select(context.inserted!)
    this.#canvas.scrollToElement(context.inserted!.id)
  }

  #become(element: Shape, connector: Connector): void {
    const shape =
      element.type === 'bpmn:ServiceTask' ? element : this.#replace.replaceElement(element, { type: 'bpmn:ServiceTask' })
    setExtensions(
      { modeling: this.#modeling, bpmnFactory: this.#factory },
      shape,
      [...CONNECTOR_TYPES, 'hospital:Task'],
      extensionsFor(connector),
    )
    this.#selection.select(shape)
  }
}

export const ConnectorMenuModule = { __init__: ['connectorMenu'], connectorMenu: ['type', ConnectorMenu] }
