// Goal: what is decided by hand on the bed board is done once, as it was seen or not at all, and every run concerned hears of it.
// Method: a hospital of three beds behind the API; its runs are driven by a host that hears the outbox as the workflow does.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Board, BoardRequestItem, BoardUnitItem } from '../../api/types.ts'
import { createPatient } from '../../records/patients.ts'
import { startRun } from '../../records/starting.ts'
import { end, extended, pathway, start } from '../records/model.ts'
import { Host, pool, publish, setLedger, unit } from '../records/support.ts'
import { TRAITS } from './hospital.ts'
import { openTestApi, type TestApi } from './support.ts'

let api: TestApi
let host: Host
let patient: string

const task = (id: string, more: string) =>
  `<bpmn:userTask id="${id}" name="${id} it">${extended(`<hospital:task role="nurse" form="f" place="Ward A"/>${more}`)}</bpmn:userTask>`

beforeAll(async () => {
  api = await openTestApi()
  const { records } = api
  const hold = '<hospital:hold name="bed" pool="bed" quantity="1">'
  const where =
    '<hospital:where attribute="isolation" operator="=" value="=if isolation = true then true else null"/></hospital:hold>'
  await publish(
    records,
    await pathway(
      'stay',
      `${extended(hold + where)}${start}${task('lie', '<hospital:take hold="bed"/>')}
       <bpmn:callActivity id="call" calledElement="care">${extended('<hospital:lend hold="bed" as="bed"/>')}</bpmn:callActivity>${end}`,
      'start>lie lie>call call>end',
    ),
  )
  await publish(
    records,
    await pathway(
      'care',
      `${extended('<hospital:hold name="bed" pool="bed" quantity="1"/>')}${start}${task('treat', '')}${end}`,
      'start>treat treat>end',
    ),
  )
  await publish(records, await pathway('clean', `${start}${task('wash', '')}${end}`, 'start>wash wash>end'))
  patient = (await createPatient(records, { traits: TRAITS, insStatus: 'QUAL', at: 0 })).id
})
afterAll(() => api.close())

beforeEach(async () => {
  const { records } = api
  await records.sql`delete from outbox`
  await records.sql`delete from runs`
  host = new Host(records)
  await setLedger(records, {
    pools: [pool('bed', { turnover: 'clean' })],
    units: ['b1', 'b2', 'b3'].map((id) => ({ ...unit(id, 'bed'), attributes: { isolation: id === 'b3' } })),
  })
})

const board = async (): Promise<Board> => (await api.ask('bed-manager', '/api/resources/pools/bed/board')).body
const bed = async (id: string): Promise<BoardUnitItem> => (await board()).units.find((one) => one.id === id)!
const decide = (body: object, options: { actor?: string; headers?: Record<string, string> } = {}) =>
  api.ask('bed-manager', '/api/resources/decisions', { body, ...options })

async function admit(variables: Record<string, boolean | number> = {}): Promise<string> {
  const { run } = await startRun(api.records, { pathway: 'stay', variables, patient, at: 0 })
  await host.relay()
  return run
}
async function lieDown(run: string): Promise<void> {
  await host.complete(run, host.taskOf(run), 10)
  await host.relay()
}

it('shows who has each bed, until when, and names only to those who see them', async () => {
  const run = await admit({ stayDays: 2, isolation: true })
  await lieDown(run)
  expect(await bed('b3')).toMatchObject({
    ...{ state: 'occupied', run, patient, isolation: true, person: { name: 'LEFÈVRE MARIE', sex: 'F' } },
    exit: { state: 'overdue', at: '2026-01-03T01:00:00.010+01:00' },
  })
  const { body } = await api.ask('cleaner', '/api/resources/pools/bed/board')
  expect(body.units.find(({ id }: { id: string }) => id === 'b3')).toMatchObject({
    person: null,
    patient: null,
    isolation: false,
    exit: null,
  })
  expect((await api.ask('bed-manager', '/api/resources/pools/none/board')).status).toBe(404)
})

it('moves a patient: the run, and the run that it lent its bed to, hold the new one; the old one is cleaned', async () => {
  const run = await admit()
  await lieDown(run)
  const called = (await board()).units.find(({ id }) => id === 'b1')!.run!
  expect(called).toBe(run)
  const [from, to] = [await bed('b1'), await bed('b2')]
  const move = {
    action: 'move',
    from: 'b1',
    to: 'b2',
    reason: 'Chambre bruyante',
    expected: { from: from.revision, to: to.revision },
  }
  const headers = { 'idempotency-key': 'move-1' }
  expect((await decide(move, { headers })).status).toBe(200)
  const repeated = await decide(move, { headers })
  expect(repeated.headers.get('idempotency-replayed')).toBe('true')
  await host.relay()
  const holding = [...host.runs].map(([id, { instance }]) => [id, instance.marking.holds.map(({ units }) => units)])
  expect(Object.fromEntries(holding)).toMatchObject({
    [run]: [['b2']],
    [`${run}.${host.instance(run).marking.waits[0]!.id}`]: [['b2']],
  })
  expect(host.delivered.filter((item) => item.kind === 'event' && item.event.type === 'moved')).toHaveLength(2)
  expect(await bed('b2')).toMatchObject({ state: 'occupied', run })
  expect(await bed('b1')).toMatchObject({ state: 'dirty', run: null, cleaning: { state: 'underWay' } })
  const { body } = await api.ask('nurse', `/api/runs/${run}`)
  expect(body.history.items[0]).toMatchObject({ event: 'moved', element: 'b2', type: 'hospital:unit' })
})

