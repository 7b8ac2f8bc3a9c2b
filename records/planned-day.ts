/** A day of planned units, theatres say: what was planned, what really happened in each unit, and who still has no place in it. */
import { namesIn } from '../pathways/language/feel/names-in.ts'
import type { Program } from '../pathways/language/program.ts'
import type { Calendar, Unit } from '../pathways/resources/index.ts'
import { plannedAt } from '../pathways/resources/planned.ts'
import type { Queries, Records, Transaction } from './database.ts'
import { RecordsError } from './errors.ts'
import { loadProgram } from './programs.ts'
import { readStays, type Stay } from './stays.ts'

export interface Stretch {
  unit: string
  state: Unit['state']
  run: string
  from: number
  /** Null for the one that lasts. */
  until: number | null
}

export interface PlannedCase {
  stay: Stay
  /** Of the run: another one means that it has moved on. */
  sequence: number
  state: string
  endedAt: number | null
  /** '' for any unit. */
  unit: string
  start: string | null
  /** Names of the variables that plan it; null when the pathway plans by more than a variable, and nobody can move it by hand. */
  variables: PlanVariables | null
}

export interface PlanVariables {
  unit: string
  start: string
}

export interface PlannedDay {
  pool: { id: string; name: string; turnover: string }
  units: Pick<Unit, 'id' | 'name' | 'place' | 'state' | 'calendar'>[]
  stretches: Stretch[]
  cases: PlannedCase[]
  /** Events on the way of cases, incision say: what they pass without staying. */
  milestones: { run: string; name: string; at: number }[]
  calendars: Calendar[]
  /** Calendars of what is asked for together with the unit, by how many units keep them. */
  companions: { calendar: string; units: number }[]
  /** Programs by hash that plan units of this pool. */
  programs: Map<string, Program>
  /** Published pathways that a case may be put into the day on. */
  pathways: { id: string; name: string }[]
}

/** @param from hospital times of the day: from inclusive, to exclusive. @throws RecordsError `unknownPool`. */
export async function readPlannedDay(records: Records, pool: string, from: number, to: number): Promise<PlannedDay> {
  const read = async (tx: Transaction): Promise<PlannedDay> => {
    const { site } = records
    const [own] = await tx<{ id: string; name: string; turnover: string }[]>`
      select id, name, turnover from pools where site = ${site} and id = ${pool} and kind = 'units'`
    if (!own) throw new RecordsError('unknownPool', `There are no units "${pool}".`)
    const units = await tx<(Pick<Unit, 'id' | 'name' | 'place' | 'state' | 'calendar' | 'since'> & { run: string })[]>`
      select id, name, place, state, calendar, since, coalesce(nullif(holder, ''), turnover_run) as run
      from units where site = ${site} and pool = ${pool} order by id`
    const programs = await planningPrograms(records, tx, pool, from)
    const cases = await casesOf(records, tx, programs, pool, from)
    const runs = cases.map(({ stay }) => stay.run)
    const milestones = await tx<{ run: string; name: string; at: number }[]>`
      select run, element_name as name, at from facts
      where at >= ${from} and at < ${to} and run = any(${runs}::text[]) and event = 'thrown' and type = 'bpmn:IntermediateThrowEvent' order by at`
    const together = [...new Set([...programs.values()].flatMap((program) => poolsAskedWith(program, pool)))]
    const companions = await tx<{ calendar: string; units: number }[]>`
      select calendar, count(*)::int as units from units
      where site = ${site} and pool = any(${together}::text[]) and calendar <> '' group by 1 order by 2 desc, 1`
    const calendars = await tx<Calendar[]>`select id, open from calendars where site = ${site}`
    const stretches = await stretchesOf(records, tx, units, from, to)
    const pathways = await pathwaysPlanning(records, tx, pool)
    return {
      pool: own,
      units: [...units],
      stretches,
      cases,
      milestones: [...milestones],
      calendars: [...calendars],
      companions: [...companions],
      programs,
      pathways,
    }
  }
  return records.sql.begin('isolation level repeatable read read only', read) as Promise<PlannedDay>
}

