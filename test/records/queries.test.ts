// Goal: lists turn their pages without missing or repeating anything, claims race fairly, and a follower of the fact log misses nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeAlert, listAlerts, raiseAlerts } from '../../records/alerts.ts'
import { readCounters } from '../../records/counters.ts'
import type { Records } from '../../records/database.ts'
import { factsAfter, lastPosition, listFacts, recentFacts } from '../../records/facts.ts'
import { once, pruneIdempotencyKeys } from '../../records/idempotency.ts'
import { listIncidents, readIncident, resolveRefusedRequest } from '../../records/incidents.ts'
import { migrate } from '../../records/migrate.ts'
import type { Page } from '../../records/pages.ts'
import { listPathways, listPathwayVersions, programText, readPathwayVersion } from '../../records/pathways.ts'
import { closeUnit, listHeld, listOccupancy, listPools, listQueue, listUnits, restockPool } from '../../records/resources.ts'
import { cancelRun, countPositions, listRuns, readRun } from '../../records/runs.ts'
import { startRun } from '../../records/starting.ts'
import { claimTask, listTasks, readTask, releaseTask } from '../../records/worklist.ts'
import { end, pathway, start, userTask } from './model.ts'
import { Host, pool, publish, setLedger, testRecords, unit } from './support.ts'

let records: Records
let url: string
let close: () => Promise<void>
let host: Host
const runs: string[] = []

beforeAll(async () => {
  ;({ records, url, close } = await testRecords())
  const need = (quantity: number) => `<hospital:need pool="nurse" quantity="${quantity}"/>`
  await publish(
    records,
    await pathway(
      'plain',
      `${start}${userTask('look', '<hospital:priority value="=urgency"/><hospital:input name="x" value="=x"/>')}${end}`,
      'start>look look>end',
    ),
  )
  await publish(records, await pathway('nursed', `${start}${userTask('care', need(1))}${end}`, 'start>care care>end'))
  await publish(records, await pathway('too-much', `${start}${userTask('care', need(3))}${end}`, 'start>care care>end'))
  await setLedger(records, {
    pools: [pool('nurse'), pool('stent', { kind: 'stock', reorderThreshold: 1, reorderQuantity: 5 })],
    units: [unit('nurse1', 'nurse')],
    lots: [{ pool: 'stent', lot: 'L1', quantity: 3, expiresAt: 1e12 }],
  })
  host = new Host(records)
  for (let index = 0; index < 7; index++) {
    const { run } = await startRun(records, {
      pathway: 'plain',
      variables: { urgency: index % 3, x: index },
      patient: `p${index % 2}`,
      at: index >> 1,
    })
    runs.push(run)
  }
  await host.relay()
})
afterAll(() => close())

/** Turns all the pages of a list. */
async function all<Item>(list: (page: { limit: number; cursor?: string }) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await list({ limit: 3, ...(cursor ? { cursor } : {}) })
    items.push(...page.items)
    if (page.next === null) {
      expect(items).toHaveLength(page.total)
      return items
    }
    cursor = page.next
  }
}

