// Goal: one reading says what is open, against the hospital's targets. Method: a ledger and rows written by hand, whose figures are known.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { raiseAlerts } from '../../records/alerts.ts'
import { hospitalNow } from '../../records/clock.ts'
import type { CommandCentreSettings } from '../../records/command-centre-settings.ts'
import { createSite } from '../../records/sites.ts'
import { readScenario } from '../../scenarios/read.ts'
import { sampleCommandCentre } from '../../start/worker/command-centre-samples.ts'
import { pool, setLedger, unit } from '../records/support.ts'
import { openTestApi, type TestApi } from './support.ts'

const SETTINGS: CommandCentreSettings = {
  emergency: {
    pathway: 'visit',
    elements: ['Triage', 'Install'],
    pool: 'cubicle',
    levels: [
      { priority: 9, name: 'Tri 1' },
      { priority: 5, name: 'Tri 4' },
    ],
  },
  beds: { pool: 'bed', leaving: ['leave'] },
  theatres: { pool: 'theatre' },
  jobs: ['porter', 'cleaner'],
  measures: {
    'emergency.present': { owner: 'physician', atMost: 5, near: 3, alarm: 'medium' },
    'emergency.boarding': { owner: 'bed-manager', atMost: 0, near: 0, alarm: 'high' },
    'beds.free': { owner: 'bed-manager', atLeast: 1, near: 2, alarm: 'medium' },
  },
}
const MINUTE = 60_000

let api: TestApi
let now: number

beforeAll(async () => {
  api = await openTestApi()
  const { records } = api
  now = await hospitalNow(records)
  const bed = (id: string, state: 'free' | 'reserved' | 'occupied' | 'dirty' | 'closed', holder = '') => ({
    ...unit(id, 'bed'),
    ...{ state, holder, place: `Ward ${id[0]}/${id}` },
  })
  const theatre = { ...unit('t1', 'theatre'), state: 'occupied' as const, holder: 'op' }
  const need = (pool: string) => [{ hold: 0, pool, quantity: 1, where: [] }]
  const request = (
    holder: string,
    of: string,
    priority: number,
    minutesAgo: number,
    slot: { unit: string; start: number } | null = null,
  ) => ({
    ...{ holder, wait: 1, needs: need(of), priority, slot, at: now - minutesAgo * MINUTE, sequence: minutesAgo, passed: 0 },
  })
  await setLedger(records, {
    pools: [pool('bed'), pool('cubicle'), pool('theatre')],
    units: [
      bed('A1', 'free'),
      bed('A2', 'occupied', 'goes'),
      bed('A3', 'dirty'),
      bed('B1', 'reserved', 'comes'),
      bed('B2', 'closed'),
      { ...unit('c1', 'cubicle'), state: 'occupied', holder: 'boards' },
      theatre,
    ],
    requests: [
      request('boards', 'bed', 6, 90),
      request('waits', 'cubicle', 5, 40),
      request('cut', 'theatre', 4, 30, { unit: 't1', start: now - 10 * MINUTE }),
    ],
    held: [{ holder: 'boards', hold: 0, pool: 'cubicle', units: ['c1'], lots: [], state: 'occupied', since: 0 }],
    nextSequence: 100,
  })
  const run = (id: string, pathway: string, element: string, ended = false) =>
    records.sql`
      insert into runs (id, site, pathway, version, hash, state, started_at, ended_at, positions, last_at)
      values (${id}, ${records.site}, ${pathway}, 1, 'h', ${ended ? 'completed' : 'running'}, 0, ${ended ? 1 : null},
        ${JSON.stringify([{ element, since: 0, state: 'active' }])}::jsonb, 0)`
  await run('waits', 'visit', 'Install')
  await run('boards', 'visit', 'AssignBed')
  await run('gone', 'visit', 'Triage', true)
  await run('goes', 'leave', 'Prepare')
  await run('planned', 'visit', 'Welcome')
  const task = (id: string, role: string, due: number) =>
    records.sql`
      insert into tasks (id, site, run, wait, pathway, hash, element, name, kind, role, unit, place, form, priority, state, created_at, due_at, inputs)
      values (${id}, ${records.site}, 'waits', 1, 'visit', 'h', 'e', 'n', 'user', ${role}, 'u', 'u/1', '', 5, 'open', 0, ${due}, '\\x')`
  await task('late', 'porter', now - 5 * MINUTE)
  await task('soon', 'porter', now + 60 * MINUTE)
  await raiseAlerts(records, records.sql, [
    { site: records.site, kind: 'telesurveillance', level: 'critical', owner: 'nurse', openedAt: 0, dueAt: now - MINUTE },
    { site: records.site, kind: 'reorder', level: 'warning', owner: 'operations', openedAt: 0 },
  ])
  await records.sql`
    insert into incidents (site, run, wait, pathway, element, name, activity, reason, owner, state, opened_at)
    values (${records.site}, 'goes', 1, 'leave', 'e', 'n', 'mail.generalPractitioner', 'r', 'operations', 'open', ${now - 3 * MINUTE}),
      (${records.site}, 'goes', 2, 'leave', 'e', 'n', 'failure', 'r', 'operations', 'open', ${now})`
})
afterAll(() => api.close())

