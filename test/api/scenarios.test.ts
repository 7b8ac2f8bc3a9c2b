// Goal: a planner finds the scenarios that there are, and gets any made ready to be simulated where the answer is looked at. Method: the API on a real Postgres.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ScenarioItem, ScenarioModelItem } from '../../api/types.ts'
import type { Program } from '../../pathways/language/program.ts'
import { exploredExperiment, STRETCH_HOURS } from '../../twin/experiment/explored.ts'
import { openedReplication } from '../../twin/experiment/going-on.ts'
import { openedExperiment } from '../../twin/experiment/prepare.ts'
import type { ReadyScenario } from '../../twin/experiment/ready.ts'
import type { ScenarioFile } from '../../twin/experiment/schema.ts'
import { QUEUE, scenarioText } from './scenario.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const ready = async (scenario: string, files: Record<string, string> = {}) =>
  (await api.ask('planner', '/api/scenarios/ready', { body: { scenario, files } })) as {
    status: number
    body: ScenarioModelItem & { errors?: { path: string; message: string }[] }
  }

it('those that come with Parcours are listed, with what each is about', async () => {
  const { items } = (await api.ask('planner', '/api/scenarios')).body as { items: ScenarioItem[] }
  expect(items.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['summer/summer.yaml', 'winter/winter.yaml', 'winter/thirty-beds.yaml']),
  )
  expect(items.find(({ id }) => id === 'summer/summer.yaml')).toMatchObject({ name: 'Août, hôpital de 500 lits', warmUp: 'P19D' })
  expect(items.some(({ id }) => id.includes('hospital.yaml') || id.includes('schema'))).toBe(false)
  expect((await api.ask('nurse', '/api/scenarios')).status).toBe(403)
})

it('one is made ready: whole, with its programs, its drawings and its version', async () => {
  const first = await ready('extends: summer/summer.yaml')
  expect(first.status).toBe(200)
  const { scenario, programs, drawings, version, engine } = first.body
  expect(Object.values(drawings).join()).toContain('Transfert au lit')
  expect(engine).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{16}$/)
  const experiment = openedExperiment(scenario as unknown as ScenarioFile, new Map(programs as unknown as [string, Program[]][]))
  expect(experiment.units.get('bed')).toBe(500)
  expect((await ready('extends: summer/summer.yaml')).body.version).toBe(version)
  expect((await ready('extends: summer/summer.yaml\nseed: 3')).body.version).not.toBe(version)
})

it('one is opened ahead for whoever explores it next, to the bytes that the page would make', async () => {
  const sent = { scenario: 'extends: examples/visit.yaml\nwarmUp: P1D\nhorizon: P3D', open: 1 }
  const asked = async () => (await api.ask('planner', '/api/scenarios/ready', { body: sent })).body as ScenarioModelItem
  const { version, scenario, programs, opened } = await asked()
  expect(opened).toEqual([])
  await expect.poll(async () => (await asked()).opened, { timeout: 60_000, interval: 200 }).toEqual([0])
  const { status, body } = await api.ask('planner', `/api/scenarios/opened/${version}/0`)
  expect(status).toBe(200)
  const experiment = exploredExperiment({ scenario, programs } as unknown as ReadyScenario)
  expect(body).toEqual(JSON.parse(JSON.stringify(openedReplication(experiment, 0, STRETCH_HOURS * 3_600_000))))
  expect((await api.ask('planner', `/api/scenarios/opened/${version}/1`)).status).toBe(404)
  expect((await api.ask('nurse', `/api/scenarios/opened/${version}/0`)).status).toBe(403)
})

it('every one is made ready as it is looked at, with the library’s pathways too', async () => {
  const { items } = (await api.ask('planner', '/api/scenarios')).body as { items: ScenarioItem[] }
  for (const { id } of items) {
    const { status, body } = await ready(
      `extends: ${JSON.stringify(id)}\nhorizon: P1D\nwarmUp: PT0S\nstudy: terminating\nreplications: 1`,
    )
    expect([id, status, body.errors]).toEqual([id, 200, undefined])
  }
  expect(items.map(({ id }) => id)).toContain('hopital-500/year.yaml')
})

it('what is wrong with one is said with its places', async () => {
  const { status, body } = await ready(`${scenarioText()}\nhorizont: P1D`, { 'queue.bpmn': QUEUE })
  expect(status).toBe(422)
  expect(JSON.stringify(body.errors)).toContain('horizont')
})
