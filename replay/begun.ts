/** What the records say of runs that begin, and of what happened in them. */
import type { Records } from '../records/database.ts'
import type { BegunRun } from '../twin/replay/cast.ts'
import type { Line } from '../twin/replay/lines.ts'

export async function begunRun({ sql }: Records, id: string): Promise<BegunRun> {
  const [row] = await sql<BegunRun[]>`
    select runs.id, pathway, caller_run as "callerRun", caller_wait as "callerWait", turnover_unit as "turnoverUnit", reorders.pool
    from runs left join reorders on runs.id = 'restock-' || reorders.id where runs.id = ${id}`
  return row!
}

/** The fact log and the ends of runs. @param nameOf what the twin calls a run. */
export async function linesOfLive({ sql }: Records, nameOf: (id: string) => string): Promise<Line[]> {
  const facts = await sql<Line[]>`select at, pathway, run, element, event, instance from facts order by id`
  const ends = await sql<Line[]>`
    select ended_at as at, pathway, id as run, state as element, 'ended' as event, 0 as instance from runs where ended_at is not null`
  return [...facts, ...ends].map((fact) => ({ ...fact, run: nameOf(fact.run) }))
}

/** The id under which somebody who comes is begun. A dot would make it a run that another one has called. */
export const runIdOf = ({ pathway, patient }: { pathway: string; patient: string }): string =>
  `${pathway}-of-${patient.replaceAll('.', '_')}`
