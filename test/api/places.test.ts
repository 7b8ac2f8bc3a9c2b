// Goal: whoever looks at the hospital gets its places. Method: units in the ledger, with and without a word about where they stand.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { replaceLedger } from '../../records/ledger.ts'
import { createSite } from '../../records/sites.ts'
import { readHospital } from '../twin/hospital/read-hospital.ts'
import { openHospital } from './hospital.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

it('places are laid out by rule until the hospital says where they are', async () => {
  const { records, ask } = api
  const { places, pools, units, lots, calendars } = readHospital('hopital-demo')
  await records.sql.begin((tx) =>
    replaceLedger(records, tx, records.site, { pools, units, lots, calendars, requests: [], held: [], nextSequence: 0 }),
  )
  const byRule = (await ask('porter', '/api/places')).body
  expect(byRule.floors.length).toBeGreaterThan(2)
  expect(byRule.floors.every(({ name }: { name: string }) => name === '')).toBe(true)
  expect(byRule.spots).toHaveLength(units.length)
  await createSite(records, { id: records.site, name: 'Essai', epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris', places })
  const said = (await ask('planner', '/api/places')).body
  expect(said.floors.map(({ name }: { name: string }) => name)).toEqual(places!.floors.map(({ name }) => name))
  expect(said.rooms.find(({ id }: { id: string }) => id === 'Médecine A/Chambre 101')).toMatchObject({
    kind: 'bedroom',
    floor: 2,
  })
})

it('who is there is known by step and place; how urgent, to those who may see it', async () => {
  const { host, patient } = await openHospital(api)
  const variables = { triage: { order: 2, level: 'Tri 2' } }
  const { body } = await api.ask('nurse', '/api/runs', { body: { pathway: 'visit', patient, variables } })
  await host.relay()
  const seenBy = async (role: 'nurse' | 'porter') => (await api.ask(role, '/api/presence')).body.items
  const there = { run: body.id, pathway: 'visit', element: 'triage', name: 'triage it', place: 'Ward A/12' }
  expect(await seenBy('nurse')).toEqual([expect.objectContaining({ ...there, urgency: 2 })])
  expect(await seenBy('porter')).toEqual([expect.objectContaining({ ...there, urgency: null })])
})
