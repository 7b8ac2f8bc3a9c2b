// Goal: a message reaches exactly one listener, a signal all of them, whoever comes first. Method: runs that listen and send, and races.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { MESSAGE_KEPT_MS } from '../../pathways/engine/contract.ts'
import type { Records } from '../../records/database.ts'
import { sendMessage } from '../../records/messages.ts'
import { readRun } from '../../records/runs.ts'
import { startRun } from '../../records/starting.ts'
import { end, extended, pathway, start } from './model.ts'
import { Host, publish, setLedger, testRecords } from './support.ts'

let records: Records
let close: () => Promise<void>
let host: Host

const key = (value: string) => extended(`<hospital:correlation key="${value}"/>`)

beforeAll(async () => {
  ;({ records, close } = await testRecords())
  const listen = `<bpmn:intermediateCatchEvent id="hear">${key('=who')}<bpmn:messageEventDefinition messageRef="news"/></bpmn:intermediateCatchEvent>`
  const send = `<bpmn:intermediateThrowEvent id="say">${extended('<hospital:correlation key="=who"/><hospital:payload name="said" value="=what"/>')}<bpmn:messageEventDefinition messageRef="news"/></bpmn:intermediateThrowEvent>`
  const both = { messages: ['news', 'begin'], signals: ['alarm'] }
  await publish(records, await pathway('listener', `${start}${listen}${end}`, 'start>hear hear>end', both))
  await publish(records, await pathway('speaker', `${start}${send}${end}`, 'start>say say>end', both))
  await publish(
    records,
    await pathway(
      'begun',
      `<bpmn:startEvent id="start"><bpmn:messageEventDefinition messageRef="begin"/></bpmn:startEvent><bpmn:userTask id="do">${extended('<hospital:task role="nurse"/>')}</bpmn:userTask>${end}`,
      'start>do do>end',
      both,
    ),
  )
  await publish(
    records,
    await pathway(
      'alarmed',
      `${start}<bpmn:intermediateCatchEvent id="hear"><bpmn:signalEventDefinition signalRef="alarm"/></bpmn:intermediateCatchEvent>${end}`,
      'start>hear hear>end',
      both,
    ),
  )
  await setLedger(records, {})
})
afterAll(() => close())
beforeEach(() => {
  host = new Host(records)
})

async function begin(model: string, variables = {}): Promise<string> {
  const { run } = await startRun(records, { pathway: model, variables, at: 1 })
  await host.relay()
  return run
}
const outcome = (run: string) => host.instance(run).marking.outcome

it('goes to the oldest listener of its name and key, and to nobody else', async () => {
  const [first, second, other] = [
    await begin('listener', { who: 'a' }),
    await begin('listener', { who: 'a' }),
    await begin('listener', { who: 'b' }),
  ]
  await begin('speaker', { who: 'a', what: 'hello' })
  await host.relay()
  expect([first, second, other].map(outcome)).toEqual(['completed', 'running', 'running'])
  expect(host.instance(first!).variables[0]).toMatchObject({ said: 'hello' })
  await begin('speaker', { who: 'b', what: 'x' })
  await begin('speaker', { who: 'a', what: 'x' })
  await host.relay()
  expect([first, second, other].map(outcome)).toEqual(['completed', 'completed', 'completed'])
})

it('waits for a listener that comes late', async () => {
  await begin('speaker', { who: 'late', what: 'still here' })
  const run = await begin('listener', { who: 'late' })
  await host.relay()
  expect(outcome(run)).toBe('completed')
  expect(host.instance(run).variables[0]).toMatchObject({ said: 'still here' })
  expect(await records.sql`select 1 from messages`).toHaveLength(0)
})

it('is kept for thirty days, and then for nobody', async () => {
  const kept = async () => (await records.sql`select 1 from messages where name = 'news'`).length
  const before = await kept()
  const at = 10 * MESSAGE_KEPT_MS
  await sendMessage(records, { name: 'news', key: 'late', payload: { said: 1 }, at })
  const { run } = await startRun(records, { pathway: 'listener', variables: { who: 'late' }, at: at + MESSAGE_KEPT_MS })
  await host.relay()
  expect(outcome(run)).toBe('running')
  // The next one that is kept takes it away.
  await sendMessage(records, { name: 'news', key: 'other', payload: {}, at: at + MESSAGE_KEPT_MS })
  expect(await kept()).toBe(before + 1)
  const { run: other } = await startRun(records, {
    pathway: 'listener',
    variables: { who: 'other' },
    at: at + 2 * MESSAGE_KEPT_MS - 1,
  })
  await host.relay()
  expect(outcome(other)).toBe('completed')
})

it('begins the pathway that starts by it, about the same patient', async () => {
  const { runs } = await sendMessage(records, { name: 'begin', payload: { x: 1 }, patient: 'p-1', at: 3 })
  await host.relay()
  expect(runs).toHaveLength(1)
  expect(host.instance(runs[0]!).variables[0]).toEqual({ x: 1 })
  expect(await readRun(records, runs[0]!)).toMatchObject({ pathway: 'begun', patient: 'p-1', startedAt: 3 })
})

it('may be for one run only', async () => {
  const [, second] = [await begin('listener', { who: 'z' }), await begin('listener', { who: 'z' })]
  expect(await sendMessage(records, { name: 'news', run: second!, payload: { said: 'you' }, at: 5 })).toEqual({ runs: [second] })
  await host.relay()
  expect(outcome(second!)).toBe('completed')
  await expect(sendMessage(records, { name: 'news', run: 'nobody', payload: {} })).rejects.toMatchObject({ code: 'unknownRun' })
})

it('a signal goes to all who listen, and is not kept', async () => {
  await sendMessage(records, { kind: 'signal', name: 'alarm', payload: {}, at: 2 })
  const runs = [await begin('alarmed'), await begin('alarmed')]
  await host.relay()
  expect(runs.map(outcome)).toEqual(['running', 'running'])
  await sendMessage(records, { kind: 'signal', name: 'alarm', payload: {}, at: 2 })
  await host.relay()
  expect(runs.map(outcome)).toEqual(['completed', 'completed'])
  expect(await records.sql`select 1 from subscriptions where kind = 'signal'`).toHaveLength(0)
})

it('is never lost nor doubled when sender and listener come at the same moment', async () => {
  for (let round = 0; round < 10; round++) {
    const who = `race ${round}`
    const { run } = await startRun(records, { pathway: 'listener', variables: { who }, at: 1 })
    await Promise.all([host.relay(), sendMessage(records, { name: 'news', key: who, payload: { round }, at: 2 })])
    await host.relay()
    expect(outcome(run)).toBe('completed')
  }
  expect(await records.sql`select 1 from messages`).toHaveLength(0)
})

it('keys and payloads are nowhere in clear', async () => {
  await sendMessage(records, { name: 'news', key: 'Dupont', payload: { said: 'Martin' }, at: 2 })
  const dump = JSON.stringify([
    ...(await records.sql`select key::text, payload::text from messages`),
    ...(await records.sql`select payload::text from outbox`),
  ])
  for (const clear of ['Dupont', 'Martin']) {
    expect(dump).not.toContain(clear)
    expect(dump).not.toContain(Buffer.from(clear).toString('hex'))
  }
})
