/** Lanes for a process that was laid out without them: what stands in a lane goes into its band, from left to right as it was; flows between bands follow. */
import { type Box, boxesOf, insideOf, moved, type Point, shape, waypoints } from './diagram-text.ts'
import { type Element, elementOf, elementsOf } from './element.ts'

/** A lane, and how deep it is inside others. */
export interface LaneBox extends Box {
  id: string
  depth: number
}

/** The band at the left of a pool or lane that has its name. */
export const BAND = 30
const MARGIN = 30
/** What is higher or lower than this stands in another row. */
const ROW = 70
/** A lane in which nothing stands. */
const EMPTY = 80

/** Shapes of the lanes of a process, as wide as told. */
export const laneShapes = (lanes: LaneBox[], width: number): string =>
  lanes.map((lane) => shape(lane.id, { ...lane, width: width - lane.depth * BAND }, ' isHorizontal="true"')).join('\n')

interface Node {
  id: string
  box: Box
  /** The shape it is attached to moves it; its own id otherwise. */
  host: string
}

/**
 * The diagram of a process with its lanes, from the one that was made without them; as it was when the process has none.
 * @param diagrams of that process alone. Lanes beyond its first set are not drawn: a diagram shows one.
 */
export const withLanes = (process: Element, diagrams: string): { diagrams: string; lanes: LaneBox[] } => {
  const [set] = elementsOf(process, 'laneSets')
  if (!set || elementsOf(set, 'lanes').length === 0) return { diagrams, lanes: [] }
  const boxes = boxesOf(diagrams)
  const nodes = elementsOf(process, 'flowElements').flatMap((element): Node[] => {
    const box = boxes.get(element.id ?? '')
    return box ? [{ id: element.id!, box, host: elementOf(element, 'attachedToRef')?.id ?? element.id! }] : []
  })
  const laneOf = innermost(set)
  const left = Math.min(...nodes.map(({ box }) => box.x)) - MARGIN
  const right = Math.max(...nodes.map(({ box }) => box.x + box.width)) + MARGIN
  const lanes: LaneBox[] = []
  const shift = new Map<string, number>()
  const depthMost = depthOf(set)
  const x = left - (depthMost + 1) * BAND
  /** Places what stands in a lane itself, or (null) in none, in rows from `y` on. @returns where the rows end. */
  const placeRows = (lane: Element | null, y: number): number => {
    const own = nodes.filter(({ id, host }) => id === host && (laneOf.get(id) ?? null) === lane)
    const rows: Node[][] = []
    for (const node of [...own].sort((a, b) => middle(a.box) - middle(b.box))) {
      const row = rows.at(-1)
      if (row && middle(node.box) - middle(row[0]!.box) < ROW) row.push(node)
      else rows.push([node])
    }
    let at = y
    for (const row of rows) {
      const height = Math.max(...row.map(({ box }) => box.height))
      at += MARGIN
      for (const { id, box } of row) shift.set(id, at + height / 2 - middle(box))
      at += height + MARGIN
    }
    return at
  }
  const placeLane = (lane: Element, depth: number, y: number): number => {
    const box: LaneBox = { id: lane.id ?? '', depth, x: x + depth * BAND, y, width: right - x - depth * BAND, height: 0 }
    lanes.push(box)
    let end = placeRows(lane, y)
    for (const child of elementsOf(elementOf(lane, 'childLaneSet') ?? lane, 'lanes')) end = placeLane(child, depth + 1, end)
    end = Math.max(end, y + EMPTY)
    box.height = end - y
    return end
  }
  let end = 0
  for (const lane of elementsOf(set, 'lanes')) end = placeLane(lane, 0, end)
  placeRows(null, end)
  for (const { id, host } of nodes) if (id !== host) shift.set(id, shift.get(host) ?? 0)
  return { diagrams: diagrams.replace(insideOf(diagrams), () => redrawn(process, insideOf(diagrams), nodes, shift)), lanes }
}

