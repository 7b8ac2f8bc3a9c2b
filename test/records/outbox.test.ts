// Goal: what is in the outbox is delivered in order, again after a failure, and by one relay at a time.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Records } from '../../records/database.ts'
import { addToOutbox, markDelivered, markFailed, OUTBOX_CHANNEL, outboxBacklog, takeOutbox } from '../../records/outbox.ts'
import { startRun } from '../../records/starting.ts'
import { end, pathway, start, userTask } from './model.ts'
import { publish, testRecords } from './support.ts'

let records: Records
let close: () => Promise<void>

beforeAll(async () => {
  ;({ records, close } = await testRecords())
  await publish(records, await pathway('plain', `${start}${userTask('look')}${end}`, 'start>look look>end'))
})
afterAll(() => close())
beforeEach(async () => {
  await records.sql`delete from outbox`
})

const add = (...targets: string[]) =>
  records.sql.begin((tx) =>
    addToOutbox(
      records,
      tx,
      targets.map((target, at) => ({
        target,
        kind: 'event' as const,
        payload: { type: 'cancelled' as const, at, reason: target },
      })),
      'trace',
    ),
  )
const free = () => records.sql`update outbox set wall_available = now() where wall_delivered is null`

it('a start carries all that a workflow begins with; starting twice is starting once', async () => {
  const first = await startRun(records, { pathway: 'plain', variables: { x: 1 }, id: 'once', at: 7 })
  const second = await startRun(records, { pathway: 'plain', variables: { x: 2 }, id: 'once', at: 8 })
  expect([first.created, second.created]).toEqual([true, false])
  const [item, ...rest] = await takeOutbox(records, 10)
  expect(rest).toEqual([])
  expect(item).toMatchObject({
    ...{ run: 'once', kind: 'start', pathway: 'plain', sequence: 0, instance: null, attempts: 1 },
    site: { epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' },
    first: { type: 'started', at: 7, start: -1, variables: { x: 1 }, holds: [] },
  })
  await expect(startRun(records, { pathway: 'none', variables: {}, at: 1 })).rejects.toMatchObject({ code: 'unknownPathway' })
  await expect(startRun(records, { pathway: 'plain', variables: {}, at: 1, startElement: 'no' })).rejects.toMatchObject({
    code: 'unknownStart',
  })
})

it('comes in order, and is nobody else’s while it is being delivered', async () => {
  await add('a', 'b', 'a')
  const items = await takeOutbox(records, 10)
  expect(items.map((item) => [item.run, item.kind === 'event' && item.event.at, item.traceparent])).toEqual([
    ['a', 0, 'trace'],
    ['b', 1, 'trace'],
    ['a', 2, 'trace'],
  ])
  expect(await takeOutbox(records, 10)).toEqual([])
  await markDelivered(records, [items[0]!.id, items[1]!.id])
  await free()
  expect((await takeOutbox(records, 10)).map((item) => [item.id, item.attempts])).toEqual([[items[2]!.id, 2]])
  expect(await outboxBacklog(records)).toMatchObject({ waiting: 1 })
})

it('what failed comes again later, and holds back the later ones of its run only', async () => {
  await add('a', 'a', 'b')
  const [first] = await takeOutbox(records, 1)
  await markFailed(records, first!.id, 'TransportError')
  const others = await takeOutbox(records, 10)
  expect(others.map((item) => item.run)).toEqual(['b'])
  const [row] = await records.sql`select last_error, wall_available > now() as later from outbox where id = ${first!.id}`
  expect(row).toEqual({ last_error: 'TransportError', later: true })
  await free()
  expect((await takeOutbox(records, 10)).map((item) => item.run)).toEqual(['a', 'a', 'b'])
})

it('two relays never get the same row, nor one run’s rows out of order', async () => {
  await add(...Array.from({ length: 60 }, (_, index) => `run ${index % 7}`))
  const taken: string[] = []
  const relay = async () => {
    for (let idle = 0; idle < 20; ) {
      const items = await takeOutbox(records, 5)
      idle = items.length === 0 ? idle + 1 : 0
      taken.push(...items.map((item) => item.id))
      await markDelivered(
        records,
        items.map((item) => item.id),
      )
    }
  }
  await Promise.all([relay(), relay(), relay()])
  expect(new Set(taken).size).toBe(60)
  expect(taken).toHaveLength(60)
})

it('wakes whoever listens, once the transaction has committed', async () => {
  let woken = 0
  const { unlisten } = await records.sql.listen(OUTBOX_CHANNEL, () => void woken++)
  await records.sql.begin(async (tx) => {
    await addToOutbox(records, tx, [{ target: 'a', kind: 'event', payload: { type: 'cancelled', at: 0, reason: '' } }])
    expect(woken).toBe(0)
  })
  await expect.poll(() => woken).toBe(1)
  await unlisten()
})
