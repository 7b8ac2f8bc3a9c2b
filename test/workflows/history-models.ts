/** The runs whose histories are kept: between them, everything that the host does with Temporal. */
import { ConnectorError } from '../../activities/connector.ts'
import { cancelRun } from '../../records/runs.ts'
import { end, extended, start, userTask } from '../records/model.ts'
import { pool, publish, setLedger, unit } from '../records/support.ts'
import { pathway, pause, serviceTask } from './model.ts'
import type { LiveHospital } from './support.ts'

let partnerIsAway = true

export const connectors = {
  'partner.ask': async () => {
    if (partnerIsAway) throw new ConnectorError('The partner is away', { retryable: false })
    return { said: 'yes' }
  },
}

export async function publishModels({ records }: LiveHospital): Promise<void> {
  const hear = `<bpmn:intermediateCatchEvent id="hear">${extended('<hospital:correlation key="=who"/>')}<bpmn:messageEventDefinition messageRef="Advice"/></bpmn:intermediateCatchEvent>`
  const models = [
    pathway(
      'visit',
      `${start}${userTask('look', '<hospital:need pool="nurse" quantity="1"/>')}${pause('pause', 'PT1M')}${serviceTask('ask', 'partner.ask')}${userTask('note')}${end}`,
      'start>look look>pause pause>ask ask>note note>end',
    ),
    pathway(
      'outer',
      `${start}<bpmn:callActivity id="call" calledElement="inner"/>${userTask('note')}${end}`,
      'start>call call>note note>end',
    ),
    pathway('inner', `${start}${hear}${end}`, 'start>hear hear>end', { messages: ['Advice'] }),
  ]
  for (const model of await Promise.all(models)) await publish(records, model)
  await setLedger(records, { pools: [pool('nurse')], units: [unit('nurse1', 'nurse')] })
}

/** Plays a run through people, a nurse, a timer, an incident that is retried, and the end. @returns its id. */
export async function playVisit(hospital: LiveHospital): Promise<string> {
  partnerIsAway = true
  const run = await hospital.start('visit')
  await hospital.complete(run, 'look', { found: 'nothing' })
  const { wait } = await hospital.incident(run)
  partnerIsAway = false
  await hospital.resolve(run, wait, 'retry', 'they are back')
  await hospital.complete(run, 'note')
  await hospital.ended(run)
  return run
}

/** Plays a run that calls another and is cancelled while it waits for it. */
export async function playCancelled(hospital: LiveHospital): Promise<string> {
  const run = await hospital.start('outer')
  await hospital.reached(run, 'entered call')
  await hospital.drained()
  await cancelRun(hospital.records, { run, reason: 'The patient left', by: 'anne' })
  await hospital.ended(run)
  return run
}