describe('lists', () => {
  it('runs: newest first, by filter, in pages', async () => {
    const listed = await all((page) => listRuns(records, { ...page, pathway: 'plain' }))
    expect(listed.map((run) => run.startedAt)).toEqual([3, 2, 2, 1, 1, 0, 0])
    expect(new Set(listed.map((run) => run.id))).toEqual(new Set(runs))
    expect((await listRuns(records, { limit: 9, patient: 'p1' })).total).toBe(3)
    expect((await listRuns(records, { limit: 9, element: 'look', since: 2 })).total).toBe(3)
    expect((await listRuns(records, { limit: 9, state: 'completed' })).total).toBe(0)
    expect(listed[0]).toMatchObject({ state: 'running', positions: [{ element: 'look', state: 'active', since: 3 }] })
    expect((await readRun(records, runs[0]!))?.instance).toEqual(host.instance(runs[0]!))
    expect(await readRun(records, 'nobody')).toBeNull()
    expect(await countPositions(records, 'plain')).toEqual([{ element: 'look', count: 7, waiting: 0, since: 0 }])
  })

  it('tasks: most urgent first, then oldest', async () => {
    const listed = await all((page) => listTasks(records, { at: 0, ...page, roles: ['nurse'] }))
    const keys = listed.map((task) => [task.priority, task.createdAt])
    expect(keys).toEqual([...keys].sort((left, right) => right[0]! - left[0]! || left[1]! - right[1]!))
    expect((await listTasks(records, { at: 0, limit: 9, priorityMin: 2 })).total).toBe(2)
    expect((await listTasks(records, { at: 0, limit: 9, roles: ['porter'] })).total).toBe(0)
    expect(await readTask(records, listed[0]!.id)).toMatchObject({ inputs: { x: 2 }, form: 'f', place: 'Ward A/12' })
  })

  it('a cursor of somebody else’s is refused', async () => {
    for (const cursor of ['x', Buffer.from('[1]').toString('base64url'), Buffer.from('["a","b"]').toString('base64url')]) {
      await expect(listRuns(records, { limit: 3, cursor })).rejects.toMatchObject({ code: 'badCursor' })
    }
    await expect(listFacts(records, { run: runs[0]!, limit: 3, cursor: "1-1'" })).rejects.toMatchObject({ code: 'badCursor' })
  })

  it('pathways and their versions', async () => {
    const changed = await pathway(
      'plain',
      `${start}${userTask('look')}${userTask('again')}${end}`,
      'start>look look>again again>end',
    )
    await publish(records, changed)
    expect(await listPathwayVersions(records, 'plain')).toMatchObject([
      { version: 2, current: true, running: 0 },
      { version: 1, current: false, running: 7 },
    ])
    expect((await listPathways(records)).find((one) => one.id === 'plain')).toMatchObject({ version: 2, running: 7 })
    expect(await readPathwayVersion(records, 'plain')).toMatchObject({ version: 2, program: { process: 'plain' } })
    expect(JSON.parse(await programText(records, changed.program.hash))).toEqual(changed.program)
    await expect(readPathwayVersion(records, 'plain', 9)).rejects.toMatchObject({ code: 'unknownVersion' })
    await expect(programText(records, 'x')).rejects.toMatchObject({ code: 'unknownProgram' })
  })

  it('alerts: each cause once, open ones first', async () => {
    const alert = { site: 'hospital', kind: 'test', level: 'info', owner: 'nurse', reason: 'Dupont' } as const
    await raiseAlerts(records, records.sql, [
      { ...alert, cause: 'a', openedAt: 1 },
      { ...alert, cause: 'b', openedAt: 2 },
    ])
    await raiseAlerts(records, records.sql, [{ ...alert, cause: 'a', openedAt: 9 }])
    const [newest] = await all((page) => listAlerts(records, page))
    expect(newest).toMatchObject({ openedAt: 2, reason: 'Dupont' })
    const close = (by: string, at: number) =>
      records.sql.begin((tx) => closeAlert(records, tx, newest!.id, { by, at, note: 'seen' }))
    expect(await close('nurse/1', 5)).toBe(true)
    expect(await close('nurse/2', 6)).toBe(false)
    expect((await all((page) => listAlerts(records, { ...page, state: 'closed' })))[0]).toMatchObject({
      closedBy: 'nurse/1',
      closeNote: 'seen',
    })
    expect((await all((page) => listAlerts(records, page))).map((one) => one.state)).toEqual(['open', 'closed'])
  })

  it('counters', async () => {
    expect(await readCounters(records)).toMatchObject({ running: { plain: 7 }, completed: {}, tasks: { nurse: 7 }, deposits: 0 })
  })
})

