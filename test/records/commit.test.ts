// Goal: a live step is made durable exactly once, with everything that follows from it. Method: real Postgres, real engine, tiny pathways.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commit } from '../../records/commit.ts'
import type { Records } from '../../records/database.ts'
import { readLedger } from '../../records/ledger.ts'
import { sendMessage } from '../../records/messages.ts'
import { startRun } from '../../records/starting.ts'
import { end, extended, pathway, start, userTask } from './model.ts'
import { Host, pool, publish, setLedger, testRecords, unit } from './support.ts'

let records: Records
let close: () => Promise<void>

beforeAll(async () => {
  ;({ records, close } = await testRecords())
  const need = '<hospital:need pool="nurse" quantity="1"/>'
  const models = [
    pathway('plain', `${start}${userTask('look')}${end}`, 'start>look look>end'),
    pathway('nursed', `${start}${userTask('care', need)}${end}`, 'start>care care>end'),
    pathway(
      'stay',
      `${extended('<hospital:hold name="bed" pool="bed" quantity="1"/>')}${start}${userTask('enter', '<hospital:take hold="bed"/>')}${userTask('leave')}${end}`,
      'start>enter enter>leave leave>end',
    ),
    pathway('clean', `${start}${userTask('wash')}${end}`, 'start>wash wash>end'),
    pathway(
      'impossible',
      `${start}${userTask('care', '<hospital:need pool="nurse" quantity="99"/>')}${end}`,
      'start>care care>end',
    ),
    pathway('stocked', `${start}${userTask('fit', '<hospital:need pool="stent" quantity="2"/>')}${end}`, 'start>fit fit>end'),
    pathway(
      'caller',
      `${extended('<hospital:hold name="bed" pool="bed" quantity="1"/>')}${start}${userTask('enter', '<hospital:take hold="bed"/>')}
       <bpmn:callActivity id="call" calledElement="called">${extended('<hospital:handOver hold="bed" as="bed"/>')}</bpmn:callActivity>${userTask('after')}${end}`,
      'start>enter enter>call call>after after>end',
    ),
    pathway(
      'called',
      `${extended('<hospital:hold name="bed" pool="bed" quantity="1"/>')}${start}${userTask('leave', '<hospital:output name="left" value="=true"/>')}${end}`,
      'start>leave leave>end',
    ),
  ]
  for (const model of await Promise.all(models)) await publish(records, model)
})
afterAll(() => close())

/** A fresh ledger, and a host for the runs of one test. */
async function hospital(): Promise<Host> {
  await setLedger(records, {
    pools: [
      pool('nurse'),
      pool('bed', { turnover: 'clean' }),
      pool('stent', { kind: 'stock', reorderThreshold: 1, reorderQuantity: 10 }),
    ],
    units: [unit('nurse1', 'nurse'), unit('bed1', 'bed')],
    lots: [{ pool: 'stent', lot: 'L1', quantity: 3, expiresAt: 1e12 }],
  })
  return new Host(records)
}

async function begin(host: Host, model: string, at = 0, variables = {}): Promise<string> {
  const { run } = await startRun(records, { pathway: model, variables, at })
  await host.relay()
  return run
}

const rowsOf = async (table: string, run: string) =>
  [...(await records.sql`select * from ${records.sql(table)} where run = ${run}`)] as Record<string, unknown>[]
const stateOf = async (run: string) =>
  (await records.sql<{ state: string }[]>`select state from runs where id = ${run}`)[0]?.state
const ledger = () => readLedger(records.sql, records.site, 0)

