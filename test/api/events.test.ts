// Goal: whoever follows sees every fact once and in order, also after the line was cut. Method: real Postgres, the stream's bytes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Host } from '../records/support.ts'
import { openHospital, TRAITS } from './hospital.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi
let host: Host
let patient: string
beforeAll(async () => {
  api = await openTestApi()
  ;({ host, patient } = await openHospital(api))
})
afterAll(() => api.close())

interface ServerEvent {
  event: string
  id: string
  data: string
}

/** Reads events until `enough`, then cuts the line. @param greeted is told once the line stands. */
async function follow(
  path: string,
  enough: (events: ServerEvent[]) => boolean,
  headers: Record<string, string> = {},
  greeted = () => {},
): Promise<ServerEvent[]> {
  const line = new AbortController()
  const { token } = api.sessions.open('planner')
  const response = await api.application.request(path, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: line.signal,
  })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  const events: ServerEvent[] = []
  let text = ''
  while (!enough(events)) {
    const { value, done } = await reader.read()
    if (done) break
    text += value
    const blocks = text.split('\n\n')
    text = blocks.pop()!
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
      if (field('event') === 'hello') greeted()
      if (field('event')) events.push({ event: field('event'), id: field('id'), data: field('data') })
    }
  }
  await reader.cancel()
  line.abort()
  return events
}
/** The same, from when the line stands on. */
async function standing(...[path, enough, headers]: Parameters<typeof follow>): Promise<{ events: Promise<ServerEvent[]> }> {
  let events = Promise.resolve<ServerEvent[]>([])
  await new Promise<void>((greeted, failed) => {
    events = follow(path, enough, headers, greeted)
    events.catch(failed)
  })
  return { events }
}
const factsIn = (events: ServerEvent[]) => events.filter(({ event }) => event === 'fact')
const facts = (count: number) => (events: ServerEvent[]) => factsIn(events).length >= count

async function visit(): Promise<string> {
  const { body } = await api.ask('nurse', '/api/runs', {
    body: { pathway: 'visit', variables: { familyName: TRAITS.usedFamily }, patient },
  })
  await host.relay()
  return body.id as string
}
const idsOf = (events: ServerEvent[]) => factsIn(events).map(({ id }) => id)

describe('events', () => {
  it('come as they happen, and never say who', async () => {
    const following = await standing('/api/events', facts(4))
    const run = await visit()
    const events = await following.events
    expect(events[0]).toMatchObject({ event: 'hello' })
    expect(events.some(({ event }) => event === 'counters')).toBe(true)
    const seen = factsIn(events).map(({ data }) => JSON.parse(data))
    expect(seen.map(({ event, element }) => `${event} ${element}`)).toEqual([
      'entered start',
      'completed start',
      expect.stringMatching(/^taken /),
      'entered triage',
    ])
    expect(seen.every((fact) => fact.run === run)).toBe(true)
    const said = JSON.stringify(events)
    expect(said).not.toContain(TRAITS.usedFamily)
    expect(said).not.toContain(patient)
  })

  it('go on after the last one seen, with none twice and none left out', async () => {
    await visit()
    await visit()
    const all = idsOf(await follow('/api/events?after=', facts(8)))
    const cut = all.slice(0, 3)
    const rest = await follow('/api/events', facts(all.length - 3), { 'last-event-id': cut.at(-1)! })
    expect([...cut, ...idsOf(rest)].slice(0, all.length)).toEqual(all)
    expect(rest[0]).toMatchObject({ event: 'hello', id: cut.at(-1) })
  })

  it('begin with the last few when asked, of one run when asked', async () => {
    const run = await visit()
    expect(factsIn(await follow('/api/events?last=2', facts(2)))).toHaveLength(2)
    const mine = factsIn(await follow(`/api/events?after=&run=${run}`, facts(4)))
    expect(mine.map(({ data }) => JSON.parse(data).run)).toEqual(Array(4).fill(run))
  })

  it('are shared: streams at one place see the same', async () => {
    const following = await Promise.all([1, 2, 3].map(() => standing('/api/events', facts(4))))
    await visit()
    const [first, ...others] = (await Promise.all(following.map(({ events }) => events))).map(idsOf)
    for (const other of others) expect(other).toEqual(first)
  })

  it('of a log that was begun afresh go on with what happens from now on', async () => {
    const following = await standing('/api/events', facts(1), { 'last-event-id': '99999999999999-1' })
    await visit()
    expect(factsIn(await following.events).length).toBeGreaterThan(0)
  })

  it('refuse a place that is none', async () => {
    expect(
      (await api.ask('planner', '/api/events', { headers: { 'last-event-id': 'x; drop table facts' } })).body.type,
    ).toContain('bad-cursor')
    expect((await api.ask('patient', '/api/events')).status).toBe(403)
  })
})
