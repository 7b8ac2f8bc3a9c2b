/** Mounts the hospital's view, in 3D or as a plan, and gives it to the page. */
import { useComputedColorScheme } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import type { Trace } from '../../../twin/trace/trace.ts'
import type { View } from '../../../twin/view/contract.ts'
import { PlanView } from '../../../twin/view/plan.ts'
import { HospitalView } from '../../../twin/view/view.ts'
import { text } from '../../shared/language.ts'
import classes from './hospital.module.css'
import { usePlaceNames } from './place-names.ts'

export interface StageProps {
  trace: Trace
  flat: boolean
  label: string
  /** The view, once it shows the trace; null when it goes. */
  onView: (view: View | null) => void
  /** There is no WebGL here. */
  onFallback: () => void
  onKey: (key: string) => boolean
}

export function Stage({ trace, flat, label, onView, onFallback, onKey }: StageProps) {
  const isDark = useComputedColorScheme('light') === 'dark'
  const reducedMotion = useReducedMotion()
  const names = usePlaceNames()
  const container = useRef<HTMLDivElement>(null)
  const view = useRef<View | null>(null)
  // What is asked of a view that is there does not make a new one.
  const latest = useRef({ isDark, onView, onFallback })
  latest.current = { isDark, onView, onFallback }
  useEffect(() => {
    const theatre = {
      free: text('hospital.theatre.free'),
      occupied: text('hospital.theatre.occupied'),
      dirty: text('hospital.theatre.dirty'),
      cleaning: text('hospital.theatre.cleaning'),
      closed: text('hospital.unit.closed'),
    }
    const counts = (patients: number, waiting: number) =>
      waiting > 0 ? text('hospital.label.waiting', { patients, waiting }) : patients > 0 ? String(patients) : ''
    const options = {
      isDark: latest.current.isDark,
      reducedMotion,
      words: { place: names.place, storey: names.storey, counts, theatre },
    }
    const made = viewOf(container.current!, options, flat)
    if (!made) {
      latest.current.onFallback()
      return
    }
    view.current = made
    let isGone = false
    void made.open(trace).then(() => {
      if (!isGone) latest.current.onView(made)
    })
    return () => {
      isGone = true
      latest.current.onView(null)
      made.dispose()
    }
  }, [trace, flat, reducedMotion, names])
  useEffect(() => {
    if (view.current?.playback) view.current.setColours(isDark)
  }, [isDark])
  return (
    <div
      ref={container}
      className={classes.stage}
      // Keys move the camera: assistive technology passes them on.
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved by keys
      tabIndex={0}
      aria-label={label}
      aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown + - Space PageUp PageDown Home"
      onKeyDown={(event) => {
        if (onKey(event.key)) event.preventDefault()
      }}
    />
  )
}

function viewOf(container: HTMLElement, options: ConstructorParameters<typeof PlanView>[1], flat: boolean): View | null {
  if (flat) return new PlanView(container, options)
  try {
    return new HospitalView(container, options)
  } catch {
    // No WebGL, or none left: the plan shows the same.
    return null
  }
}
