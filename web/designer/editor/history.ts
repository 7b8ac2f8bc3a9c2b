/** What may be undone of the parts of a draft that have no command stack of their own: each part goes back by itself. */
import type { Sources } from '../versions.ts'

export type Part = Exclude<keyof Sources, 'note'>
type Values = { [part in Part]?: Sources[part][] }

export interface History {
  past: Values
  future: Values
  /** What was changed last, and when (Unix ms): typing goes back by more than a letter. */
  last: { part: Part; at: number } | null
}

export const NO_HISTORY: History = { past: {}, future: {}, last: null }

/** Steps kept, the newest. */
const STEPS_MAX = 100
/** Changes of one part closer to each other are one step. */
const TOGETHER_MS = 800

/** @param before how the part was. @param at Unix ms. */
export function remember<P extends Part>(history: History, part: P, before: Sources[P], at: number): History {
  const { last } = history
  const isSame = last?.part === part && at - last.at < TOGETHER_MS && of(history.past, part).length > 0
  const past = isSame ? of(history.past, part) : [...of(history.past, part), before].slice(-STEPS_MAX)
  return { past: { ...history.past, [part]: past }, future: { ...history.future, [part]: [] }, last: { part, at } }
}

/** @param now how the part is. @returns how it was, with the history after going there; null when there is nothing to go back to. */
export function goBack<P extends Part>(
  history: History,
  part: P,
  now: Sources[P],
): { value: Sources[P]; history: History } | null {
  const past = of(history.past, part)
  if (past.length === 0) return null
  const future = [...of(history.future, part), now]
  return {
    value: past.at(-1)!,
    history: { past: { ...history.past, [part]: past.slice(0, -1) }, future: { ...history.future, [part]: future }, last: null },
  }
}

/** The other way. */
export function goForth<P extends Part>(
  history: History,
  part: P,
  now: Sources[P],
): { value: Sources[P]; history: History } | null {
  const swapped = goBack({ past: history.future, future: history.past, last: null }, part, now)
  return swapped && { value: swapped.value, history: { past: swapped.history.future, future: swapped.history.past, last: null } }
}

export const canGoBack = ({ past }: History, part: Part): boolean => of(past, part).length > 0
export const canGoForth = ({ future }: History, part: Part): boolean => of(future, part).length > 0

const of = <P extends Part>(values: Values, part: P): Sources[P][] => values[part] ?? []
