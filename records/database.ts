/** The connection to Postgres, and the records as everybody else is given them. */
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Program } from '../pathways/language/program.ts'
import type { Ledger } from '../pathways/resources/index.ts'
import type { SiteTime } from '../pathways/time/site.ts'
import { Encryption, keyOf } from './encryption.ts'
import { RecordsError } from './errors.ts'

export type Sql = postgres.Sql<{ bigint: number }>
export type Transaction = postgres.TransactionSql<{ bigint: number }>
/** What runs a query: alone, or in a transaction. */
export type Queries = Sql | Transaction

export interface Database {
  db: PostgresJsDatabase
  sql: Sql
  close: () => Promise<void>
}

export interface Records extends Database {
  encryption: Encryption
  /** The site that this process speaks for when nothing else says which. */
  site: string
  /** What never changes once read: Programs by hash, sites by id. */
  programs: Map<string, Program>
  sites: Map<string, SiteTime>
  /** Ledgers as they are in the database when the site's `ledger_state` is still this one. */
  ledgers: Map<string, { state: string; ledger: Ledger }>
  /** The month for which partitions of the fact log were last seen to. */
  partitionsFor: { month: string }
}

/**
 * Connects, and asks once whether the database answers.
 * @param max connections at most.
 * @throws RecordsError `databaseUnreachable`.
 */
export async function openDatabase(url: string, { max = 10 }: { max?: number } = {}): Promise<Database> {
  const sql = connect(url, max)
  try {
    await sql`select 1`
  } catch (cause) {
    await sql.end({ timeout: 1 })
    const why = connectionProblem(cause)
    throw new RecordsError(
      'databaseUnreachable',
      `The database at ${placeOf(url)} cannot be used (${why}). Start it, or correct DATABASE_URL.`,
      { cause },
    )
  }
  return { db: drizzle(sql), sql, close: () => sql.end({ timeout: 5 }) }
}

export interface RecordsOptions {
  /** PARCOURS_KEY: base64 or hexadecimal. */
  key: string | undefined
  site?: string
  max?: number
}

/** @throws RecordsError `databaseUnreachable`, `keyMissing`. */
export async function openRecords(url: string, { key, site = 'hospital', max = 10 }: RecordsOptions): Promise<Records> {
  const encryption = new Encryption(keyOf(key))
  const database = await openDatabase(url, { max })
  const memory = { programs: new Map(), sites: new Map(), ledgers: new Map(), partitionsFor: { month: '' } }
  return { ...database, encryption, site, ...memory }
}

/** Why a database cannot be used: the system's own code, or what Postgres says of a name, a password or a database. Never the password. */
export function connectionProblem(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  const isPostgres = /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code)
  return isPostgres ? `${message}, ${code}` : code || message
}

function connect(url: string, max: number): Sql {
  try {
    // Hospital milliseconds and counters are far below 2^53.
    const bigint = { to: 20, from: [20], parse: Number, serialize: String } as postgres.PostgresType<number>
    return postgres(url, {
      max,
      types: { bigint },
      connect_timeout: 10,
      onnotice: () => {},
      connection: { application_name: 'parcours' },
    })
  } catch (cause) {
    throw new RecordsError(
      'databaseUnreachable',
      'DATABASE_URL is not an address: postgres://user:password@host:5432/database.',
      {
        cause,
      },
    )
  }
}

function placeOf(url: string): string {
  try {
    return new URL(url).host
  } catch {
    return 'DATABASE_URL'
  }
}
