/**
 * Prepares the database that PARCOURS_DATABASE_URL names, in a process of its own so that it can be stopped with the rest: migrations, the
 * hospital with its units when there is none yet, and the pathways that come with Parcours.
 */
import { fileURLToPath } from 'node:url'
import { hospitalNow } from '../records/clock.ts'
import { openRecords, type Records } from '../records/database.ts'
import { RecordsError } from '../records/errors.ts'
import { replaceLedger } from '../records/ledger.ts'
import { migrate } from '../records/migrate.ts'
import { createSite } from '../records/sites.ts'
import { readScenario } from '../scenarios/read.ts'
import { publishLibrary, readLibrary } from './library.ts'

const url = process.env.PARCOURS_DATABASE_URL
if (!url) throw new Error('PARCOURS_DATABASE_URL is not set')
await prepare(url).catch(refuse)

async function prepare(url: string): Promise<void> {
  await migrate(url)
  const records = await openRecords(url, { key: process.env.PARCOURS_KEY, max: 4 })
  await checkKey(records)
  const [site] = await records.sql`select 1 from sites where id = ${records.site}`
  const scenario = readScenario(fileURLToPath(new URL('../scenarios/hopital-demo', import.meta.url)))
  // At every start: an older release's hospital may lack translations, targets, or where its units stand.
  const { texts, commandCentre, places } = scenario
  await createSite(records, { ...scenario.site, id: records.site, texts, commandCentre, places })
  if (!site) {
    const { pools, units, lots, calendars } = scenario
    const empty = { pools, units, lots, calendars, requests: [], held: [], nextSequence: 0 }
    await records.sql.begin((tx) => replaceLedger(records, tx, records.site, empty))
  }
  await publishLibrary(records, await readLibrary(), await hospitalNow(records))
  await records.close()
}

/** With another key than the one the database was first used with, nothing of what it holds could be read. @throws RecordsError `keyWrong`. */
async function checkKey({ sql, encryption }: Records): Promise<void> {
  const sealed = await sql<{ sealed: Uint8Array }[]>`
    (select traits as sealed from patients limit 1) union all (select instance from runs where instance is not null limit 1)`
  for (const row of sealed) encryption.decrypt(row.sealed)
}

/** What somebody can put right is said in one line; anything else is a fault of ours and shows where. */
function refuse(error: unknown): never {
  if (!(error instanceof RecordsError)) throw error
  console.error(error.message)
  process.exit(2)
}