describe('a step', () => {
  it('is written once, and answered the same when asked again', async () => {
    const host = await hospital()
    const run = await begin(host, 'plain', 5)
    const [task] = await rowsOf('tasks', run)
    expect(task).toMatchObject({
      element: 'look',
      name: 'look it',
      role: 'nurse',
      form: 'f',
      unit: 'Ward A',
      state: 'open',
      created_at: 5,
    })
    const batch = host.batch(run, { type: 'completed', at: 9, wait: host.taskOf(run), result: {} }, { by: { 2: 'nurse/1' } })
    const first = await commit(records, batch)
    const facts = await rowsOf('facts', run)
    expect(await commit(records, batch)).toEqual(first)
    expect(await rowsOf('facts', run)).toEqual(facts)
    expect(facts.map((fact) => `${fact.event} ${fact.element}`)).toContain('completed look')
    expect(await stateOf(run)).toBe('completed')
    const [done] = await rowsOf('tasks', run)
    expect(done).toMatchObject({ state: 'completed', ended_at: 9 })
  })

  it('asked for twice at the same moment is written once', async () => {
    const host = await hospital()
    const run = await begin(host, 'nursed')
    const batch = host.batch(run, { type: 'completed', at: 9, wait: host.taskOf(run), result: {} })
    const answers = await Promise.all([1, 2, 3, 4].map(() => commit(records, batch)))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect((await rowsOf('facts', run)).filter((fact) => fact.event === 'completed' && fact.element === 'care')).toHaveLength(1)
  })

  it('out of turn is refused, and nothing is written', async () => {
    const host = await hospital()
    const run = await begin(host, 'plain')
    const batch = host.batch(run, { type: 'completed', at: 9, wait: host.taskOf(run), result: {} })
    await expect(commit(records, { ...batch, sequence: batch.sequence + 1 })).rejects.toMatchObject({ code: 'outOfSequence' })
    await expect(commit(records, { ...batch, run: 'nobody' })).rejects.toMatchObject({ code: 'unknownRun' })
    expect(await stateOf(run)).toBe('running')
  })

  it('whose transaction breaks leaves nothing, not even in the ledger kept in memory', async () => {
    const host = await hospital()
    const first = await begin(host, 'nursed')
    const second = await begin(host, 'nursed')
    const batch = host.batch(first, { type: 'completed', at: 9, wait: host.taskOf(first), result: {} })
    const broken = { ...batch, incidents: [{ wait: 1, activity: null as unknown as string, reason: 'x' }] }
    await expect(commit(records, broken)).rejects.toThrow()
    expect(await stateOf(first)).toBe('running')
    expect((await ledger()).held).toMatchObject([{ holder: first }])
    await commit(records, batch)
    await host.relay()
    expect((await ledger()).held).toMatchObject([{ holder: second, state: 'occupied' }])
  })
})

