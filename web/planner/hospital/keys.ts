/** What each key does: everything that the mouse can. */
import type { View } from '../../../twin/view/contract.ts'

export interface KeyActions {
  play(): void
  /** To the next speed, or the one before. */
  speed(step: number): void
  floor(step: number): void
  time(minutes: number): void
}

const STEP = 0.08

/** @returns whether the key was for us. */
export function keyed(key: string, view: View | null, actions: KeyActions): boolean {
  if (!view) return false
  const act = ACTS[key.length === 1 ? key.toLowerCase() : key]
  act?.(view, actions)
  return act !== undefined
}

const ACTS: Record<string, (view: View, actions: KeyActions) => void> = {
  ArrowLeft: (view) => view.move(-STEP, 0, 1, 0, 0),
  ArrowRight: (view) => view.move(STEP, 0, 1, 0, 0),
  ArrowUp: (view) => view.move(0, -STEP, 1, 0, 0),
  ArrowDown: (view) => view.move(0, STEP, 1, 0, 0),
  '+': (view) => view.move(0, 0, 0.85, 0, 0),
  '=': (view) => view.move(0, 0, 0.85, 0, 0),
  '-': (view) => view.move(0, 0, 1.18, 0, 0),
  q: (view) => view.move(0, 0, 1, -0.15, 0),
  e: (view) => view.move(0, 0, 1, 0.15, 0),
  r: (view) => view.move(0, 0, 1, 0, 0.1),
  f: (view) => view.move(0, 0, 1, 0, -0.1),
  Home: (view) => view.home(),
  Escape: (view) => view.select(null),
  PageUp: (_, actions) => actions.floor(1),
  PageDown: (_, actions) => actions.floor(-1),
  ' ': (_, actions) => actions.play(),
  '[': (_, actions) => actions.speed(-1),
  ']': (_, actions) => actions.speed(1),
  ',': (_, actions) => actions.time(-60),
  '.': (_, actions) => actions.time(60),
}
