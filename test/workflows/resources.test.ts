// Goal: runs share what the hospital has, through the ledger in Postgres. Method: real Postgres, Temporal, worker and relay; tiny pathways.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { alertOfCircularWaits } from '../../records/circular-waits.ts'
import { end, extended, start, userTask } from '../records/model.ts'
import { pool, publish, setLedger, unit } from '../records/support.ts'
import { pathway } from './model.ts'
import { eventually, LiveHospital } from './support.ts'

let hospital: LiveHospital
const bed = '<hospital:hold name="bed" pool="bed" quantity="1"/>'

beforeAll(async () => {
  hospital = await LiveHospital.open()
  const models = [
    pathway('nursed', `${start}${userTask('care', '<hospital:need pool="nurse" quantity="1"/>')}${end}`, 'start>care care>end'),
    pathway(
      'stay',
      `${extended(bed)}${start}${userTask('enter', '<hospital:take hold="bed"/>')}${userTask('leave')}${end}`,
      'start>enter enter>leave leave>end',
    ),
    pathway('clean', `${start}${userTask('wash')}${end}`, 'start>wash wash>end'),
    pathway(
      'transfer',
      `${extended(bed)}${start}${userTask('enter', '<hospital:take hold="bed"/>')}
       <bpmn:callActivity id="call" calledElement="ward">${extended(
         '<hospital:input name="who" value="=patient"/><hospital:output name="seen" value="=result.seen"/><hospital:handOver hold="bed" as="bed"/>',
       )}</bpmn:callActivity>${userTask('after')}${end}
       <bpmn:boundaryEvent id="worse" attachedToRef="call"><bpmn:errorEventDefinition errorRef="Worse"/></bpmn:boundaryEvent>
       ${userTask('rescue')}<bpmn:endEvent id="rescued"/>`,
      'start>enter enter>call call>after after>end worse>rescue rescue>rescued',
      { errors: ['Worse'] },
    ),
    pathway(
      'ward',
      `${extended(bed)}${start}${userTask('round', '<hospital:output name="seen" value="=who"/><hospital:output name="bad" value="=result.bad"/>')}
       <bpmn:exclusiveGateway id="which" default="f2"/>${end}<bpmn:endEvent id="failing"><bpmn:errorEventDefinition errorRef="Worse"/></bpmn:endEvent>`,
      'start>round round>which which>end which>failing?bad',
      { errors: ['Worse'] },
    ),
    ...['bed', 'nurse'].map((first, index, [one, other]) =>
      pathway(
        `holding-${first}`,
        `${extended('<hospital:hold name="bed" pool="bed" quantity="1"/><hospital:hold name="nurse" pool="nurse" quantity="1"/>')}${start}${userTask('one', `<hospital:take hold="${first}"/>`)}${userTask('other', `<hospital:take hold="${index === 0 ? other : one}"/>`)}${end}`,
        'start>one one>other other>end',
      ),
    ),
  ]
  for (const model of await Promise.all(models)) await publish(hospital.records, model)
})
afterAll(() => hospital.close())

beforeEach(() =>
  setLedger(hospital.records, {
    pools: [pool('nurse'), pool('bed', { turnover: 'clean' })],
    units: [unit('nurse1', 'nurse'), unit('bed1', 'bed')],
  }),
)

const stateOf = async (id: string) => {
  const [row] = await hospital.records.sql`select state, holder from units where id = ${id}`
  return row as { state: string; holder: string }
}

it('one nurse for two runs: one waits until the other is done', async () => {
  const runs = [await hospital.start('nursed'), await hospital.start('nursed')]
  const first = await eventually('a task', async () => (await Promise.all(runs.map((run) => hospital.tasks(run)))).flat()[0])
  const second = runs.find((run) => run !== first.run)!
  await hospital.drained()
  expect(await hospital.tasks(second)).toEqual([])
  expect(await stateOf('nurse1')).toEqual({ state: 'occupied', holder: first.run })
  await hospital.complete(first.run, 'care')
  await hospital.complete(second, 'care')
  await Promise.all(runs.map((run) => hospital.ended(run)))
  expect(await stateOf('nurse1')).toEqual({ state: 'free', holder: '' })
})

