// Goal: signing in is the demonstration's alone, and a cookie changes nothing for another site.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from './support.ts'

let demo: TestApi
let production: TestApi
beforeAll(async () => {
  ;[demo, production] = await Promise.all([openTestApi(), openTestApi({ demo: false })])
})
afterAll(async () => {
  await demo.close()
  await production.close()
})

const signIn = (api: TestApi, body: unknown, headers = {}) => api.ask(null, '/api/demo/sign-in', { body, headers })

describe('demo sign-in', () => {
  it('is not there unless the demonstration runs', async () => {
    const { body } = await signIn(production, { role: 'nurse' })
    expect(body).toMatchObject({ status: 404, type: 'urn:parcours:problem:not-found' })
    expect((await production.ask(null, '/api/session')).body).toEqual({ role: null, actor: null, demo: false, expiresAt: null })
  })

  it('gives a token and a cookie that scripts cannot read', async () => {
    const { body, headers } = await signIn(demo, { role: 'nurse', actor: 'anne' })
    expect(demo.sessions.read(body.token)).toMatchObject({ role: 'nurse', actor: 'nurse/anne', synthetic: false })
    expect(headers.get('set-cookie')).toMatch(/^parcours=.+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  it.each([[{ role: 'surgeon' }], [{}], [{ role: 'nurse', actor: 'synthetic-me' }], [{ role: 'nurse', admin: true }]])(
    'refuses %j',
    async (body) => {
      expect((await signIn(demo, body)).status).toBe(422)
    },
  )

  it('is refused to another site', async () => {
    expect((await signIn(demo, { role: 'nurse' }, { 'sec-fetch-site': 'cross-site' })).body.type).toContain('cross-site')
  })
})

describe('a cookie', () => {
  const cookie = () => ({ cookie: `parcours=${demo.sessions.open('nurse').token}`, host: 'localhost' })
  const start = (headers: Record<string, string>) =>
    demo.ask(null, '/api/runs', { body: { pathway: 'none' }, headers: { ...cookie(), ...headers } })

  it('is enough to read', async () => {
    expect((await demo.ask(null, '/api/pathways', { headers: cookie() })).status).toBe(200)
  })

  it.each([
    ['from our own page', { 'sec-fetch-site': 'same-origin' }, 404],
    ['from our own page, in an older browser', { origin: 'http://localhost' }, 404],
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' }, 403],
    ['from a sister site', { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost' }, 403],
    ['from another origin, in an older browser', { origin: 'http://localhost:81' }, 403],
    ['from an opaque origin', { origin: 'null' }, 403],
    ['from who knows where', {}, 403],
  ])('changes something only %s', async (_, headers, status) => {
    expect((await start(headers as Record<string, string>)).status).toBe(status)
  })

  it('does not help a wrong bearer token', async () => {
    const { body } = await demo.ask(null, '/api/pathways', { headers: { ...cookie(), authorization: 'Bearer nonsense' } })
    expect(body.status).toBe(401)
  })

  it('that has expired says so', async () => {
    const { token } = demo.sessions.open('nurse', { now: Date.now() - 13 * 3_600_000 })
    const { body } = await demo.ask(null, '/api/pathways', { headers: { authorization: `Bearer ${token}` } })
    expect(body.type).toBe('urn:parcours:problem:session-expired')
  })
})
