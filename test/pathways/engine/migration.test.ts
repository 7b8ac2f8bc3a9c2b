// Goal: a run under way goes on by another version and loses nothing. Method: pairs of versions, a run moved in mid course, and driven to its end.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Executable } from '../../../pathways/engine/index.ts'
import { isOver, migrate, proposePlan } from '../../../pathways/engine/index.ts'
import type { Instance } from '../../../pathways/engine/instance.ts'
import type { Variables } from '../../../pathways/language/feel/value.ts'
import { compensate, extensions, lasting, message, single, undo } from '../../conformance/model.ts'
import { block, modelOf } from '../../conformance/structured-model.ts'
import { answerTo, type Driven, facts, grantOf, loadText, started, tell, waitAt } from './drive.ts'

const task = (id: string, more = '', name = `${id} it`) => `<userTask id="${id}" name="${name}">${more}</userTask>`
const model = (body: string, flows: string[]) => loadText(single(`${body}\n${flows.map((flow) => `flow: ${flow}`).join('\n')}`))
const startEnd = '<startEvent id="start"/><endEvent id="end"/>'

/** Moves a run, by the plan that is proposed unless another is given. @throws when it is refused. */
function moved(run: Driven, to: Executable, plan = proposePlan(run.executable.program, to.program), at = 1_000): Driven {
  const before = JSON.stringify(run.instance)
  const result = migrate(run.executable, to, plan, run.instance, at)
  expect(JSON.stringify(run.instance)).toBe(before)
  if (Array.isArray(result)) throw new Error(result.map(({ code, element }) => `${code} ${element}`).join(', '))
  return { executable: to, instance: result.instance, effects: [...run.effects, ...result.effects] }
}

const refusals = (run: Driven, to: Executable, plan = proposePlan(run.executable.program, to.program)) => {
  const result = migrate(run.executable, to, plan, run.instance, 0)
  return Array.isArray(result) ? result.map(({ code, element }) => `${code} ${element}`) : []
}

const last = (run: Driven, type: string) => run.effects.filter((effect) => effect.type === type).at(-1)
const standsAt = ({ executable, instance }: Driven) =>
  instance.marking.activations.filter(({ id }) => id > 0).map(({ node }) => executable.program.nodes[node]!.id)

function toItsEnd(run: Driven): Driven {
  for (let moves = 0; !isOver(run.instance); moves++) {
    if (moves > 500) throw new Error('It does not end')
    tell(run, answerTo(run, run.instance.marking.waits[0]!, 10_000 + moves))
  }
  return run
}

describe('a task', () => {
  it('goes on under the same wait, as the newer version describes it', async () => {
    const run = started(await model(startEnd + task('A'), ['start > A > end']), { x: 1 })
    const { id } = waitAt(run, 'A')
    const input = extensions('<hospital:task role="nurse" place="Ward B"/><hospital:input name="seen" value="=x"/>')
    const after = moved(run, await model(startEnd + task('A', input, 'Look again') + task('B'), ['start > A > B > end']))
    expect(waitAt(after, 'A').id).toBe(id)
    expect(last(after, 'revise')).toMatchObject({ wait: id, inputs: { seen: 1 }, place: 'Ward B' })
    tell(after, { type: 'completed', at: 2_000, wait: id, result: { y: 2 } })
    expect(standsAt(after)).toEqual(['B'])
    toItsEnd(after)
    expect(after.instance.variables[0]).toEqual({ x: 1, y: 2 })
  })

  it('that has no counterpart is refused, and so is one that is now a service’s', async () => {
    const run = started(await model(startEnd + task('A'), ['start > A > end']))
    expect(refusals(run, await model(startEnd + task('Z', '', 'Other'), ['start > Z > end']), { elements: {} })).toEqual([
      'unmapped A',
    ])
    const service = await model(`${startEnd}<serviceTask id="A"/>`, ['start > A > end'])
    expect(refusals(run, service, { elements: { A: 'A' } })).toEqual(['otherKind A'])
  })

  it('that stands in another scope is refused', async () => {
    const run = started(await model(startEnd + task('A'), ['start > A > end']))
    const inside = `<subProcess id="S"><startEvent id="in"/>${task('A')}<endEvent id="out"/>\nflow: in > A > out\n</subProcess>`
    expect(refusals(run, await model(startEnd + inside, ['start > S > end']), { elements: { A: 'A' } })).toEqual(['otherScope A'])
  })
})

