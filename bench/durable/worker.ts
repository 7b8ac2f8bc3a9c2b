/** The worker of one side, in a process of its own so that its CPU can be told from everything else's. */
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker'
import { openRecords } from '../../records/database.ts'
import { keyOf } from '../../records/encryption.ts'
import { programText } from '../../records/pathways.ts'
import { workerActivities } from '../../start/worker/activities.ts'
import { createWorker } from '../../start/worker/create.ts'
import { createDataConverter } from '../../workflows/data-converter.ts'

export interface WorkerOrder {
  databaseUrl: string
  key: string
  address: string
  namespace: string
  bundle: { buildId: string; codePath: string }
  /** Whether workflows need their Program. */
  interprets: boolean
}

const order = JSON.parse(process.argv[2]!) as WorkerOrder
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] })
const records = await openRecords(order.databaseUrl, { key: order.key, max: 12 })
const connection = await NativeConnection.connect({ address: order.address })
const worker = await createWorker(order.bundle, {
  connection,
  namespace: order.namespace,
  dataConverter: createDataConverter(keyOf(order.key), order.interprets ? (hash) => programText(records, hash) : undefined),
  activities: workerActivities(records, { 'bench.work': async () => ({ done: true }) }),
})
const running = worker.run()
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send!({ cpuMicroseconds: user + system })
})
process.on('SIGTERM', () => worker.shutdown())
process.send!({ ready: true })
await running
await records.close()
process.exit(0)
