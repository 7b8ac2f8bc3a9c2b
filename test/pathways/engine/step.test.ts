/** What single events do: refusals, late answers, cancellation, what a host must carry out again. */
import { describe, expect, it } from 'vitest'
import { accepts, begin, isOver, RefusedEventError, reopen, step } from '../../../pathways/engine/index.ts'
import { extensions, lasting, message, model, single } from '../../conformance/model.ts'
import { facts, grantOf, loadText, started, tell, waitAt } from './drive.ts'

const need = (id: string) => `<userTask id="${id}">${extensions('<hospital:need pool="nurse"/>')}</userTask>`
const oneTask = loadText(single('<startEvent id="start"/><userTask id="A"/><endEvent id="end"/>\nflow: start > A > end'))
const unseen = loadText(
  single(`<startEvent id="start"/>${need('A')}<boundaryEvent id="leaves" attachedToRef="A">${lasting('PT1H')}</boundaryEvent><userTask id="B"/><endEvent id="end"/>
    flow: start > A > end
    flow: leaves > B > end`),
)
const calling = loadText(
  single(`<startEvent id="start"/><callActivity id="C" calledElement="other"/><boundaryEvent id="late" attachedToRef="C">${lasting('PT1H')}</boundaryEvent><endEvent id="end"/>
    flow: start > C > end
    flow: late > end`),
)

describe('accepts', () => {
  it('says in plain words why not', async () => {
    const executable = await oneTask
    const fresh = begin(executable)
    expect(accepts(executable, fresh, { type: 'cancelled', at: 0, reason: '' })?.code).toBe('NotStarted')
    expect(accepts(executable, fresh, { type: 'started', at: 0, start: 2, variables: {}, holds: [] })?.code).toBe('NoSuchStart')
    const run = started(executable)
    const { id } = waitAt(run, 'A')
    const code = (event: Parameters<typeof accepts>[2]) => accepts(executable, run.instance, event)?.code
    expect(code({ type: 'elapsed', at: 0, wait: id })).toBe('WrongKindOfWait')
    expect(code({ type: 'completed', at: 0, wait: 99, result: {} })).toBe('UnknownWait')
    expect(code({ type: 'completed', at: 0.5, wait: id, result: {} })).toBe('BadTime')
    expect(code({ type: 'completed', at: 0, wait: id, result: JSON.parse('{"__proto__":1}') })).toBe('BadName')
    tell(run, { type: 'completed', at: 1, wait: id, result: {} })
    expect(code({ type: 'completed', at: 1, wait: id, result: {} })).toBe('RunOver')
    expect(() => tell(run, { type: 'completed', at: 1, wait: id, result: {} })).toThrow(RefusedEventError)
  })

  it('takes a grant as a whole or not at all', async () => {
    const executable = await loadText(
      single(`<startEvent id="start"/><userTask id="A">${extensions('<hospital:need pool="nurse"/><hospital:need pool="room"/>')}</userTask>
        flow: start > A`),
    )
    const run = started(executable)
    const whole = grantOf(run, waitAt(run, 'A').id, 0)
    if (whole.type !== 'granted') throw new Error('expected a grant')
    expect(accepts(executable, run.instance, { ...whole, grants: whole.grants.slice(1) })?.code).toBe('WrongGrant')
    expect(accepts(executable, run.instance, { ...whole, grants: whole.grants.slice(0, 1) })?.code).toBe('WrongGrant')
    expect(accepts(executable, run.instance, { ...whole, grants: [{ hold: 77, units: [], lots: [] }] })?.code).toBe('WrongGrant')
    expect(accepts(executable, run.instance, whole)).toBeNull()
  })
})

