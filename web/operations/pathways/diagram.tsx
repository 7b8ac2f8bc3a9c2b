/** The pathway as drawn, by bpmn-js, with how many stand on each element. The table beside it says the same to those who do not see it. */
import { ActionIcon, Group } from '@mantine/core'
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import { useEffect, useRef, useState } from 'react'
import type { PositionItem } from '../../../api/types.ts'
import { translateElements } from '../../../pathways/language/texts.ts'
import { DRAWN } from '../../shared/drawing-style.ts'
import { text } from '../../shared/language.ts'
import { Failure } from '../../shared/states.tsx'

interface Box {
  x: number
  y: number
  width: number
  height: number
}
/** The parts of diagram-js we use. */
interface Canvas {
  zoom(scale: number | 'fit-viewport', center?: 'auto' | { x: number; y: number }): number
  addMarker(element: string, marker: string): void
  removeMarker(element: string, marker: string): void
  resized(): void
  viewbox(box?: Box): Box & { scale: number; inner: Box; outer: { width: number; height: number } }
}
interface Overlays {
  add(
    element: string,
    type: string,
    overlay: { position: Record<string, number>; scale: { min: number; max: number }; html: HTMLElement },
  ): string
  remove(filter: { type: string }): void
}
/** What bpmn-js has read and not yet drawn. */
interface Parsed {
  elementsById: Parameters<typeof translateElements>[0]
}
interface Registry {
  get(id: string): (Box & { waypoints?: unknown; businessObject: { name?: string } }) | undefined
}

const COUNTS = 'counts'
/** Below this, labels cannot be read: somebody who asks for an element is brought nearer. */
const READABLE_SCALE = 0.6
/** Below this nothing can be made out at all. */
const SCALE_MIN = 0.36
/** Pixels; what is left of a common screen under the header and the figures. */
const HEIGHT_MAX = 680
const HEIGHT_MIN = 240
/** Around the drawing, in its own units: room for badges and for the tools. */
const MARGIN = 44

interface DiagramProps {
  xml: string
  /** From what the drawing says to what it says in the reader's language; absent when that is its own. */
  texts: Record<string, string> | undefined
  name: string
  positions: PositionItem[]
  selected: string
  onSelect: (element: string) => void
}

export default function Diagram({ xml, texts, name, positions, selected, onSelect }: DiagramProps) {
  const container = useRef<HTMLElement>(null)
  const select = useRef(onSelect)
  select.current = onSelect
  const [viewer, setViewer] = useState<NavigatedViewer | null>(null)
  const [error, setError] = useState<unknown>(null)

  useEffect(() => {
    const made = new NavigatedViewer({
      ...DRAWN,
      container: container.current!,
      // A wheel turns the page, as everywhere else; buttons and dragging move the diagram.
      zoomScroll: { enabled: false },
    } as ConstructorParameters<typeof NavigatedViewer>[0])
    let gone = false
    made.on('element.click', ({ element }: { element: { id: string; parent?: unknown } }) => {
      if (element.parent) select.current(element.id)
    })
    if (texts)
      made.on('import.parse.complete', ({ elementsById }: Parsed) =>
        translateElements(elementsById, (words) => texts[words] ?? words),
      )
    made.importXML(xml).then(
      () => {
        if (gone) return
        container.current!.style.height = `${heightFor(made)}px`
        made.get<Canvas>('canvas').resized()
        showWhole(made)
        setViewer(made)
      },
      (reason: unknown) => {
        if (!gone) setError(reason)
      },
    )
    const observer = new ResizeObserver(() => made.get<Canvas>('canvas').resized())
    observer.observe(container.current!)
    return () => {
      gone = true
      observer.disconnect()
      setViewer(null)
      made.destroy()
    }
  }, [xml, texts])

  useEffect(() => {
    if (viewer) showCounts(viewer, positions, (element) => select.current(element))
  }, [viewer, positions])

  useEffect(() => {
    if (!viewer || selected === '' || !viewer.get<Registry>('elementRegistry').get(selected)) return
    const canvas = viewer.get<Canvas>('canvas')
    canvas.addMarker(selected, 'is-selected')
    showElement(viewer, selected)
    return () => canvas.removeMarker(selected, 'is-selected')
  }, [viewer, selected])

  if (error) return <Failure error={error} />
  const zoomBy = (factor: number) =>
    viewer?.get<Canvas>('canvas').zoom(Math.min(3, Math.max(0.2, currentScale(viewer) * factor)), 'auto')
  return (
    <div className="diagram">
      <section ref={container} className="diagram-canvas" aria-label={text('diagram.label', { name })} aria-describedby="steps" />
      <Group justify="space-between" gap="xs" className="diagram-foot">
        <Group gap={4}>
          <Tool name={text('diagram.nearer')} Icon={IconPlus} use={() => zoomBy(1.3)} />
          <Tool name={text('diagram.further')} Icon={IconMinus} use={() => zoomBy(1 / 1.3)} />
          <Tool name={text('diagram.whole')} Icon={IconMaximize} use={() => viewer && showWhole(viewer)} />
        </Group>
        <Legend />
      </Group>
    </div>
  )
}

