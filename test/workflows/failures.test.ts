// Goal: an error that nobody catches stops a run, loses nothing, and an operator can go on. Method: real services, a decision without a way out.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRun } from '../../records/runs.ts'
import { RESOLVE_INCIDENT } from '../../workflows/messages.ts'
import { end, start, userTask } from '../records/model.ts'
import { pool, publish, setLedger, unit } from '../records/support.ts'
import { pathway } from './model.ts'
import { eventually, LiveHospital, refusalOf } from './support.ts'

let hospital: LiveHospital
beforeAll(async () => {
  hospital = await LiveHospital.open()
  await setLedger(hospital.records, { pools: [pool('bed')], units: [unit('bed1', 'bed')], lots: [] })
  const ward = '<bpmn:extensionElements><hospital:hold name="bed" pool="bed" quantity="1"/></bpmn:extensionElements>'
  const choice = '<bpmn:exclusiveGateway id="choice"/>'
  await publish(
    hospital.records,
    await pathway(
      'choosing',
      `${ward}${start}${userTask('lie', '<hospital:take hold="bed"/>')}${choice}${userTask('up')}${userTask('down')}${end}<bpmn:endEvent id="end2"/>`,
      'start>lie lie>choice choice>up?way="up" choice>down?way="down" up>end down>end2',
    ),
  )
  await publish(
    hospital.records,
    await pathway('calling', `${start}<bpmn:callActivity id="call" calledElement="lost"/>${end}`, 'start>call call>end'),
  )
  await publish(
    hospital.records,
    await pathway(
      'lost',
      `${start}<bpmn:endEvent id="stop"><bpmn:errorEventDefinition errorRef="Lost"/></bpmn:endEvent>`,
      'start>stop',
      { errors: ['Lost'] },
    ),
  )
})
afterAll(() => hospital.close())

const held = async () => (await hospital.records.sql<{ holder: string }[]>`select holder from units where id = 'bed1'`)[0]!.holder
const decide = (run: string, wait: number, action: 'retry' | 'skip' | 'cancel', variables = {}) =>
  hospital.client.workflow
    .getHandle(run)
    .executeUpdate(RESOLVE_INCIDENT, { args: [{ wait, action, reason: 'because', by: 'administrator/1', at: 1, variables }] })

describe('an error that nobody catches', () => {
  it('is told with its element and code; the run keeps its bed and what was completed, and goes on once its data are right', async () => {
    const run = await hospital.start('choosing', { way: 'sideways' })
    await hospital.complete(run, 'lie', { seen: true })
    const incident = await hospital.incident(run)
    expect(incident).toMatchObject({ element: 'choice', activity: 'failure', reason: expect.stringContaining('noFlow') })
    expect((await readRun(hospital.records, run))!.state).toBe('running')
    expect(await held()).toBe(run)
    expect((await hospital.tasks(run)).map(({ element, state, completedBy }) => [element, state, completedBy])).toEqual([
      ['lie', 'completed', 'nurse/1'],
    ])
    expect(await refusalOf(hospital.update(run, { wait: incident.wait }))).toBe('UnknownWait')
    expect(await refusalOf(decide(run, incident.wait, 'skip'))).toBe('NoSuchIncident')
    await decide(run, incident.wait, 'retry')
    const again = await eventually('another incident', async () =>
      (await hospital.incidents(run)).find(({ state }, index) => index > 0 && state === 'open'),
    )
    // It survives being moved to another release.
    await hospital.client.workflow.getHandle(run).signal('moveOn')
    await decide(run, again.wait, 'retry', { way: 'up' })
    await hospital.complete(run, 'up')
    const { state, variables } = await hospital.ended(run)
    expect({ state, variables }).toEqual({ state: 'completed', variables: { way: 'up', seen: true } })
    expect(await held()).toBe('')
    expect((await hospital.story(run)).filter((fact) => fact === 'completed lie')).toHaveLength(1)
    expect((await hospital.incidents(run)).map(({ state, remedy }) => [state, remedy])).toEqual([
      ['resolved', 'retry'],
      ['resolved', 'retry'],
    ])
  })

  it('fails the run when the operator says so, and gives back what it holds', async () => {
    const run = await hospital.start('choosing', { way: 'sideways' })
    await hospital.complete(run, 'lie')
    const { wait } = await hospital.incident(run)
    await decide(run, wait, 'cancel')
    expect(await hospital.ended(run)).toMatchObject({ state: 'failed', errorCode: 'noFlow' })
    expect(await held()).toBe('')
    expect(await hospital.story(run)).toContain('failed choice')
  })

  it('of a called run is its caller’s: the caller stops at the call', async () => {
    const run = await hospital.start('calling')
    const incident = await hospital.incident(run)
    expect(incident).toMatchObject({ activity: 'failure', reason: expect.stringContaining('Lost') })
    const [called] = await hospital.records.sql`select state, error_code from runs where caller_run = ${run}`
    expect(called).toMatchObject({ state: 'failed', error_code: 'Lost' })
    await decide(run, incident.wait, 'cancel')
    expect(await hospital.ended(run)).toMatchObject({ state: 'failed', errorCode: 'Lost' })
  })

  it('at the very start stops it there', async () => {
    const run = await hospital.start('lost')
    const { wait, element } = await hospital.incident(run)
    expect(element).toBe('stop')
    await decide(run, wait, 'cancel')
    expect(await hospital.ended(run)).toMatchObject({ state: 'failed', errorCode: 'Lost' })
  })
})
