/** How every drawing of the library must read: whole, nothing over anything else, no flow through what is not its own, room for its words. */
import { BpmnModdle } from 'bpmn-moddle'
import { describe, expect, it } from 'vitest'
import { catalogue, type Entry, filesOf, libraryFile, programs } from './library.ts'

interface Bounds {
  x: number
  y: number
  width: number
  height: number
}
interface Drawn {
  bpmnElement: {
    id: string
    $type: string
    name?: string
    attachedToRef?: { id: string }
    sourceRef?: { id: string }
    targetRef?: { id: string }
  }
  bounds?: Bounds
  label?: { bounds?: Bounds }
  waypoint?: { x: number; y: number }[]
}

/** Everything that the diagram of an entry shows. */
async function drawnIn(entry: Entry): Promise<Drawn[]> {
  const { rootElement } = await new BpmnModdle().fromXML(filesOf(entry, '.bpmn')[0]!)
  return (rootElement as unknown as { diagrams: { plane: { planeElement: Drawn[] } }[] }).diagrams[0]!.plane.planeElement
}

/** Of a label's characters on average, in the fonts of the page. */
const CHARACTER_WIDTH = 6

const overlap = (one: Bounds, other: Bounds) =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height
const inside = (inner: Bounds, outer: Bounds) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

/** The straight pieces of every flow. */
function piecesOf(drawn: Drawn[]) {
  return drawn.flatMap(({ bpmnElement, waypoint = [] }) =>
    waypoint.slice(1).map((to, index) => {
      const from = waypoint[index]!
      const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)]
      return { flow: bpmnElement, bounds: { x, y, width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) } }
    }),
  )
}

describe.each(catalogue)('$id', (entry) => {
  it('is drawn whole', async () => {
    const shown = (await drawnIn(entry)).map(({ bpmnElement }) => bpmnElement.id)
    const { nodes, flows } = programs.get(entry.id)!
    const expected = [...nodes.slice(1), ...flows].map(({ id }) => id)
    expect(shown.sort()).toEqual(expected.sort())
  })

  it('is drawn without overlaps, with straight corners', async () => {
    const drawn = await drawnIn(entry)
    const shapes = drawn.filter((item) => item.bounds && item.bpmnElement.$type !== 'bpmn:SubProcess')
    const frames = drawn.filter((item) => item.bpmnElement.$type === 'bpmn:SubProcess').map((item) => item.bounds!)
    const labels = drawn
      .filter((item) => item.label?.bounds)
      .map((item) => ({ id: item.bpmnElement.id, bounds: item.label!.bounds! }))
    const faults: string[] = []
    shapes.forEach((one, index) => {
      const { id, attachedToRef } = one.bpmnElement
      for (const other of shapes.slice(index + 1)) {
        const attached = attachedToRef?.id === other.bpmnElement.id || other.bpmnElement.attachedToRef?.id === id
        if (!attached && overlap(one.bounds!, other.bounds!)) faults.push(`${id} over ${other.bpmnElement.id}`)
      }
      for (const label of labels) if (overlap(label.bounds, one.bounds!)) faults.push(`label of ${label.id} over ${id}`)
    })
    labels.forEach((one, index) => {
      for (const other of labels.slice(index + 1))
        if (overlap(one.bounds, other.bounds)) faults.push(`labels of ${one.id} and ${other.id}`)
      for (const frame of frames)
        if (overlap(one.bounds, frame) && !inside(one.bounds, frame)) faults.push(`label of ${one.id} on a border`)
    })
    for (const { bpmnElement, waypoint } of drawn) {
      waypoint?.forEach((point, index) => {
        const before = waypoint[index - 1]
        if (before && before.x !== point.x && before.y !== point.y) faults.push(`${bpmnElement.id} is slanted`)
      })
    }
    expect(faults).toEqual([])
  })

  it('has its boundary events on the border of what they watch', async () => {
    const drawn = await drawnIn(entry)
    for (const { bpmnElement, bounds } of drawn) {
      if (!bpmnElement.attachedToRef) continue
      const host = drawn.find((item) => item.bpmnElement.id === bpmnElement.attachedToRef!.id)!.bounds!
      const middle = { x: bounds!.x + bounds!.width / 2, y: bounds!.y + bounds!.height / 2 }
      const across = middle.x >= host.x && middle.x <= host.x + host.width
      expect(across && (middle.y === host.y || middle.y === host.y + host.height), bpmnElement.id).toBe(true)
    }
  })

  it('has flows that pass through nothing and cross no other', async () => {
    const drawn = await drawnIn(entry)
    const pieces = piecesOf(drawn)
    const faults: string[] = []
    for (const { flow, bounds } of pieces) {
      const line = { ...bounds, width: bounds.width || 1, height: bounds.height || 1 }
      for (const { bpmnElement, bounds: shape, label } of drawn) {
        const isOwn = [flow.sourceRef?.id, flow.targetRef?.id].includes(bpmnElement.id)
        const isFrame = bpmnElement.$type === 'bpmn:SubProcess'
        if (shape && !isOwn && !isFrame && overlap(line, shape)) faults.push(`${flow.id} through ${bpmnElement.id}`)
        if (label?.bounds && overlap(line, label.bounds)) faults.push(`${flow.id} through the label of ${bpmnElement.id}`)
      }
    }
    const across = pieces.filter(({ bounds }) => bounds.height === 0)
    const down = pieces.filter(({ bounds }) => bounds.width === 0)
    for (const { flow, bounds } of across) {
      for (const other of down) {
        const [x, y] = [other.bounds.x, bounds.y]
        const meets =
          x > bounds.x && x < bounds.x + bounds.width && y > other.bounds.y && y < other.bounds.y + other.bounds.height
        if (meets && flow.targetRef!.id !== other.flow.targetRef!.id) faults.push(`${flow.id} crosses ${other.flow.id}`)
      }
    }
    expect(faults).toEqual([])
  })

  it('has labels with room for their words, in both languages', async () => {
    const english = JSON.parse(libraryFile(`${entry.folder}/en.json`)) as Record<string, string>
    const narrow = (await drawnIn(entry)).flatMap(({ bpmnElement: { id, name = '' }, label }) => {
      const words = [name, english[name] ?? name].flatMap((text) => text.split(' '))
      const longest = Math.max(...words.map((word) => word.length)) * CHARACTER_WIDTH
      return label?.bounds && label.bounds.width < longest ? [id] : []
    })
    expect(narrow).toEqual([])
  })
})
