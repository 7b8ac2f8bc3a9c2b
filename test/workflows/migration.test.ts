// Goal: runs under way go on by a newer version, each exactly once, also when the worker is killed on the way. Method: real Postgres, Temporal, worker, relay.
import { Worker } from '@temporalio/worker'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MigrationPlan, proposePlan } from '../../pathways/engine/index.ts'
import type { Program } from '../../pathways/language/program.ts'
import { keyOf } from '../../records/encryption.ts'
import { changePlan, createMigration, readMigration, startMigration, stopMigration } from '../../records/migrating.ts'
import { programText } from '../../records/pathways.ts'
import { readRun } from '../../records/runs.ts'
import { moveSome } from '../../start/worker/migrating.ts'
import { buildWorkflowBundle } from '../../workflows/bundle.ts'
import { createDataConverter } from '../../workflows/data-converter.ts'
import { end, start, userTask } from '../records/model.ts'
import { KEY, publish } from '../records/support.ts'
import { pathway, pause, serviceTask } from './model.ts'
import { eventually, LiveHospital } from './support.ts'

let hospital: LiveHospital
let answers = 0
beforeAll(async () => {
  hospital = await LiveHospital.open({ connectors: { 'partner.ask': async () => ({ answer: ++answers }) } })
})
afterAll(() => hospital.close())

const versions: Record<string, Program[]> = {}

/** Publishes a version of a pathway, made of a start, elements one after the other, and an end. */
async function version(id: string, ...elements: [string, string][]): Promise<void> {
  const names = ['start', ...elements.map(([name]) => name), 'end']
  const flows = names.slice(1).map((name, index) => `${names[index]}>${name}`)
  const model = await pathway(id, `${start}${elements.map(([, drawn]) => drawn).join('')}${end}`, flows.join(' '))
  versions[id] = [...(versions[id] ?? []), model.program]
  await publish(hospital.records, model)
}

const task = (id: string): [string, string] => [id, userTask(id)]

async function plan(id: string, elements?: MigrationPlan): Promise<string> {
  const [from, to] = versions[id]!
  const migration = {
    pathway: id,
    fromVersion: 1,
    toVersion: 2,
    plan: elements ?? proposePlan(from!, to!),
    by: 'designer/ada',
    at: 0,
  }
  return hospital.records.sql.begin((tx) => createMigration(tx, migration))
}

const moveAll = async (id: string) => {
  await startMigration(hospital.records, id, 'designer/ada')
  for (let calls = 0; calls < 20 && (await moveSome(hospital.records, hospital.client)) > 0; calls++);
}
const counts = async (id: string) => (await readMigration(hospital.records, id)).counts

describe('a run that moves', () => {
  it('keeps its task and who did what, and goes on by the newer version to its end', async () => {
    await version('simple', task('look'), task('note'))
    const run = await hospital.start('simple', { patient: 'p' })
    const { wait } = await hospital.task(run, 'look')
    await version('simple', task('look'), task('second'), task('note'))
    const id = await plan('simple')
    expect(await counts(id)).toEqual({ pending: 1, moved: 0, refused: 0, over: 0 })
    await moveAll(id)
    expect(await counts(id)).toEqual({ pending: 0, moved: 1, refused: 0, over: 0 })
    expect(await readRun(hospital.records, run)).toMatchObject({ version: 2, hash: versions.simple![1]!.hash })
    expect((await hospital.task(run, 'look')).wait).toBe(wait)
    for (const element of ['look', 'second', 'note']) await hospital.complete(run, element)
    expect((await hospital.ended(run)).state).toBe('completed')
    expect((await hospital.facts(run)).filter(({ event }) => event === 'migrated')).toHaveLength(1)
  })

  it('hears the end of a timer and of a system’s work that began before', async () => {
    await version('waiting', ['pause', pause('pause', 'PT2S')], ['ask', serviceTask('ask', 'partner.ask')], task('note'))
    const run = await hospital.start('waiting')
    await eventually('the timer', async () => ((await readRun(hospital.records, run))?.instance ? true : undefined))
    await version(
      'waiting',
      ['pause', pause('pause', 'PT9H')],
      ['ask', serviceTask('ask', 'partner.ask')],
      task('more'),
      task('note'),
    )
    await moveAll(await plan('waiting'))
    for (const element of ['more', 'note']) await hospital.complete(run, element)
    expect(await hospital.ended(run)).toMatchObject({ state: 'completed', variables: { answer: 1 } })
  })
})

