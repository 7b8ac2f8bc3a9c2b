// Goal: what is running can be carried on by the present host code. Method: histories of an earlier recording, and of now, replayed with the
// bundle of now. `PARCOURS_RECORD_HISTORIES=1 npx vitest run test/workflows/replay.test.ts` records them anew: after a change that
// open runs only meet by continuing as new, which is what the pinning of releases is for.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import proto from '@temporalio/proto'
import { Worker } from '@temporalio/worker'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startClock } from '../../records/clock.ts'
import { keyOf } from '../../records/encryption.ts'
import { programText } from '../../records/pathways.ts'
import { buildWorkflowBundle } from '../../workflows/bundle.ts'
import { createDataConverter } from '../../workflows/data-converter.ts'
import { KEY } from '../records/support.ts'
import { connectors, playCancelled, playVisit, publishModels } from './history-models.ts'
import { LiveHospital } from './support.ts'

const FOLDER = fileURLToPath(new URL('./histories', import.meta.url))
const { History } = proto.temporal.api.history.v1
const PROGRAMS = join(FOLDER, 'programs.json')
let hospital: LiveHospital
/** Programs of the recorded histories, by hash: the pathway compiler may make other ones of the same models by now. */
let programs: Record<string, string> = {}

beforeAll(async () => {
  hospital = await LiveHospital.open({ connectors })
  await startClock(hospital.records, 60, { heartbeats: false })
  await publishModels(hospital)
  if (process.env.PARCOURS_RECORD_HISTORIES === '1') await record()
  programs = JSON.parse(readFileSync(PROGRAMS, 'utf8')) as Record<string, string>
})
afterAll(() => hospital.close())

async function replay(history: unknown, run: string): Promise<void> {
  const text = async (hash: string) => programs[hash] ?? programText(hospital.records, hash)
  const { codePath } = await buildWorkflowBundle()
  const options = { workflowBundle: { codePath }, dataConverter: createDataConverter(keyOf(KEY), text) }
  await Worker.runReplayHistory(options, history, run)
}

async function historyOf(run: string) {
  const handle = hospital.client.workflow.getHandle(run)
  await handle.result()
  return handle.fetchHistory()
}

async function record(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  for (const [name, play] of Object.entries({ visit: playVisit, cancelled: playCancelled })) {
    const history = await historyOf(await play(hospital))
    const protobuf = Buffer.from(History.encode(history).finish()).toString('base64')
    writeFileSync(join(FOLDER, `${name}.history.json`), `${JSON.stringify({ protobuf })}\n`)
  }
  const rows = await hospital.records.sql<{ hash: string }[]>`select hash from pathway_versions`
  const texts = await Promise.all(rows.map(async ({ hash }) => [hash, await programText(hospital.records, hash)]))
  writeFileSync(PROGRAMS, `${JSON.stringify(Object.fromEntries(texts))}\n`)
}

/** Temporal's own binary form, payloads encrypted with the tests' key. */
function read(file: string) {
  const { protobuf } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { protobuf: string }
  return History.decode(Buffer.from(protobuf, 'base64'))
}

const recorded = readdirSync(FOLDER, { encoding: 'utf8' }).filter((file) => file.endsWith('.history.json'))

it.each(recorded)('%s', async (file) => {
  await replay(read(file), file)
})

it('a run of now', async () => {
  const run = await playVisit(hospital)
  await replay(await historyOf(run), run)
})

it('finds a history that the code would not have made', async () => {
  const history = read('visit.history.json')
  for (const { activityTaskScheduledEventAttributes: scheduled } of history.events)
    if (scheduled) scheduled.activityType = { name: 'another' }
  await expect(replay(history, 'other')).rejects.toThrow(/nondeterminism/i)
})
