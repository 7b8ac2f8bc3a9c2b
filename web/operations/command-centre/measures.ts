/** Which measures stand in which section of the command centre, and where each leads: the list, and what can be done. */
import type { CommandCentre, MeasureItem } from '../../../api/types.ts'
import type { MessageKey } from '../../locales/fr.ts'
import { isMessageKey, text } from '../../shared/language.ts'
import { roleName } from '../../shared/names.tsx'

/** In the order of their gravity. */
export const ALARMS = ['high', 'medium', 'low', 'none'] as const

export interface Section {
  title: MessageKey
  /** Beginning of the measures' ids. */
  prefix: string
  /** Those that have a tile, in order; any of the prefix when left out. */
  measures: readonly string[] | null
}

export const SECTIONS: readonly Section[] = [
  {
    title: 'centre.emergency',
    prefix: 'emergency.',
    measures: ['emergency.present', 'emergency.waiting', 'emergency.oldestWaitMinutes', 'emergency.boarding'],
  },
  {
    title: 'centre.beds',
    prefix: 'beds.',
    measures: ['beds.free', 'beds.waiting', 'beds.dirty', 'beds.blocked', 'beds.dueOut', 'beds.expectedIn'],
  },
  { title: 'centre.theatres', prefix: 'theatres.', measures: ['theatres.running', 'theatres.late', 'theatres.cleaning'] },
  { title: 'centre.jobs', prefix: 'jobs.', measures: null },
  {
    title: 'centre.telesurveillance',
    prefix: 'telesurveillance.',
    measures: ['telesurveillance.open', 'telesurveillance.overdue'],
  },
  { title: 'centre.partners', prefix: 'partners.', measures: ['partners.incidents'] },
]

/** The measures of a section, in its order. */
export function measuresOf({ prefix, measures }: Section, all: readonly MeasureItem[]): MeasureItem[] {
  if (measures === null) return all.filter(({ id }) => id.startsWith(prefix) && id.endsWith('.late'))
  return measures.flatMap((id) => all.find((one) => one.id === id) ?? [])
}

const JOB = /^jobs\.(.+)\.(\w+)$/

export function measureName(id: string): string {
  const job = JOB.exec(id)
  if (job) return text('measure.jobs.late', { role: roleName(job[1]!) })
  const key = `measure.${id}`
  return isMessageKey(key) ? text(key) : id
}

export const isMinutes = (id: string): boolean => id.endsWith('Minutes')

/** What a value may be; '' for what is only watched. */
export function targetText({ id, target }: MeasureItem): string {
  if (!target) return ''
  const unit = isMinutes(id) ? ' min' : ''
  if (target.atMost !== null) return text('centre.atMost', { value: `${target.atMost}${unit}` })
  return text('centre.atLeast', { value: `${target.atLeast}${unit}` })
}

export interface Destination {
  to: string
  search: Record<string, string>
  /** What is done there. */
  label: string
}

/** Where the list behind a measure is, and what is done there. */
export function destinationOf(id: string, { pools }: CommandCentre): Destination {
  const job = JOB.exec(id)
  const at = (to: string, label: MessageKey, search: Record<string, string> = {}): Destination => ({
    to,
    search,
    label: text(label),
  })
  if (job) return at('/tasks', 'centre.go.jobs', { role: job[1]! })
  if (id === 'emergency.present') return at('/pathways', 'centre.go.present', { pathway: 'admission' })
  if (id === 'emergency.boarding') return at('/beds', 'centre.go.boarding', { pool: pools?.beds ?? '' })
  if (id.startsWith('emergency.')) return at('/beds', 'centre.go.waiting', { pool: pools?.emergency ?? '' })
  if (id === 'beds.dirty' || id === 'theatres.cleaning') return at('/tasks', 'centre.go.cleaning', { role: 'cleaner' })
  if (id.startsWith('beds.')) return at('/beds', 'centre.go.beds', { pool: pools?.beds ?? '' })
  if (id.startsWith('theatres.')) return at('/beds', 'centre.go.theatres', { pool: pools?.theatres ?? '' })
  if (id.startsWith('telesurveillance.')) return at('/feed', 'centre.go.alerts')
  return at('/feed', 'centre.go.incidents')
}