/** The lane that each node stands in, the inner one of several. */
const innermost = (set: Element): Map<string, Element> => {
  const found = new Map<string, Element>()
  const read = (lanes: Element[]): void => {
    for (const lane of lanes) {
      for (const node of elementsOf(lane, 'flowNodeRef')) found.set(node.id ?? '', lane)
      read(elementsOf(elementOf(lane, 'childLaneSet') ?? { $type: '' }, 'lanes'))
    }
  }
  read(elementsOf(set, 'lanes'))
  return found
}

const depthOf = (set: Element): number =>
  Math.max(
    0,
    ...elementsOf(set, 'lanes').map((lane) => {
      const inner = elementOf(lane, 'childLaneSet')
      return inner && elementsOf(inner, 'lanes').length > 0 ? 1 + depthOf(inner) : 0
    }),
  )

const middle = ({ y, height }: Box): number => y + height / 2
const centre = ({ x, width }: Box): number => x + width / 2

/** Shapes moved to their rows, flows drawn anew between them; what is no node or flow of the process stays as it is. */
const redrawn = (process: Element, inside: string, nodes: Node[], shift: Map<string, number>): string => {
  const placed = new Map(nodes.map(({ id, box }) => [id, { ...box, y: box.y + (shift.get(id) ?? 0) }]))
  const flows = new Map(elementsOf(process, 'flowElements').map((element) => [element.id ?? '', element]))
  return inside.replace(
    /<bpmndi:BPMN(Shape|Edge)[^>]* bpmnElement="([^"]*)"[^>]*>[\s\S]*?<\/bpmndi:BPMN\1>/g,
    (text, kind: string, id: string) => {
      if (kind === 'Shape') return moved(text, { x: 0, y: shift.get(id) ?? 0 })
      const [source, target] = ['sourceRef', 'targetRef'].map((end) => elementOf(flows.get(id), end))
      const [from, to] = [placed.get(source?.id ?? ''), placed.get(target?.id ?? '')]
      if (!from || !to) return text
      const points = source!.$type === 'bpmn:BoundaryEvent' ? fromBoundary(from, to) : between(from, to)
      return text.replace(/\s*<di:waypoint[\s\S]*<di:waypoint[^>]*\/>/, () => waypoints(points))
    },
  )
}

/** From left to right by a step in the middle; back, and down or up, past the lower edge of the one and the facing edge of the other. */
const between = (from: Box, to: Box): Point[] => {
  const start: Point = [from.x + from.width, middle(from)]
  const end: Point = [to.x, middle(to)]
  if (end[0] > start[0]) {
    const half = (start[0] + end[0]) / 2
    return start[1] === end[1] ? [start, end] : [start, [half, start[1]], [half, end[1]], end]
  }
  const isDown = middle(to) > middle(from)
  const isBeside = Math.abs(middle(to) - middle(from)) < ROW
  const leave = isDown || isBeside ? from.y + from.height : from.y
  const enter = isBeside ? to.y + to.height : isDown ? to.y : to.y + to.height
  const way = isBeside ? Math.max(leave, enter) + MARGIN / 2 : (leave + enter) / 2
  return [
    [centre(from), leave],
    [centre(from), way],
    [centre(to), way],
    [centre(to), enter],
  ]
}

/** An event on a boundary is left downwards. */
const fromBoundary = (from: Box, to: Box): Point[] => {
  const leave = from.y + from.height
  const way = leave + MARGIN / 2
  if (to.x > centre(from))
    return [
      [centre(from), leave],
      [centre(from), Math.max(middle(to), way)],
      ...(middle(to) > way
        ? []
        : ([
            [to.x - MARGIN / 2, way],
            [to.x - MARGIN / 2, middle(to)],
          ] as Point[])),
      [to.x, middle(to)],
    ]
  const enter = middle(to) > way ? to.y : to.y + to.height
  return [
    [centre(from), leave],
    [centre(from), way],
    [centre(to), way],
    [centre(to), enter],
  ]
}
