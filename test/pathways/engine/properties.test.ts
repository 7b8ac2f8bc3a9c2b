/** Goal: what must hold for any pathway and any order of events. Method: random structured models, random choices of what happens next. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Effect, Event } from '../../../pathways/engine/contract.ts'
import { accepts, type Executable, InvariantError, isOver, RefusedEventError } from '../../../pathways/engine/index.ts'
import type { Instance } from '../../../pathways/engine/instance.ts'
import { block, modelOf } from '../../conformance/structured-model.ts'
import { answerTo, type Driven, loadText, started, tell } from './drive.ts'

/** Loops go round while choices last, so runs are longer than their models but never endless. */
const EVENTS_MAX = 5_000
/** Decisions that one event may have made for it; then every default is taken. */
const DECISIONS_MAX = 20
const runs = { numRuns: 120 }

interface Played extends Driven {
  /** Instance and effects after each step, as bytes. */
  steps: string[]
}

/** Plays a run to its end; each choice says which wait is answered next, and where loops and branches go. */
function play(executable: Executable, choices: number[], between: (driven: Driven) => void = () => {}): Played {
  const played: Played = { ...started(executable), steps: [] }
  const note = (effects: Effect[]) => played.steps.push(JSON.stringify([played.instance, effects]))
  note(played.effects)
  for (let count = 0; !isOver(played.instance) && count < EVENTS_MAX; count++) {
    between(played)
    if (isOver(played.instance)) break
    const { waits } = played.instance.marking
    if (waits.length === 0) throw new InvariantError('The run is stuck')
    const choice = choices[count] ?? 0
    const event = answerTo(played, waits[choice % waits.length]!, count + 1)
    let decisions = 0
    // A loop with nothing to wait for in it must end within the step.
    note(
      tell(played, event, (node) =>
        [chosen(executable, node, decisions++ < DECISIONS_MAX ? (choices[count] ?? -1) : -1)].filter((flow) => flow >= 0),
      ),
    )
  }
  return played
}

function chosen({ program }: Executable, node: number, choice: number): number {
  const { outgoing, defaultFlow } = program.nodes[node]!
  return choice < 0 ? defaultFlow : outgoing[choice % outgoing.length]!
}

const saved = (instance: Instance): Instance => JSON.parse(JSON.stringify(instance))
const choices = fc.array(fc.nat(20), { maxLength: 60 })

const forAll = (check: (executable: Executable, choices: number[]) => void) =>
  fc.assert(
    fc.asyncProperty(block, choices, async (root, picked) => check(await loadText(modelOf(root)), picked)),
    runs,
  )

describe('any structured pathway', { timeout: 60_000 }, () => {
  it('always completes, and leaves nothing behind', () =>
    forAll((executable, picked) => {
      const { instance, effects } = play(executable, picked)
      expect(instance.marking).toEqual({ tokens: [], activations: [], waits: [], holds: [], outcome: 'completed' })
      expect(instance.bookkeeping.since).toEqual({})
      expect(Object.keys(instance.variables)).toEqual(['0'])
      const granted = effects.flatMap((effect) => (effect.type === 'occupy' ? [effect.hold] : []))
      const released = effects.flatMap((effect) => (effect.type === 'release' ? [effect.hold] : []))
      expect(released.sort()).toEqual(granted.sort())
    }))

  it('gives the same bytes for the same events', () =>
    forAll((executable, picked) => {
      expect(play(executable, picked).steps).toEqual(play(executable, picked).steps)
    }))

  it('does not notice that it was saved and loaded at every step', () =>
    forAll((executable, picked) => {
      const reloading = play(executable, picked, (driven) => {
        driven.instance = saved(driven.instance)
      })
      expect(reloading.steps).toEqual(play(executable, picked).steps)
    }))

  it('refuses what it does not wait for, and is not changed by it', () =>
    forAll((executable, picked) => {
      play(executable, picked, (driven) => {
        const before = JSON.stringify(driven.instance)
        for (const event of strangers(driven)) {
          expect(accepts(executable, driven.instance, event)).not.toBeNull()
          expect(() => tell(driven, event)).toThrow(RefusedEventError)
        }
        expect(JSON.stringify(driven.instance)).toBe(before)
      })
    }))

  it('is over exactly when nothing of it is left', () =>
    forAll((executable, picked) => {
      play(executable, picked, ({ instance: { marking } }) => {
        expect(marking.activations[0]).toMatchObject({ id: 0, node: 0 })
        for (const { scope, count } of marking.tokens) {
          expect(count).toBeGreaterThan(0)
          expect(marking.activations.some(({ id }) => id === scope)).toBe(true)
        }
        for (const { activation } of marking.waits) expect(marking.activations.some(({ id }) => id === activation)).toBe(true)
      })
    }))

  it('ends when it is cancelled, at any moment, once its called runs have ended', () =>
    forAll((executable, picked) => {
      let left = picked.length % 7
      const { instance, effects } = play(executable, picked, (driven) => {
        if (left-- === 0) tell(driven, { type: 'cancelled', at: 0, reason: 'test' })
      })
      expect(instance.marking).toMatchObject({ tokens: [], activations: [], waits: [], holds: [] })
      const taken = new Set(effects.flatMap((effect) => (effect.type === 'occupy' ? [effect.hold] : [])))
      const released = new Set(effects.flatMap((effect) => (effect.type === 'release' ? [effect.hold] : [])))
      expect(released).toEqual(taken)
    }))
})

/** Events of every kind that are not waited for, or not in this way. */
function strangers({ instance }: Driven): Event[] {
  const { waits } = instance.marking
  const never = instance.bookkeeping.nextId + 5
  const task = waits.find(({ kind }) => kind === 'task')
  const timer = waits.find(({ kind }) => kind === 'timer')
  return [
    { type: 'started', at: 0, start: -1, variables: {}, holds: [] },
    { type: 'completed', at: 0, wait: never, result: {} },
    { type: 'elapsed', at: 0, wait: 0 },
    { type: 'received', at: 0, wait: never, payload: {} },
    { type: 'granted', at: 0, wait: never, grants: [] },
    { type: 'runEnded', at: 0, wait: never, outcome: 'completed', variables: {}, error: null },
    { type: 'revoked', at: 0, hold: never },
    { type: 'moved', at: 0, from: 'no such unit', to: 'another' },
    ...(task ? [{ type: 'elapsed' as const, at: 0, wait: task.id }] : []),
    ...(timer ? [{ type: 'completed' as const, at: 0, wait: timer.id, result: {} }] : []),
    ...(task ? [{ type: 'completed' as const, at: 0.5, wait: task.id, result: {} }] : []),
  ]
}
