// Goal: who keeps a unit while asking for another of the same is warned. Method: small drawings, each beside one where the first is given back in time.
import { describe, expect, it } from 'vitest'
import { flow } from '../../../conformance/small-model.ts'
import { chain, findingsIn, foundBy, holding, task } from './linted.ts'

const take = (hold: string) => `<hospital:take hold="${hold}"/>`
const give = (hold: string) => `<hospital:give hold="${hold}"/>`
const need = (pool: string) => `<hospital:need pool="${pool}"/>`
const BED: [string, string][] = [['bed', 'bed']]
const TWO_BEDS: [string, string][] = [
  ['first', 'bed'],
  ['second', 'bed'],
]
const found = (holds: [string, string][], drawn: string) => foundBy('hold-and-wait', holding(holds, drawn))
const straight = (...tasks: [id: string, extensions: string][]) =>
  tasks.map(([id, extensions]) => task(id, extensions)).join('') + chain('s', ...tasks.map(([id]) => id), 'e')

describe('over a call', () => {
  const called = (inside: string, more = '') =>
    `<process id="q" isExecutable="true"><startEvent id="s2"/>${inside}<endEvent id="e2"/>${chain('s2', 't2', 'e2')}</process>${more}`
  const calling = (passes: string, other: string) =>
    holding(
      BED,
      `${task('a', take('bed'))}<callActivity id="c" calledElement="q"><extensionElements>${passes}</extensionElements></callActivity>${chain('s', 'a', 'c', 'e')}`,
    ).replace('</definitions>', `${other}</definitions>`)
  const further = `<process id="r" isExecutable="true"><startEvent id="s3"/>${task('t3', need('bed'))}<endEvent id="e3"/>${chain('s3', 't3', 'e3')}</process>`

  it('the called pathway asks for what the caller keeps, lent or not', async () => {
    for (const passes of ['', '<hospital:lend hold="bed"/>']) {
      const [finding, ...others] = await findingsIn(calling(passes, called(task('t2', need('bed')))))
      expect(finding).toMatchObject({ rule: 'hold-and-wait', severity: 'warning', element: 'c' })
      expect(finding!.message).toContain('calls "q", which asks for "bed" ("t2") while the patient keeps another of them ("bed")')
      expect(others).toEqual([])
    }
  })

  it('through a call of its own', async () => {
    expect(await foundBy('hold-and-wait', calling('', called('<callActivity id="t2" calledElement="r"/>', further)))).toEqual([
      'warning c',
    ])
  })

  it('not when it is handed over, or another resource is asked for', async () => {
    expect(await foundBy('hold-and-wait', calling('<hospital:handOver hold="bed"/>', called(task('t2', need('bed')))))).toEqual(
      [],
    )
    expect(await foundBy('hold-and-wait', calling('', called(task('t2', need('nurse')))))).toEqual([])
  })
})

describe('in a row', () => {
  it('needs another while holding', async () => {
    expect(await found(BED, straight(['a', take('bed')], ['b', need('bed')]))).toEqual(['warning b'])
    expect(await found(BED, straight(['a', take('bed')], ['c', give('bed')], ['b', need('bed')]))).toEqual([])
    expect(await found(BED, straight(['a', take('bed')], ['b', need('nurse')]))).toEqual([])
  })

  it('takes another before giving the first back: it is granted first', async () => {
    const [finding] = await findingsIn(holding(TWO_BEDS, straight(['a', take('first')], ['b', take('second') + give('first')])))
    expect(finding).toMatchObject({ rule: 'hold-and-wait', severity: 'warning', element: 'b' })
    expect(finding!.message).toContain('asks for "bed" while the patient may keep another of them ("first")')
    expect(await found(TWO_BEDS, straight(['a', take('first')], ['c', give('first')], ['b', take('second')]))).toEqual([])
  })

  it('asks for both at once', async () => {
    expect(await found(TWO_BEDS, straight(['a', take('first') + take('second')]))).toEqual([])
  })

  it('holds what its caller handed over', async () => {
    expect(await found(BED, straight(['b', need('bed')]))).toEqual(['warning b'])
  })

  it('has handed it over to the pathway that it called', async () => {
    const call = (passing: string) =>
      `${task('a', take('bed'))}<callActivity id="c" calledElement="q"><extensionElements><hospital:${passing} hold="bed"/></extensionElements></callActivity>${task('b', need('bed'))}${chain('s', 'a', 'c', 'b', 'e')}`
    expect(await found(BED, call('lend'))).toEqual(['warning b'])
    expect(await found(BED, call('handOver'))).toEqual([])
  })
})

