/** The embedded Postgres as a supervised process: it ends with its supervisor, and Postgres with it. */
import { openPostgres } from './postgres.ts'

const dataFolder = process.env.PARCOURS_DATA
if (!dataFolder) throw new Error('PARCOURS_DATA is not set')

const opening = openPostgres({ dataFolder, log: (line: string) => console.error(line) })
let stopping = false
const stop = async () => {
  if (stopping) return
  stopping = true
  await (await opening).stop()
  process.exit(0)
}
process.on('SIGTERM', stop)

const { url } = await opening
console.log(`ready ${JSON.stringify({ url })}`)
