/** Where a pathway is drawn: the modeller, its properties, and what there is to say about the drawing. */
import type Modeler from 'bpmn-js/lib/Modeler'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { text, useText } from '../../shared/language.ts'
import { Failure } from '../../shared/states.tsx'
import { CanvasBar } from './canvas-bar.tsx'
import type { CommandStack, EventBus, Registry, Selection, Canvas as Surface } from './diagram-js.ts'
import classes from './editor.module.css'
import { PALETTE_WIDTH, showWhole } from './fit.ts'
import { ROOM } from './marks.ts'
import { createModeler } from './modeler.ts'
import type { Catalogue } from './properties/catalogue.ts'
import { usePropertiesShown } from './use-remembered.ts'

const SEND_AFTER_MS = 250

export interface ModelerState {
  canUndo: boolean
  canRedo: boolean
}

interface Props {
  bpmn: string
  /** Another number means that the drawing comes from elsewhere, and is read again. */
  generation: number
  catalogue: Catalogue
  selected: string
  /** Of the modeller, when it has read the drawing. */
  modeler: RefObject<Modeler | null>
  /** The same, once it has. */
  ready: Modeler | null
  onReady: (modeler: Modeler | null) => void
  onChange: (bpmn: string) => void
  onState: (state: ModelerState) => void
  onSelect: (element: string) => void
}

export function DiagramTab(props: Props) {
  const { bpmn, generation, catalogue, selected, modeler, ready, onReady, onChange, onState, onSelect } = props
  const language = useText()
  const canvas = useRef<HTMLElement>(null)
  const panel = useRef<HTMLElement>(null)
  const [error, setError] = useState<unknown>(null)
  const [hasPanel, setHasPanel] = usePropertiesShown()
  const told = useRef({ onChange, onState, onSelect, onReady })
  told.current = { onChange, onState, onSelect, onReady }
  const read = useRef(bpmn)
  read.current = bpmn
  const shown = useRef(generation)
  shown.current = generation
  const asked = useRef(selected)
  asked.current = selected

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again only when the drawing comes from elsewhere, or the language changes.
  useEffect(() => {
    const made = createModeler({ canvas: canvas.current!, panel: panel.current! }, catalogue, language)
    let gone = false
    let timer = 0
    let isRead = false
    let isShown = false
    const send = async () => {
      timer = 0
      const { xml } = await made.saveXML({ format: true })
      if (xml) told.current.onChange(xml)
    }
    const bus = made.get<EventBus>('eventBus')
    bus.on('commandStack.changed', () => {
      // What is still typed into a panel that has gone changes nothing that is seen.
      if (gone) return
      const stack = made.get<CommandStack>('commandStack')
      told.current.onState({ canUndo: stack.canUndo(), canRedo: stack.canRedo() })
      clearTimeout(timer)
      // An import clears the stack too: nothing of it is a change of anybody's.
      if (stack.canUndo() || stack.canRedo()) timer = window.setTimeout(() => void send(), SEND_AFTER_MS)
    })
    bus.on('selection.changed', ({ newSelection }: { newSelection: { id: string }[] }) => {
      // While it is read nobody chooses anything.
      if (isRead) told.current.onSelect(newSelection.length === 1 ? newSelection[0]!.id : '')
    })
    made.importXML(read.current).then(
      () => {
        if (gone) return
        nameTools(canvas.current!)
        isShown = showWhole(made.get<Surface>('canvas'), PALETTE_WIDTH)
        isRead = true
        modeler.current = made
        setError(null)
        told.current.onReady(made)
        // The panel, drawn a moment ago, listens after the frame that shows it.
        requestAnimationFrame(() => setTimeout(() => gone || choose(made, asked.current)))
      },
      (reason: unknown) => {
        if (!gone) setError(reason)
      },
    )
    const observer = new ResizeObserver(() => {
      // Behind another tab it has no size, and would lose what was looked at.
      if (!canvas.current?.clientWidth) return
      const surface = made.get<Surface>('canvas')
      surface.resized()
      // Read behind another tab, it is fitted when it is first seen.
      if (isRead && !isShown) isShown = showWhole(surface, PALETTE_WIDTH)
    })
    observer.observe(canvas.current!)
    return () => {
      gone = true
      observer.disconnect()
      modeler.current = null
      told.current.onReady(null)
      const isUnsent = timer !== 0
      clearTimeout(timer)
      // What was drawn a moment ago goes first, unless the drawing came from elsewhere in its place.
      void (isUnsent && shown.current === generation ? send() : Promise.resolve()).finally(() => made.destroy())
    }
  }, [generation, language])

  useEffect(() => {
    if (modeler.current) choose(modeler.current, selected)
  }, [selected, modeler])

  return (
    <>
      {error ? <Failure error={error} /> : null}
      <div className={classes.surface}>
        <section ref={canvas} className={classes.canvas} aria-label={text('editor.canvas')} />
        {ready ? (
          <CanvasBar modeler={ready} selected={selected} hasPanel={hasPanel} onPanel={() => setHasPanel(!hasPanel)} />
        ) : null}
      </div>
      <aside ref={panel} className={classes.panel} aria-label={text('editor.properties')} hidden={!hasPanel} />
    </>
  )
}

/** The tools say their names to a screen reader alone: a mouse that rests on one is told too. */
function nameTools(canvas: HTMLElement): void {
  for (const tool of canvas.querySelectorAll<HTMLElement>('.djs-palette [aria-label]')) tool.title = tool.ariaLabel ?? ''
}

/** Chooses an element, and brings it into sight; none for ''. */
function choose(made: Modeler, element: string): void {
  const shape = element === '' ? undefined : made.get<Registry>('elementRegistry').get(element)
  const selection = made.get<Selection>('selection')
  if (!shape || selection.get()[0]?.id === element) return
  selection.select(shape)
  made.get<Surface>('canvas').scrollToElement(element, ROOM)
}
