/** A drawing to look at: marks and tokens are put on it by whoever shows it. */
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import { useEffect, useRef, useState } from 'react'
import hospital from '../../pathways/language/bpmn/hospital.json'
import { DRAWN } from '../shared/drawing-style.ts'
import { Failure } from '../shared/states.tsx'
import classes from './drawn.module.css'
import type { Canvas, Diagram, EventBus } from './editor/diagram-js.ts'
import { showWhole } from './editor/fit.ts'

interface Props {
  bpmn: string
  label: string
  height?: number
  /** Again with null when it goes. */
  onReady?: (diagram: Diagram | null) => void
  onSelect?: (element: string) => void
}

export function Drawn({ bpmn, label, height = 320, onReady, onSelect }: Props) {
  const container = useRef<HTMLElement>(null)
  const [error, setError] = useState<unknown>(null)
  const told = useRef({ onReady, onSelect })
  told.current = { onReady, onSelect }
  useEffect(() => {
    const made = new NavigatedViewer({
      ...DRAWN,
      container: container.current!,
      moddleExtensions: { hospital },
      // A wheel turns the page, as everywhere else; dragging moves the drawing.
      zoomScroll: { enabled: false },
    } as ConstructorParameters<typeof NavigatedViewer>[0])
    let gone = false
    made.get<EventBus>('eventBus').on('element.click', ({ element }: { element: { id: string; parent?: unknown } }) => {
      if (element.parent) told.current.onSelect?.(element.id)
    })
    made.importXML(bpmn).then(
      () => {
        if (gone) return
        setError(null)
        showWhole(made.get<Canvas>('canvas'))
        told.current.onReady?.(made)
      },
      (reason: unknown) => {
        if (!gone) setError(reason)
      },
    )
    const observer = new ResizeObserver(() => {
      made.get<Canvas>('canvas').resized()
    })
    observer.observe(container.current!)
    return () => {
      gone = true
      observer.disconnect()
      told.current.onReady?.(null)
      made.destroy()
    }
  }, [bpmn])
  return (
    <>
      {error ? <Failure error={error} /> : null}
      <section ref={container} className={classes.drawn} style={{ height }} aria-label={label} />
    </>
  )
}
