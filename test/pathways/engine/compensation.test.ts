// Goal: undoing keeps what it needs, where it belongs, and no more. Method: small pathways, stepped by hand, their Instances looked into.
import { describe, expect, it } from 'vitest'
import { isOver } from '../../../pathways/engine/index.ts'
import { cancel, compensate, single, undo } from '../../conformance/model.ts'
import { answerTo, type Driven, loadText, started, tell, waitAt } from './drive.ts'

const thrower = `<intermediateThrowEvent id="undo">${compensate()}</intermediateThrowEvent>`
const complete = (run: Driven, element: string, result = {}) =>
  tell(run, { type: 'completed', at: 1, wait: waitAt(run, element).id, result })

describe('completed work', () => {
  it('is kept in the marking, and what it saw among the variables', async () => {
    const run = started(
      await loadText(
        single(`<startEvent id="start"/><userTask id="A"/>${undo('A')}<userTask id="B"/>${thrower}
        flow: start > A > B > undo`),
      ),
      { x: 1 },
    )
    complete(run, 'A', { y: 2 })
    const { marking, variables } = run.instance
    const [work] = marking.compensables!
    expect(marking.compensables).toHaveLength(1)
    expect(work).toMatchObject({ scope: 0, by: -1 })
    expect(variables).toEqual({ 0: { x: 1, y: 2 }, [work!.id]: { x: 1, y: 2 } })
    complete(run, 'B', { x: 3 })
    expect(run.instance.variables[0]).toEqual({ x: 3, y: 2 })
    complete(run, 'unA')
    expect(isOver(run.instance)).toBe(true)
    expect(run.instance.marking.compensables).toBeUndefined()
    expect(run.instance.variables).toEqual({ 0: { x: 3, y: 2 } })
  })

  it('is not kept where nothing can ask to undo it', async () => {
    const run = started(
      await loadText(
        single(`<startEvent id="start"/><userTask id="A"/>${undo('A')}<userTask id="B"/>
      flow: start > A > B`),
      ),
    )
    complete(run, 'A')
    expect(run.instance.marking.compensables).toBeUndefined()
    expect(Object.keys(run.instance.variables)).toEqual(['0'])
  })

  it('is forgotten with a scope that fails or is cancelled', async () => {
    const run = started(
      await loadText(
        single(`<startEvent id="start"/><subProcess id="S"><startEvent id="in"/><userTask id="A"/>${undo('A')}<userTask id="B"/>
        flow: in > A > B
        </subProcess><boundaryEvent id="edge" attachedToRef="S"><errorEventDefinition/></boundaryEvent><userTask id="C"/>${thrower}
        flow: start > S
        flow: edge > C > undo`),
      ),
    )
    complete(run, 'A')
    expect(run.instance.marking.compensables).toHaveLength(1)
    tell(run, { type: 'failed', at: 2, wait: waitAt(run, 'B').id, code: 'bad', message: '' })
    expect(run.instance.marking.compensables).toBeUndefined()
    expect(Object.keys(run.instance.variables)).toEqual(['0'])
  })
})

describe('a handler', () => {
  const instances =
    single(`<startEvent id="start"/><subProcess id="S"><multiInstanceLoopCharacteristics isSequential="true" hospital:collection="=items" hospital:elementVariable="item"/><startEvent id="in"/><userTask id="A"/>${undo('A')}
    flow: in > A
    </subProcess>${thrower}
    flow: start > S > undo`)

  it('writes the variables that there still are, and leaves no name of an instance behind', async () => {
    const run = started(await loadText(instances), { items: ['a'], x: 1 })
    complete(run, 'A')
    complete(run, 'unA', { item: 'changed', x: 2, added: 3 })
    expect(isOver(run.instance)).toBe(true)
    expect(run.instance.variables).toEqual({ 0: { items: ['a'], x: 2, added: 3 } })
  })

  it('goes on after it was saved and loaded, in the middle of a transaction that is undone', async () => {
    const run = started(
      await loadText(
        single(`<startEvent id="start"/><transaction id="T"><startEvent id="in"/><userTask id="A"/>${undo('A')}<userTask id="B"/>${undo('B')}<endEvent id="stop">${cancel}</endEvent>
        flow: in > A > B > stop
        </transaction><boundaryEvent id="edge" attachedToRef="T">${cancel}</boundaryEvent><userTask id="C"/>
        flow: start > T
        flow: edge > C`),
      ),
    )
    for (const element of ['A', 'B', 'unB', 'unA', 'C']) {
      run.instance = JSON.parse(JSON.stringify(run.instance))
      expect(run.instance.marking.waits).toHaveLength(1)
      tell(run, answerTo(run, waitAt(run, element), 5))
    }
    expect(run.instance.marking.outcome).toBe('completed')
  })
})
