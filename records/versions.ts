/** The life of a version: a draft that its author changes, published by a second person, retired. What was published never changes. */
import { contentHash } from '../pathways/language/canonical.ts'
import { EventKind, type Program, partsOf } from '../pathways/language/program.ts'
import type { Records, Transaction } from './database.ts'
import { RecordsError } from './errors.ts'
import type { VersionSources } from './pathways.ts'
import type { VersionState } from './schema.ts'

/** Who publishes what comes with Parcours. */
export const LIBRARY_AUTHOR = 'library'

export interface PublishedPathway {
  program: Program
  bpmn: string
  dmn: string[]
  /** What it says, in other languages. */
  texts?: VersionSources['texts']
  /** Its scenario tests. */
  scenarios?: string
  /** Hospital time. */
  at: number
}

/**
 * Publishes what comes with Parcours, without a second person. Content that was published before keeps its version, with the drawing and the
 * words as they are now, and changes nothing else: who has gone back from it, or retired it, has decided. New content is taken by new runs from
 * now on, unless the hospital has published a version of its own: then that one stays.
 * @returns its version.
 */
export async function publishPathway(
  records: Records,
  { program, bpmn, dmn, texts = {}, scenarios = '', at }: PublishedPathway,
): Promise<{ version: number }> {
  const { process: pathway, hash, name: title, forms } = program
  const sources: VersionSources = { bpmn, dmn, forms, texts, scenarios }
  return records.sql.begin(async (tx) => {
    await lockPathway(tx, pathway, title)
    const [known] = await tx<{ version: number }[]>`
      update pathway_versions set bpmn = ${bpmn}, dmn = ${JSON.stringify(dmn)}, texts = ${JSON.stringify(texts)}::jsonb, scenarios = ${scenarios}, revision = ${contentHash(sources)}
      where pathway = ${pathway} and version = (
        select max(version) from pathway_versions where pathway = ${pathway} and hash = ${hash} and author = ${LIBRARY_AUTHOR})
      returning version`
    if (known) return known
    const follows = await isLibrarys(tx, pathway)
    const version = await insertVersion(tx, { pathway, title, sources, program, at, author: LIBRARY_AUTHOR, note: '' })
    await setState(tx, pathway, version, 'published', at)
    if (follows) await makeCurrent(tx, pathway, version)
    return { version }
  })
}

/** Whether nobody in the hospital has decided about this pathway: it has no version yet, or the library's is current. */
async function isLibrarys(tx: Transaction, pathway: string): Promise<boolean> {
  const [row] = await tx<{ follows: boolean }[]>`
    select not exists (select 1 from pathway_versions where pathway = ${pathway} and state <> 'draft') or exists (
      select 1 from pathway_versions v join pathways p on p.id = v.pathway and p.current_version = v.version
      where v.pathway = ${pathway} and v.author = ${LIBRARY_AUTHOR}) as follows`
  return row!.follows
}

export interface Draft {
  pathway: string
  title: string
  sources: VersionSources
  /** Null when it cannot be executed yet. */
  program: Program | null
  author: string
  note: string
  /** Hospital time. */
  at: number
  /** The draft that this replaces, and the revision that its author has seen; a new draft without. */
  replaces?: { version: number; revision: string }
}

/**
 * Keeps a draft. @returns its version, and its revision.
 * @throws RecordsError `unknownVersion`; `notADraft`; `draftChanged` when somebody else has saved it meanwhile.
 */
export async function saveDraft(tx: Transaction, draft: Draft): Promise<{ version: number; revision: string }> {
  const { pathway, title, sources, program, author, note, at, replaces } = draft
  const revision = contentHash(sources)
  await lockPathway(tx, pathway, title)
  if (!replaces) return { version: await insertVersion(tx, draft), revision }
  const found = await lockVersion(tx, pathway, replaces.version)
  if (found.state !== 'draft') throw notADraft(pathway, replaces.version)
  if (found.revision !== replaces.revision) {
    const message = `Version ${replaces.version} of "${pathway}" was changed by somebody else: read it again and merge.`
    throw new RecordsError('draftChanged', message)
  }
  // Whoever changed it last has drawn it too: somebody else publishes it.
  await tx`
    update pathway_versions set ${tx(contentOf({ pathway, title, sources, program }))}, author = ${author}, note = ${note}, created_at = ${at},
      submitted_by = null, submitted_at = null
    where pathway = ${pathway} and version = ${replaces.version}`
  return { version: replaces.version, revision }
}

/** Throws a draft away. @throws RecordsError `unknownVersion`, `notADraft`. */
export async function deleteDraft(records: Records, pathway: string, version: number): Promise<void> {
  await records.sql.begin(async (tx) => {
    const { state } = await lockVersion(tx, pathway, version)
    if (state !== 'draft') throw notADraft(pathway, version)
    await tx`delete from pathway_versions where pathway = ${pathway} and version = ${version}`
    await tx`delete from pathways p where id = ${pathway} and not exists (select 1 from pathway_versions v where v.pathway = p.id)`
  })
}

export interface Submission {
  pathway: string
  version: number
  by: string
  at: number
  /** Of the draft as its author sees it. */
  revision: string
}

/**
 * Says that a draft is ready for a second person; saving it again takes that back. Repeating it changes nothing.
 * @throws RecordsError `unknownVersion`, `notADraft`; `draftChanged` when somebody else has saved it meanwhile.
 */
