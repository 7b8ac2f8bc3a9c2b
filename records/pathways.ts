/** Pathways and their versions, as they are read; `versions.ts` changes them. */
import { canonicalJson } from '../pathways/language/canonical.ts'
import type { Program } from '../pathways/language/program.ts'
import type { Texts } from '../pathways/language/texts.ts'
import type { Queries, Records } from './database.ts'
import { RecordsError } from './errors.ts'
import { loadProgram } from './programs.ts'
import type { VersionState } from './schema.ts'

export interface PathwayRow {
  id: string
  title: string
  version: number
  hash: string
  publishedAt: number
  /** Runs under way, all versions. */
  running: number
}

/** All pathways that can be started, by id. */
export async function listPathways(records: Records): Promise<PathwayRow[]> {
  return records.sql<PathwayRow[]>`
    select p.id, p.title, v.version, v.hash, v.published_at as "publishedAt",
      (select count(*)::int from runs where runs.pathway = p.id and ended_at is null) as running
    from pathways p join pathway_versions v on v.pathway = p.id and v.version = p.current_version order by p.id`
}

export interface PathwayVersionRow {
  pathway: string
  version: number
  /** Of its Program; '' for a draft that cannot be executed yet. */
  hash: string
  /** Of its sources. */
  revision: string
  title: string
  state: VersionState
  author: string
  approver: string | null
  note: string
  createdAt: number
  /** Of a draft that waits for a second person. */
  submittedBy: string | null
  submittedAt: number | null
  publishedAt: number | null
  retiredAt: number | null
  current: boolean
  running: number
}

const columns = (sql: Queries) => sql`
  v.pathway, v.version, v.hash, v.revision, v.title, v.state, v.author, v.approver, v.note, v.created_at as "createdAt",
  v.submitted_by as "submittedBy", v.submitted_at as "submittedAt",
  v.published_at as "publishedAt", v.retired_at as "retiredAt", v.version = p.current_version as current,
  (select count(*)::int from runs where runs.pathway = p.id and runs.version = v.version and ended_at is null) as running`

/** Newest first, drafts included. @throws RecordsError `unknownPathway`. */
export async function listPathwayVersions({ sql }: Records, pathway: string): Promise<PathwayVersionRow[]> {
  const rows = await sql<PathwayVersionRow[]>`
    select ${columns(sql)} from pathway_versions v join pathways p on p.id = v.pathway
    where v.pathway = ${pathway} order by v.version desc`
  if (rows.length === 0) throw new RecordsError('unknownPathway', `There is no pathway "${pathway}".`)
  return rows
}

/** The drafts of all pathways, newest first. */
export async function listDrafts({ sql }: Records): Promise<PathwayVersionRow[]> {
  return sql<PathwayVersionRow[]>`
    select ${columns(sql)} from pathway_versions v join pathways p on p.id = v.pathway
    where v.state = 'draft' order by v.created_at desc, v.pathway, v.version desc`
}

/** What a Program is compiled from. */
export interface CompiledSources {
  bpmn: string
  dmn: string[]
  /** form-js schemas by form id. */
  forms: Record<string, unknown>
}

/** What a version is made from. */
export interface VersionSources extends CompiledSources {
  /** What it says, in other languages. */
  texts: Texts
  /** Its scenario tests, as YAML; '' for none. */
  scenarios: string
}

export interface PathwayVersionDetail extends PathwayVersionRow, VersionSources {
  /** Null for a draft that cannot be executed yet. */
  program: Program | null
}

/** One version, or the current one. @throws RecordsError `unknownPathway`, `unknownVersion`. */
export async function readPathwayVersion(records: Records, pathway: string, version?: number): Promise<PathwayVersionDetail> {
  const versions = await listPathwayVersions(records, pathway)
  const row = versions.find((each) => (version === undefined ? each.current : each.version === version))
  if (!row) throw missing(pathway, version)
  const [source] = await records.sql<VersionSources[]>`
    select bpmn, dmn, forms, texts, scenarios from pathway_versions where pathway = ${pathway} and version = ${row.version}`
  return { ...row, ...source!, program: row.hash === '' ? null : await loadProgram(records, row.hash) }
}

/**
 * The scenario tests that a draft saved without a word about them keeps: those of the draft that it replaces, else of the current version, else
 * of the newest. '' when there are none.
 */
export async function scenariosBefore({ sql }: Records, pathway: string, replaced?: number): Promise<string> {
  const [row] = await sql<{ scenarios: string }[]>`
    select v.scenarios from pathway_versions v join pathways p on p.id = v.pathway where v.pathway = ${pathway}
    order by v.version = ${replaced ?? 0} desc, v.version = p.current_version desc, v.version desc limit 1`
  return row?.scenarios ?? ''
}

function missing(pathway: string, version: number | undefined): RecordsError {
  return version === undefined
    ? new RecordsError('unknownPathway', `The pathway "${pathway}" has no published version.`)
    : new RecordsError('unknownVersion', `There is no version ${version} of the pathway "${pathway}".`)
}

/** All texts of one language, by pathway: what older versions said too, since there may be runs on them. */
export async function readTexts(records: Records, language: string): Promise<Record<string, Record<string, string>>> {
  const rows = await records.sql<{ pathway: string; texts: Record<string, string> }[]>`
    select pathway, texts->${language} as texts from pathway_versions
    where texts ? ${language} and state <> 'draft' order by pathway, version`
  const byPathway: Record<string, Record<string, string>> = {}
  for (const { pathway, texts } of rows) byPathway[pathway] = { ...byPathway[pathway], ...texts }
  return byPathway
}

/** The canonical JSON of a Program by its hash: what a worker's codec asks for. @throws RecordsError `unknownProgram`. */
export async function programText(records: Records, hash: string): Promise<string> {
  return canonicalJson(await loadProgram(records, hash))
}
