/** Series of a forecast in words, and what each action of a what-if is called. */
import { type Language, text, textOf } from '../../shared/language.ts'

/** One intervention of a what-if, as the API takes it: docs/forecast.md. */
export type Action =
  | { pool: string; open: number; until?: string; at?: string }
  | { pool: string; close: number; until?: string; at?: string }
  | { stream: string; factor: number; until?: string; at?: string }
  | { stream: string; cancel: true; day: string }

export const seriesText = (name: string, nameOf: (id: string) => string): string => {
  const [, pool, rest] = /^pool\.([^.]+)\.(.+)$/.exec(name) ?? []
  if (pool && rest) {
    const [last, ...places] = rest.split('.').reverse()
    return [nameOf(pool), ...places.reverse(), textOf('series', last!)].join(' · ')
  }
  const [pathway, ...parts] = name.split('.')
  return [nameOf(pathway!), ...parts.slice(0, -1), textOf('series', parts.at(-1)!)].join(' · ')
}

export const actionText = (action: Action, nameOf: (id: string) => string, language: Language): string => {
  if ('cancel' in action) return text('action.cancel', { name: nameOf(action.stream) })
  const until = action.until === undefined ? '' : ` ${text('action.until', { hours: action.until.replace(/\D/g, '') })}`
  if ('stream' in action) {
    const percent = new Intl.NumberFormat(language, { signDisplay: 'exceptZero' }).format(Math.round((action.factor - 1) * 100))
    return `${text('action.divert', { name: nameOf(action.stream), percent })}${until}`
  }
  return 'open' in action
    ? `${text('action.open', { count: action.open, name: nameOf(action.pool) })}${until}`
    : `${text('action.shut', { count: action.close, name: nameOf(action.pool) })}${until}`
}
