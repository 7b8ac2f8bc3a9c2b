/** The diagram of a file (bpmnlint: no-bpmndi, no-overlapping-elements): it shows every element, and no two in one place. */
import { called, calledInFrench, sentence } from '../bpmn/compilation.ts'
import { type Element, elementOf, elementsOf, idOf } from '../bpmn/element.ts'
import { containerOf, type FileElements, said } from '../bpmn/file-elements.ts'
import { nodeKinds } from '../bpmn/kinds.ts'
import type { Finding } from '../finding.ts'
import { gather } from '../gather.ts'

interface Box {
  element: Element
  left: number
  right: number
  top: number
  bottom: number
}

/** Warnings about a drawing that people cannot see whole. A file without a diagram is laid out by itself: nothing is said of it. */
export const lintShapes = (file: FileElements): Finding[] => {
  const planes = elementsOf(file.definitions, 'diagrams').flatMap((diagram) => elementOf(diagram, 'plane') ?? [])
  if (planes.length === 0) return []
  const shown = new Map<Element, Element>()
  for (const drawn of planes.flatMap((plane) => elementsOf(plane, 'planeElement'))) {
    const element = elementOf(drawn, 'bpmnElement')
    if (element) shown.set(element, drawn)
  }
  const visible = file.elements.filter(isVisible)
  return [...visible.filter((element) => !shown.has(element)).map(missing), ...overlapping(visible, shown)]
}

const isVisible = ({ $type }: Element): boolean =>
  nodeKinds[$type] !== undefined || /^bpmn:(SequenceFlow|MessageFlow|Participant|Lane|DataObjectReference)$/.test($type)

/** Elements beside each other, by what they stand in: a sweep from left to right. */
const overlapping = (visible: Element[], shown: ReadonlyMap<Element, Element>): Finding[] => {
  const beside = new Map<Element | undefined, Box[]>()
  for (const element of visible) {
    const box = nodeKinds[element.$type] === undefined ? null : boxOf(element, shown.get(element))
    if (box) gather(beside, containerOf(element), box)
  }
  const found = new Set<Element>()
  for (const boxes of beside.values()) sweep(boxes, found)
  return visible.filter((element) => found.has(element)).map(overlaps)
}

const boxOf = (element: Element, shape: Element | undefined): Box | null => {
  const { x, y, width, height } = (elementOf(shape, 'bounds') ?? {}) as Record<string, unknown>
  if (![x, y, width, height].every((value) => typeof value === 'number' && Number.isFinite(value))) return null
  const [left, top] = [x as number, y as number]
  return { element, left, top, right: left + (width as number), bottom: top + (height as number) }
}

const sweep = (boxes: Box[], found: Set<Element>): void => {
  boxes.sort((one, other) => one.left - other.left)
  let open: Box[] = []
  for (const box of boxes) {
    open = open.filter(({ right }) => right > box.left)
    for (const other of open) {
      const isApart = other.top >= box.bottom || box.top >= other.bottom
      if (isApart || box.element.attachedToRef === other.element || other.element.attachedToRef === box.element) continue
      found.add(box.element).add(other.element)
    }
    open.push(box)
  }
}

const missing = (element: Element): Finding =>
  said(
    idOf(element),
    'missing-shape',
    [`${sentence(called(element))} is not in the diagram.`, 'Draw it, or remove it.'],
    [`${sentence(calledInFrench(element))} n’est pas dans le diagramme.`, 'Dessinez-le, ou supprimez-le.'],
    'warning',
  )

const overlaps = (element: Element): Finding =>
  said(
    idOf(element),
    'overlapping-elements',
    [`${sentence(called(element))} overlaps another element.`, 'Move them apart.'],
    [`${sentence(calledInFrench(element))} en recouvre un autre.`, 'Écartez-les.'],
    'warning',
  )