it('refuses what was decided on what somebody else has changed, and says so', async () => {
  const run = await admit()
  await lieDown(run)
  const [from, to] = [await bed('b1'), await bed('b2')]
  const block = { action: 'block', unit: 'b2', reason: 'Fuite d’eau', expected: { unit: to.revision } }
  expect((await decide(block, { actor: 'other' })).status).toBe(200)
  expect(await bed('b2')).toMatchObject({ state: 'closed', blocked: { by: 'bed-manager/other', reason: 'Fuite d’eau' } })
  const move = {
    action: 'move',
    from: 'b1',
    to: 'b2',
    reason: 'Chambre bruyante',
    expected: { from: from.revision, to: to.revision },
  }
  const late = await decide(move)
  expect(late).toMatchObject({ status: 409, body: { type: 'urn:parcours:problem:changed-meanwhile' } })
  expect(late.body.detail).toContain('B2 (bed-manager/other)')
  expect(await bed('b1')).toMatchObject({ state: 'occupied', run })
  expect((await decide({ ...move, expected: { from: from.revision, to: (await bed('b2')).revision } })).body.type).toContain(
    'unit-closed',
  )
  await decide({ action: 'unblock', unit: 'b2', reason: 'Réparé', expected: { unit: (await bed('b2')).revision } })
  expect(await bed('b2')).toMatchObject({ state: 'free', blocked: null })
})

it('assigns a bed that does not fit when a person says so, and the waiting run hears of it once', async () => {
  const first = await admit({ isolation: true })
  const second = await admit({ isolation: true })
  const { requests } = await board()
  expect(requests).toMatchObject([{ run: second, needs: [{ where: [{ attribute: 'isolation', value: true }] }], proposal: null }])
  const [{ wait, revision }] = requests as [BoardRequestItem]
  const assign = async (more: object) => {
    const expected = { unit: (await bed('b1')).revision, request: revision }
    return decide({ action: 'assign', run: second, wait, unit: 'b1', reason: 'Cas contact, box fermé', expected, ...more })
  }
  expect((await assign({})).body.type).toContain('unit-does-not-fit')
  expect((await assign({ despite: true })).status).toBe(200)
  await host.relay()
  expect(host.instance(second).marking.holds).toMatchObject([{ units: ['b1'], state: 'reserved' }])
  expect(host.delivered.filter((item) => item.kind === 'event' && item.run === second)).toHaveLength(1)
  expect((await board()).requests).toEqual([])
  expect((await assign({ despite: true })).body.type).toContain('unknown-request')
  expect(first).not.toBe(second)
})

it('promises a bed that is not free yet, and takes the promise back', async () => {
  const runs = [await admit(), await admit(), await admit()]
  await lieDown(runs[0]!)
  const waiting = await admit()
  const other = await admit()
  let [request] = (await board()).requests
  expect(request).toMatchObject({ run: waiting, position: 1, proposal: null })
  const expected = async () => ({ unit: (await bed('b1')).revision, request: request!.revision })
  const assign = { action: 'assign', run: waiting, wait: request!.wait, unit: 'b1', reason: 'Sortie à 14 h' }
  expect((await decide({ ...assign, expected: await expected() })).status).toBe(200)
  expect(await bed('b1')).toMatchObject({ keptFor: { run: waiting, rule: 'promised' } })
  const second = (await board()).requests[1]!
  const taken = {
    ...assign,
    run: other,
    wait: second.wait,
    expected: { unit: (await bed('b1')).revision, request: second.revision },
  }
  expect((await decide(taken)).body.type).toContain('unit-promised')
  request = (await board()).requests[0]
  expect(request).toMatchObject({ planned: { unit: 'b1', state: 'occupied', chosen: true } })
  const undo = {
    action: 'unassign',
    run: waiting,
    wait: request!.wait,
    reason: 'Erreur',
    expected: { request: request!.revision },
  }
  expect((await decide(undo)).status).toBe(200)
  expect(await bed('b1')).toMatchObject({ keptFor: null })
})

it('has a bed cleaned, and says it is clean: the cleaning run is told', async () => {
  expect(
    (await decide({ action: 'soil', unit: 'b2', reason: 'Souillé', expected: { unit: (await bed('b2')).revision } })).status,
  ).toBe(200)
  await host.relay()
  const { cleaning, revision } = await bed('b2')
  expect(cleaning).toMatchObject({ state: 'underWay' })
  expect((await decide({ action: 'cleaned', unit: 'b2', reason: 'Fait en passant', expected: { unit: revision } })).status).toBe(
    200,
  )
  expect(await bed('b2')).toMatchObject({ state: 'free', cleaning: null })
  await host.relay()
  expect(host.instance(cleaning!.run).marking.outcome).toBe('cancelled')
  const states = await api.records.sql`select state, run from unit_states where unit = 'b2' order by since`
  expect(states.at(-1)).toEqual({ state: 'free', run: '' })
})
