// Goal: what was published never changes, and nobody publishes what they have drawn. Method: the life of versions on a real Postgres.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Records } from '../../records/database.ts'
import { listDrafts, listPathways, listPathwayVersions, readPathwayVersion, type VersionSources } from '../../records/pathways.ts'
import { startRun } from '../../records/starting.ts'
import { type Draft, deleteDraft, publishPathway, publishVersion, retireVersion, saveDraft } from '../../records/versions.ts'
import { end, pathway, start, userTask } from './model.ts'
import { type TestRecords, testRecords } from './support.ts'

let open: TestRecords
let records: Records
beforeAll(async () => {
  open = await testRecords()
  records = open.records
})
afterAll(() => open.close())

const drawn = (id: string, ...tasks: string[]) =>
  pathway(
    id,
    `${start}${tasks.map((task) => userTask(task)).join('')}${end}`,
    ['start', ...tasks].map((from, index) => `${from}>${tasks[index] ?? 'end'}`).join(' '),
  )

async function draft(id: string, author: string, ...tasks: string[]): Promise<Draft> {
  const { program, bpmn } = await drawn(id, ...tasks)
  const sources: VersionSources = { bpmn, dmn: [], forms: program.forms, texts: {}, scenarios: '' }
  return { pathway: id, title: program.name, sources, program, author, note: 'why', at: 5 }
}

const save = (what: Draft) => records.sql.begin((tx) => saveDraft(tx, what))
const current = async (id: string) => (await listPathways(records)).find((one) => one.id === id)?.version ?? null

it('a draft starts nothing; its author cannot publish it, somebody else can', async () => {
  const { version, revision } = await save(await draft('life', 'designer/ada', 'look'))
  expect(version).toBe(1)
  expect(await listDrafts(records)).toMatchObject([
    { pathway: 'life', version: 1, state: 'draft', author: 'designer/ada', note: 'why' },
  ])
  await expect(startRun(records, { pathway: 'life', variables: {} })).rejects.toMatchObject({ code: 'unknownPathway' })
  await expect(startRun(records, { pathway: 'life', version, variables: {} })).rejects.toMatchObject({ code: 'unknownPathway' })
  const approval = { pathway: 'life', version, revision, at: 9 }
  await expect(publishVersion(records, { ...approval, approver: 'designer/ada' })).rejects.toMatchObject({ code: 'samePerson' })
  await publishVersion(records, { ...approval, approver: 'designer/bob' })
  await publishVersion(records, { ...approval, approver: 'designer/bob', at: 10 })
  expect(await readPathwayVersion(records, 'life')).toMatchObject({
    state: 'published',
    approver: 'designer/bob',
    publishedAt: 9,
  })
  expect((await startRun(records, { pathway: 'life', variables: {} })).version).toBe(1)
})

it('a published version never changes', async () => {
  const changed = await draft('life', 'designer/ada', 'look', 'again')
  const published = await readPathwayVersion(records, 'life')
  const replaces = { version: 1, revision: published.revision }
  await expect(save({ ...changed, replaces })).rejects.toMatchObject({ code: 'notADraft' })
  await expect(deleteDraft(records, 'life', 1)).rejects.toMatchObject({ code: 'notADraft' })
  expect(await readPathwayVersion(records, 'life')).toEqual(published)
})

it('two who save the same draft: the second is told, and nothing of the first is lost', async () => {
  const first = await save(await draft('life', 'designer/ada', 'look', 'again'))
  const replaces = { version: first.version, revision: first.revision }
  await save({ ...(await draft('life', 'designer/bob', 'look', 'twice')), replaces })
  const late = { ...(await draft('life', 'designer/ada', 'look', 'thrice')), replaces }
  await expect(save(late)).rejects.toMatchObject({ code: 'draftChanged' })
  const found = await readPathwayVersion(records, 'life', first.version)
  expect(found.program!.nodes.map(({ id }) => id)).toContain('twice')
  const approval = { pathway: 'life', version: first.version, at: 9 }
  await expect(
    publishVersion(records, { ...approval, revision: first.revision, approver: 'administrator/x' }),
  ).rejects.toMatchObject({
    code: 'draftChanged',
  })
  // Bob has saved it last: it is his drawing now.
  await expect(
    publishVersion(records, { ...approval, revision: found.revision, approver: 'designer/bob' }),
  ).rejects.toMatchObject({
    code: 'samePerson',
  })
  await publishVersion(records, { ...approval, revision: found.revision, approver: 'designer/ada' })
  expect(await current('life')).toBe(2)
})

it('going back is publishing the old version again; runs stay on theirs', async () => {
  const { run } = await startRun(records, { pathway: 'life', variables: {} })
  const { revision } = await readPathwayVersion(records, 'life', 1)
  await publishVersion(records, { pathway: 'life', version: 1, revision, approver: 'designer/bob', at: 20 })
  expect(await current('life')).toBe(1)
  const [row] = await records.sql`select version from runs where id = ${run}`
  expect(row).toMatchObject({ version: 2 })
})

it('retired, it starts nothing, until it is published again', async () => {
  await retireVersion(records, 'life', 1, 30)
  expect(await current('life')).toBeNull()
  await expect(startRun(records, { pathway: 'life', version: 1, variables: {} })).rejects.toMatchObject({
    code: 'unknownPathway',
  })
  const found = await readPathwayVersion(records, 'life', 1)
  expect(found).toMatchObject({ state: 'retired', retiredAt: 30 })
  await publishVersion(records, { pathway: 'life', version: 1, revision: found.revision, approver: 'designer/bob', at: 31 })
  expect(await readPathwayVersion(records, 'life')).toMatchObject({ version: 1, state: 'published', retiredAt: null })
})

it('a draft that cannot be executed is kept, and cannot be published', async () => {
  const broken = {
    ...(await draft('life', 'designer/ada', 'look')),
    program: null,
    sources: { bpmn: '<broken', dmn: [], forms: {}, texts: {}, scenarios: '' },
  }
  const { version, revision } = await save(broken)
  expect(await readPathwayVersion(records, 'life', version)).toMatchObject({ hash: '', program: null, bpmn: '<broken' })
  const approval = { pathway: 'life', version, revision, approver: 'designer/bob', at: 9 }
  await expect(publishVersion(records, approval)).rejects.toMatchObject({ code: 'notExecutable' })
  await deleteDraft(records, 'life', version)
  expect((await listPathwayVersions(records, 'life')).map((each) => each.version)).toEqual([2, 1])
})

it('what comes with Parcours never takes the place of what the hospital has decided', async () => {
  const library = async (...tasks: string[]) => publishPathway(records, { ...(await drawn('shared', ...tasks)), dmn: [], at: 1 })
  expect(await library('look')).toEqual({ version: 1 })
  expect(await library('look', 'again')).toEqual({ version: 2 })
  expect(await current('shared')).toBe(2)
  const { revision } = await readPathwayVersion(records, 'shared', 1)
  await publishVersion(records, { pathway: 'shared', version: 1, revision, approver: 'designer/ada', at: 2 })
  // The same release starts again: the hospital has gone back, and stays there.
  expect(await library('look', 'again')).toEqual({ version: 2 })
  expect(await current('shared')).toBe(1)
  const own = await save(await draft('shared', 'designer/ada', 'mine'))
  await publishVersion(records, { pathway: 'shared', ...own, approver: 'designer/bob', at: 3 })
  expect(await library('look', 'newest')).toEqual({ version: 4 })
  expect(await current('shared')).toBe(3)
})
