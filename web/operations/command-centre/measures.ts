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
export function destinationOf({ id, first }: MeasureItem, { pools }: CommandCentre): Destination {
  const at = (to: string, label: MessageKey, search: Record<string, string> = {}): Destination => ({
    to,
    search,
    label: text(label),
  })
  const job = JOB.exec(id)
  if (job) return at('/tasks', 'centre.go.jobs', { role: job[1]!, late: 'true' })
  const beds = (label: MessageKey, search: Record<string, string> = {}) =>
    at('/beds', label, { pool: pools?.beds ?? '', ...search })
  switch (id) {
    case 'emergency.present':
      return at('/pathways', 'centre.go.present', { pathway: 'admission' })
    case 'emergency.boarding':
    case 'beds.waiting':
      return beds('centre.go.boarding')
    case 'beds.dirty':
    case 'theatres.cleaning':
      return at('/tasks', 'centre.go.cleaning', { role: 'cleaner' })
    case 'beds.free':
      return beds('centre.go.beds', { state: 'free' })
    case 'beds.blocked':
      return beds('centre.go.blocked', { state: 'closed' })
    case 'beds.expectedIn':
      return beds('centre.go.expectedIn', { state: 'reserved' })
    case 'beds.dueOut':
      return at('/pathways', 'centre.go.dueOut', { pathway: 'discharge' })
    case 'theatres.late':
      return at('/theatres', 'centre.go.late', first ? { case: first.run } : {})
  }
  if (id.startsWith('emergency.')) return at('/beds', 'centre.go.waiting', { pool: pools?.emergency ?? '' })
  if (id.startsWith('theatres.')) return at('/theatres', 'centre.go.theatres', { pool: pools?.theatres ?? '' })
  if (id.startsWith('telesurveillance.')) return at('/telesurveillance', 'centre.go.alerts')
  return at('/feed', 'centre.go.incidents')
}
