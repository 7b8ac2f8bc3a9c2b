/** Libraries without types of their own under this name. */
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>)
    getPackage(prefix: string): unknown
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: unknown[] }>
    toXML(definitions: unknown): Promise<{ xml: string }>
  }
}

declare module 'bpmn-auto-layout' {
  export function layoutProcess(xml: string): Promise<string>
}

declare module 'dmn-moddle' {
  import type { Element } from './bpmn/element.ts'
  export class DmnModdle {
    fromXML(xml: string, type: string): Promise<{ rootElement: Element; warnings: { message: string; element?: Element }[] }>
  }
}

declare module 'saxen' {
  type Decode = (text: string) => string
  export class Parser {
    on(event: 'openTag', heard: (name: string, attributes: () => Record<string, string>, decode: Decode) => void): this
    on(event: 'closeTag', heard: (name: string) => void): this
    on(event: 'text', heard: (text: string, decode: Decode) => void): this
    on(event: 'cdata', heard: (text: string) => void): this
    on(event: 'error' | 'warn', heard: (error: Error) => void): this
    parse(xml: string): Error | null
  }
}