describe('the ledger', () => {
  it('grants to this very run in the answer, to others through the outbox', async () => {
    const host = await hospital()
    const first = await begin(host, 'nursed', 1)
    const second = await begin(host, 'nursed', 2)
    expect(host.instance(second).marking.waits).toMatchObject([{ kind: 'request' }])
    await host.complete(first, host.taskOf(first), 50)
    await host.relay()
    const granted = host.delivered.at(-1)!
    expect(granted).toMatchObject({ run: second, kind: 'event', event: { type: 'granted', at: 50 } })
    await host.complete(second, host.taskOf(second), 60)
    expect(await ledger()).toMatchObject({ held: [], requests: [] })
  })

  it('is the same in another process', async () => {
    const host = await hospital()
    const other = { ...records, ledgers: new Map(), programs: new Map() }
    const there = new Host(other)
    const first = await begin(host, 'nursed', 1)
    const { run: second } = await startRun(other, { pathway: 'nursed', variables: {}, at: 2 })
    await there.relay()
    await host.complete(first, host.taskOf(first), 50)
    await there.relay()
    await there.complete(second, there.taskOf(second), 60)
    const third = await begin(host, 'nursed', 70)
    expect((await ledger()).held).toMatchObject([{ holder: third }])
  })

  it('has a used bed cleaned before anybody gets it', async () => {
    const host = await hospital()
    const first = await begin(host, 'stay', 1)
    const second = await begin(host, 'stay', 2)
    await host.complete(first, host.taskOf(first), 10)
    await host.complete(first, host.taskOf(first), 20)
    await host.relay()
    const cleaning = `${first}.bed1.20`
    const row = await ledger()
    expect(row.units).toContainEqual(expect.objectContaining({ id: 'bed1', state: 'dirty', turnoverRun: cleaning }))
    expect(host.instance(cleaning).variables[0]).toEqual({ unit: 'bed1', unitName: 'BED1', place: 'Ward A/bed1', pool: 'bed' })
    expect(host.instance(second).marking.waits).toMatchObject([{ kind: 'request' }])
    await host.complete(cleaning, host.taskOf(cleaning), 30)
    await host.relay()
    expect((await ledger()).held).toMatchObject([{ holder: second, units: ['bed1'] }])
  })

  it('raises an alert when the cleaning is not done, and the bed stays dirty', async () => {
    const host = await hospital()
    const run = await begin(host, 'stay', 1)
    await host.complete(run, host.taskOf(run), 10)
    await host.complete(run, host.taskOf(run), 20)
    await host.relay()
    await host.tell(`${run}.bed1.20`, { type: 'cancelled', at: 40, reason: 'x' })
    expect((await ledger()).units).toContainEqual(expect.objectContaining({ id: 'bed1', state: 'dirty', turnoverRun: '' }))
    expect(await rowsOf('alerts', `${run}.bed1.20`)).toMatchObject([
      { kind: 'turnoverNotDone', owner: 'bed-manager', unit: 'bed1' },
    ])
  })

  it('makes an incident of a request that can never be granted', async () => {
    const host = await hospital()
    const run = await begin(host, 'impossible', 3)
    expect(await rowsOf('incidents', run)).toMatchObject([
      { activity: 'request', element: 'care', state: 'open', owner: 'bed-manager' },
    ])
    expect((await ledger()).requests).toEqual([])
  })

  it('traces consumed lots, orders more, and forgets the hold at the end', async () => {
    const host = await hospital()
    const run = await begin(host, 'stocked', 3)
    expect(await rowsOf('consumptions', run)).toMatchObject([{ pool: 'stent', lot: 'L1', quantity: 2 }])
    expect(await records.sql`select * from reorders where pool = 'stent'`).toMatchObject([{ quantity: 10, remaining: 1 }])
    await host.complete(run, host.taskOf(run), 10)
    expect((await ledger()).held).toEqual([])
  })

  it('gives back what was granted to a run that ended before it heard', async () => {
    const host = await hospital()
    const first = await begin(host, 'nursed', 1)
    const second = await begin(host, 'nursed', 2)
    await host.complete(first, host.taskOf(first), 10)
    await host.tell(second, { type: 'cancelled', at: 11, reason: 'left' })
    await host.relay()
    expect(await ledger()).toMatchObject({ held: [], requests: [] })
  })
})

describe('calls', () => {
  it('hand a bed over, and return to their caller', async () => {
    const host = await hospital()
    const run = await begin(host, 'caller', 1)
    await host.complete(run, host.taskOf(run), 10)
    await host.relay()
    const called = `${run}.${host.instance(run).marking.waits[0]!.id}`
    expect((await ledger()).held).toMatchObject([{ holder: called, hold: 1, units: ['bed1'], state: 'occupied' }])
    await host.complete(called, host.taskOf(called), 20)
    await host.relay()
    expect(await stateOf(called)).toBe('completed')
    expect(host.instance(run).variables[0]).toMatchObject({ left: true })
    await host.complete(run, host.taskOf(run), 30)
    expect(await stateOf(run)).toBe('completed')
  })

  it('are cancelled with their caller', async () => {
    const host = await hospital()
    const run = await begin(host, 'caller', 1)
    await host.complete(run, host.taskOf(run), 10)
    await host.relay()
    const called = `${run}.${host.instance(run).marking.waits[0]!.id}`
    await host.tell(run, { type: 'cancelled', at: 15, reason: 'x' })
    await host.relay()
    expect(await stateOf(called)).toBe('cancelled')
    expect(await stateOf(run)).toBe('cancelled')
    expect(await rowsOf('tasks', called)).toMatchObject([{ state: 'cancelled' }])
  })
})

it('a message to a run that is over is refused', async () => {
  const host = await hospital()
  const run = await begin(host, 'plain')
  await host.complete(run, host.taskOf(run), 9)
  await expect(sendMessage(records, { name: 'm', run, payload: {} })).rejects.toMatchObject({ code: 'runOver' })
})
