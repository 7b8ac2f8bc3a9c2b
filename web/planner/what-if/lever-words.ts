/** Levers, and what was moved of them, in words. */
import type { Language } from '../../shared/language.ts'
import { text } from '../../shared/language.ts'
import { streamName } from '../words.ts'
import { type Lever, type LeverValues, restOf } from './levers.ts'
import type { ReadyModel } from './use-what-if.ts'

export const leverName = (lever: Lever, { scenario, programs }: Pick<ReadyModel, 'scenario' | 'programs'>): string => {
  if (lever.kind === 'units') {
    const [place] = lever.places
    return lever.where && place ? `${lever.name} · ${lever.places.join(', ')}` : lever.name
  }
  if (lever.kind === 'stay') return `${lever.name} · ${lever.pathwayName}`
  return streamName(lever.stream, { scenario, programs })
}

/** `120 (−10)`, `+5 %`. */
export const leverValueText = (lever: Lever, value: number, language: Language): string => {
  const sign = (each: number, digits = 0) =>
    new Intl.NumberFormat(language, { signDisplay: 'exceptZero', maximumFractionDigits: digits }).format(each)
  if (lever.kind === 'units') return value === 0 ? String(lever.there) : `${lever.there + value} (${sign(value)})`
  return value === 1 ? text('lever.asIs') : `${sign((value - 1) * 100)} %`
}

/** One phrase for each lever that was moved. */
export const movedPhrases = (model: ReadyModel, values: LeverValues, language: Language): string[] =>
  model.levers.flatMap((lever) => {
    const value = values[lever.id]
    if (value === undefined || value === restOf(lever)) return []
    const name = leverName(lever, model)
    if (lever.kind === 'units') return [text(value < 0 ? 'moved.close' : 'moved.open', { count: Math.abs(value), name })]
    const percent = new Intl.NumberFormat(language, { signDisplay: 'exceptZero' }).format(Math.round((value - 1) * 100))
    return [text(lever.kind === 'arrivals' ? 'moved.arrivals' : 'moved.stay', { percent, name })]
  })