describe('late answers', () => {
  it('gives a grant back whose request was withdrawn', async () => {
    const run = started(await unseen)
    const request = run.instance.marking.waits.find(({ kind }) => kind === 'request')!
    const grant = grantOf(run, request.id, 5)
    const effects = tell(run, { type: 'elapsed', at: 3_600_000, wait: waitAt(run, 'leaves').id })
    expect(effects).toContainEqual({ type: 'cancel', wait: request.id, kind: 'request' })
    expect(run.instance.marking.holds).toEqual([])
    const before = JSON.stringify(run.instance)
    expect(tell(run, grant)).toEqual([{ type: 'release', hold: grant.type === 'granted' ? grant.grants[0]!.hold : -1 }])
    expect(JSON.stringify(run.instance)).toBe(before)
  })

  it('does not give back what a repeated grant names and the run holds', async () => {
    const run = started(await unseen)
    const request = run.instance.marking.waits.find(({ kind }) => kind === 'request')!
    const grant = grantOf(run, request.id, 5)
    tell(run, grant)
    expect(tell(run, grant)).toEqual([])
  })

  it('waits for a called run that it has cancelled, whatever its outcome', async () => {
    const executable = await calling
    const run = started(executable)
    const call = waitAt(run, 'C').id
    const effects = tell(run, { type: 'elapsed', at: 3_600_000, wait: waitAt(run, 'late').id })
    expect(effects).toContainEqual({ type: 'cancel', wait: call, kind: 'call' })
    expect(run.instance.marking.activations.find(({ id }) => id !== 0)).toMatchObject({ state: 'cancelling' })
    const ended = tell(run, {
      type: 'runEnded',
      at: 3_600_001,
      wait: call,
      outcome: 'completed',
      variables: { x: 1 },
      error: null,
    })
    expect(facts(executable.program, ended)).toEqual(['cancelled C', 'completed late', 'entered end', 'completed end'])
    expect(run.instance.variables[0]).toEqual({})
    expect(tell(run, { type: 'runEnded', at: 3_600_002, wait: call, outcome: 'completed', variables: {}, error: null })).toEqual(
      [],
    )
  })
})

describe('the whole run', () => {
  it('is cancelled at once when nothing was called', async () => {
    const run = started(await unseen)
    const effects = tell(run, { type: 'cancelled', at: 7, reason: 'wrong patient' })
    expect(effects.at(-1)).toEqual({ type: 'end', outcome: 'cancelled', at: 7, error: null })
    expect(isOver(run.instance)).toBe(true)
  })

  it('that fails with a called run under way ends failed when that has ended', async () => {
    const executable = await loadText(
      single(`<startEvent id="start"/><callActivity id="C" calledElement="other"/><userTask id="A"/>
        flow: start > C
        flow: start > A`),
    )
    const run = started(executable)
    const call = waitAt(run, 'C').id
    tell(run, { type: 'failed', at: 1, wait: waitAt(run, 'A').id, code: 'bad', message: 'broken' })
    expect(isOver(run.instance)).toBe(false)
    const effects = tell(run, { type: 'runEnded', at: 2, wait: call, outcome: 'cancelled', variables: {}, error: null })
    expect(effects.at(-1)).toEqual({
      type: 'end',
      outcome: 'failed',
      at: 2,
      error: { code: 'bad', message: 'broken', element: 'A' },
    })
  })

  it('that goes round without waiting is stopped', async () => {
    const executable = await loadText(
      single(`<startEvent id="start"/><exclusiveGateway id="again"/><scriptTask id="A" scriptFormat="feel"><script>1</script></scriptTask>
        flow: start > again > A > again`),
    )
    expect(started(executable).instance.bookkeeping.error).toMatchObject({ code: 'endlessLoop' })
  })

  it('never goes back in time', async () => {
    const run = started(await oneTask)
    tell(run, { type: 'variablesChanged', at: 100, variables: { x: 1 } })
    const effects = tell(run, { type: 'completed', at: 40, wait: waitAt(run, 'A').id, result: {} })
    expect(effects.at(-1)).toMatchObject({ type: 'end', at: 100 })
  })
})

