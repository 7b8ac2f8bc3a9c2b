/** The embedded Postgres as a supervised process: it ends with its supervisor, and when Postgres ends, so that it is started again. */
import { openPostgres } from './postgres.ts'

const dataFolder = process.env.PARCOURS_DATA
if (!dataFolder) throw new Error('PARCOURS_DATA is not set')

const durable = process.env.PARCOURS_POSTGRES_DURABLE !== '0'
const opening = openPostgres({ dataFolder, durable, log: (line) => console.error(line) })
let stopping = false
process.on('SIGTERM', async () => {
  if (stopping) return
  stopping = true
  const { stop } = await opening
  await stop()
  process.exit(0)
})

const { url, ended } = await opening
console.log(`ready ${JSON.stringify({ url })}`)
await ended
if (!stopping) {
  console.error('Postgres has ended')
  process.exit(1)
}
