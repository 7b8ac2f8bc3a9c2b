/**
 * Prepares the database that PARCOURS_DATABASE_URL names, in a process of its own so that it can be stopped with the rest: migrations, the
 * hospital with its units when there is none yet, and the pathways that come with Parcours.
 */
import { fileURLToPath } from 'node:url'
import { hospitalNow } from '../records/clock.ts'
import { openRecords } from '../records/database.ts'
import { replaceLedger } from '../records/ledger.ts'
import { migrate } from '../records/migrate.ts'
import { createSite } from '../records/sites.ts'
import { readScenario } from '../scenarios/read.ts'
import { publishLibrary, readLibrary } from './library.ts'

const url = process.env.PARCOURS_DATABASE_URL
if (!url) throw new Error('PARCOURS_DATABASE_URL is not set')
await migrate(url)
const records = await openRecords(url, { key: process.env.PARCOURS_KEY, max: 4 })
const [site] = await records.sql`select 1 from sites where id = ${records.site}`
const scenario = readScenario(fileURLToPath(new URL('../scenarios/hopital-demo', import.meta.url)))
// At every start: an older release's hospital may lack translations.
await createSite(records, { ...scenario.site, id: records.site, texts: scenario.texts })
if (!site) {
  const { pools, units, lots, calendars } = scenario
  const empty = { pools, units, lots, calendars, requests: [], held: [], nextSequence: 0 }
  await records.sql.begin((tx) => replaceLedger(records, tx, records.site, empty))
}
await publishLibrary(records, await readLibrary(), await hospitalNow(records))
await records.close()
