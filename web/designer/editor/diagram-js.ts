/** The parts of bpmn-js that we use, as types: its services say `any`. */
export interface ModdleElement {
  $type: string
  id?: string
  name?: string
  $parent?: ModdleElement
  get(name: string): unknown
  $instanceOf(type: string): boolean
}

export interface Shape {
  id: string
  type: string
  x: number
  y: number
  width: number
  height: number
  waypoints?: { x: number; y: number }[]
  parent?: Shape
  labelTarget?: Shape
  businessObject: ModdleElement
}

export interface Modeling {
  updateModdleProperties(element: Shape, moddleElement: ModdleElement, properties: Record<string, unknown>): void
}

export interface BpmnFactory {
  create(type: string, properties?: Record<string, unknown>): ModdleElement
}

export interface Canvas {
  zoom(scale: number | 'fit-viewport', center?: 'auto' | { x: number; y: number }): number
  addMarker(element: string, marker: string): void
  removeMarker(element: string, marker: string): void
  hasMarker(element: string, marker: string): boolean
  resized(): void
  /** @param padding pixels kept around it; 100 without. */
  scrollToElement(element: string, padding?: number): void
  getRootElement(): Shape
  getContainer(): HTMLElement
  getActiveLayer(): SVGElement
  viewbox(box?: { x: number; y: number; width: number; height: number }): {
    x: number
    y: number
    width: number
    height: number
    scale: number
    inner: { x: number; y: number; width: number; height: number }
    outer: { width: number; height: number }
  }
}

export interface Overlays {
  add(
    element: string,
    type: string,
    overlay: { position: Record<string, number>; html: HTMLElement; scale?: boolean | { min: number; max: number } },
  ): string
  remove(filter: { type: string }): void
}

export interface Registry {
  get(id: string): Shape | undefined
  getAll(): Shape[]
}

export interface Selection {
  select(element: Shape | null): void
  get(): Shape[]
}

export interface CommandStack {
  undo(): void
  redo(): void
  canUndo(): boolean
  canRedo(): boolean
}

export interface EventBus {
  on(event: string, listener: (event: never) => void): void
  fire(event: string, payload?: object): void
}

/** What both viewers and modellers of bpmn-js offer. */
export interface Diagram {
  get<Service>(name: string): Service
}