/** How long each use of a pool's units lasted, and each turnover, in the last days. Milliseconds. */
export async function seenStretches(
  { sql, site }: Records,
  pool: string,
  since: number,
): Promise<{ used: number[]; turnedOver: number[] }> {
  const rows = await sql<{ state: 'occupied' | 'dirty'; lasted: number }[]>`
    select state, until - since as lasted from (
      select s.unit, s.since, s.state, lead(s.since) over (partition by s.unit order by s.since) as until
      from unit_states s join units u on u.site = s.site and u.id = s.unit
      where s.site = ${site} and u.pool = ${pool} and s.since >= ${since}) as stretches
    where until is not null and state in ('occupied', 'dirty')`
  const of = (state: string) => rows.filter((row) => row.state === state).map(({ lasted }) => lasted)
  return { used: of('occupied'), turnedOver: of('dirty') }
}

/** The Programs of open runs, and of those that ended lately, that plan units of a pool. */
async function planningPrograms(records: Records, tx: Queries, pool: string, since: number): Promise<Map<string, Program>> {
  const hashes = await tx<{ hash: string }[]>`
    select hash from runs where site = ${records.site} and ended_at is null
    union select hash from runs where site = ${records.site} and ended_at >= ${since}`
  const programs = new Map<string, Program>()
  for (const { hash } of hashes) {
    const program = await loadProgram(records, hash, tx)
    if (plannedAt(program, pool)) programs.set(hash, program)
  }
  return programs
}

async function pathwaysPlanning(records: Records, tx: Queries, pool: string): Promise<PlannedDay['pathways']> {
  const current = await tx<{ id: string; name: string; hash: string }[]>`
    select p.id, p.title as name, v.hash from pathways p join pathway_versions v on v.pathway = p.id and v.version = p.current_version order by p.id`
  const planning = []
  for (const { id, name, hash } of current)
    if (planVariables(await loadProgram(records, hash, tx), pool)) planning.push({ id, name })
  return planning
}

async function casesOf(
  records: Records,
  tx: Queries,
  programs: ReadonlyMap<string, Program>,
  pool: string,
  since: number,
): Promise<PlannedCase[]> {
  const rows = await tx<{ id: string; hash: string; sequence: number; state: string; endedAt: number | null }[]>`
    with lately as (
      select * from runs where ended_at is null union all select * from runs where ended_at >= ${since})
    select id, hash, sequence, state, ended_at as "endedAt" from lately
    where site = ${records.site} and hash = any(${[...programs.keys()]}::text[]) order by id`
  const stays = await readStays(
    records,
    tx,
    rows.map(({ id }) => id),
  )
  return rows.flatMap(({ id, hash, sequence, state, endedAt }) => {
    const stay = stays.get(id)
    if (!stay) return []
    const variables = planVariables(programs.get(hash)!, pool)
    const read = (name: string | undefined) => {
      const value = name === undefined ? null : stay.variables[name]
      return typeof value === 'string' && value !== '' ? value : null
    }
    return [{ stay, sequence, state, endedAt, unit: read(variables?.unit) ?? '', start: read(variables?.start), variables }]
  })
}

async function stretchesOf(
  { site }: Records,
  tx: Queries,
  units: readonly { id: string; state: Unit['state']; since: number; run: string }[],
  from: number,
  to: number,
): Promise<Stretch[]> {
  const ids = units.map(({ id }) => id)
  const rows = await tx<{ unit: string; state: Unit['state']; run: string; from: number; until: number | null }[]>`
    select unit, state, run, since as from, until from (
      select unit, state, run, since, lead(since) over (partition by unit order by since) as until
      from unit_states where site = ${site} and unit = any(${ids}::text[])) as stretches
    where since < ${to} and (until is null or until > ${from})`
  // A unit that has not changed since its history began has no row in it.
  const known = new Set(rows.map(({ unit }) => unit))
  const still = units.filter(({ id, since }) => !known.has(id) && since < to)
  return [...rows, ...still.map(({ id, state, since, run }) => ({ unit: id, state, run, from: since, until: null }))]
}

const poolsAskedWith = (program: Program, pool: string): string[] => {
  const { needs = [], takes = [] } = plannedAt(program, pool) ?? {}
  return [...needs.map((need) => need.pool), ...takes.map((take) => program.holds[take]!.pool)].filter((one) => one !== pool)
}

/** The variables that a slot reads: its start must be one as it stands, its unit may be one that stands in for none. */
export function planVariables(program: Program, pool: string): PlanVariables | null {
  const { slot } = plannedAt(program, pool) ?? {}
  if (!slot) return null
  const start = program.expressions[slot.start]!
  const [unit, ...others] = namesIn(program.expressions[slot.unit]!)
  return start[0] === 'name' && unit !== undefined && others.length === 0 ? { unit, start: start[1] as string } : null
}
