/** The two readers we use have no types of their own under this name. */
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>)
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: unknown[] }>
  }
}

declare module 'dmn-moddle' {
  import type { Element } from './bpmn/element.ts'
  export class DmnModdle {
    fromXML(xml: string, type: string): Promise<{ rootElement: Element; warnings: { message: string; element?: Element }[] }>
  }
}
