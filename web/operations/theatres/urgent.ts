/** An urgent case that nobody has planned yet: what each theatre would make of it, and of those that are there. */
import type { PlannedDay } from '../../../api/types.ts'
import { type Consequences, consequencesOf } from './day.ts'

/** Stands for its run until there is one. */
export const URGENT = 'urgent'

export interface UrgentPlace {
  unit: string
  /** When it would begin there, Unix ms. */
  start: number
  consequences: Consequences
  isClosed: boolean
}

/** The day with an urgent case that is planned nowhere yet. */
export function withUrgent(day: PlannedDay, { name, procedure }: { name: string; procedure: string }): PlannedDay {
  const person = { name, sex: 'UN' as const, birthDate: '' }
  const more = { run: URGENT, pathway: '', patient: null, person, procedure, urgent: true, state: 'unplanned' as const }
  return { ...day, cases: [...day.cases, { ...more, step: '', unit: null, start: null, sequence: 0, mayMove: true }] }
}

/**
 * What each theatre would make of it, the best first: open, earliest, then whoever pushes fewest.
 * @param at Unix ms; null for as soon as a theatre is free, before all that has not begun.
 */
export function urgentPlaces(day: PlannedDay, now: number, at: number | null): UrgentPlace[] {
  const places = day.units.map(({ id, state }): UrgentPlace => {
    const placing = { run: URGENT, unit: id, start: at ?? now }
    const consequences = consequencesOf(day, now, placing, at === null ? overdue(day, id, now) : [])
    return { unit: id, start: consequences.moves[0]!.start, consequences, isClosed: state === 'closed' }
  })
  const pushed = ({ consequences }: UrgentPlace) => consequences.moves.length
  const risk = ({ consequences }: UrgentPlace) => consequences.risks.reduce((sum, { after }) => sum + (after ?? 0), 0)
  return places.sort(
    (one, other) =>
      Number(one.isClosed) - Number(other.isClosed) ||
      one.start - other.start ||
      pushed(one) - pushed(other) ||
      risk(one) - risk(other),
  )
}

/** Those whose time has come, and who have not begun. */
const overdue = (day: PlannedDay, unit: string, now: number): string[] =>
  day.cases.flatMap(({ run, state, start, ...one }) =>
    (state === 'planned' || state === 'waiting') && one.unit === unit && start !== null && Date.parse(start) <= now ? [run] : [],
  )
