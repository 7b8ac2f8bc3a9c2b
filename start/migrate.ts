/** Migrates the database that PARCOURS_DATABASE_URL names, in a process of its own so that it can be stopped with the rest. */
import { migrate } from '../records/migrate.ts'

const url = process.env.PARCOURS_DATABASE_URL
if (!url) throw new Error('PARCOURS_DATABASE_URL is not set')
await migrate(url)