describe('where ways part', () => {
  const choice = (on: string) =>
    `<exclusiveGateway id="x" default="x_y"/><exclusiveGateway id="y"/>${task('a', take('bed'))}${task('c', on)}${task('b', need('bed'))}${chain('s', 'a', 'x', 'y', 'b', 'e')}<sequenceFlow id="x_c" sourceRef="x" targetRef="c"><conditionExpression>z</conditionExpression></sequenceFlow>${flow('c', 'y')}`
  it('given back on one way of two: the other still holds it', async () => {
    expect(await found(BED, choice(give('bed')))).toEqual(['warning b'])
  })

  const parallel = (one: string, other: string, after = '') =>
    `<parallelGateway id="x"/><parallelGateway id="y"/>${task('a', take('bed'))}${task('b', one)}${task('c', other)}${task('d', after)}${chain('s', 'a', 'x', 'b', 'y', 'd', 'e')}${chain('x', 'c', 'y')}`
  it('a way beside that gives it back does not wait', async () => {
    expect(await found(BED, parallel(need('bed'), ''))).toEqual(['warning b'])
    expect(await found(BED, parallel(need('bed'), give('bed')))).toEqual([])
    expect(await found(BED, parallel('', give('bed'), need('bed')))).toEqual([])
    expect(await found(BED, parallel('', '', need('bed')))).toEqual(['warning d'])
  })

  const boundary = (attributes: string, then: string, giver: string) =>
    `${task('a', take('bed'))}${task('b')}<boundaryEvent id="t" attachedToRef="b" ${attributes}><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>${task('c', then)}${task('d', giver)}<endEvent id="e2"/>${chain('s', 'a', 'b', 'd', 'e')}${chain('t', 'c', 'e2')}`
  it('on the way of a boundary event', async () => {
    expect(await found(BED, boundary('', need('bed'), give('bed')))).toEqual(['warning c'])
    expect(await found(BED, boundary('cancelActivity="false"', need('bed'), ''))).toEqual(['warning c'])
    expect(await found(BED, boundary('cancelActivity="false"', need('bed'), give('bed')))).toEqual([])
  })
})

describe('in and out of subprocesses', () => {
  const scope = (extensions: string, inner: string, after = '') =>
    `<subProcess id="p1"><extensionElements>${extensions}</extensionElements><startEvent id="ps"/>${task('b', inner)}<endEvent id="pe"/>${chain('ps', 'b', 'pe')}</subProcess>${task('c', after)}${chain('s', 'p1', 'c', 'e')}`
  it('asks inside for what the subprocess needs as long as it lasts', async () => {
    expect(await found([], scope(need('bed'), need('bed')))).toEqual(['warning b'])
    expect(await found([], scope(need('bed'), '', need('bed')))).toEqual([])
  })

  it('what lives with the subprocess is given back with it, what lives outside is not', async () => {
    expect(await found([], scope('<hospital:hold name="bed" pool="bed"/>', take('bed'), need('bed')))).toEqual([])
    expect(await found(BED, scope('', take('bed'), need('bed')))).toEqual(['warning c'])
  })

  it('in an event subprocess, when its scope does not give back what it holds meanwhile', async () => {
    const event = (isInterrupting: boolean, giver: string) =>
      `${task('a', take('bed'))}${task('b', giver)}<subProcess id="p1" triggeredByEvent="true"><startEvent id="ps" isInterrupting="${isInterrupting}"><messageEventDefinition messageRef="m"/></startEvent>${task('c', need('bed'))}<endEvent id="pe"/>${chain('ps', 'c', 'pe')}</subProcess>${chain('s', 'a', 'b', 'e')}`
    expect(await found(BED, event(true, give('bed')))).toEqual(['warning c'])
    expect(await found(BED, event(false, ''))).toEqual(['warning c'])
    expect(await found(BED, event(false, give('bed')))).toEqual([])
  })
})
