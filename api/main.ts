/** The API's process. Tells the supervisor when it listens, and ends on SIGTERM once the answers under way are given. */
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import pino from 'pino'
import { createApplication } from './application.ts'
import { openDependencies } from './dependencies.ts'

const STOP_MS_MAX = 3_000

const log = pino({ name: 'api', level: process.env.PARCOURS_LOG_LEVEL ?? 'info' })
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const dependencies = await openDependencies(process.env, log, [here('../.cache/web'), here('../dist/web')])
await dependencies.live.start()
const application = createApplication(dependencies)
const port = Number(process.env.PORT ?? 0)

const server = serve({ fetch: application.fetch, port, hostname: process.env.HOST ?? '127.0.0.1' }, ({ port: bound }) => {
  console.log(JSON.stringify({ ready: true, url: `http://localhost:${bound}` }))
})
server.on('error', (error: NodeJS.ErrnoException) => {
  const remedy =
    error.code === 'EADDRINUSE'
      ? `port ${port} is taken by another program: choose another with PORT=…`
      : `cannot listen: ${error.code}`
  log.fatal({ port, code: error.code }, remedy)
  process.exit(2)
})

let stopping = false
async function stop() {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(0), STOP_MS_MAX).unref()
  server.close()
  await dependencies.live.stop()
  if ('closeAllConnections' in server) setTimeout(() => server.closeAllConnections(), STOP_MS_MAX / 2).unref()
  await dependencies.records.close()
  process.exit(0)
}
process.on('SIGTERM', () => void stop())
process.on('SIGINT', () => void stop())
