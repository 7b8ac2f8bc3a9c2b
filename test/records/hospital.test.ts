// Goal: under many runs at once, from two processes, nothing is held twice, lost or left; and a hospital played elsewhere goes on.
// Method: seeded random events, delivered side by side; the ledger is checked throughout and at the end.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { accepts } from '../../pathways/engine/index.ts'
import type { Records } from '../../records/database.ts'
import { importHospital } from '../../records/import.ts'
import { readLedger } from '../../records/ledger.ts'
import { markDelivered, takeOutbox } from '../../records/outbox.ts'
import { readRun } from '../../records/runs.ts'
import { startRun } from '../../records/starting.ts'
import { listTasks } from '../../records/worklist.ts'
import { end, extended, pathway, start, userTask } from './model.ts'
import { Host, pool, publish, setLedger, testRecords, unit } from './support.ts'

let records: Records
let close: () => Promise<void>

beforeAll(async () => {
  ;({ records, close } = await testRecords())
  const need = '<hospital:need pool="nurse" quantity="1"/>'
  await publish(
    records,
    await pathway(
      'stay',
      `${extended('<hospital:hold name="bed" pool="bed" quantity="1"/>')}${start}${userTask('enter', `${need}<hospital:take hold="bed"/>`)}
       ${userTask('operate', need)}<bpmn:intermediateCatchEvent id="news"><bpmn:messageEventDefinition messageRef="result"/></bpmn:intermediateCatchEvent>
       ${userTask('leave')}${end}`,
      'start>enter enter>operate operate>news news>leave leave>end',
      { messages: ['result'] },
    ),
  )
  await publish(records, await pathway('clean', `${start}${userTask('wash', need)}${end}`, 'start>wash wash>end'))
})
afterAll(() => close())

/** Nobody reserves: one who reserves nurses while a bed is missing could keep them from whoever must free that bed. */
const passesMax = 1_000_000
const ledger = {
  pools: [pool('nurse', { passesMax }), pool('bed', { turnover: 'clean', passesMax })],
  units: ['n1', 'n2'].map((id) => unit(id, 'nurse')).concat(['b1', 'b2', 'b3'].map((id) => unit(id, 'bed'))),
}

/** Two processes that share the database and nothing else; each drives its own half of the runs. */
function twoProcesses(): [Host, Host] {
  return [new Host(records), new Host({ ...records, ledgers: new Map(), programs: new Map() })]
}

function checkUnits(snapshot: Awaited<ReturnType<typeof readLedger>>): void {
  const holders = new Map(snapshot.held.flatMap((held) => held.units.map((id) => [id, `${held.holder} ${held.hold}`] as const)))
  expect(holders.size).toBe(snapshot.held.flatMap((held) => held.units).length)
  for (const { id, state, holder, hold } of snapshot.units) {
    const isHeld = state === 'reserved' || state === 'occupied'
    expect(holders.get(id) ?? '').toBe(isHeld ? `${holder} ${hold}` : '')
  }
}

