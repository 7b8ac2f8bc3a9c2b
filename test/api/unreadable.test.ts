// Goal: what cannot be read is refused at the door, with a problem of its own and nothing written. Method: a table of requests, real Postgres.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openHospital } from './hospital.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi

beforeAll(async () => {
  api = await openTestApi()
  await openHospital(api)
})
afterAll(() => api.close())

const JSON_TYPE = { 'content-type': 'application/json' }
const cursor = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url')
const runs = async () => (await api.records.sql`select count(*)::int as count from runs`)[0]!.count

it.each<[string, string, number, string, { body?: unknown; headers?: Record<string, string>; method?: string }?]>([
  ['a body that is no JSON', '/api/runs', 400, 'bad-request', { body: '{"pathway":' }],
  ['an empty body', '/api/runs', 422, 'invalid-input', { method: 'POST' }],
  ['an empty JSON body', '/api/runs', 400, 'bad-request', { method: 'POST', headers: JSON_TYPE }],
  ['another type', '/api/runs', 400, 'bad-request', { body: { pathway: 'visit' }, headers: { 'content-type': 'text/plain' } }],
  ['a NUL in a name', '/api/runs', 400, 'bad-request', { body: '{"pathway":"a\\u0000b"}' }],
  ['a NUL among the variables', '/api/runs', 400, 'bad-request', { body: '{"pathway":"visit","variables":{"x":["\\u0000"]}}' }],
  ['half a surrogate pair', '/api/runs', 400, 'bad-request', { body: '{"pathway":"visit","variables":{"\\ud800":1}}' }],
  ['a list nested without end', '/api/runs', 400, 'bad-request', { body: `{"variables":${'['.repeat(400_000)}` }],
  ['a version beyond all', '/api/runs', 422, 'invalid-input', { body: { pathway: 'visit', version: 99_999_999_999 } }],
  ['a version that is not there', '/api/runs', 404, 'unknown-version', { body: { pathway: 'visit', version: 99 } }],
  ['a version of no pathway', '/api/runs', 404, 'unknown-pathway', { body: { pathway: 'vizit', version: 1 } }],
  ['a NUL in an address', '/api/runs/a%00b', 400, 'bad-request'],
  ['a NUL in a filter', '/api/runs?pathway=a%00b', 400, 'bad-request'],
  ['a cursor beyond all numbers', `/api/runs?cursor=${cursor([1e99, 'a'])}`, 400, 'bad-cursor'],
  ['a cursor with a NUL', `/api/runs?cursor=${cursor([1, '\0'])}`, 400, 'bad-cursor'],
  ['a cursor of another list', `/api/incidents?cursor=${cursor([true, 1e99, 1.5])}`, 400, 'bad-cursor'],
  ['a cursor before the beginning', `/api/pathways?cursor=${cursor([-1])}`, 400, 'bad-cursor'],
])('%s', async (_, path, status, code, options = {}) => {
  const before = await runs()
  const answer = await api.ask('operations', path, options)
  expect(answer.body).toMatchObject({ status, type: `urn:parcours:problem:${code}`, remedy: expect.any(String) })
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(await runs()).toBe(before)
})

it('an escaped backslash before u0000 is a text like any other', async () => {
  const body = '{"pathway":"visit","variables":{"note":"\\\\u0000"}}'
  expect((await api.ask('nurse', '/api/runs', { body })).status).toBe(200)
})
