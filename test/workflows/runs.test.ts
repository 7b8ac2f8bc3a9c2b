// Goal: what people see of a run, from its start to its end. Method: real Postgres, Temporal, worker and relay; tiny pathways.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelRun } from '../../records/runs.ts'
import { end, extended, start, userTask } from '../records/model.ts'
import { publish } from '../records/support.ts'
import { pathway } from './model.ts'
import { LiveHospital, refusalOf } from './support.ts'

let hospital: LiveHospital

beforeAll(async () => {
  hospital = await LiveHospital.open()
  const models = [
    pathway(
      'visit',
      `${start}${userTask('look', '<hospital:output name="found" value="=result.found"/>')}${userTask('note')}${end}`,
      'start>look look>note note>end',
    ),
    pathway(
      'answer',
      `${start}<bpmn:intermediateCatchEvent id="hear">${extended(
        '<hospital:correlation key="=patient"/><hospital:set variable="said" value="=payload.text"/>',
      )}<bpmn:messageEventDefinition messageRef="Advice"/></bpmn:intermediateCatchEvent>${end}`,
      'start>hear hear>end',
      { messages: ['Advice'] },
    ),
    pathway(
      'advise',
      `${start}<bpmn:sendTask id="say" messageRef="Advice">${extended(
        '<hospital:correlation key="=patient"/><hospital:payload name="text" value="=text"/>',
      )}</bpmn:sendTask>${end}`,
      'start>say say>end',
      { messages: ['Advice'] },
    ),
  ]
  for (const model of await Promise.all(models)) await publish(hospital.records, model)
})
afterAll(() => hospital.close())

describe('a run', () => {
  it('goes from its start to its end through people’s tasks', async () => {
    const run = await hospital.start('visit', { patient: 'p1' })
    await hospital.complete(run, 'look', { found: 'nothing' })
    await hospital.complete(run, 'note')
    const { state, variables } = await hospital.ended(run)
    expect({ state, variables }).toEqual({ state: 'completed', variables: { patient: 'p1', found: 'nothing' } })
    expect(await hospital.story(run)).toEqual([
      'entered start',
      'completed start',
      'entered look',
      'completed look',
      'entered note',
      'completed note',
      'entered end',
      'completed end',
    ])
    expect((await hospital.tasks(run)).map(({ state, completedBy }) => ({ state, completedBy }))).toEqual([
      { state: 'completed', completedBy: 'nurse/1' },
      { state: 'completed', completedBy: 'nurse/1' },
    ])
  })

  it('completes a task once, however often it is asked with the same key', async () => {
    const run = await hospital.start('visit')
    const { wait } = await hospital.task(run, 'look')
    const asked = { wait, result: { found: 1 }, key: `complete-${run}`, at: 5 }
    const answers = await Promise.all([hospital.update(run, asked), hospital.update(run, asked)])
    expect(answers).toEqual([2, 2])
    expect(await hospital.update(run, asked)).toBe(2)
    expect((await hospital.story(run)).filter((fact) => fact === 'completed look')).toHaveLength(1)
    await hospital.complete(run, 'note')
    expect((await hospital.ended(run)).state).toBe('completed')
  })

  it('lets one of two people complete a task, and tells the other', async () => {
    const run = await hospital.start('visit')
    const { wait } = await hospital.task(run, 'look')
    const refusals = await Promise.all([
      refusalOf(hospital.update(run, { wait, by: 'nurse/1', result: { found: 'a' } })),
      refusalOf(hospital.update(run, { wait, by: 'nurse/2', result: { found: 'b' } })),
    ])
    expect(refusals.sort()).toEqual(['UnknownWait', 'accepted'])
    expect((await hospital.story(run)).filter((fact) => fact === 'completed look')).toHaveLength(1)
  })

  it('refuses a stale completion, and nothing changes', async () => {
    const run = await hospital.start('visit')
    const { wait } = await hospital.task(run, 'look')
    await hospital.update(run, { wait })
    await hospital.task(run, 'note')
    const before = [await hospital.facts(run), await hospital.tasks(run)]
    expect(await refusalOf(hospital.update(run, { wait }))).toBe('UnknownWait')
    expect(await refusalOf(hospital.update(run, { wait: 0 }))).toBe('UnknownWait')
    expect([await hospital.facts(run), await hospital.tasks(run)]).toEqual(before)
  })

  it('ends when it is cancelled, and its tasks leave the worklist', async () => {
    const run = await hospital.start('visit')
    await hospital.task(run, 'look')
    await cancelRun(hospital.records, { run, reason: 'The patient left', by: 'anne' })
    expect((await hospital.ended(run)).state).toBe('cancelled')
    expect((await hospital.tasks(run)).map(({ state }) => state)).toEqual(['cancelled'])
    expect(await hospital.client.workflow.getHandle(run).result()).toEqual({ outcome: 'cancelled' })
  })
})

describe('a message between runs', () => {
  it('reaches the run that listens for its key', async () => {
    const [one, other] = [await hospital.start('answer', { patient: 'p1' }), await hospital.start('answer', { patient: 'p2' })]
    await hospital.start('advise', { patient: 'p2', text: 'rest' })
    expect((await hospital.ended(other)).variables.said).toBe('rest')
    await hospital.start('advise', { patient: 'p1', text: 'walk' })
    expect((await hospital.ended(one)).variables.said).toBe('walk')
  })

  it('is kept for a run that listens later', async () => {
    const sender = await hospital.start('advise', { patient: 'p3', text: 'drink' })
    await hospital.ended(sender)
    expect((await hospital.ended(await hospital.start('answer', { patient: 'p3' }))).variables.said).toBe('drink')
  })
})

describe('what Temporal stores', () => {
  it('holds no health datum, no program and no name in clear', async () => {
    const telling = 'phéochromocytome-7f3a'
    const run = await hospital.start('visit', { diagnosis: telling })
    await hospital.complete(run, 'look', { found: `${telling} again` })
    await hospital.complete(run, 'note')
    await hospital.ended(run)
    const handle = hospital.client.workflow.getHandle(run)
    await handle.result()
    const history = await handle.fetchHistory()
    const description = await handle.describe()
    const stored = textOf([history, description.raw])
    expect(stored).toContain('visit')
    for (const clear of [telling, 'pheochromo', 'diagnosis', 'found', 'nurse/1', 'look it']) expect(stored).not.toContain(clear)
  })
})

/** All bytes and texts of a message, as one text. */
function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([key, each]) => `${key} ${typeof each === 'function' ? '' : textOf(each)}`)
    .join('\n')
}