describe('a unit that is lost', () => {
  it('makes its task ask again', async () => {
    const executable = await unseen
    const run = started(executable)
    tell(run, grantOf(run, run.instance.marking.waits.find(({ kind }) => kind === 'request')!.id, 1))
    const task = run.instance.marking.waits.find(({ kind }) => kind === 'task')!
    const effects = tell(run, { type: 'revoked', at: 2, hold: run.instance.marking.holds[0]!.id })
    expect(effects.map(({ type }) => type)).toEqual(['cancel', 'record', 'acquire'])
    expect(effects[0]).toEqual({ type: 'cancel', wait: task.id, kind: 'task' })
    expect(run.instance.marking.waits.some(({ node }) => executable.program.nodes[node]!.id === 'leaves')).toBe(true)
  })

  it('is an error to those who catch it, and nothing to others, when a scope held it', async () => {
    const executable = await loadText(
      single(`${extensions('<hospital:hold name="bed" pool="bed"/>')}<startEvent id="start"/><userTask id="T">${extensions('<hospital:take hold="bed"/>')}</userTask><userTask id="A"/>
        flow: start > T > A`),
    )
    const run = started(executable)
    tell(run, grantOf(run, waitAt(run, 'T').id, 0))
    tell(run, { type: 'completed', at: 1, wait: waitAt(run, 'T').id, result: {} })
    expect(run.instance.marking.holds[0]).toMatchObject({ state: 'occupied' })
    expect(tell(run, { type: 'revoked', at: 2, hold: run.instance.marking.holds[0]!.id })).toEqual([])
    expect(run.instance.marking.holds).toEqual([])
    expect(isOver(run.instance)).toBe(false)
  })
})

describe('holds of a caller', () => {
  it('are known by name, and lent ones are never released', async () => {
    const executable = await loadText(
      single(`${extensions('<hospital:hold name="bed" pool="bed"/><hospital:hold name="chair" pool="chair"/>')}<startEvent id="start"/><userTask id="A"/>
        flow: start > A`),
    )
    const run = { executable, instance: begin(executable), effects: [] }
    const holds = [
      { name: 'bed', units: ['bed-1'], lent: true },
      { name: 'chair', units: ['chair-1'], lent: false },
    ]
    tell(run, { type: 'started', at: 0, start: -1, variables: {}, holds })
    expect(run.instance.marking.holds.map(({ id, declaration }) => [id, declaration])).toEqual([
      [1, 0],
      [2, 1],
    ])
    const effects = tell(run, { type: 'completed', at: 1, wait: waitAt(run, 'A').id, result: {} })
    expect(effects.filter(({ type }) => type === 'release')).toEqual([{ type: 'release', hold: 2 }])
  })
})

describe('reopen', () => {
  it('asks again for all that is open, under the same numbers, and changes nothing', async () => {
    const executable = await loadText(
      model(`<message id="hello" name="Hello"/><process id="main" isExecutable="true"><startEvent id="start"/><parallelGateway id="fork"/>
        <userTask id="A"/>${need('N')}<callActivity id="C" calledElement="other"/><intermediateCatchEvent id="timer">${lasting('PT5M')}</intermediateCatchEvent>
        <intermediateCatchEvent id="heard">${extensions('<hospital:correlation key="=patient"/>')}${message('hello')}</intermediateCatchEvent>
        flow: start > fork > A
        flow: fork > N
        flow: fork > C
        flow: fork > timer
        flow: fork > heard
        </process>`),
    )
    const run = started(executable, { patient: 7 })
    const before = JSON.stringify(run.instance)
    const again = reopen(executable, run.instance)
    expect(JSON.stringify(run.instance)).toBe(before)
    const asked = run.effects.filter(({ type }) => ['perform', 'acquire', 'call', 'wake', 'subscribe'].includes(type))
    const byWait = (effects: typeof again) =>
      effects.toSorted((one, other) => ('wait' in one && 'wait' in other ? one.wait - other.wait : 0))
    expect(byWait(again)).toEqual(byWait(asked))
    expect(again).toHaveLength(5)
  })
})

describe('variables', () => {
  it('are looked up from the inside out, and never in what JavaScript adds', async () => {
    const executable = await loadText(
      single(`<startEvent id="start"/><scriptTask id="A" scriptFormat="feel">${extensions('<hospital:result variable="x"/>')}<script>constructor = null and toString = null</script></scriptTask>
        flow: start > A`),
    )
    const instance = begin(executable)
    step(executable, instance, { type: 'started', at: 0, start: -1, variables: {}, holds: [] }, { emit: () => {} })
    expect(instance.variables[0]).toEqual({ x: true })
  })
})