function Tool({ name, Icon, use }: { name: string; Icon: typeof IconPlus; use: () => void }) {
  return (
    <ActionIcon variant="default" size="lg" aria-label={name} title={name} onClick={use}>
      <Icon size={16} />
    </ActionIcon>
  )
}

function Legend() {
  return (
    <Group gap="md" className="legend">
      <span>
        <span className="badge-here figures" aria-hidden>
          3
        </span>{' '}
        {text('legend.here')}
      </span>
      <span>
        <span className="badge-waiting figures" aria-hidden>
          2
        </span>{' '}
        {text('legend.waiting')}
      </span>
    </Group>
  )
}

const currentScale = (viewer: NavigatedViewer): number => viewer.get<Canvas>('canvas').viewbox().scale

/** As high as the whole drawing needs at this width, within what leaves room for the rest of the page. */
function heightFor(viewer: NavigatedViewer): number {
  const { inner, outer } = viewer.get<Canvas>('canvas').viewbox()
  const scale = Math.min(1, Math.max(SCALE_MIN, outer.width / (inner.width + 2 * MARGIN)))
  return Math.min(HEIGHT_MAX, Math.max(HEIGHT_MIN, (inner.height + 2 * MARGIN) * scale))
}

/** Brings an element to the middle, near enough to be read; one that is in sight and can be read stays where it is. */
function showElement(viewer: NavigatedViewer, element: string): void {
  const canvas = viewer.get<Canvas>('canvas')
  const shape = viewer.get<Registry>('elementRegistry').get(element)
  if (!shape || shape.waypoints) return
  const { x, y, width: seenWidth, height: seenHeight, scale, outer } = canvas.viewbox()
  const isInSight =
    shape.x >= x && shape.y >= y && shape.x + shape.width <= x + seenWidth && shape.y + shape.height <= y + seenHeight
  if (isInSight && scale >= READABLE_SCALE) return
  const nearer = Math.max(scale, READABLE_SCALE)
  const [width, height] = [outer.width / nearer, outer.height / nearer]
  canvas.viewbox({ x: shape.x + shape.width / 2 - width / 2, y: shape.y + shape.height / 2 - height / 2, width, height })
}

/** The whole drawing, or on a narrow screen its beginning, no smaller than can be made out. */
function showWhole(viewer: NavigatedViewer): void {
  const canvas = viewer.get<Canvas>('canvas')
  const { inner, outer } = canvas.viewbox()
  const scale = Math.min(
    1,
    Math.max(SCALE_MIN, Math.min(outer.width / (inner.width + 2 * MARGIN), outer.height / (inner.height + 2 * MARGIN))),
  )
  const [width, height] = [outer.width / scale, outer.height / scale]
  const isWider = inner.width + 2 * MARGIN > width
  canvas.viewbox({
    x: isWider ? inner.x - MARGIN : inner.x + inner.width / 2 - width / 2,
    y: inner.y + inner.height / 2 - height / 2,
    width,
    height,
  })
}

/** Puts a badge on every element where somebody stands; those who wait for a resource have one of their own, dashed. */
function showCounts(viewer: NavigatedViewer, positions: PositionItem[], onSelect: (element: string) => void): void {
  const overlays = viewer.get<Overlays>('overlays')
  const registry = viewer.get<Registry>('elementRegistry')
  overlays.remove({ type: COUNTS })
  for (const { element, count, waiting } of positions) {
    const shape = registry.get(element)
    if (!shape || shape.waypoints) continue
    const html = document.createElement('div')
    html.className = 'badges'
    html.title = text('steps.said', { name: shape.businessObject.name ?? '', count, waiting })
    if (count - waiting > 0) html.append(badge('badge-here', count - waiting))
    if (waiting > 0) html.append(badge('badge-waiting', waiting))
    html.addEventListener('click', () => onSelect(element))
    overlays.add(element, COUNTS, { position: { top: 0, right: 0 }, scale: { min: 0.9, max: 1.2 }, html })
  }
}

function badge(className: string, count: number): HTMLElement {
  const element = document.createElement('span')
  element.className = `${className} figures`
  element.textContent = String(count)
  return element
}
