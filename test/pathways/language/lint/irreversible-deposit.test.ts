// Goal: what cannot be taken back is not sent while the work around it may still be cancelled. Method: each way to cancel, before and after the deposit.
import { describe, expect, it } from 'vitest'
import { createActivities } from '../../../../activities/connectors.ts'
import { irreversibleActivities } from '../../../../pathways/language/lint/irreversible-activities.ts'
import { process } from '../../../conformance/small-model.ts'
import { chain, findingsIn, foundBy, task } from './linted.ts'

const deposit = (id = 'd', name = 'monEspaceSante.deposit') =>
  `<serviceTask id="${id}"><extensionElements><hospital:activity name="${name}"/><hospital:duration value="PT20S"/></extensionElements></serviceTask>`
const message = '<messageEventDefinition messageRef="m"/>'
const found = (inside: string) =>
  foundBy('irreversible-before-cancel', process(`<startEvent id="s"/><endEvent id="e"/>${inside}`))
const FIRES = ['warning d']

/** A subprocess around a deposit and what comes before and after it, with something on its boundary. */
const scope = (steps: string[], drawn: string, boundary: string, type = 'subProcess') =>
  `<${type} id="p1"><startEvent id="ps"/>${deposit()}${drawn}<endEvent id="pe"/>${chain('ps', ...steps, 'pe')}</${type}><boundaryEvent id="x" attachedToRef="p1" ${boundary}</boundaryEvent><endEvent id="xe"/>${chain('s', 'p1', 'e')}${chain('x', 'xe')}`

describe('an interrupting event on the boundary', () => {
  it('may come while something follows the deposit', async () => {
    expect(await found(scope(['d', 'a'], task('a'), `>${message}`))).toEqual(FIRES)
    expect(await found(scope(['a', 'd'], task('a'), `>${message}`))).toEqual([])
    expect(await found(scope(['d', 'a'], task('a'), `cancelActivity="false">${message}`))).toEqual([])
  })

  it('may come while something goes on beside the deposit', async () => {
    const drawn = `<parallelGateway id="f"/><parallelGateway id="j"/>${task('a')}${chain('f', 'a', 'j')}`
    expect(await found(scope(['f', 'd', 'j'], drawn, `>${message}`))).toEqual(FIRES)
  })

  it('hears an error that is thrown after the deposit, and nothing else', async () => {
    const thrown = (definition: string, onwards: string) =>
      `<exclusiveGateway id="g" default="${onwards}"/><endEvent id="no">${definition}</endEvent><sequenceFlow id="g_no" sourceRef="g" targetRef="no"><conditionExpression>x</conditionExpression></sequenceFlow>`
    const error = '<errorEventDefinition errorRef="nogo"/>'
    expect(await found(scope(['d', 'g'], thrown(error, 'g_pe'), `>${error}`))).toEqual(FIRES)
    expect(await found(scope(['g', 'd'], thrown(error, 'g_d'), `>${error}`))).toEqual([])
    const escalation = '<escalationEventDefinition escalationRef="late"/>'
    expect(await found(scope(['d', 'g'], thrown(escalation, 'g_pe'), `>${error}`))).toEqual([])
  })
})

describe('a transaction', () => {
  const cancelling = (steps: string[], more = '') =>
    scope(
      steps,
      `<exclusiveGateway id="g" default="${steps.at(-1) === 'g' ? 'g_pe' : 'g_d'}"/><endEvent id="no"><cancelEventDefinition/></endEvent><sequenceFlow id="g_no" sourceRef="g" targetRef="no"><conditionExpression>x</conditionExpression></sequenceFlow>${more}`,
      '><cancelEventDefinition/>',
      'transaction',
    )
  it('that may be cancelled after the deposit', async () => {
    expect(await found(cancelling(['d', 'g']))).toEqual(FIRES)
    expect(await found(cancelling(['g', 'd']))).toEqual([])
  })

  it('whose deposit has an activity that corrects it', async () => {
    const undoing = `<boundaryEvent id="c" attachedToRef="d"><compensateEventDefinition/></boundaryEvent><task id="h" isForCompensation="true"/><association id="as" sourceRef="c" targetRef="h"/>`
    expect(await found(cancelling(['d', 'g'], undoing))).toEqual([])
  })
})

describe('an event subprocess of the process', () => {
  const cancelled = (steps: string[], isInterrupting = true) =>
    `${deposit()}${task('a')}${chain('s', ...steps, 'e')}<subProcess id="p1" triggeredByEvent="true"><startEvent id="ps" isInterrupting="${isInterrupting}">${message}</startEvent><endEvent id="pe"/>${chain('ps', 'pe')}</subProcess>`
  it('that interrupts while something follows the deposit', async () => {
    expect(await found(cancelled(['d', 'a']))).toEqual(FIRES)
    expect(await found(cancelled(['a', 'd']))).toEqual([])
    expect(await found(cancelled(['d', 'a'], false))).toEqual([])
  })

  it('says what may cancel', async () => {
    const [finding] = await findingsIn(process(`<startEvent id="s"/><endEvent id="e"/>${cancelled(['d', 'a'])}`))
    expect(finding!.message).toContain('start event "ps" may still cancel')
    expect(finding!.french.message).toContain('l’événement de début « ps » peut encore annuler')
  })
})

describe('what cannot be taken back', () => {
  it('are activities that exist', () => {
    const known = Object.keys(createActivities({} as Parameters<typeof createActivities>[0]))
    expect(known).toEqual(expect.arrayContaining([...irreversibleActivities]))
  })

  it('is not what only this house has seen', async () => {
    const inside = scope(['d', 'a'], task('a'), `>${message}`).replace('monEspaceSante.deposit', 'documents.dischargeLetter')
    expect(await found(inside)).toEqual([])
  })
})
