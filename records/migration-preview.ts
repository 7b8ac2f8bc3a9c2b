/** A dry run: what would become of each run if it moved now. Nothing is changed. */
import { load, type MigrationRefusal, migrate } from '../pathways/engine/index.ts'
import type { Instance } from '../pathways/engine/instance.ts'
import type { Program } from '../pathways/language/program.ts'
import { currentClock } from './clock.ts'
import type { Records } from './database.ts'
import type { MigrationRow } from './migrating.ts'
import { keyOfCursor, type Page, type PageRequest, pageOf } from './pages.ts'
import { positionsOf } from './positions.ts'
import { loadProgram } from './programs.ts'
import type { MigrationRunState } from './schema.ts'
import { siteTime } from './sites.ts'

export interface MigrationRunRow {
  run: string
  state: MigrationRunState
  /** When it moved, was refused, or was over. */
  at: number | null
  /** For a pending run, what would happen now; else what did. */
  refusals: MigrationRefusal[]
  /** For a pending run: where it stands, and where it would. */
  moves: { from: string; to: string }[]
  /** For a pending run: events it would listen for besides, and no more. */
  begins: string[]
  ends: string[]
}

interface StoredRun {
  run: string
  state: MigrationRunState
  at: number | null
  refusals: MigrationRefusal[] | null
  instance: Uint8Array | null
}

/** The runs that a migration takes, or would take, by id. */
export async function previewMigration(
  records: Records,
  migration: MigrationRow,
  request: PageRequest,
): Promise<Page<MigrationRunRow>> {
  const { sql, encryption, site } = records
  const { id, pathway, fromVersion, toVersion, onlyRun, plan } = migration
  const key = keyOfCursor(request.cursor, ['string'])
  const taken = sql`
    from runs left join migration_runs r on r.migration = ${id} and r.run = runs.id
    where runs.pathway = ${pathway} and (r.run is not null or (
      runs.version = ${fromVersion} and ended_at is null and (${onlyRun}::text is null or runs.id = ${onlyRun})))`
  const [rows, [count], hashes, time, clock] = await Promise.all([
    sql<StoredRun[]>`
      select runs.id as run, coalesce(r.state, 'pending') as state, r.at, r.refusals, runs.instance
      ${taken} ${key ? sql`and runs.id > ${key[0]!}` : sql``} order by runs.id limit ${request.limit + 1}`,
    sql<{ total: number }[]>`select count(*)::int as total ${taken}`,
    sql<{ version: number; hash: string }[]>`
      select version, hash from pathway_versions where pathway = ${pathway} and version in (${fromVersion}, ${toVersion})`,
    siteTime(records, sql, site),
    currentClock(records),
  ])
  const programOf = (version: number) => loadProgram(records, hashes.find((each) => each.version === version)!.hash)
  const [from, to] = (await Promise.all([programOf(fromVersion), programOf(toVersion)])).map((program) => load(program, time))
  const page = pageOf(rows, request.limit, count!.total, ({ run }) => [run])
  const items = page.items.map(({ run, state, at, refusals, instance }): MigrationRunRow => {
    const row: MigrationRunRow = { run, state, at, refusals: refusals ?? [], moves: [], begins: [], ends: [] }
    if (state !== 'pending' || !instance) return row
    const before = encryption.decryptJson<Instance>(instance)
    const moved = migrate(from!, to!, plan, before, clock.hospitalNow)
    if (Array.isArray(moved)) return { ...row, refusals: moved }
    const listened = (program: Program, { marking }: Instance) =>
      new Set(marking.waits.filter(({ kind }) => kind !== 'task' && kind !== 'call').map(({ node }) => program.nodes[node]!.id))
    const [earlier, later] = [listened(from!.program, before), listened(to!.program, moved.instance)]
    const counterparts = new Set([...earlier].map((element) => plan.elements[element]))
    const places = positionsOf(to!.program, moved.instance)
    return {
      ...row,
      moves: positionsOf(from!.program, before).map(({ element }, index) => ({
        from: element,
        to: places[index]?.element ?? '',
      })),
      begins: [...later].filter((element) => !counterparts.has(element)),
      ends: [...earlier].filter((element) => !later.has(plan.elements[element] ?? '')),
    }
  })
  return { ...page, items }
}