describe('the worklist', () => {
  it('gives a task to one of those who want it at the same moment', async () => {
    const id = `${runs[0]}:${host.taskOf(runs[0]!)}`
    const claims = await Promise.allSettled(Array.from({ length: 8 }, (_, nurse) => claimTask(records, id, `nurse/${nurse}`)))
    const won = claims.filter((claim) => claim.status === 'fulfilled')
    expect(won).toHaveLength(1)
    const { assignee } = won[0]!.value
    for (const claim of claims) if (claim.status === 'rejected') expect(claim.reason).toMatchObject({ code: 'taskTaken' })
    expect(await claimTask(records, id, assignee!)).toMatchObject({ state: 'claimed', assignee })
    await expect(releaseTask(records, id, 'somebody')).rejects.toMatchObject({ code: 'taskTaken' })
    expect(await releaseTask(records, id, assignee!)).toMatchObject({ state: 'open', assignee: null })
    await expect(claimTask(records, 'none', 'x')).rejects.toMatchObject({ code: 'unknownTask' })
    await host.complete(runs[0]!, host.taskOf(runs[0]!), 50)
    await expect(claimTask(records, id, 'x')).rejects.toMatchObject({ code: 'taskOver' })
    await expect(cancelRun(records, { run: runs[0]!, reason: 'x', by: 'anne' })).rejects.toMatchObject({ code: 'runOver' })
  })
})

describe('the fact log', () => {
  it('gives a run’s history newest first, in pages', async () => {
    const listed = await all((page) => listFacts(records, { run: runs[0]!, ...page }))
    expect(listed.at(-1)).toMatchObject({ event: 'entered', type: 'bpmn:StartEvent', pathway: 'plain' })
    expect(listed[0]!.at).toBe(50)
    // Facts are held back while anybody writes in the whole Postgres, other suites included.
    await expect.poll(async () => (await recentFacts(records, 1))[0]?.position === (await lastPosition(records))).toBe(true)
  })

  it('is followed without missing a slow transaction’s facts', async () => {
    const from = await lastPosition(records)
    const insert = (sql: Records['sql'], ordinal: number) => sql`
      insert into facts (run, sequence, ordinal, site, pathway, at, event, element, element_name, type, activation, instance)
      values ('slow', 1, ${ordinal}, 'hospital', 'plain', 0, 'entered', 'x', 'x', 'x', 0, 0)`
    const seen: number[] = []
    let position = from
    const follow = async () => {
      const facts = await factsAfter(records, position, 100)
      // What was held back of other runs comes by as well.
      for (const fact of facts.filter(({ run }) => run === 'slow'))
        seen.push(
          Number(
            (await records.sql`select ordinal from facts where run = 'slow' and id = ${fact.position.split('-')[1]!}`)[0]!
              .ordinal,
          ),
        )
      position = facts.at(-1)?.position ?? position
    }
    const slow = await records.sql.reserve()
    const slower = await records.sql.reserve()
    await slow`begin`
    await slower`begin`
    // The slower one has the older number, but draws its id last.
    await slower`select pg_current_xact_id()`
    await insert(slow as never, 1)
    await insert(records.sql, 2)
    await follow()
    await insert(slower as never, 3)
    await slower`commit`
    await follow()
    await slow`commit`
    await insert(records.sql, 4)
    slow.release()
    slower.release()
    await expect
      .poll(async () => {
        await follow()
        return [...seen].sort()
      })
      .toEqual([1, 2, 3, 4])
  })

  it('has partitions for the months to come, and migrating again changes nothing', async () => {
    await Promise.all([migrate(url), migrate(url)])
    const partitions =
      await records.sql`select inhrelid::regclass::text as name from pg_inherits where inhparent = 'facts'::regclass`
    expect(partitions.length).toBeGreaterThanOrEqual(4)
    expect(await records.sql`select count(*)::int as n from facts_default`).toMatchObject([{ n: 0 }])
  })
})