it('a bed that is left is cleaned by a run of its own before the next patient gets it', async () => {
  const [first, second] = [await hospital.start('stay'), await hospital.start('stay')]
  const task = await eventually('a task', async () => [...(await hospital.tasks(first)), ...(await hospital.tasks(second))][0])
  const [inside, waiting] = task.run === first ? [first, second] : [second, first]
  await hospital.complete(inside, 'enter')
  await hospital.complete(inside, 'leave')
  await hospital.ended(inside)
  const [cleaning] = await hospital.records.sql<{ id: string }[]>`select id from runs where turnover_unit = 'bed1'`
  expect((await stateOf('bed1')).state).toBe('dirty')
  expect(await hospital.tasks(waiting)).toEqual([])
  await hospital.complete(cleaning!.id, 'wash')
  await hospital.complete(waiting, 'enter')
  expect(await stateOf('bed1')).toEqual({ state: 'occupied', holder: waiting })
})

it('a called run gets the bed, and its caller what it found', async () => {
  const run = await hospital.start('transfer', { patient: 'p1' })
  await hospital.complete(run, 'enter')
  const called = await eventually('the called run', async () => {
    const [row] = await hospital.records.sql<{ id: string }[]>`select id from runs where caller_run = ${run}`
    return row?.id
  })
  await hospital.task(called, 'round')
  expect(await stateOf('bed1')).toEqual({ state: 'occupied', holder: called })
  await hospital.complete(called, 'round', { bad: false })
  await hospital.complete(run, 'after')
  const { state, variables } = await hospital.ended(run)
  expect({ state, seen: variables.seen }).toEqual({ state: 'completed', seen: 'p1' })
  expect((await stateOf('bed1')).state).toBe('dirty')
})

it('an error of a called run reaches its caller’s boundary by its code', async () => {
  const run = await hospital.start('transfer', { patient: 'p1' })
  await hospital.complete(run, 'enter')
  const called = await eventually('the called run', async () => {
    const [row] = await hospital.records.sql<{ id: string }[]>`select id from runs where caller_run = ${run}`
    return row?.id
  })
  await hospital.complete(called, 'round', { bad: true })
  await hospital.complete(run, 'rescue')
  expect((await hospital.ended(called)).state).toBe('failed')
  expect((await hospital.ended(run)).state).toBe('completed')
  expect(await hospital.story(run)).toContain('caught worse')
})

it('two runs of which each holds what the other waits for are told to operations, once', async () => {
  const [first, second] = [await hospital.start('holding-bed'), await hospital.start('holding-nurse')]
  expect(await alertOfCircularWaits(hospital.records)).toEqual([])
  await hospital.complete(first, 'one')
  await hospital.drained()
  // The other still works: it may give back.
  expect(await alertOfCircularWaits(hospital.records)).toEqual([])
  await hospital.complete(second, 'one')
  await hospital.drained()
  const found = await eventually('a circle', async () => {
    const circle = await alertOfCircularWaits(hospital.records)
    return circle.length > 0 ? circle : undefined
  })
  expect(found.map(({ holder, holds, waitsFor }) => [holder, holds, waitsFor[0]!.pool]).sort()).toEqual(
    [
      [first, ['bed1'], 'nurse'],
      [second, ['nurse1'], 'bed'],
    ].sort(),
  )
  await alertOfCircularWaits(hospital.records)
  const alerts = await hospital.records.sql`select run, level, owner from alerts where kind = 'circularWait' order by run`
  expect(alerts.map(({ run, level, owner }) => [run, level, owner])).toEqual(
    [first, second].sort().map((run) => [run, 'critical', 'operations']),
  )
})
