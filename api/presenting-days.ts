/** A day of theatres as a role may see it, with its hours and how long cases last. */
import type { z } from '@hono/zod-openapi'
import type { Program } from '../pathways/language/program.ts'
import type { Calendar } from '../pathways/resources/index.ts'
import { instantOf, localTime, type SiteTime } from '../pathways/time/site.ts'
import type { PlannedCase, PlannedDay } from '../records/planned-day.ts'
import { declaredLengths, type Lengths, quantileOf, seenLengths, wholeLengths } from '../twin/lists/lengths.ts'
import { seesPatients, timeOf, timeOrNull } from './presenting.ts'
import { type Role, seesIdentity, visibleVariables } from './roles.ts'
import type { PlannedDayAnswer } from './schemas/theatres.ts'

type Answer = z.infer<typeof PlannedDayAnswer>
type Case = Answer['cases'][number]

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440
/** Of what was seen, so many quantiles travel. */
const QUANTILES = 100

export interface DayParts {
  day: PlannedDay
  at: number
  from: number
  until: number
  seen: { used: number[]; turnedOver: number[] }
  turnover: Program | null
}

export function dayAnswer({ day, at, from, until, seen, turnover }: DayParts, role: Role, site: SiteTime): Answer {
  const [program] = day.programs.values()
  const holding = new Map(day.stretches.filter(({ until: end }) => end === null).map(({ run, state }) => [run, state]))
  const had = new Set(day.stretches.filter(({ state }) => state === 'occupied').map(({ run }) => run))
  return {
    ...{ at: timeOf(at, site), from: timeOf(from, site), until: timeOf(until, site) },
    pool: { id: day.pool.id, name: day.pool.name },
    units: day.units.map(({ id, name, place, state, calendar }) => ({
      ...{ id, name, place, state },
      ...hoursOf(day.calendars, calendar || (day.companions[0]?.calendar ?? ''), from, site),
    })),
    stretches: day.stretches.map(({ unit, state, run, from: begin, until: end }) => ({
      ...{ unit, state, run: run === '' ? null : run },
      from: timeOf(begin, site),
      until: timeOrNull(end, site),
    })),
    cases: day.cases.map((one) => caseItem(one, day, holding.get(one.stay.run), had.has(one.stay.run), role)),
    pathways: day.pathways,
    milestones: day.milestones.map((one) => ({ ...one, at: timeOf(one.at, site) })),
    lengths: lengthsItem(seenLengths(seen.used), program ? declaredLengths(program, day.pool.id) : null),
    turnovers: lengthsItem(seenLengths(seen.turnedOver), turnover && wholeLengths(turnover)),
  }
}

function caseItem(one: PlannedCase, day: PlannedDay, holds: string | undefined, had: boolean, role: Role): Case {
  const { stay, sequence, unit, start, variables } = one
  const seen = visibleVariables(stay.variables, role)
  const position = stay.positions.at(-1)
  const node = day.programs.get(stay.hash)?.nodes.find(({ id }) => id === position?.element)
  return {
    ...{ run: stay.run, pathway: stay.pathway, sequence, start },
    patient: seesPatients(role) ? stay.patient : null,
    person: seesIdentity(role) ? stay.person : null,
    procedure: typeof seen.procedure === 'string' ? seen.procedure : '',
    urgent: seen.urgency === 'urgent',
    state: stateOf(one, holds, had),
    step: node?.name ?? '',
    unit: unit === '' ? null : unit,
    mayMove: variables !== null && !had && holds === undefined && one.endedAt === null,
  }
}

function stateOf({ state, endedAt, start, stay }: PlannedCase, holds: string | undefined, had: boolean): Case['state'] {
  if (holds === 'occupied' || holds === 'reserved') return 'underWay'
  if (had) return 'done'
  if (endedAt !== null) return state === 'completed' ? 'done' : 'cancelled'
  if (stay.positions.some((position) => position.state === 'requesting')) return 'waiting'
  return start === null ? 'unplanned' : 'planned'
}

/** The hours of a weekly calendar on the day that begins then; null where it is always open, or not at all. */
function hoursOf(
  calendars: Calendar[],
  id: string,
  from: number,
  site: SiteTime,
): { opensAt: string | null; closesAt: string | null } {
  const calendar = calendars.find((one) => one.id === id)
  const { year, month, day, weekday } = localTime(from, site)
  const first = (weekday - 1) * DAY_MINUTES
  const open = calendar?.open.find(({ fromMinute }) => fromMinute >= first && fromMinute < first + DAY_MINUTES)
  if (!open) return { opensAt: null, closesAt: null }
  const time = (minute: number) => timeOf(instantOf({ year, month, day, minute: minute - first }, site), site)
  return { opensAt: time(open.fromMinute), closesAt: time(open.toMinute) }
}

function lengthsItem(seen: Lengths | null, declared: Lengths | null): Answer['lengths'] {
  const lengths = seen ?? declared
  if (!lengths) return { source: 'unknown', minutes: [] }
  const minutes = Array.from({ length: QUANTILES }, (_, index) => quantileOf(lengths, (index + 0.5) / QUANTILES) / MINUTE_MS)
  return { source: seen ? 'seen' : 'declared', minutes: minutes.map((one) => Math.round(one * 10) / 10) }
}
