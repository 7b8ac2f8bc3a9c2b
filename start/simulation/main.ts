/**
 * The simulation worker's process: it works on the experiments of this release, beside the live hospital and behind it. It holds no state: any number
 * of them may run, on any machines that reach the database and Temporal.
 */
import { availableParallelism, constants, setPriority } from 'node:os'
import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker'
import pino from 'pino'
import { ExperimentWorker } from '../../activities/experiments/activities.ts'
import { openRecords } from '../../records/database.ts'
import { keyOf } from '../../records/encryption.ts'
import { buildExperimentBundle } from '../../workflows/bundle.ts'
import { createDataConverter } from '../../workflows/data-converter.ts'
import { experimentEngine } from '../../workflows/sources.ts'
import { beginExperimentsUntil } from './beginning.ts'
import { createSimulationWorker } from './create.ts'

const log = pino({ name: 'simulation', level: process.env.PARCOURS_LOG_LEVEL ?? 'info' })

function setting(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: \`npm start\` sets it; docs/architecture.md says what to`)
  return value
}

// The live hospital comes first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
Runtime.install({
  logger: new DefaultLogger('WARN', ({ level, message }) => log.warn({ level }, message)),
  shutdownSignals: [],
})

/** As many as there are processors, less the one that the live hospital is left, unless PARCOURS_SIMULATION_THREADS says. */
const threads = Number(process.env.PARCOURS_SIMULATION_THREADS) || Math.max(1, availableParallelism() - 1)
const address = setting('PARCOURS_TEMPORAL_ADDRESS')
const namespace = process.env.PARCOURS_TEMPORAL_NAMESPACE || 'default'
const records = await openRecords(setting('PARCOURS_DATABASE_URL'), { key: process.env.PARCOURS_KEY, max: threads + 4 })
const dataConverter = createDataConverter(keyOf(process.env.PARCOURS_KEY))
// Ten seconds, its own default, are missed where a whole system starts at once on few cores.
const [connection, clientConnection] = await Promise.all([
  NativeConnection.connect({ address }),
  Connection.connect({ address, connectTimeout: '1 minute' }),
])
const client = new Client({ connection: clientConnection, namespace, dataConverter })

const engine = experimentEngine()
const { codePath } = await buildExperimentBundle()
const experiments = new ExperimentWorker(records, threads)
const worker = await createSimulationWorker({ connection, namespace, dataConverter, experiments, engine, codePath, threads })
const stopping = new AbortController()
const running = [worker.run(), beginExperimentsUntil(stopping.signal, records, { client, engine, log })]
console.log(JSON.stringify({ ready: true, engine, threads }))

function stop(): void {
  if (stopping.signal.aborted) return
  stopping.abort()
  worker.shutdown()
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)

await Promise.all(running)
await experiments.close()
await Promise.all([connection.close(), clientConnection.close(), records.close()])
process.exit(0)