describe('a migration', () => {
  it('refuses runs that would lose their place, says why, and takes them once the plan is corrected', async () => {
    await version('refused', task('look'), task('note'))
    const run = await hospital.start('refused')
    await hospital.task(run, 'look')
    await version('refused', task('examine'), task('note'))
    const id = await plan('refused', { elements: { note: 'note' } })
    await moveAll(id)
    expect(await counts(id)).toMatchObject({ refused: 1, moved: 0 })
    const [row] = await hospital.records.sql`select refusals from migration_runs where migration = ${id}`
    expect(row!.refusals).toEqual([{ code: 'unmapped', element: 'look' }])
    expect(await readRun(hospital.records, run)).toMatchObject({ version: 1 })
    await hospital.task(run, 'look')
    await stopMigration(hospital.records, id)
    await changePlan(hospital.records, id, { elements: { look: 'examine', note: 'note' } })
    await moveAll(id)
    expect(await counts(id)).toMatchObject({ refused: 0, moved: 1 })
    await hospital.complete(run, 'examine')
    await hospital.complete(run, 'note')
    expect((await hospital.ended(run)).state).toBe('completed')
  })

  it('stopped, moves nobody; gone on with, the rest; who ended meanwhile is over', async () => {
    await version('many', task('look'))
    const runs = await Promise.all(Array.from({ length: 20 }, () => hospital.start('many')))
    for (const run of runs) await hospital.task(run, 'look')
    await version('many', task('look'), task('note'))
    const id = await plan('many')
    await startMigration(hospital.records, id, 'designer/ada')
    expect(await moveSome(hospital.records, hospital.client)).toBe(16)
    await stopMigration(hospital.records, id)
    expect(await moveSome(hospital.records, hospital.client)).toBe(0)
    const [left] = await hospital.records.sql<
      { run: string }[]
    >`select run from migration_runs where migration = ${id} and state = 'pending'`
    await hospital.complete(left!.run, 'look')
    await hospital.ended(left!.run)
    await moveAll(id)
    expect(await readMigration(hospital.records, id)).toMatchObject({
      state: 'done',
      counts: { pending: 0, moved: 19, refused: 0, over: 1 },
    })
    const [moved] = await hospital.records.sql<{ count: number }[]>`
      select count(*)::int from facts where event = 'migrated' and run = any(${runs})`
    expect(moved!.count).toBe(19)
  })

  it('asked twice at once, and after the run has continued as new, moves each run once', async () => {
    await version('twice', task('look'))
    const run = await hospital.start('twice')
    await hospital.task(run, 'look')
    await version('twice', task('look'), task('note'))
    const id = await plan('twice')
    await startMigration(hospital.records, id, 'designer/ada')
    await Promise.all([moveSome(hospital.records, hospital.client), moveSome(hospital.records, hospital.client)])
    await hospital.client.workflow.getHandle(run).signal('moveOn')
    await hospital.records.sql`update migration_runs set state = 'pending' where migration = ${id}`
    await moveAll(id)
    expect((await hospital.facts(run)).filter(({ event }) => event === 'migrated')).toHaveLength(1)
    await hospital.complete(run, 'look')
    await hospital.complete(run, 'note')
    expect((await hospital.ended(run)).state).toBe('completed')
  })
})

it('a history with a migration in it is replayed', async () => {
  const { codePath } = await buildWorkflowBundle()
  await version('replayed', task('look'))
  const run = await hospital.start('replayed')
  await hospital.task(run, 'look')
  await version('replayed', task('look'), task('note'))
  await moveAll(await plan('replayed'))
  await hospital.complete(run, 'look')
  await hospital.complete(run, 'note')
  await hospital.ended(run)
  const handle = hospital.client.workflow.getHandle(run)
  await handle.result()
  const dataConverter = createDataConverter(keyOf(KEY), (hash) => programText(hospital.records, hash))
  await Worker.runReplayHistory({ workflowBundle: { codePath }, dataConverter }, await handle.fetchHistory(), run)
})
