// Goal: a run that continues as new, onto the same host code or newer one, loses nothing. Method: real services; runs moved while they wait.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ConnectorError } from '../../activities/connector.ts'
import { startClock } from '../../records/clock.ts'
import { sendMessage } from '../../records/messages.ts'
import { keepRelease, makeCurrent, openRunsOf, retire } from '../../start/worker/releases.ts'
import { buildWorkflowBundle, type WorkflowBundle } from '../../workflows/bundle.ts'
import { HEAR, MOVE_ON } from '../../workflows/messages.ts'
import { end, extended, start, userTask } from '../records/model.ts'
import { pool, publish, setLedger, unit } from '../records/support.ts'
import { pathway, pause, serviceTask } from './model.ts'
import { eventually, LiveHospital, log } from './support.ts'

/** As the workflow states it. */
const HISTORY_EVENTS_MAX = 2_000

let hospital: LiveHospital
let folder: string
let bundle: WorkflowBundle
let stopOld: () => Promise<void>
let partnerIsAway = true

const connectors = {
  'partner.ask': async () => {
    if (partnerIsAway) throw new ConnectorError('The partner is away', { retryable: false })
    return {}
  },
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parcours-releases-'))
  hospital = await LiveHospital.prepare()
  await startClock(hospital.records, 60, { heartbeats: false })
  hospital.relay()
  bundle = await buildWorkflowBundle()
  keepRelease(folder, bundle)
  ;({ stop: stopOld } = await hospital.work(bundle, { connectors }))
  await makeCurrent(hospital.client, bundle.buildId, log)
  const listening = `<bpmn:intermediateCatchEvent id="hear">${extended('<hospital:correlation key="=who"/>')}<bpmn:messageEventDefinition messageRef="Advice"/></bpmn:intermediateCatchEvent>`
  // Everything that a run can wait for, at once.
  const everything = await pathway(
    'everything',
    `${start}<bpmn:parallelGateway id="all"/>${userTask('look')}${userTask('nursed', '<hospital:need pool="nurse" quantity="1"/>')}${pause('pause', 'PT4M')}${serviceTask('ask', 'partner.ask')}${listening}<bpmn:parallelGateway id="joined"/>${end}`,
    'start>all all>look all>nursed all>pause all>ask all>hear look>joined nursed>joined pause>joined ask>joined hear>joined joined>end',
    { messages: ['Advice'] },
  )
  await publish(hospital.records, everything)
  const two = await pathway('two', `${start}${userTask('look')}${userTask('note')}${end}`, 'start>look look>note note>end')
  await publish(hospital.records, two)
  await setLedger(hospital.records, {
    pools: [pool('nurse')],
    units: ['nurse1', 'nurse2', 'nurse3'].map((id) => unit(id, 'nurse')),
  })
})
afterAll(async () => {
  await hospital.close()
  rmSync(folder, { recursive: true, force: true })
})

const handle = (run: string) => hospital.client.workflow.getHandle(run)
const firstExecution = async (run: string) => (await handle(run).describe()).runId

/** Waits until a run waits for all that it can wait for. */
async function settled(run: string): Promise<void> {
  await Promise.all([hospital.task(run, 'look'), hospital.incident(run)])
  await hospital.drained()
}

async function finish(run: string, who: string): Promise<void> {
  partnerIsAway = false
  await hospital.resolve(run, (await hospital.incident(run)).wait, 'retry')
  await hospital.complete(run, 'look')
  await sendMessage(hospital.records, { name: 'Advice', key: who, payload: {} })
  await hospital.complete(run, 'nursed')
  expect((await hospital.ended(run)).state).toBe('completed')
  const story = await hospital.story(run)
  for (const element of ['look', 'nursed', 'pause', 'ask', 'hear']) {
    expect(story.filter((fact) => fact === `entered ${element}`)).toHaveLength(1)
    expect(story.filter((fact) => fact === `completed ${element}`)).toHaveLength(1)
  }
  partnerIsAway = true
}

it('asked to move on while it waits for everything at once, it goes on waiting for all of it', async () => {
  const run = await hospital.start('everything', { who: 'p1' })
  await settled(run)
  const before = await firstExecution(run)
  await handle(run).signal(MOVE_ON)
  await eventually('another execution', async () => (await firstExecution(run)) !== before || undefined)
  await finish(run, 'p1')
})

it('moves on by itself at its first quiet point after its history has grown long', async () => {
  const run = await hospital.start('two', { seen: 'before' })
  await hospital.task(run, 'look')
  const before = await firstExecution(run)
  // What the relay repeats, or what came too late, makes history grow without a step.
  for (let sent = 0; sent < HISTORY_EVENTS_MAX; sent += 50) {
    await Promise.all(Array.from({ length: 50 }, () => handle(run).signal(HEAR, [])))
  }
  await hospital.complete(run, 'look')
  await eventually('another execution', async () => (await firstExecution(run)) !== before || undefined)
  await hospital.complete(run, 'note')
  const { state, variables } = await hospital.ended(run)
  expect({ state, variables }).toEqual({ state: 'completed', variables: { seen: 'before' } })
  expect((await hospital.facts(run)).map(({ sequence }) => sequence).at(-1)).toBe(3)
})

it('a new release takes over every open run, and the old one is removed', async () => {
  const runs = await Promise.all(['p2', 'p3', 'p4'].map((who) => hospital.start('everything', { who })))
  await Promise.all([hospital.incident(runs[0]!), hospital.task(runs[2]!, 'look')])
  await Promise.all(runs.map(settled))
  await stopOld()
  // Release N is gone; N+1 is the same code under another name, and serves N for as long as runs need it.
  const next: WorkflowBundle = { buildId: 'next-release', codePath: join(folder, 'next-release.cjs') }
  copyFileSync(bundle.codePath, next.codePath)
  const older = keepRelease(folder, next)
  expect(older.map(({ buildId }) => buildId)).toEqual([bundle.buildId])
  await hospital.work(next, { connectors })
  await makeCurrent(hospital.client, next.buildId, log)
  const [old] = older
  const { worker } = await hospital.work(old!, { connectors })
  await eventually(
    'the runs of the old release',
    async () => (await openRunsOf(hospital.client, old!.buildId)) === 3 || undefined,
  )
  await retire(hospital.client, old!, worker, () => true, log)
  expect(await openRunsOf(hospital.client, old!.buildId)).toBe(0)
  expect(existsSync(old!.codePath)).toBe(false)
  for (const [index, run] of runs.entries()) {
    await finish(run, `p${index + 2}`)
    const { raw } = await handle(run).describe()
    expect(raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId).toBe(next.buildId)
  }
})
