/** Replications of scenarios that were opened ahead for whoever explores them. Their content is the twin's, and not read here; all of it can be made again. */
import { gzipSync } from 'node:zlib'
import type { Records } from './database.ts'

/** A model and the release whose numbers they are. */
export interface OpenedKey {
  version: string
  engine: string
}

/** Numbers of those that are there, ascending. */
export async function openedReplications({ sql }: Records, { version, engine }: OpenedKey): Promise<number[]> {
  const rows = await sql<{ replication: number }[]>`
    select replication from opened_replications where version = ${version} and engine = ${engine} order by replication`
  return rows.map(({ replication }) => replication)
}

/** JSON, compressed with gzip; null when it is not there. */
export async function readOpened(
  { sql }: Records,
  { version, engine }: OpenedKey,
  replication: number,
): Promise<Uint8Array | null> {
  const [row] = await sql<{ content: Uint8Array }[]>`
    select content from opened_replications where version = ${version} and engine = ${engine} and replication = ${replication}`
  return row?.content ?? null
}

/** Models whose openings are kept: those that were opened last. */
const MODELS_MAX = 40

/** Keeps it, once; what other releases have opened goes, and the models that were opened longest ago. */
export async function keepOpened(
  { sql }: Records,
  { version, engine }: OpenedKey,
  replication: number,
  opened: unknown,
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`
      insert into opened_replications (version, engine, replication, content) values (${version}, ${engine}, ${replication}, ${gzipSync(JSON.stringify(opened))})
      on conflict do nothing`
    await tx`delete from opened_replications where engine <> ${engine}`
    await tx`
      delete from opened_replications where version not in (
        select version from opened_replications group by version order by max(kept_at) desc limit ${MODELS_MAX})`
  })
}
