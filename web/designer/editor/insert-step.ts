/** Puts a step into a flow: what follows makes room, the flow goes through it. One command, undone at once. */
import { text } from '../../shared/language.ts'
import type { Canvas, ModdleElement, Selection, Shape } from './diagram-js.ts'

interface FullModeling {
  moveElements(shapes: Shape[], delta: { x: number; y: number }): void
  createShape(attributes: object, position: { x: number; y: number }, parent: Shape): Shape
  reconnectEnd(connection: Shape, target: Shape, docking: { x: number; y: number }): void
  connect(source: Shape, target: Shape, attributes: object): Shape
  layoutConnection(connection: Shape): void
}
export interface Stack {
  registerHandler(command: string, handler: unknown): void
  execute(command: string, context: InsertContext): void
}
export interface Pad {
  registerProvider(priority: number, provider: object): void
}
interface DirectEditing {
  activate(shape: Shape): void
}
interface Flow extends Shape {
  source: Shape & { outgoing: Flow[] }
  target: Shape
}
export interface InsertContext {
  flow: Flow
  /** A person's task, without. */
  businessObject?: ModdleElement
  inserted?: Shape
}

export const INSERT_STEP = 'hospital.insertStep'
const WIDTH = 120
const HEIGHT = 80
const GAP = 40
/** What stands no further above or below belongs to the same line of the drawing. */
const LINE_HALF_HEIGHT = 60
const PRIORITY = 600

class InsertStepHandler {
  static $inject = ['modeling', 'elementRegistry']
  readonly #modeling: FullModeling
  readonly #registry: { getAll(): Shape[] }

  constructor(modeling: FullModeling, registry: { getAll(): Shape[] }) {
    this.#modeling = modeling
    this.#registry = registry
  }

  preExecute(context: InsertContext): void {
    const { flow } = context
    const { source, target } = flow
    const from = source.x + source.width
    const y = source.y + source.height / 2
    const parent = source.parent!
    const isAhead = target.x >= from && Math.abs(target.y + target.height / 2 - y) < LINE_HALF_HEIGHT
    const room = WIDTH + 2 * GAP - (isAhead ? target.x - from : 0)
    const followers = this.#registry
      .getAll()
      .filter(
        (shape) =>
          !shape.waypoints &&
          !shape.labelTarget &&
          shape.parent === parent &&
          shape !== source &&
          shape.x >= from &&
          Math.abs(shape.y + shape.height / 2 - y) < LINE_HALF_HEIGHT,
      )
    if (room > 0 && followers.length > 0) this.#modeling.moveElements(followers, { x: room, y: 0 })
    const middle = { x: from + GAP + WIDTH / 2, y }
    const { businessObject } = context
    const kind = businessObject ? { type: businessObject.$type, businessObject } : { type: 'bpmn:UserTask' }
    const attributes = { ...kind, width: WIDTH, height: HEIGHT }
    const inserted = this.#modeling.createShape(attributes, middle, parent)
    this.#modeling.reconnectEnd(flow, inserted, { x: middle.x - WIDTH / 2, y })
    const onwards = this.#modeling.connect(inserted, target, { type: 'bpmn:SequenceFlow' })
    this.#modeling.layoutConnection(flow)
    this.#modeling.layoutConnection(onwards)
    context.inserted = inserted
  }
}

export class InsertStepPad {
  static $inject = ['contextPad', 'commandStack', 'selection', 'directEditing', 'canvas']
  readonly #stack: Stack
  readonly #selection: Selection
  readonly #editing: DirectEditing
  readonly #canvas: Canvas

  constructor(pad: Pad, stack: Stack, selection: Selection, editing: DirectEditing, canvas: Canvas) {
    this.#canvas = canvas
    this.#stack = stack
    this.#selection = selection
    this.#editing = editing
    stack.registerHandler(INSERT_STEP, InsertStepHandler)
    pad.registerProvider(PRIORITY, this)
  }

  getContextPadEntries(element: Shape): object {
    if (!flowAfter(element)) return {}
    return {
      'hospital.insert-step': {
        ...{ group: 'model', className: 'bpmn-icon-user-task', title: text('editor.insert') },
        action: { click: () => this.insertAfter(element) },
      },
    }
  }

  /** A person's task, to be named at once. */
  insertAfter(element: Shape): void {
    const flow = flowAfter(element)
    if (!flow) return
    const context: InsertContext = { flow }
    this.#stack.execute(INSERT_STEP, context)
    this.#selection.select(context.inserted!)
    this.#canvas.scrollToElement(context.inserted!.id)
    this.#editing.activate(context.inserted!)
  }
}

/** The flow itself, or the only one that leaves an element. */
export function flowAfter(element: Shape): Flow | null {
  if (element.type === 'bpmn:SequenceFlow') return element as Flow
  const isNode = (element.businessObject as ModdleElement).$instanceOf('bpmn:FlowNode') && !element.labelTarget
  const outgoing = (element as Flow['source']).outgoing ?? []
  const flows = isNode ? outgoing.filter(({ type }) => type === 'bpmn:SequenceFlow') : []
  return flows.length === 1 ? flows[0]! : null
}

export const InsertStepModule = { __init__: ['insertStepPad'], insertStepPad: ['type', InsertStepPad] }
