// Goal: one document is kept once, whatever happens. Method: the program itself, over HTTP, with faults by seed and SIGKILL.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dischargeLetterCda } from '../../../activities/documents/discharge-letter.ts'
import { faultLog, type RunningPartner, removeFolder, setFaults, startPartner, temporaryFolder } from '../process.ts'
import { sampleBundle, sampleLetter } from '../samples.ts'

const PATIENT = 'urn:oid:1.2.250.1.213.1.4.10|279035121518989'
let folder: string
let partner: RunningPartner

beforeAll(async () => {
  folder = await temporaryFolder()
  partner = await startPartner('mon-espace-sante', folder)
})
beforeEach(() => setFaults(partner.port, {}))
afterAll(async () => {
  await partner.stop()
  await removeFolder(folder)
})

const at = (path: string) => `http://127.0.0.1:${partner.port}${path}`
const post = (bundle: unknown) =>
  fetch(at('/fhir'), {
    method: 'POST',
    body: typeof bundle === 'string' ? bundle : JSON.stringify(bundle),
    headers: { 'content-type': 'application/fhir+json' },
  })
/** Null when nothing was answered. */
const tryPost = (bundle: unknown) => post(bundle).catch(() => null)

interface Searchset {
  total: number
  entry: { resource: { id: string; masterIdentifier: { value: string }; content: { attachment: { url: string } }[] } }[]
}
const search = async (): Promise<Searchset> => {
  const response = await fetch(at(`/fhir/DocumentReference?patient.identifier=${encodeURIComponent(PATIENT)}`))
  return (await response.json()) as Searchset
}
const uniqueIds = async () => (await search()).entry.map(({ resource }) => resource.masterIdentifier.value)
const keptTimes = async (name: string) =>
  (await uniqueIds()).filter((uniqueId) => uniqueId === `urn:oid:${sampleLetter(name).uniqueId}`).length

describe('a deposit', () => {
  it('is answered entry by entry, in order, and can be searched and retrieved', async () => {
    const response = await post(sampleBundle('first'))
    const answer = (await response.json()) as { type: string; entry: { response: { status: string; location: string } }[] }
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('application/fhir+json')
    expect(answer.type).toBe('transaction-response')
    expect(answer.entry.map(({ response: { status, location } }) => [status, location.split('/')[0]])).toEqual([
      ['201 Created', 'List'],
      ['201 Created', 'DocumentReference'],
      ['201 Created', 'Binary'],
    ])
    const found = (await search()).entry.at(-1)!.resource
    expect(answer.entry[1]!.response.location).toBe(`DocumentReference/${found.id}`)
    const document = await fetch(at(`/fhir/${found.content[0]!.attachment.url}`))
    expect(document.headers.get('content-type')).toBe('text/xml')
    expect(await document.text()).toBe(dischargeLetterCda(sampleLetter('first')))
  })

  it('of the same document again is answered as the first time, and keeps nothing more', async () => {
    const first = await (await post(sampleBundle('again'))).json()
    const second = await (await post(sampleBundle('again'))).json()
    expect(second).toEqual(first)
    expect(await keptTimes('again')).toBe(1)
  })

  it('of the same document ten times at once keeps it once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, async () => (await post(sampleBundle('at-once'))).text()))
    expect(new Set(answers).size).toBe(1)
    expect(await keptTimes('at-once')).toBe(1)
  })

  it('of another content under the same uniqueId is refused', async () => {
    await post(sampleBundle('conflict'))
    const changed = dischargeLetterCda({ ...sampleLetter('conflict'), synthesis: 'Autre synthèse.' })
    const response = await post(sampleBundle('conflict', changed))
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ code: 'conflict', expression: ['Bundle.entry[1].resource.masterIdentifier'] }],
    })
    expect(await keptTimes('conflict')).toBe(1)
  })

  it.each([
    ['no JSON', 'Bonjour', 400],
    ['no transaction', { resourceType: 'Bundle', type: 'batch' }, 400],
    ['a transaction with problems', { ...sampleBundle('bad'), entry: sampleBundle('bad').entry.slice(1) }, 422],
  ])('that is %s is refused with an OperationOutcome', async (_, body, status) => {
    const response = await post(body)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] })
  })
})