export async function submitDraft(records: Records, { pathway, version, by, at, revision }: Submission): Promise<void> {
  await records.sql.begin(async (tx) => {
    const found = await lockVersion(tx, pathway, version)
    if (found.state !== 'draft') throw notADraft(pathway, version)
    if (found.revision !== revision)
      throw new RecordsError('draftChanged', `Version ${version} of "${pathway}" was changed by somebody else: read it again.`)
    await tx`
      update pathway_versions set submitted_by = ${by}, submitted_at = ${at}
      where pathway = ${pathway} and version = ${version} and submitted_at is null`
  })
}

export interface Approval {
  pathway: string
  version: number
  approver: string
  at: number
  /** Of the draft as it was checked. */
  revision: string
}

/**
 * New runs take this version from now on; publishing an older one again is going back. Repeating it changes nothing.
 * @throws RecordsError `unknownVersion`; `draftChanged` after the check; `notExecutable`; `samePerson` when the approver is its author.
 */
export async function publishVersion(records: Records, { pathway, version, approver, at, revision }: Approval): Promise<void> {
  await records.sql.begin(async (tx) => {
    await tx`select 1 from pathways where id = ${pathway} for update`
    const found = await lockVersion(tx, pathway, version)
    if (found.revision !== revision)
      throw new RecordsError(
        'draftChanged',
        `Version ${version} of "${pathway}" was changed while it was checked: look at it again.`,
      )
    if (found.hash === '')
      throw new RecordsError('notExecutable', `Version ${version} of "${pathway}" cannot be executed: mend what the check names.`)
    if (found.author === approver)
      throw new RecordsError('samePerson', `Version ${version} of "${pathway}" is published by somebody else than its author.`)
    if (found.state !== 'published') {
      await tx`update pathway_versions set approver = ${approver} where pathway = ${pathway} and version = ${version}`
      await setState(tx, pathway, version, 'published', at)
    }
    await makeCurrent(tx, pathway, version)
  })
}

/**
 * No run starts on it any more; those under way go on. When it was current, the pathway cannot be started until a version is published.
 * @throws RecordsError `unknownVersion`, `notPublished`.
 */
export async function retireVersion(records: Records, pathway: string, version: number, at: number): Promise<void> {
  await records.sql.begin(async (tx) => {
    await tx`select 1 from pathways where id = ${pathway} for update`
    const { state } = await lockVersion(tx, pathway, version)
    if (state === 'draft')
      throw new RecordsError('notPublished', `Version ${version} of "${pathway}" is a draft: delete it, it was never published.`)
    if (state === 'retired') return
    await setState(tx, pathway, version, 'retired', at)
    await tx`update pathways set current_version = 0 where id = ${pathway} and current_version = ${version}`
  })
}

async function lockPathway(tx: Transaction, pathway: string, title: string): Promise<void> {
  await tx`insert into pathways (id, title) values (${pathway}, ${title}) on conflict (id) do nothing`
  await tx`select 1 from pathways where id = ${pathway} for update`
}

interface LockedVersion {
  state: VersionState
  hash: string
  revision: string
  author: string
}

async function lockVersion(tx: Transaction, pathway: string, version: number): Promise<LockedVersion> {
  const [row] = await tx<LockedVersion[]>`
    select state, hash, revision, author from pathway_versions where pathway = ${pathway} and version = ${version} for update`
  if (!row) throw new RecordsError('unknownVersion', `There is no version ${version} of the pathway "${pathway}".`)
  return row
}

type Content = Pick<Draft, 'pathway' | 'title' | 'sources' | 'program'>

const contentOf = ({ title, sources, program }: Content) => ({
  hash: program?.hash ?? '',
  revision: contentHash(sources),
  title,
  bpmn: sources.bpmn,
  dmn: JSON.stringify(sources.dmn),
  forms: JSON.stringify(sources.forms),
  texts: JSON.stringify(sources.texts),
  scenarios: sources.scenarios,
  program: program && JSON.stringify(program),
  start_events: program ? startEventsOf(program) : [],
})

async function insertVersion(tx: Transaction, draft: Draft): Promise<number> {
  const { pathway, author, note, at } = draft
  const [row] = await tx<{ version: number }[]>`
    select coalesce(max(version), 0) + 1 as version from pathway_versions where pathway = ${pathway}`
  const { version } = row!
  await tx`insert into pathway_versions ${tx({ ...contentOf(draft), pathway, version, state: 'draft', author, note, created_at: at })}`
  return version
}

async function setState(
  tx: Transaction,
  pathway: string,
  version: number,
  state: 'published' | 'retired',
  at: number,
): Promise<void> {
  const published = state === 'published' ? at : null
  await tx`
    update pathway_versions set state = ${state}, published_at = coalesce(${published}, published_at), retired_at = ${state === 'retired' ? at : null}
    where pathway = ${pathway} and version = ${version}`
}

async function makeCurrent(tx: Transaction, pathway: string, version: number): Promise<void> {
  await tx`
    update pathways set current_version = ${version},
      title = (select title from pathway_versions where pathway = ${pathway} and version = ${version})
    where id = ${pathway}`
}

export function notADraft(pathway: string, version: number): RecordsError {
  return new RecordsError('notADraft', `Version ${version} of "${pathway}" was published: it never changes; save a new draft.`)
}

function startEventsOf({ nodes }: Program): string[] {
  return nodes[0]!.starts.flatMap((index) => {
    return partsOf(nodes[index]!.event).flatMap(({ kind, name }) => {
      if (kind === EventKind.message) return [`message:${name}`]
      return kind === EventKind.signal ? [`signal:${name}`] : []
    })
  })
}
