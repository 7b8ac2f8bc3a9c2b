/** One diagram for several pools: each process laid out by itself, pools one below the other, message flows between them. */
import { type Element, elementOf, elementsOf } from './element.ts'

/** One process and the diagram that was made for it alone. */
export interface LaidOutProcess {
  process: Element
  diagrams: string
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

const POOL_X = 100
const POOL_Y = 60
/** The band at the left of a pool that has its name. */
const BAND = 30
const MARGIN = 40
const BETWEEN_POOLS = 60
/** A pool that shows nothing of itself. */
const CLOSED = { width: 600, height: 60 }

/** The diagram of a collaboration. */
export const poolsDiagram = (collaboration: Element, processes: LaidOutProcess[]): string => {
  const parts: string[] = []
  const boxes = new Map<string, Box>()
  const pools: { id: string; box: Box }[] = []
  let y = POOL_Y
  for (const participant of elementsOf(collaboration, 'participants')) {
    const own = processes.find(({ process }) => process === elementOf(participant, 'processRef'))
    const box = { x: POOL_X, y, ...CLOSED }
    if (own) {
      const inside = boxesOf(own.diagrams)
      const [left, top] = [least(inside, ({ x }) => x), least(inside, ({ y: at }) => at)]
      const [right, bottom] = [-least(inside, (each) => -each.x - each.width), -least(inside, (each) => -each.y - each.height)]
      const move = { x: POOL_X + BAND + MARGIN - left, y: y + MARGIN - top }
      box.width = Math.max(CLOSED.width, right - left + BAND + 2 * MARGIN)
      box.height = bottom - top + 2 * MARGIN
      parts.push(moved(insideOf(own.diagrams), move))
      for (const [id, each] of inside) boxes.set(id, { ...each, x: each.x + move.x, y: each.y + move.y })
    }
    boxes.set(participant.id ?? '', box)
    pools.push({ id: participant.id ?? '', box })
    y += box.height + BETWEEN_POOLS
  }
  const width = Math.max(...pools.map(({ box }) => box.width))
  for (const { box } of pools) box.width = width
  const shapes = pools.map(
    ({ id, box }) =>
      `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}" isHorizontal="true"><dc:Bounds x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" /></bpmndi:BPMNShape>`,
  )
  const flows = elementsOf(collaboration, 'messageFlows').flatMap((flow) => {
    const [from, to] = [boxes.get(elementOf(flow, 'sourceRef')?.id ?? ''), boxes.get(elementOf(flow, 'targetRef')?.id ?? '')]
    return from && to ? [messageEdge(flow.id ?? '', from, to)] : []
  })
  const id = collaboration.id ?? 'collaboration'
  return `<bpmndi:BPMNDiagram id="${id}_diagram"><bpmndi:BPMNPlane id="${id}_plane" bpmnElement="${id}">${[...shapes, ...parts, ...flows].join('\n')}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`
}

/** A diagram for each process, where nothing puts them together; ids of diagrams and planes told apart. */
export const separateDiagrams = (processes: LaidOutProcess[]): string =>
  processes
    .map(({ process, diagrams }) => diagrams.replace(/(<bpmndi:BPMN(?:Diagram|Plane) id=")([^"]*)"/g, `$1${process.id}_$2"`))
    .join('\n')

/** Straight down or up where it can be, else by a step in the middle; a closed pool is met right above or below the other end. */
const messageEdge = (id: string, from: Box, to: Box): string => {
  const isDown = from.y < to.y
  const isWide = (box: Box) => box.width >= CLOSED.width
  const middle = (box: Box) => box.x + box.width / 2
  const startX = isWide(from) && !isWide(to) ? middle(to) : middle(from)
  const endX = isWide(to) ? startX : middle(to)
  const [startY, endY] = isDown ? [from.y + from.height, to.y] : [from.y, to.y + to.height]
  const half = (startY + endY) / 2
  const points =
    startX === endX
      ? [
          [startX, startY],
          [endX, endY],
        ]
      : [
          [startX, startY],
          [startX, half],
          [endX, half],
          [endX, endY],
        ]
  return `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}">${points.map(([x, y]) => `<di:waypoint x="${x}" y="${y}" />`).join('')}</bpmndi:BPMNEdge>`
}

/** What stands in the planes of diagrams. */
const insideOf = (diagrams: string): string =>
  [...diagrams.matchAll(/<bpmndi:BPMNPlane[^>]*>([\s\S]*?)<\/bpmndi:BPMNPlane>/g)].map(([, inside]) => inside).join('\n')

const boxesOf = (diagrams: string): Map<string, Box> =>
  new Map(
    [
      ...diagrams.matchAll(
        /<bpmndi:BPMNShape[^>]* bpmnElement="([^"]*)"[^>]*>\s*<dc:Bounds x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"/g,
      ),
    ].map(([, id, x, y, width, height]) => [id!, { x: Number(x), y: Number(y), width: Number(width), height: Number(height) }]),
  )

const least = (boxes: Map<string, Box>, of: (box: Box) => number): number => Math.min(...[...boxes.values()].map(of))

const moved = (text: string, by: { x: number; y: number }): string =>
  text.replace(
    /(<(?:dc:Bounds|di:waypoint) x=")([^"]*)(" y=")([^"]*)"/g,
    (_, head: string, x: string, between: string, y: string) => `${head}${Number(x) + by.x}${between}${Number(y) + by.y}"`,
  )