describe('what a run listens for', () => {
  const boundary = (id: string, duration: string) =>
    `<boundaryEvent id="${id}" attachedToRef="A">${lasting(duration)}</boundaryEvent>`

  it('a timer that stays keeps its time; a new one counts from now; one that is gone is dropped', async () => {
    const older = await model(startEnd + task('A') + boundary('stays', 'PT1H') + boundary('goes', 'PT2H'), [
      'start > A > end',
      'stays > end',
      'goes > end',
    ])
    const newer = await model(startEnd + task('A') + boundary('stays', 'PT9H') + boundary('comes', 'PT3H'), [
      'start > A > end',
      'stays > end',
      'comes > end',
    ])
    const run = started(older)
    const gone = waitAt(run, 'goes').id
    const after = moved(run, newer, { elements: { start: 'start', A: 'A', stays: 'stays', end: 'end' } }, 60_000)
    expect(after.effects).toContainEqual({ type: 'cancel', wait: gone, kind: 'timer' })
    expect(waitAt(after, 'stays').due).toBe(3_600_000)
    expect(waitAt(after, 'comes').due).toBe(3 * 3_600_000 + 60_000)
    tell(after, { type: 'elapsed', at: 3_600_000, wait: waitAt(after, 'stays').id })
    expect(after.instance.marking.outcome).toBe('completed')
  })

  it('a boundary event that has happened does not begin again', async () => {
    const reminding =
      startEnd + task('A') + boundary('reminds', 'PT1H').replace('attachedToRef', 'cancelActivity="false" attachedToRef')
    const run = started(await model(reminding, ['start > A > end', 'reminds > end']))
    tell(run, { type: 'elapsed', at: 3_600_000, wait: waitAt(run, 'reminds').id })
    const after = moved(run, await model(reminding + task('B'), ['start > A > B > end', 'reminds > end']))
    expect(after.instance.marking.waits.map(({ kind }) => kind)).toEqual(['task'])
  })

  it('a message with another name is listened for anew', async () => {
    const hearing = (name: string) =>
      loadText(
        single(
          `${startEnd}<intermediateCatchEvent id="hear">${message('m')}</intermediateCatchEvent>\nflow: start > hear > end`,
          `<message id="m" name="${name}"/>`,
        ),
      )
    const run = started(await hearing('old'))
    const { id } = waitAt(run, 'hear')
    const after = moved(run, await hearing('new'))
    expect(after.effects).toContainEqual({ type: 'cancel', wait: id, kind: 'message' })
    expect(last(after, 'subscribe')).toMatchObject({ name: 'new' })
    tell(after, { type: 'received', at: 2_000, wait: waitAt(after, 'hear').id, payload: {} })
    expect(after.instance.marking.outcome).toBe('completed')
  })

  it('an event subprocess of the newer version begins to listen', async () => {
    const handler = `<subProcess id="E" triggeredByEvent="true"><startEvent id="alarm">${lasting('PT1H')}</startEvent>${task('H')}<endEvent id="handled"/>\nflow: alarm > H > handled\n</subProcess>`
    const run = started(await model(startEnd + task('A'), ['start > A > end']))
    const after = moved(run, await model(startEnd + task('A') + handler, ['start > A > end']))
    tell(after, { type: 'elapsed', at: 3_601_000, wait: waitAt(after, 'alarm').id })
    expect(standsAt(after)).toEqual(['E', 'H'])
  })
})

describe('holds and requests', () => {
  const hold = (pool = 'bed') => extensions(`<hospital:hold name="bed" pool="${pool}" quantity="1"/>`)
  const take = extensions('<hospital:take hold="bed"/>')

  it('a bed that is held goes along; a version that does not know it is refused', async () => {
    const run = started(await model(hold() + startEnd + task('A', take) + task('B'), ['start > A > B > end']))
    tell(run, grantOf(run, waitAt(run, 'A').id, 1))
    const newer = await model(hold() + startEnd + task('A', take) + task('C') + task('B'), ['start > A > C > B > end'])
    const after = toItsEnd(moved(run, newer))
    expect(after.effects.filter(({ type }) => type === 'release')).toEqual([{ type: 'release', hold: expect.any(Number) }])
    const without = await model(startEnd + task('A') + task('B'), ['start > A > B > end'])
    const elsewhere = await model(hold('cot') + startEnd + task('A', take) + task('B'), ['start > A > B > end'])
    expect(refusals(run, without)).toEqual(['hold bed'])
    expect(refusals(run, elsewhere)).toEqual(['hold bed'])
  })

  it('who waits for the same keeps waiting; who needs something else asks anew; who needs nothing begins', async () => {
    const needing = (need: string) => model(startEnd + task('A', need && extensions(need)), ['start > A > end'])
    const nurse = '<hospital:need pool="nurse"/>'
    const run = started(await needing(nurse))
    const { id } = waitAt(run, 'A')
    expect(waitAt(moved(run, await needing(nurse)), 'A').id).toBe(id)
    const other = moved(run, await needing('<hospital:need pool="physician"/>'))
    expect(other.effects).toContainEqual({ type: 'cancel', wait: id, kind: 'request' })
    expect(last(other, 'acquire')).toMatchObject({ needs: [{ pool: 'physician' }] })
    expect(toItsEnd(other).instance.marking.outcome).toBe('completed')
    const nothing = moved(run, await needing(''))
    expect(waitAt(nothing, 'A').kind).toBe('task')
    expect(nothing.instance.marking.holds).toEqual([])
  })
})

