/** Shapes and edges of a diagram as the text that stands in a file (BPMN 2.0.2, 12): read where something is, written, moved. */

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export type Point = [x: number, y: number]

/** @param attributes of the shape, each with a space before it. */
export const shape = (id: string, { x, y, width, height }: Box, attributes = ''): string =>
  `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"${attributes}><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}" /></bpmndi:BPMNShape>`

export const edge = (id: string, points: Point[]): string =>
  `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}">${waypoints(points)}</bpmndi:BPMNEdge>`

export const waypoints = (points: Point[]): string => points.map(([x, y]) => `<di:waypoint x="${x}" y="${y}" />`).join('')

/** What stands in the planes of diagrams. */
export const insideOf = (diagrams: string): string =>
  [...diagrams.matchAll(/<bpmndi:BPMNPlane[^>]*>([\s\S]*?)<\/bpmndi:BPMNPlane>/g)].map(([, inside]) => inside).join('\n')

/** Where each shape is, by the id of its element. */
export const boxesOf = (diagrams: string): Map<string, Box> =>
  new Map(
    [
      ...diagrams.matchAll(
        /<bpmndi:BPMNShape[^>]* bpmnElement="([^"]*)"[^>]*>\s*<dc:Bounds x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"/g,
      ),
    ].map(([, id, x, y, width, height]) => [id!, { x: Number(x), y: Number(y), width: Number(width), height: Number(height) }]),
  )

export const least = <T>(all: readonly T[] | ReadonlyMap<string, T>, of: (one: T) => number): number =>
  Math.min(...[...all.values()].map(of))

/** Everything in a text moved by as much. */
export const moved = (text: string, by: { x: number; y: number }): string =>
  text.replace(
    /(<(?:dc:Bounds|di:waypoint) x=")([^"]*)(" y=")([^"]*)"/g,
    (_, head: string, x: string, between: string, y: string) => `${head}${Number(x) + by.x}${between}${Number(y) + by.y}"`,
  )