it('many runs at once leave an empty ledger', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(9), { minLength: 8, maxLength: 8 }), async (plan) => {
      await setLedger(records, ledger)
      await records.sql`delete from outbox`
      const hosts = twoProcesses()
      const owner = (run: string) => hosts[run.split('.')[0]!.charCodeAt(run.split('.')[0]!.length - 1) % 2]!
      const runs = await Promise.all(plan.map((_, at) => startRun(records, { pathway: 'stay', variables: {}, at })))
      const cancelled = new Set(runs.filter((_, index) => plan[index] === 0).map(({ run }) => run))
      let at = 100
      for (let idle = 0; idle < 3; ) {
        const items = await takeOutbox(records, 50)
        const byRun = new Map<string, typeof items>()
        for (const item of items) byRun.set(item.run, [...(byRun.get(item.run) ?? []), item])
        await Promise.all([...byRun].map(([run, told]) => owner(run).deliver(told)))
        await markDelivered(
          records,
          items.map(({ id }) => id),
        )
        const open = hosts.flatMap((host) => [...host.runs].map(([run, { instance }]) => ({ host, run, instance })))
        const moves = open.flatMap(({ host, run, instance }) => {
          const [wait] = instance.marking.waits
          if (instance.marking.outcome !== 'running' || !wait) return []
          at++
          if (cancelled.has(run) && wait.kind === 'message') return [host.tell(run, { type: 'cancelled', at, reason: 'x' })]
          if (wait.kind === 'task') return [host.complete(run, wait.id, at)]
          if (wait.kind === 'message') return [host.tell(run, { type: 'received', at, wait: wait.id, payload: {} })]
          return []
        })
        idle = items.length + moves.length === 0 ? idle + 1 : 0
        await Promise.all(moves)
        checkUnits(await readLedger(records.sql, records.site, 0))
      }
      for (const { run } of runs)
        expect((await readRun(records, run))!.state).toBe(cancelled.has(run) ? 'cancelled' : 'completed')
      const after = await readLedger(records.sql, records.site, 0)
      expect({ held: after.held, requests: after.requests, states: after.units.map(({ state }) => state) }).toEqual({
        held: [],
        requests: [],
        states: after.units.map(() => 'free'),
      })
      expect(await records.sql`select 1 from subscriptions`).toHaveLength(0)
    }),
    { numRuns: 3 },
  )
})

it('a hospital played elsewhere goes on where it stood', async () => {
  await setLedger(records, ledger)
  await records.sql`delete from outbox`
  const before = new Host(records)
  const begun: { run: string }[] = []
  const arrive = async (...times: number[]) => {
    for (const at of times) begun.push(await startRun(records, { pathway: 'stay', variables: {}, at }))
    await before.relay()
  }
  await arrive(1, 2)
  const [first] = begun.map(({ run }) => run)
  for (let task = 0; task < 2; task++) {
    await before.complete(first!, before.taskOf(first!), 10 + task)
    await before.relay()
  }
  await arrive(13, 14)
  const snapshot = await readLedger(records.sql, records.site, 100)
  const runs = begun.map(({ run }, index) => {
    const { instance } = before.runs.get(run)!
    return {
      id: run,
      pathway: 'stay',
      hash: instance.program,
      instance,
      patient: 'p',
      startedAt: index,
      caller: null,
      turnsOver: '',
    }
  })
  const tasks = (await listTasks(records, { at: 0, limit: 50, states: ['open'] })).items.map(({ id, createdAt }) => [
    id,
    createdAt,
  ])
  for (const table of ['runs', 'tasks', 'subscriptions', 'messages', 'outbox', 'held', 'requests'])
    await records.sql`delete from ${records.sql(table)}`
  const imported = await importHospital(records, {
    runs,
    ledger: snapshot,
    at: 20,
    unread: [{ name: 'other', key: 'k', payload: { x: 1 } }],
  })
  expect(imported).toEqual({ runs: 4, tasks: tasks.length })
  expect((await listTasks(records, { at: 0, limit: 50 })).items.map(({ id, createdAt }) => [id, createdAt])).toEqual(tasks)
  expect(await readLedger(records.sql, records.site, 100)).toEqual(snapshot)

  const after = new Host(records)
  await after.relay()
  expect(after.delivered.map((item) => item.kind)).toEqual(['start', 'start', 'start', 'start'])
  expect([...after.runs.values()].map(({ sequence }) => sequence)).toEqual([1, 1, 1, 1])
  const { instance, executable } = after.runs.get(first!)!
  expect(instance.marking.waits).toMatchObject([{ kind: 'message', name: 'result' }])
  const heard = { type: 'received' as const, at: 30, wait: instance.marking.waits[0]!.id, payload: {} }
  expect(accepts(executable, instance, heard)).toBeNull()
  await after.tell(first!, heard)
  await after.complete(first!, after.taskOf(first!), 40)
  await after.relay()
  expect(await readRun(records, first!)).toMatchObject({ state: 'completed', patient: 'p', startedAt: 1 })
  expect(after.runs.has(`${first}.b1.40`)).toBe(true)
})