describe('tokens', () => {
  it('that wait at a join go along; without a counterpart of the flow they are refused', async () => {
    const body = `${startEnd}<parallelGateway id="fork"/><parallelGateway id="join"/>${task('A')}${task('B')}`
    const run = started(await model(body, ['start > fork > A > join > end', 'fork > B > join']))
    tell(run, { type: 'completed', at: 1, wait: waitAt(run, 'A').id, result: {} })
    const after = moved(run, await model(body + task('C'), ['start > fork > A > join > C > end', 'fork > B > join']))
    expect(standsAt(toItsEnd(after))).toEqual([])
    expect(facts(after.executable.program, after.effects)).toContain('entered C')
    const longer = await model(body + task('C'), ['start > fork > A > C > join > end', 'fork > B > join'])
    expect(refusals(run, longer)).toEqual(['token join'])
  })
})

describe('the plan that is proposed', () => {
  it('goes by id, then by name, then by neighbours', async () => {
    const older = await model(startEnd + task('A') + task('Activity_1', '', 'Trier') + task('Activity_2', '', ''), [
      'start > A > Activity_1 > Activity_2 > end',
    ])
    const newer = await model(startEnd + task('A') + task('X', '', 'Trier') + task('Y', '', ''), ['start > A > X > Y > end'])
    expect(proposePlan(older.program, newer.program).elements).toEqual({
      start: 'start',
      end: 'end',
      A: 'A',
      Activity_1: 'X',
      Activity_2: 'Y',
    })
  })

  it('leaves out what could be two things', async () => {
    const older = await model(startEnd + task('A', '', 'Same') + task('B', '', 'Same'), ['start > A > B > end'])
    const newer = await model(startEnd + task('X', '', 'Same'), ['start > X > end'])
    expect(proposePlan(older.program, newer.program).elements).toEqual({ start: 'start', end: 'end' })
  })
})

describe('any model', () => {
  it('moved to itself at any moment, ends as it would have', async () => {
    await fc.assert(
      fc.asyncProperty(block, fc.nat(12), async (root, moves) => {
        const executable = await loadText(modelOf(root))
        const one = started(executable)
        for (let move = 0; move < moves && !isOver(one.instance); move++)
          tell(one, answerTo(one, one.instance.marking.waits[0]!, move))
        if (isOver(one.instance)) return
        // What waits for a called run to end is moved later.
        if (one.instance.marking.activations.some(({ state }) => state === 'cancelling')) {
          expect(refusals(one, executable).map((refusal) => refusal.split(' ')[0])).toContain('cancelling')
          return
        }
        const other = moved(
          { ...one, instance: JSON.parse(JSON.stringify(one.instance)) as Instance },
          executable,
          undefined,
          one.instance.bookkeeping.at,
        )
        expect(strip(other.instance)).toEqual(strip(one.instance))
        const [stayed, went] = [toItsEnd(one), toItsEnd(other)]
        expect(variablesOf(went)).toEqual(variablesOf(stayed))
      }),
      { numRuns: 60 },
    )
  })
})

const strip = ({ marking }: Instance) => marking
const variablesOf = ({ instance }: Driven): Variables => instance.variables[0]!

describe('completed work that can still be undone', () => {
  const throwing = `<intermediateThrowEvent id="undo">${compensate()}</intermediateThrowEvent>`

  it('is undone by the newer version, with the data of its own time', async () => {
    const run = started(await model(startEnd + task('A') + undo('A') + task('B') + throwing, ['start > A > B > undo > end']), {
      x: 1,
    })
    tell(run, answerTo(run, waitAt(run, 'A'), 10))
    const input = extensions('<hospital:input name="seen" value="=x"/>')
    const handler = `<userTask id="unA" isForCompensation="true">${input}</userTask>`
    const to = await model(startEnd + task('C') + task('A') + undo('A', handler) + task('B') + throwing, [
      'start > A > B > C > undo > end',
    ])
    const after = moved(run, to)
    tell(after, { type: 'variablesChanged', at: 20, variables: { x: 2 } })
    tell(after, answerTo(after, waitAt(after, 'B'), 30))
    tell(after, answerTo(after, waitAt(after, 'C'), 40))
    expect(standsAt(after)).toEqual(['undo', 'unA'])
    expect(last(after, 'perform')).toMatchObject({ inputs: { seen: 1 } })
    toItsEnd(after)
    expect(Object.keys(after.instance.variables)).toEqual(['0'])
  })

  it('is refused when the newer version does not undo it', async () => {
    const run = started(await model(startEnd + task('A') + undo('A') + task('B') + throwing, ['start > A > B > undo > end']))
    tell(run, answerTo(run, waitAt(run, 'A'), 10))
    expect(refusals(run, await model(startEnd + task('A') + task('B'), ['start > A > B > end']))).toEqual(['undo A'])
  })
})