it('searches by patient only', async () => {
  expect((await fetch(at('/fhir/DocumentReference'))).status).toBe(400)
  const nobody = await fetch(at('/fhir/DocumentReference?patient.identifier=274075176079430'))
  expect(await nobody.json()).toMatchObject({ total: 0 })
  expect((await fetch(at('/fhir/Binary/00000000-0000-4000-8000-000000000000'))).status).toBe(404)
  expect(await (await fetch(at('/health'))).json()).toEqual({ status: 'ok' })
})

describe('faults', () => {
  it('are the same for the same seed, others for another', async () => {
    const plan = { seed: 7, downProbability: 0.3, failProbability: 0.3, slowProbability: 0.5, slowMsMax: 5 }
    const drawn = async (seed: number) => {
      await setFaults(partner.port, { ...plan, seed })
      for (let request = 0; request < 12; request++) await tryPost({})
      return faultLog(partner.port)
    }
    const first = await drawn(7)
    expect(new Set(first.map(({ fault }) => fault))).toEqual(new Set(['none', 'down', 'fail']))
    expect(await drawn(7)).toEqual(first)
    expect(await drawn(8)).not.toEqual(first)
  })

  it.each([
    ['downProbability', null],
    ['failProbability', 500],
  ])('%s leaves nothing behind', async (fault, status) => {
    await setFaults(partner.port, { [fault]: 1 })
    const response = await tryPost(sampleBundle('lost'))
    expect(response?.status ?? null).toBe(status)
    expect(await keptTimes('lost')).toBe(0)
  })

  it('slowProbability takes its time, and then answers', async () => {
    await setFaults(partner.port, { seed: 1, slowProbability: 1, slowMsMax: 120 })
    const begun = performance.now()
    expect((await post(sampleBundle('slow'))).status).toBe(200)
    const [drawn] = await faultLog(partner.port)
    expect(drawn!.slowMs).toBeGreaterThan(0)
    expect(performance.now() - begun).toBeGreaterThanOrEqual(drawn!.slowMs - 2)
  })

  it('storeThenDropProbability keeps the document and answers nothing; trying again keeps it once', async () => {
    await setFaults(partner.port, { storeThenDropProbability: 1 })
    expect(await tryPost(sampleBundle('dropped'))).toBeNull()
    expect(await keptTimes('dropped')).toBe(1)
    await setFaults(partner.port, {})
    expect((await post(sampleBundle('dropped'))).status).toBe(200)
    expect(await keptTimes('dropped')).toBe(1)
  })

  it.each([
    ['an unknown name', { rain: 1 }],
    ['a probability above 1', { downProbability: 2 }],
    ['probabilities that add up to more than 1', { downProbability: 0.6, failProbability: 0.6 }],
    ['no number', { seed: 'x' }],
  ])('refuse a plan with %s', async (_, plan) => {
    await expect(setFaults(partner.port, plan as Record<string, number>)).rejects.toThrow(/error/)
  })
})

it('what it acknowledged survives kill -9, and is answered as before', async () => {
  const names = Array.from({ length: 8 }, (_, index) => `killed-${index}`)
  const acknowledged = new Map<string, unknown>()
  const posts = names.map(async (name, index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 8))
    const response = await tryPost(sampleBundle(name))
    if (response?.ok) acknowledged.set(name, await response.json().catch(() => null))
  })
  while (acknowledged.size < 3) await new Promise((resolve) => setTimeout(resolve, 2))
  await partner.kill()
  await Promise.all(posts)
  partner = await startPartner('mon-espace-sante', folder)
  for (const [name, answer] of acknowledged) {
    expect(await keptTimes(name)).toBe(1)
    if (answer) expect(await (await post(sampleBundle(name))).json()).toEqual(answer)
  }
  for (const name of names) expect((await post(sampleBundle(name))).status).toBe(200)
  expect((await uniqueIds()).length).toBe(new Set(await uniqueIds()).size)
})
