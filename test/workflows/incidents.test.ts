// Goal: what a system activity cannot do is tried again, then told, then decided by somebody. Method: real services, connectors that fail.
import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Connector, ConnectorError } from '../../activities/connector.ts'
import { end, start, userTask } from '../records/model.ts'
import { publish } from '../records/support.ts'
import { pathway, serviceTask } from './model.ts'
import { eventually, LiveHospital, refusalOf } from './support.ts'

const ATTEMPTS_MAX = 8
let hospital: LiveHospital
let attempts: number
/** How the partner behaves at each attempt. */
let partner: (attempt: number) => void

const connectors: Record<string, Connector> = {
  'partner.ask': async () => {
    partner(++attempts)
    return { said: 'yes' }
  },
}

const soon = (message: string) => ApplicationFailure.create({ message, nextRetryDelay: '10 milliseconds' })
const refused = () => {
  throw new ConnectorError('The partner refused', { retryable: false })
}

beforeAll(async () => {
  hospital = await LiveHospital.open({ connectors })
  const ask = serviceTask('ask', 'partner.ask', '<hospital:output name="said" value="=result.said"/>')
  const model = await pathway(
    'enquiry',
    `${start}${ask}${userTask('read')}${end}
     <bpmn:boundaryEvent id="closed" attachedToRef="ask"><bpmn:errorEventDefinition errorRef="Closed"/></bpmn:boundaryEvent>${userTask('phone')}<bpmn:endEvent id="phoned"/>`,
    'start>ask ask>read read>end closed>phone phone>phoned',
    { errors: ['Closed'] },
  )
  await publish(hospital.records, model)
})
afterAll(() => hospital.close())
beforeEach(() => {
  attempts = 0
})

it('an activity that fails is tried again until it succeeds', async () => {
  partner = (attempt) => {
    if (attempt < 3) throw soon('away')
  }
  const run = await hospital.start('enquiry')
  await hospital.complete(run, 'read')
  expect((await hospital.ended(run)).variables.said).toBe('yes')
  expect(attempts).toBe(3)
  expect(await hospital.incidents(run)).toEqual([])
})

it('one that exhausts its tries is an incident; retried, it goes on', async () => {
  partner = (attempt) => {
    if (attempt <= ATTEMPTS_MAX) throw soon('The partner is away')
  }
  const run = await hospital.start('enquiry')
  const { wait, reason, element, activity } = await hospital.incident(run)
  expect({ reason, element, activity }).toEqual({ reason: 'The partner is away', element: 'ask', activity: 'partner.ask' })
  expect(attempts).toBe(ATTEMPTS_MAX)
  await hospital.resolve(run, wait, 'retry', 'they are back')
  await hospital.complete(run, 'read')
  await hospital.ended(run)
  expect(await hospital.incidents(run)).toMatchObject([{ state: 'resolved', remedy: 'retry' }])
  expect(await refusalOf(hospital.resolve(run, wait, 'retry')).catch(() => 'over')).toBe('over')
})

it('skipped with a reason, the run goes on without it', async () => {
  partner = refused
  const run = await hospital.start('enquiry')
  const { wait } = await hospital.incident(run)
  expect(attempts).toBe(1)
  await hospital.resolve(run, wait, 'skip', 'done by hand')
  expect(await refusalOf(hospital.resolve(run, wait, 'skip', 'again'))).toBe('NoSuchIncident')
  await hospital.complete(run, 'read')
  expect((await hospital.ended(run)).state).toBe('completed')
  expect(await hospital.incidents(run)).toMatchObject([{ state: 'resolved', remedy: 'skip', remedyReason: 'done by hand' }])
})

it('cancelled, the run ends', async () => {
  partner = refused
  const run = await hospital.start('enquiry')
  await hospital.resolve(run, (await hospital.incident(run)).wait, 'cancel', 'pointless')
  expect((await hospital.ended(run)).state).toBe('cancelled')
  expect(await hospital.incidents(run)).toMatchObject([{ state: 'resolved', remedy: 'cancel' }])
})

it('retried in vain, it is an incident again', async () => {
  partner = refused
  const run = await hospital.start('enquiry')
  const { wait } = await hospital.incident(run)
  await hospital.resolve(run, wait, 'retry')
  await eventually('a second incident', async () => (await hospital.incidents(run)).length === 2 || undefined)
  expect(attempts).toBe(2)
})

it('a refusal by code is the pathway’s own business', async () => {
  partner = () => {
    throw new ConnectorError('Closed today', { retryable: false, code: 'Closed' })
  }
  const run = await hospital.start('enquiry')
  await hospital.complete(run, 'phone')
  expect((await hospital.ended(run)).state).toBe('completed')
  expect(await hospital.incidents(run)).toEqual([])
})