describe('resources', () => {
  it('are counted, and say who has them and who waits for them', async () => {
    const [first, second] = [
      (await startRun(records, { pathway: 'nursed', variables: {}, at: 10 })).run,
      (await startRun(records, { pathway: 'nursed', variables: {}, at: 11 })).run,
    ]
    await host.relay()
    expect(await listPools(records)).toMatchObject([
      { id: 'nurse', capacity: 1, occupied: 1, free: 0, queue: 1, lots: [] },
      { id: 'stent', capacity: 0, queue: 0, lots: [{ lot: 'L1', quantity: 3 }] },
    ])
    expect(await listUnits(records, { pool: 'nurse', ward: 'Ward A' })).toMatchObject([
      { id: 'nurse1', run: first, runPathway: 'nursed' },
    ])
    expect(await listUnits(records, { state: 'free' })).toEqual([])
    expect(await listHeld(records, { run: first! })).toMatchObject([{ pool: 'nurse', pathway: 'nursed', units: ['nurse1'] }])
    expect(await listQueue(records, { pool: 'nurse' })).toMatchObject([
      { run: second, element: 'care', name: 'care it', explanation: { position: 1, needs: [{ suitable: { occupied: 1 } }] } },
    ])
    expect(await listOccupancy(records)).toEqual([{ pool: 'nurse', ward: 'Ward A', open: 1, occupied: 1 }])
    expect(await closeUnit(records, 'nurse1', true, 12)).toMatchObject({ state: 'occupied', outOfService: true })
    await host.complete(first!, host.taskOf(first!), 20)
    expect(await listUnits(records)).toMatchObject([{ state: 'closed', run: null }])
    await closeUnit(records, 'nurse1', false, 30)
    await host.relay()
    expect(await listUnits(records)).toMatchObject([{ state: 'occupied', run: second }])
    await expect(closeUnit(records, 'x', true, 1)).rejects.toMatchObject({ code: 'unknownUnit' })
    await expect(restockPool(records, { pool: 'nurse', lot: 'l', quantity: 1, expiresAt: 1, at: 1 })).rejects.toMatchObject({
      code: 'unknownPool',
    })
  })

  it('a request that was refused is asked again when there is more', async () => {
    const { run } = await startRun(records, { pathway: 'too-much', variables: {}, at: 40 })
    await host.relay()
    const [incident] = (await listIncidents(records, { limit: 5, run, state: 'open' })).items
    expect(incident).toMatchObject({ activity: 'request', element: 'care', state: 'open' })
    await records.sql`insert into units select 'hospital', 'nurse' || n, 'nurse', 'N', 'Ward A', '{}', 'free', '', -1, '', '', false, 0 from generate_series(2, 4) n`
    await records.sql`update sites set ledger_state = gen_random_uuid()`
    await resolveRefusedRequest(records, {
      id: incident!.id,
      action: 'retry',
      reason: 'more nurses',
      by: 'bed-manager/1',
      at: 50,
    })
    await host.relay()
    expect(host.instance(run).marking.waits).toMatchObject([{ kind: 'task' }])
    expect(await readIncident(records, incident!.id)).toMatchObject({
      state: 'resolved',
      remedy: 'retry',
      resolvedBy: 'bed-manager/1',
    })
    const again = { id: incident!.id, action: 'cancel', reason: 'x', by: 'y', at: 51 } as const
    await expect(resolveRefusedRequest(records, again)).rejects.toMatchObject({ code: 'unknownIncident' })
  })
})

describe('an idempotency key', () => {
  it('makes a thing happen once, even when asked at the same moment, and gives its answer again', async () => {
    let done = 0
    const asked = { route: 'POST /x', actor: 'nurse/1', key: 'k', request: { a: 1 } }
    const work = async () => ({ number: ++done })
    const answers = await Promise.all([1, 2, 3].map(() => once(records, asked, work)))
    expect(done).toBe(1)
    for (const answer of answers) expect(answer).toMatchObject({ answer: { number: 1 } })
    expect(await once(records, { ...asked, request: { a: 2 } }, work)).toBe('otherRequest')
    expect(await once(records, { ...asked, actor: 'nurse/2' }, work)).toEqual({ answer: { number: 2 }, repeated: false })
    const failing = { ...asked, key: 'fails' }
    await expect(once(records, failing, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await once(records, failing, work)).toMatchObject({ repeated: false })
    expect(await pruneIdempotencyKeys(records, 0)).toBe(3)
  })
})
