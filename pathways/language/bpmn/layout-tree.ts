/**
 * A second try for drawings that the layout cannot place as they are: it is given a tree, every node entered by one flow, and the flows that were left out are
 * drawn between the shapes afterwards.
 */
import { layoutProcess } from 'bpmn-auto-layout'
import { type Box, boxesOf, edge, type Point } from './diagram-text.ts'
import { type Element, elementOf, elementsOf } from './element.ts'

/** The text of a process with a diagram. Rejects when not even its tree can be placed. @param process whose flows these are. */
export const laidOut = (xml: string, process: Element): Promise<string> =>
  layoutProcess(xml).catch(() => {
    const spare = spareFlows(process)
    return layoutProcess(without(xml, spare)).then((text) => withEdges(text, spare))
  })

/** The flows that a tree does without: those into what was reached already, from the beginning of each scope on. */
const spareFlows = (scope: Element): Element[] => {
  const inside = elementsOf(scope, 'flowElements')
  const flows = inside.filter(({ $type }) => $type === 'bpmn:SequenceFlow')
  const entered = new Set(flows.map((flow) => elementOf(flow, 'targetRef')))
  const nodes = inside.filter((node) => !flows.includes(node))
  const reached = new Set<Element>()
  const kept = new Set<Element>()
  for (const first of [...nodes.filter((node) => !entered.has(node)), ...nodes]) {
    if (reached.has(first)) continue
    reached.add(first)
    const pending = [first]
    for (let at = pending.shift(); at; at = pending.shift())
      for (const flow of flows) {
        const target = elementOf(flow, 'targetRef')
        if (elementOf(flow, 'sourceRef') !== at || !target || reached.has(target)) continue
        reached.add(target)
        kept.add(flow)
        pending.push(target)
      }
  }
  return [...flows.filter((flow) => !kept.has(flow)), ...nodes.flatMap(spareFlows)]
}

const without = (xml: string, flows: Element[]): string =>
  flows.reduce((text, { id = '' }) => {
    const name = id.replace(/[.]/g, '\\.')
    return text
      .replace(new RegExp(`<([\\w.-]+:)?sequenceFlow [^>]*\\bid="${name}"(?:[^>]*/>|[^>]*>[\\s\\S]*?</\\1sequenceFlow>)`), '')
      .replace(new RegExp(`<([\\w.-]+:)?(incoming|outgoing)>${name}</\\1\\2>`, 'g'), '')
  }, xml)

/** Each edge goes into the plane that shows both its ends. */
const withEdges = (xml: string, flows: Element[]): string =>
  xml.replace(/(<bpmndi:BPMNPlane[^>]*>)([\s\S]*?)(<\/bpmndi:BPMNPlane>)/g, (_, head: string, shapes: string, end: string) => {
    const boxes = boxesOf(shapes)
    const edges = flows.flatMap((flow) => {
      const [from, to] = [boxes.get(elementOf(flow, 'sourceRef')?.id ?? ''), boxes.get(elementOf(flow, 'targetRef')?.id ?? '')]
      return from && to ? [edge(flow.id ?? '', pathBetween(from, to))] : []
    })
    return `${head}${shapes}${edges.join('\n')}${end}`
  })

const BELOW = 20

/** From the right side to the left by a step in the middle; to what stands before, along below both. */
const pathBetween = (from: Box, to: Box): Point[] => {
  const [startY, endY] = [from.y + from.height / 2, to.y + to.height / 2]
  const [startX, endX] = [from.x + from.width, to.x]
  if (startX < endX) {
    const middle = (startX + endX) / 2
    return startY === endY
      ? [
          [startX, startY],
          [endX, endY],
        ]
      : [
          [startX, startY],
          [middle, startY],
          [middle, endY],
          [endX, endY],
        ]
  }
  const [fromX, toX] = [from.x + from.width / 2, to.x + to.width / 2]
  const low = Math.max(from.y + from.height, to.y + to.height) + BELOW
  return [
    [fromX, from.y + from.height],
    [fromX, low],
    [toX, low],
    [toX, to.y + to.height],
  ]
}
