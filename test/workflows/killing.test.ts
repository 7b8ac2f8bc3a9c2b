// Goal: a worker that is killed in mid-run loses nothing and repeats nothing. Method: the worker's own process, killed with SIGKILL.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { end, start, userTask } from '../records/model.ts'
import { KEY, publish } from '../records/support.ts'
import { pathway, pause } from './model.ts'
import { delay, LiveHospital } from './support.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
let hospital: LiveHospital
let folder: string
let worker: ChildProcess

async function startWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', './start/child.mjs', '--import', 'tsx', 'start/worker/main.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      PARCOURS_TEMPORAL_ADDRESS: hospital.address,
      PARCOURS_TEMPORAL_NAMESPACE: hospital.namespace,
      PARCOURS_DATABASE_URL: hospital.databaseUrl,
      PARCOURS_KEY: KEY,
      PARCOURS_DATA: folder,
      PARCOURS_MON_ESPACE_SANTE_URL: 'http://127.0.0.1:9',
      PARCOURS_SMTP_URL: 'smtp://127.0.0.1:9',
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

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parcours-killing-'))
  hospital = await LiveHospital.prepare()
  const model = await pathway(
    'visit',
    `${start}${userTask('look')}${pause('pause', 'PT2S')}${userTask('note')}${end}`,
    'start>look look>pause pause>note note>end',
  )
  await publish(hospital.records, model)
  worker = await startWorker()
})
afterAll(async () => {
  await kill(worker, 'SIGTERM')
  await hospital.close()
  rmSync(folder, { recursive: true, force: true })
})

it('every run goes on to its end, and every fact is there once', async () => {
  const runs = await Promise.all(Array.from({ length: 8 }, () => hospital.start('visit')))
  const visits = runs.map(async (run) => {
    await hospital.complete(run, 'look')
    await hospital.complete(run, 'note')
    return hospital.ended(run)
  })
  await hospital.task(runs[0]!, 'look')
  await delay(700)
  await kill(worker, 'SIGKILL')
  worker = await startWorker()
  for (const { state } of await Promise.all(visits)) expect(state).toBe('completed')
  const stories = await Promise.all(runs.map((run) => hospital.story(run)))
  for (const story of stories) {
    expect(story).toEqual([
      ...['entered start', 'completed start', 'entered look', 'completed look', 'entered pause', 'caught pause'],
      ...['completed pause', 'entered note', 'completed note', 'entered end', 'completed end'],
    ])
  }
  const [twice] = await hospital.records.sql`select 1 from facts group by run, sequence, ordinal having count(*) > 1`
  expect(twice).toBeUndefined()
})
