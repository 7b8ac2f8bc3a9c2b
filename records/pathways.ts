/** Pathways: publishing versions, going back to one, reading them. */
import { canonicalJson } from '../pathways/language/canonical.ts'
import { EventKind, type Program } from '../pathways/language/program.ts'
import type { Texts } from '../pathways/language/texts.ts'
import type { Records } from './database.ts'
import { RecordsError } from './errors.ts'
import { loadProgram } from './programs.ts'

export interface PublishedPathway {
  program: Program
  bpmn: string
  dmn: string[]
  /** What it says, in other languages. */
  texts?: Texts
  /** Hospital time. */
  at: number
}

/**
 * Publishes a compiled pathway: new runs take it from now on. Publishing what is current already changes nothing; publishing an older
 * version's content again makes that version current.
 * @returns its version.
 */
export async function publishPathway(
  records: Records,
  { program, bpmn, dmn, texts = {}, at }: PublishedPathway,
): Promise<{ version: number }> {
  const { process: pathway, hash, name: title, forms } = program
  return records.sql.begin(async (tx) => {
    await tx`insert into pathways (id, title) values (${pathway}, ${title}) on conflict (id) do nothing`
    await tx`select 1 from pathways where id = ${pathway} for update`
    const [known] = await tx<{ version: number }[]>`
      update pathway_versions set published = true, bpmn = ${bpmn}, dmn = ${JSON.stringify(dmn)}, texts = ${JSON.stringify(texts)}::jsonb
      where pathway = ${pathway} and version = (select max(version) from pathway_versions where pathway = ${pathway} and hash = ${hash})
      returning version`
    const version = known?.version ?? (await insertVersion())
    await tx`update pathways set title = ${title}, current_version = ${version} where id = ${pathway}`
    return { version }

    async function insertVersion(): Promise<number> {
      const [row] = await tx<{ version: number }[]>`
        insert into pathway_versions (pathway, version, hash, title, bpmn, dmn, texts, forms, program, start_events, created_at, published)
        select ${pathway}, coalesce(max(version), 0) + 1, ${hash}, ${title}, ${bpmn}, ${JSON.stringify(dmn)}::jsonb, ${JSON.stringify(texts)}::jsonb,
          ${JSON.stringify(forms)}::jsonb, ${JSON.stringify(program)}::jsonb, ${startEventsOf(program)}::text[], ${at}, true
        from pathway_versions where pathway = ${pathway}
        returning version`
      return row!.version
    }
  })
}

function startEventsOf({ nodes }: Program): string[] {
  return nodes[0]!.starts.flatMap((index) => {
    const { event } = nodes[index]!
    if (event?.kind === EventKind.message) return [`message:${event.name}`]
    return event?.kind === EventKind.signal ? [`signal:${event.name}`] : []
  })
}

/** New runs take this version from now on. @throws RecordsError `unknownPathway`. */
export async function makeCurrent(records: Records, pathway: string, version: number): Promise<void> {
  const { count } = await records.sql`
    update pathways set current_version = ${version}
    where id = ${pathway} and exists (select 1 from pathway_versions where pathway = ${pathway} and version = ${version} and published)`
  if (count === 0)
    throw new RecordsError('unknownPathway', `There is no published version ${version} of the pathway "${pathway}".`)
}

export interface PathwayRow {
  id: string
  title: string
  version: number
  hash: string
  publishedAt: number
  /** Runs under way, all versions. */
  running: number
}

/** All published pathways, by id. */
export async function listPathways(records: Records): Promise<PathwayRow[]> {
  return records.sql<PathwayRow[]>`
    select p.id, p.title, v.version, v.hash, v.created_at as "publishedAt",
      (select count(*)::int from runs where runs.pathway = p.id and ended_at is null) as running
    from pathways p join pathway_versions v on v.pathway = p.id and v.version = p.current_version order by p.id`
}

export interface PathwayVersionRow {
  pathway: string
  version: number
  hash: string
  title: string
  publishedAt: number
  current: boolean
  running: number
}

/** Newest first. @throws RecordsError `unknownPathway`. */
export async function listPathwayVersions(records: Records, pathway: string): Promise<PathwayVersionRow[]> {
  const rows = await records.sql<PathwayVersionRow[]>`
    select v.pathway, v.version, v.hash, v.title, v.created_at as "publishedAt", v.version = p.current_version as current,
      (select count(*)::int from runs where runs.pathway = p.id and runs.version = v.version and ended_at is null) as running
    from pathway_versions v join pathways p on p.id = v.pathway where v.pathway = ${pathway} and v.published order by v.version desc`
  if (rows.length === 0) throw new RecordsError('unknownPathway', `There is no pathway "${pathway}".`)
  return rows
}

export interface PathwayVersionDetail extends PathwayVersionRow {
  bpmn: string
  dmn: string[]
  texts: Texts
  program: Program
}

/** One version, or the current one. @throws RecordsError `unknownPathway`. */
export async function readPathwayVersion(records: Records, pathway: string, version?: number): Promise<PathwayVersionDetail> {
  const versions = await listPathwayVersions(records, pathway)
  const row = versions.find((each) => (version === undefined ? each.current : each.version === version))
  if (!row) throw new RecordsError('unknownPathway', `There is no published version ${version} of the pathway "${pathway}".`)
  const [source] = await records.sql<{ bpmn: string; dmn: string[]; texts: Texts }[]>`
    select bpmn, dmn, texts from pathway_versions where pathway = ${pathway} and version = ${row.version}`
  return { ...row, ...source!, program: await loadProgram(records, row.hash) }
}

/** All texts of one language, by pathway: what older versions said too, since there may be runs on them. */
export async function readTexts(records: Records, language: string): Promise<Record<string, Record<string, string>>> {
  const rows = await records.sql<{ pathway: string; texts: Record<string, string> }[]>`
    select pathway, texts->${language} as texts from pathway_versions where texts ? ${language} order by pathway, version`
  const byPathway: Record<string, Record<string, string>> = {}
  for (const { pathway, texts } of rows) byPathway[pathway] = { ...byPathway[pathway], ...texts }
  return byPathway
}

/** The canonical JSON of a Program by its hash: what a worker's codec asks for. @throws RecordsError `unknownProgram`. */
export async function programText(records: Records, hash: string): Promise<string> {
  return canonicalJson(await loadProgram(records, hash))
}
