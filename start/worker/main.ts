/**
 * The worker's process: runs workflows of this release and of those that open runs still need, activities, and the relay. It holds no
 * state: any number of them may run.
 */
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime, type Worker } from '@temporalio/worker'
import pino from 'pino'
import { createActivities } from '../../activities/connectors.ts'
import { startTracing } from '../../activities/tracing.ts'
import { hospitalNow } from '../../records/clock.ts'
import { connectorRecords } from '../../records/connectors.ts'
import { openRecords } from '../../records/database.ts'
import { keyOf } from '../../records/encryption.ts'
import { programText } from '../../records/pathways.ts'
import { siteTime } from '../../records/sites.ts'
import { buildWorkflowBundle } from '../../workflows/bundle.ts'
import { createDataConverter } from '../../workflows/data-converter.ts'
import { workerActivities } from './activities.ts'
import { keepCalendarsUntil } from './calendar-ticks.ts'
import { watchCircularWaitsUntil } from './circular-waits.ts'
import { tellClockChanges } from './clock-changes.ts'
import { sampleCommandCentreUntil } from './command-centre-samples.ts'
import { createWorker } from './create.ts'
import { sampleForecastsUntil } from './forecast-samples.ts'
import { migrateRunsUntil } from './migrating.ts'
import { Relay } from './relay.ts'
import { keepRelease, makeCurrent, openRunsOf, retire } from './releases.ts'

const log = pino({ name: 'worker', level: process.env.PARCOURS_LOG_LEVEL ?? 'info' })
const stopTracing = startTracing('parcours-worker')

function setting(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: \`npm start\` sets it; docs/architecture.md says what to`)
  return value
}

Runtime.install({
  logger: new DefaultLogger('WARN', ({ level, message }) => log.warn({ level }, message)),
  telemetryOptions: process.env.PARCOURS_WORKER_METRICS
    ? { metrics: { prometheus: { bindAddress: process.env.PARCOURS_WORKER_METRICS } } }
    : {},
  shutdownSignals: [],
})

const address = setting('PARCOURS_TEMPORAL_ADDRESS')
const namespace = process.env.PARCOURS_TEMPORAL_NAMESPACE || 'default'
const records = await openRecords(setting('PARCOURS_DATABASE_URL'), { key: process.env.PARCOURS_KEY, max: 12 })
const key = keyOf(process.env.PARCOURS_KEY)
const dataConverter = createDataConverter(key, (hash) => programText(records, hash))
// Ten seconds, its own default, are missed where a whole system starts at once on few cores.
const [connection, clientConnection] = await Promise.all([
  NativeConnection.connect({ address }),
  Connection.connect({ address, connectTimeout: '1 minute' }),
])
const client = new Client({ connection: clientConnection, namespace, dataConverter: createDataConverter(key) })

const connectors = createActivities({
  records: connectorRecords(records),
  partners: { monEspaceSanteUrl: `${setting('PARCOURS_MON_ESPACE_SANTE_URL')}/fhir`, smtpUrl: setting('PARCOURS_SMTP_URL') },
  clock: { site: await siteTime(records, records.sql, records.site), hospitalNow: () => hospitalNow(records) },
})

const parts = { connection, namespace, dataConverter, activities: workerActivities(records, connectors) }
const stopping = new AbortController()
const bundle = await buildWorkflowBundle()
const older = keepRelease(join(setting('PARCOURS_DATA'), 'releases'), bundle)
const current = await createWorker(bundle, parts)
const running = [current.run()]
await makeCurrent(client, bundle.buildId, log)
const retiring: Worker[] = []
for (const old of older) {
  if ((await openRunsOf(client, old.buildId)) === 0) continue
  const worker = await createWorker(old, parts)
  retiring.push(worker)
  running.push(worker.run())
  running.push(retire(client, old, worker, () => !stopping.signal.aborted, log))
}
const relay = new Relay(records, client, log)
const told = { client, log, changes: new EventTarget() }
running.push(relay.run(), migrateRunsUntil(stopping.signal, records, client, log))
running.push(sampleForecastsUntil(stopping.signal, records, log), watchCircularWaitsUntil(stopping.signal, records, log))
running.push(sampleCommandCentreUntil(stopping.signal, records, log))
running.push(keepCalendarsUntil(stopping.signal, records, told), tellClockChanges(stopping.signal, records, told))
console.log(JSON.stringify({ ready: true, build: bundle.buildId }))

function stop(): void {
  if (stopping.signal.aborted) return
  stopping.abort()
  relay.stop()
  for (const worker of [current, ...retiring]) if (worker.getState() === 'RUNNING') worker.shutdown()
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)

await Promise.all(running)
await Promise.all([connection.close(), clientConnection.close(), records.close(), stopTracing()])
process.exit(0)
