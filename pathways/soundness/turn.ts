/** One step with the answers of an oracle, stopped when it goes round without ever waiting; and which flows lead back to where they come from. */
import type { Effect, Event } from '../engine/contract.ts'
import { step } from '../engine/index.ts'
import type { Instance } from '../engine/instance.ts'
import { reaching } from '../engine/reach.ts'
import { NodeKind, type Program, type ProgramNode } from '../language/program.ts'
import type { Abstract } from './abstraction.ts'
import type { Outcome } from './explore.ts'

/** By flow: whether one token can take it again and again in one step, as nothing on the way back waits. */
export function cyclesOf(program: Program): boolean[] {
  const { nodes, flows } = program
  const passes = (node: number) => !waits(nodes[node]!)
  return flows.map(({ source, target }) => passes(source) && reaching(program, source, passes)[target]!)
}

/** Instances may be none, so that what has a loop need not wait; a send task that no activity does is done on the spot. */
const waits = ({ kind, loop, task }: ProgramNode): boolean =>
  !loop &&
  !(kind === NodeKind.sendTask && !task?.activity) &&
  ((kind >= NodeKind.task && kind <= NodeKind.manualTask) || kind === NodeKind.callActivity)

/** A flow that is taken more often in one step, in one scope, is part of a loop that never waits. */
const TAKEN_MAX = 3

/** What one event does; `round`, when it goes round without ever waiting: the answers that led to the loop. */
export function effectsOf(
  { executable, oracle }: Abstract,
  cycles: boolean[],
  instance: Instance,
  event: Event,
): { effects: Effect[]; round: number[] | null } {
  const effects: Effect[] = []
  const taken = new Map<string, { times: number; asked: number }>()
  let asked = 0
  const emit = (effect: Effect) => {
    effects.push(effect)
    if (effect.type !== 'record' || effect.event !== 'taken' || !cycles[effect.element]) return
    const key = `${effect.element} ${effect.activation}`
    const before = taken.get(key) ?? { times: 0, asked: oracle.given.length }
    taken.set(key, { ...before, times: before.times + 1 })
    if (before.times < TAKEN_MAX) return
    asked = before.asked
    throw new GoesRound()
  }
  try {
    step(executable, instance, event, { emit, chooseActivity: (_, __, enabled) => enabled[oracle.ask(enabled.length)]! })
    return { effects, round: instance.bookkeeping.error?.code === 'endlessLoop' ? [] : null }
  } catch (error) {
    if (error instanceof GoesRound) return { effects, round: oracle.given.slice(0, asked) }
    throw error
  }
}

/** A way that goes round: all its answers, and those that led to the loop. */
export interface Round {
  given: number[]
  way: number[]
  outcome: Outcome
}

/**
 * The first loop that is never left: no way that begins as the loop did ends, nor comes to another loop that is left. One that is left needs no
 * look at: what comes after is found without going round.
 */
export function neverLeft(rounds: Round[], ended: number[][]): Round | undefined {
  const begins = (way: number[]) => (given: number[]) => way.every((answer, question) => given[question] === answer)
  let caught = rounds.filter(({ way }) => !ended.some(begins(way)))
  for (let before = rounds.length; caught.length < before; ) {
    before = caught.length
    const left = rounds.filter((round) => !caught.includes(round))
    caught = caught.filter(({ way }) => !left.some(({ given }) => begins(way)(given)))
  }
  return caught[0]
}

/** The engine stops such a run, with this error. */
export function goneRound({ marking, bookkeeping }: Instance): void {
  Object.assign(marking, { tokens: [], activations: [], waits: [], holds: [], outcome: 'failed' })
  bookkeeping.error = { code: 'endlessLoop', message: '', element: '' }
}

class GoesRound extends Error {}
