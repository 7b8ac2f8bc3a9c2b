/** An API on a database of its own. Temporal is the real one when a suite asks for it, else an address where nobody answers. */
import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client'
import pino from 'pino'
import { createApplication } from '../../api/application.ts'
import { liveFacts, liveSightings } from '../../api/dependencies.ts'
import type { Role } from '../../api/roles.ts'
import { Sessions } from '../../api/sessions.ts'
import { openRecords, type Records } from '../../records/database.ts'
import { migrate } from '../../records/migrate.ts'
import { createSite } from '../../records/sites.ts'
import { testDatabase } from '../services/index.ts'

export const KEY = Buffer.alloc(32, 5)

export interface TestApi {
  records: Records
  sessions: Sessions
  /** Asks as `role`; a body makes it a POST. The answer's JSON is in `body`. */
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of an answer.
  ask: (role: Role | null, path: string, options?: AskOptions) => Promise<{ status: number; headers: Headers; body: any }>
  application: ReturnType<typeof createApplication>
  close: () => Promise<void>
}

interface AskOptions {
  body?: unknown
  method?: string
  headers?: Record<string, string>
  actor?: string
  synthetic?: boolean
  patient?: string
}

interface TestApiOptions {
  demo?: boolean
  pageFolders?: string[]
}

export async function openTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const database = await testDatabase()
  await migrate(database.url)
  const records = await openRecords(database.url, { key: KEY.toString('hex') })
  await createSite(records, {
    id: records.site,
    name: 'Hôpital d’essai',
    epoch: '2026-01-01T00:00:00Z',
    timeZone: 'Europe/Paris',
  })
  const temporal = unreachableTemporal()
  const api = await apiOn(records, temporal, options)
  const close = async () => {
    await api.close()
    await temporal.connection.close()
    await records.close()
    await database.drop()
  }
  return { ...api, close }
}

/** An API on records and an engine that are somebody else's to close. */
export async function apiOn(
  records: Records,
  temporal: Client,
  { demo = true, pageFolders = [] }: TestApiOptions = {},
): Promise<TestApi> {
  const sessions = new Sessions(KEY)
  const live = liveFacts(records)
  const sightings = liveSightings(records)
  await Promise.all([live.start(), sightings.start()])
  const log = pino({ level: 'silent' })
  const application = createApplication({ records, temporal, sessions, live, sightings, demo, log, pageFolders })
  const ask: TestApi['ask'] = async (role, path, { body, method, headers, actor, synthetic, patient } = {}) => {
    const token = role && sessions.open(role, { name: actor ?? 'one', synthetic: synthetic ?? false, patient }).token
    const response = await application.request(path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }
  return { records, sessions, ask, application, close: async () => void (await Promise.all([live.stop(), sightings.stop()])) }
}

/** A client of an address where nobody answers, which asks twice and no more. */
function unreachableTemporal(): Client {
  const interceptors = [makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: 2 }))]
  return new Client({ connection: Connection.lazy({ address: '127.0.0.1:1', interceptors }) })
}
