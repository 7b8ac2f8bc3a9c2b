/** Who is at work: those who have signed in of late. */
import type { Records } from './database.ts'

export interface ColleagueRow {
  /** Pseudonymous: `nurse/4f21ab`. */
  actor: string
  role: string
}

/** Somebody has signed in. */
export async function noteColleague({ sql, site }: Records, actor: string, role: string): Promise<void> {
  await sql`
    insert into colleagues (site, actor, role, seen) values (${site}, ${actor}, ${role}, now())
    on conflict (site, actor) do update set role = excluded.role, seen = excluded.seen`
}

/** Those of these roles who signed in within so many hours, the latest first; at most 200. */
export async function listColleagues(
  { sql, site }: Records,
  { roles, hours }: { roles: readonly string[]; hours: number },
): Promise<ColleagueRow[]> {
  return sql<ColleagueRow[]>`
    select actor, role from colleagues
    where site = ${site} and role = any(${roles as string[]}::text[]) and seen > now() - ${hours} * interval '1 hour'
    order by seen desc, actor limit 200`
}