describe('a unit in another’s place', () => {
  it('is under the same hold from then on, also where it was lent; a unit that is not held is refused', async () => {
    const executable = await loadText(
      single(`${extensions('<hospital:hold name="bed" pool="bed"/>')}<startEvent id="start"/><userTask id="A"/><callActivity id="C" calledElement="other">${extensions('<hospital:lend hold="bed" as="bed"/>')}</callActivity>
        flow: start > A > C`),
    )
    const run = { executable, instance: begin(executable), effects: [] }
    const holds = [{ name: 'bed', units: ['bed-1'], lent: true }]
    tell(run, { type: 'started', at: 0, start: -1, variables: {}, holds })
    const moved = { type: 'moved' as const, at: 1, from: 'bed-1', to: 'bed-2' }
    expect(tell(run, moved)).toEqual([])
    expect(run.instance.marking.holds).toMatchObject([{ units: ['bed-2'], state: 'occupied', lent: true }])
    expect(accepts(executable, run.instance, moved)?.code).toBe('UnknownHold')
    const effects = tell(run, { type: 'completed', at: 2, wait: waitAt(run, 'A').id, result: {} })
    expect(effects).toContainEqual(
      expect.objectContaining({ type: 'call', holds: [expect.objectContaining({ units: ['bed-2'] })] }),
    )
  })
})

describe('a plan that is changed', () => {
  it('moves the dates and the planned units that follow from it, and nothing else', async () => {
    const executable = await loadText(
      single(`<startEvent id="start"/>
        <intermediateCatchEvent id="call"><timerEventDefinition><timeDate>=planned</timeDate></timerEventDefinition></intermediateCatchEvent>
        <userTask id="T">${extensions('<hospital:need pool="theatre"/><hospital:slot unit="=theatre" start="=planned"/>')}</userTask>
        <boundaryEvent id="other" attachedToRef="T"><timerEventDefinition><timeDate>=elsewhere</timeDate></timerEventDefinition></boundaryEvent><endEvent id="end"/>
        flow: start > call > T > end
        flow: other > end`),
    )
    const run = { executable, instance: begin(executable), effects: [] }
    const at = (hour: number) => `2026-01-05T${String(hour).padStart(2, '0')}:00:00Z`
    const variables = { planned: at(10), theatre: 'one', elsewhere: at(20) }
    tell(run, { type: 'started', at: 0, start: -1, variables, holds: [] })
    const first = waitAt(run, 'call')
    const effects = tell(run, { type: 'rescheduled', at: 1, variables: { planned: at(12) } })
    const second = waitAt(run, 'call')
    expect(effects).toEqual([
      { type: 'cancel', wait: first.id, kind: 'timer' },
      { type: 'wake', wait: second.id, at: first.due + 2 * 3_600_000 },
    ])
    expect(accepts(executable, run.instance, { type: 'elapsed', at: first.due, wait: first.id })?.code).toBe('UnknownWait')
    tell(run, { type: 'elapsed', at: second.due, wait: second.id })
    const late = waitAt(run, 'other')
    const again = tell(run, { type: 'rescheduled', at: second.due, variables: { theatre: 'two' } })
    expect(again.map(({ type }) => type)).toEqual(['cancel', 'record', 'acquire'])
    expect(again.at(-1)).toMatchObject({ slot: { unit: 'two', start: second.due }, needs: [{ pool: 'theatre' }] })
    expect(waitAt(run, 'other')).toEqual(late)
    const { wait } = again.at(-1) as { wait: number }
    tell(run, grantOf(run, wait, second.due))
    expect(run.instance.marking.holds).toMatchObject([{ state: 'occupied' }])
    expect(tell(run, { type: 'rescheduled', at: second.due, variables: { theatre: 'one' } })).toEqual([])
  })
})
