// Goal: a simulation worker that is killed in the middle costs time, and nothing else. Method: the worker's own process, killed with SIGKILL. It
// takes Temporal ten seconds to miss it: with PARCOURS_LONG=1.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readySent } from '../../api/sent-scenario.ts'
import { replicate } from '../../twin/experiment/replicate.ts'
import { resultsOf } from '../../twin/experiment/results.ts'
import { scenarioText } from '../api/scenario.ts'
import { KEY } from '../records/support.ts'
import { Simulation } from './simulation.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
let simulation: Simulation
let worker: ChildProcess

async function startWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', './start/child.mjs', '--import', 'tsx', 'start/simulation/main.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      PARCOURS_TEMPORAL_ADDRESS: simulation.hospital.address,
      PARCOURS_TEMPORAL_NAMESPACE: simulation.hospital.namespace,
      PARCOURS_DATABASE_URL: simulation.hospital.databaseUrl,
      PARCOURS_KEY: KEY,
      PARCOURS_SIMULATION_THREADS: '2',
      PARCOURS_LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  })
  for await (const line of createInterface({ input: child.stdout! })) if (line.includes('"ready":true')) return child
  throw new Error('The worker ended before it was ready')
}

async function kill(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

describe.runIf(process.env.PARCOURS_LONG === '1')('a killed simulation worker', () => {
  beforeAll(async () => {
    simulation = await Simulation.prepare()
    worker = await startWorker()
  })
  afterAll(async () => {
    await kill(worker, 'SIGTERM')
    await simulation.close()
  })

  it('is followed by another one, to the same bytes as without a kill', async () => {
    const text = scenarioText({ horizon: 'P40D', replications: '14' })
    const id = await simulation.begin(text)
    await simulation.until(id, 'in the middle', ({ finished }) => finished > 2)
    await kill(worker, 'SIGKILL')
    expect((await simulation.read(id)).finished).toBeLessThan(14)
    worker = await startWorker()
    expect(await simulation.over(id)).toMatchObject({ state: 'done', finished: 14 })

    const { scenario, files } = (await simulation.api.ask('planner', `/api/experiments/${id}/scenario`)).body
    const { experiment } = await readySent(simulation.hospital.records, { scenario, files })
    const runs = Array.from({ length: 14 }, (_, replication) => replicate(experiment, replication)!)
    const undisturbed = resultsOf({ experiment, name: 'two doctors', runs }, [])
    expect(await simulation.results(id)).toBe(`${JSON.stringify(undisturbed, null, 2)}\n`)
  })
})
