/** A question as an address: model and its version, what was moved, seed, replications and the release whose numbers were seen. Whoever opens it sees the same bytes, or is told why not. */
import { oneOf, type SearchOf, searchOf, whole, word } from '../../shared/search.ts'
import type { LeverValues } from './levers.ts'

/** The model that is asked about where none is named. */
export const DEFAULT_MODEL = 'summer/summer.yaml'

/** In the address, as `bed.surgery:-10~arrivals.walk-in:1.1`. */
export const leversText = (values: LeverValues): string =>
  Object.entries(values)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, value]) => `${id}:${value}`)
    .join('~')

export const leversOfText = (text: string): LeverValues =>
  Object.fromEntries(
    text.split('~').flatMap((part): [string, number][] => {
      const [, id, value] = /^([\w.@-]{1,200}):(-?\d{1,6}(?:\.\d{1,4})?)$/.exec(part) ?? []
      return id === undefined ? [] : [[id, Number(value)]]
    }),
  )

/** What is looked at besides the answer. */
export const SHOWN = ['curves', 'waits', 'hours', 'beds', 'pathway', 'tornado', 'scenarios', 'numbers', 'yaml'] as const

const SHAPE = {
  /** A scenario's name in the catalogue. */
  model: word,
  /** Or a scenario of one's own, packed. */
  text: word,
  set: word,
  seed: whole(0, 2 ** 32),
  replications: whole(2, 200),
  /** Of who shared it: the content hash of the model, the release, and the hash of the results. */
  version: word,
  engine: word,
  results: word,
  show: oneOf(SHOWN),
  /** Settings of the levers that are compared, with `|` between them. */
  beside: word,
  /** The pool, element, pathway or measure that is looked at. */
  at: word,
}

/** What the address of a what-if holds; what is no such thing is left aside. */
export const readWhatIfSearch = searchOf(SHAPE)
export type WhatIfSearch = SearchOf<typeof SHAPE>

/** What a shared link says against what is there. */
export type SharedVerdict =
  /** It was no shared link. */
  | 'own'
  /** Not all replications that were shared are there yet. */
  | 'pending'
  | 'same'
  /** What differs, the likeliest reason first. */
  | 'model-changed'
  | 'engine-changed'
  | 'different'

export const verdictOf = (
  shared: Pick<WhatIfSearch, 'version' | 'engine' | 'results'>,
  here: { version: string; engine: string; results: string | null },
): SharedVerdict => {
  if (shared.version === undefined || shared.engine === undefined) return 'own'
  if (shared.version !== here.version) return 'model-changed'
  if (shared.engine !== here.engine) return 'engine-changed'
  if (here.results === null || shared.results === undefined) return 'pending'
  return shared.results === here.results ? 'same' : 'different'
}

/** The first 16 hexadecimal digits of SHA-256 of a text. */
export const fingerprintOf = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest).slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