const describeHospital = () =>
  createSite(api.records, {
    id: api.records.site,
    name: 'x',
    epoch: '2026-01-01T00:00:00Z',
    timeZone: 'Europe/Paris',
    commandCentre: SETTINGS,
  })
const read = async () => (await api.ask('bed-manager', '/api/command-centre')).body
const measure = (body: { measures: { id: string }[] }, id: string) => body.measures.find((one) => one.id === id)

it('is empty, and says so, until the hospital has said what is to be watched', async () => {
  expect(await read()).toMatchObject({ described: false, measures: [] })
})

it('counts what is open, says since when, and how loud it is', async () => {
  await describeHospital()
  const body = await read()
  expect(body.described).toBe(true)
  expect(measure(body, 'emergency.present')).toMatchObject({
    value: 2,
    alarm: 'none',
    owner: 'physician',
    target: { atMost: 5, atLeast: null },
  })
  expect(measure(body, 'emergency.oldestWaitMinutes')).toMatchObject({ value: 40, target: null, first: { run: 'waits' } })
  expect(measure(body, 'emergency.boarding')).toMatchObject({
    ...{ value: 1, alarm: 'high', since: expect.any(String), first: { run: 'boards' } },
  })
  expect(measure(body, 'beds.free')).toMatchObject({ value: 1, alarm: 'low', first: null })
  expect(measure(body, 'theatres.late')).toMatchObject({ first: { run: 'cut' } })
  expect(measure(body, 'jobs.porter.late')).toMatchObject({ first: { run: 'waits' } })
  expect(measure(body, 'partners.incidents')).toMatchObject({ first: { run: 'goes' } })
  const figures = Object.fromEntries(body.measures.map(({ id, value }: { id: string; value: number }) => [id, value]))
  expect(figures).toMatchObject({
    'beds.occupied': 2,
    'beds.dirty': 1,
    'beds.blocked': 1,
    'beds.dueOut': 1,
    'beds.expectedIn': 1,
    'beds.waiting': 1,
    'theatres.running': 1,
    'theatres.late': 1,
    'jobs.porter.open': 2,
    'jobs.porter.late': 1,
    'jobs.cleaner.late': 0,
    'telesurveillance.open': 1,
    'telesurveillance.overdue': 1,
    'partners.incidents': 1,
  })
  expect(body.waiting).toEqual([
    { level: 'Tri 1', count: 0, since: null },
    { level: 'Tri 4', count: 1, since: expect.any(String) },
  ])
  expect(body.wards).toEqual([
    { ward: 'Ward A', free: 1, expectedIn: 0, occupied: 1, dirty: 1, blocked: 0, dueOut: 1 },
    { ward: 'Ward B', free: 0, expectedIn: 1, occupied: 0, dirty: 0, blocked: 1, dueOut: 0 },
  ])
  expect(body.theatres).toMatchObject([{ id: 't1', state: 'occupied', run: 'op', late: 1 }])
})

it('keeps the last hours, once for each quarter, and shows the band of the newest forecast', async () => {
  await sampleCommandCentre(api.records, now - 15 * MINUTE)
  await sampleCommandCentre(api.records, now - 15 * MINUTE)
  const result = {
    quantiles: [0.1, 0.25, 0.5, 0.75, 0.9],
    bands: [
      {
        name: 'pool.bed.boarding',
        quantiles: [
          [0, 1],
          [0, 1],
          [1, 2],
          [2, 3],
          [3, 4],
        ],
      },
    ],
  }
  const forecast = (id: string, whatIf: string | null, at: number) => api.records.sql`
    insert into forecasts (id, site, asked_by, at, hours, replications, seed, what_if, asked, result, ensembles)
    values (${id}, ${api.records.site}, 'one', ${at}, 2, 10, 1, ${whatIf}::jsonb, '[]', ${JSON.stringify(result)}::jsonb, '\\x')`
  await forecast('old', null, now - 20 * MINUTE)
  await forecast('new', null, now - 10 * MINUTE)
  await forecast('what-if', '{"name":"x"}', now - MINUTE)
  const body = await read()
  expect(body.samples).toHaveLength(1)
  expect(measure(body, 'beds.waiting')).toMatchObject({ trend: [1] })
  expect(body.forecast).toMatchObject({ id: 'new', times: [expect.any(String), expect.any(String)] })
  expect(measure(body, 'emergency.boarding')).toMatchObject({ forecast: { low: [0, 1], median: [1, 2], high: [3, 4] } })
  expect(measure(body, 'beds.free')).toMatchObject({ forecast: null })
})

it('of the demonstration watches pools, pathways and steps that are there', () => {
  const { commandCentre, pools } = readScenario('scenarios/hopital-demo')
  const { emergency, beds, theatres } = commandCentre!
  for (const id of [emergency.pool, beds.pool, theatres.pool]) expect(pools.map((one) => one.id)).toContain(id)
})
