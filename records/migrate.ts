/** Brings a database to this release: the migrations that it has not had, once, whoever else is starting. */
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { openDatabase } from './database.ts'
import { ensureFactPartitions } from './fact-partitions.ts'

const LOCK = 4_927_401
const FOLDER = fileURLToPath(new URL('./migrations', import.meta.url))

/** @throws RecordsError `databaseUnreachable`. */
export async function migrate(url: string): Promise<void> {
  const { close } = await openDatabase(url, { max: 1 })
  await close()
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(${LOCK})`
    await applyMigrations(drizzle(sql), { migrationsFolder: FOLDER })
    await ensureFactPartitions(sql)
    // A restored backup brings transaction numbers of another cluster: they would hide new facts from readers, see facts.ts.
    await sql`update facts set transaction = '3' where transaction >= pg_snapshot_xmax(pg_current_snapshot())`
  } finally {
    await sql.end({ timeout: 5 })
  }
}
