/** What the API is made with, and how its process makes it. */
import { Client, Connection } from '@temporalio/client'
import type { Logger } from 'pino'
import type { SiteTime } from '../pathways/time/site.ts'
import { openRecords, type Records } from '../records/database.ts'
import { keyOf } from '../records/encryption.ts'
import { FACTS_CHANNEL, type FactRow, factsAfter } from '../records/facts.ts'
import { SIGHTINGS_CHANNEL, type Sighting, sightingsAfter } from '../records/sightings.ts'
import { siteTime } from '../records/sites.ts'
import { createDataConverter } from '../workflows/data-converter.ts'
import { LiveFacts } from './live.ts'
import { Sessions } from './sessions.ts'

export interface Dependencies {
  records: Records
  temporal: Client
  sessions: Sessions
  live: LiveFacts<FactRow>
  /** What beacons see, as streams follow it. */
  sightings: LiveFacts<Sighting>
  /** The demonstration runs: its sign-in is on. */
  demo: boolean
  log: Logger
  /** Where a built page may be. */
  pageFolders: string[]
}

/** The epoch and time zone that every time is told by. @throws RecordsError `unknownSite` before a hospital is there. */
export const siteOf = (records: Records): Promise<SiteTime> => siteTime(records, records.sql, records.site)

/**
 * From the process's environment: PARCOURS_DATABASE_URL, PARCOURS_KEY, PARCOURS_TEMPORAL_ADDRESS, PARCOURS_TEMPORAL_NAMESPACE, PARCOURS_DEMO.
 * Temporal is connected to when it is first asked: the API serves all it can without it.
 * @throws RecordsError `databaseUnreachable`, `keyMissing`.
 */
export async function openDependencies(
  environment: NodeJS.ProcessEnv,
  log: Logger,
  pageFolders: string[],
): Promise<Dependencies> {
  const url = environment.PARCOURS_DATABASE_URL ?? ''
  const records = await openRecords(url, { key: environment.PARCOURS_KEY })
  const key = keyOf(environment.PARCOURS_KEY)
  return {
    records,
    temporal: temporalClient(environment.PARCOURS_TEMPORAL_ADDRESS, environment.PARCOURS_TEMPORAL_NAMESPACE, key),
    sessions: new Sessions(key),
    live: liveFacts(records),
    sightings: liveSightings(records),
    demo: environment.PARCOURS_DEMO === '1',
    log,
    pageFolders,
  }
}

const CONNECT_MS_MAX = 3_000

/** A client that connects when it is first used. */
export function temporalClient(address = '127.0.0.1:7233', namespace = 'default', key: Uint8Array): Client {
  return new Client({
    connection: Connection.lazy({ address, connectTimeout: CONNECT_MS_MAX }),
    namespace,
    dataConverter: createDataConverter(key),
  })
}

const FACTS_AT_ONCE = 500

/** The fact log as streams follow it; to be started. */
export function liveFacts(records: Records): LiveFacts<FactRow> {
  return new LiveFacts({
    async read(after) {
      const facts = [...(await factsAfter(records, after, FACTS_AT_ONCE))]
      return { facts, position: facts.at(-1)?.position ?? after }
    },
    async listen(callback) {
      const { unlisten } = await records.sql.listen(FACTS_CHANNEL, callback)
      return unlisten
    },
  })
}

/** What beacons see, as streams follow it, from '0'; to be started. */
export function liveSightings(records: Records): LiveFacts<Sighting> {
  return new LiveFacts({
    async read(after) {
      const { sightings, through } = await sightingsAfter(records, after)
      return { facts: sightings, position: through }
    },
    async listen(callback) {
      const { unlisten } = await records.sql.listen(SIGHTINGS_CHANNEL, callback)
      return unlisten
    },
  })
}
