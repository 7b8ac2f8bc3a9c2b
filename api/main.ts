/** The API's process. Tells the supervisor when it listens, and ends on SIGTERM once the answers under way are given. */
import type { Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import pino from 'pino'
import { startTracing } from '../activities/tracing.ts'
import { RecordsError } from '../records/errors.ts'
import { createApplication } from './application.ts'
import { openDependencies } from './dependencies.ts'

const STOP_MS_MAX = 3_000

const log = pino({ name: 'api', level: process.env.PARCOURS_LOG_LEVEL ?? 'info' })
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const stopTracing = startTracing('parcours-api')
const dependencies = await openDependencies(process.env, log, [here('../.cache/web'), here('../dist/web')]).catch(refuse)
await Promise.all([dependencies.live.start(), dependencies.sightings.start()])
const application = createApplication(dependencies)
const port = Number(process.env.PORT ?? 0)

// Our own machine only, unless HOST says otherwise: what stands in front of us speaks TLS.
const server = serve({ fetch: application.fetch, port, hostname: process.env.HOST ?? '127.0.0.1' }, ({ port: bound }) => {
  console.log(JSON.stringify({ ready: true, url: `http://localhost:${bound}` }))
}) as Server
server.on('error', (error: NodeJS.ErrnoException) => {
  const remedy = error.code === 'EADDRINUSE' ? 'another program has it: choose another with PORT=…' : 'choose another with PORT=…'
  console.error(`Cannot listen on port ${port} (${error.code}): ${remedy}`)
  process.exit(2)
})

/** What somebody can put right is said in one line; anything else is a fault of ours and shows where. */
function refuse(error: unknown): never {
  if (!(error instanceof RecordsError)) throw error
  console.error(error.message)
  process.exit(2)
}

let stopping = false
async function stop() {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(0), STOP_MS_MAX).unref()
  const closed = new Promise((resolve) => server.close(resolve))
  // Live streams end by themselves; their readers come back to whoever serves next.
  await Promise.all([dependencies.live.stop(), dependencies.sightings.stop()])
  // A connection that is kept alive is idle only once its answer is out.
  const closing = setInterval(() => server.closeIdleConnections(), 20)
  await closed
  clearInterval(closing)
  await Promise.all([dependencies.temporal.connection.close(), dependencies.records.close(), stopTracing()])
  process.exit(0)
}
process.on('SIGTERM', () => void stop())
process.on('SIGINT', () => void stop())
