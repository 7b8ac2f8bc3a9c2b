/** One diagram for several pools: each process laid out by itself, pools one below the other, message flows between them. */
import { type Box, boxesOf, edge, insideOf, least, moved, shape } from './diagram-text.ts'
import { type Element, elementOf, elementsOf } from './element.ts'
import { BAND, type LaneBox, laneShapes } from './layout-lanes.ts'

/** One process and the diagram that was made for it alone. */
export interface LaidOutProcess {
  process: Element
  diagrams: string
  /** Where its lanes are, one in the other; none for a process without. */
  lanes: LaneBox[]
}

const POOL_X = 100
const POOL_Y = 60
const MARGIN = 40
const BETWEEN_POOLS = 60
/** A pool that shows nothing of itself. */
const CLOSED = { width: 600, height: 60 }

/** The diagram of a collaboration. */
export const poolsDiagram = (collaboration: Element, processes: LaidOutProcess[]): string => {
  const parts: string[] = []
  const boxes = new Map<string, Box>()
  const pools: { id: string; box: Box }[] = []
  const laned: { lanes: LaneBox[]; move: { x: number; y: number } }[] = []
  let y = POOL_Y
  for (const participant of elementsOf(collaboration, 'participants')) {
    const own = processes.find(({ process }) => process === elementOf(participant, 'processRef'))
    const box = { x: POOL_X, y, ...CLOSED }
    if (own?.lanes.length) {
      // Lanes fill their pool, beside its name.
      const [left, top] = [own.lanes[0]!.x, own.lanes[0]!.y]
      const move = { x: POOL_X + BAND - left, y: y - top }
      box.width = own.lanes[0]!.width + BAND
      box.height = -least(own.lanes, (each) => -each.y - each.height) - top
      parts.push(moved(insideOf(own.diagrams), move))
      for (const [id, each] of boxesOf(own.diagrams)) boxes.set(id, { ...each, x: each.x + move.x, y: each.y + move.y })
      laned.push({ lanes: own.lanes, move })
    } else if (own) {
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
  const shapes = pools.map(({ id, box }) => shape(id, box, ' isHorizontal="true"'))
  const lanes = laned.map(({ lanes: inside, move }) => moved(laneShapes(inside, width - BAND), move))
  const flows = elementsOf(collaboration, 'messageFlows').flatMap((flow) => {
    const [from, to] = [boxes.get(elementOf(flow, 'sourceRef')?.id ?? ''), boxes.get(elementOf(flow, 'targetRef')?.id ?? '')]
    return from && to ? [messageEdge(flow.id ?? '', from, to)] : []
  })
  const id = collaboration.id ?? 'collaboration'
  return `<bpmndi:BPMNDiagram id="${id}_diagram"><bpmndi:BPMNPlane id="${id}_plane" bpmnElement="${id}">${[...shapes, ...lanes, ...parts, ...flows].join('\n')}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`
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
  return edge(id, points as [number, number][])
}
