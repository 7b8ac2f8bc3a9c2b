/** One step with the answers of an oracle, stopped when it goes round without ever waiting; and which flows lead back to where they come from. */
import type { Effect, Event, Host } from '../engine/contract.ts'
import { step } from '../engine/index.ts'
import type { Instance } from '../engine/instance.ts'
import { reaching } from '../engine/reach.ts'
import { NodeKind, type Program, type ProgramNode } from '../language/program.ts'
import type { Abstract } from './abstraction.ts'
import type { Outcome } from './explore.ts'
import type { Happening } from './happening.ts'
import { endKey } from './state.ts'

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

/** What one event does, as it is told. */
export class Turn implements Host {
  readonly happened: Happening[] = []
  /** Nodes that were entered. */
  readonly entered: number[] = []
  /** End events that were reached: their keys. */
  readonly ended: number[] = []
  /** Messages that were sent, by name. */
  readonly sent: string[] = []
  /** A flow was taken twice in one scope. */
  isCrowded = false
  /** When it goes round without ever waiting: the answers that led to the loop. */
  round: readonly number[] | null = null
  readonly #abstract: Abstract
  readonly #cycles: boolean[]
  readonly #taken: number[] = []
  #goneRound: Map<number, { times: number; asked: number }> | null = null
  #asked = 0

  constructor(abstract: Abstract, cycles: boolean[]) {
    this.#abstract = abstract
    this.#cycles = cycles
  }

  take(instance: Instance, event: Event): void {
    const { executable, oracle } = this.#abstract
    try {
      step(executable, instance, event, this)
      if (instance.bookkeeping.error?.code === 'endlessLoop') this.round = []
    } catch (error) {
      if (!(error instanceof GoesRound)) throw error
      this.round = oracle.given.slice(0, this.#asked)
    }
  }

  emit(effect: Effect): void {
    if (effect.type === 'send' && effect.kind === 'message') this.sent.push(effect.name)
    if (effect.type !== 'record') return
    const { event, element, activation } = effect
    this.happened.push(this.#abstract.names.of(event, element))
    if (event === 'taken') this.#take(element, endKey(activation, element))
    else if (event === 'entered') {
      this.entered.push(element)
      if (this.#abstract.executable.program.nodes[element]!.kind === NodeKind.endEvent)
        this.ended.push(endKey(activation, element))
    }
  }

  chooseActivity(_: number, __: number, enabled: number[]): number {
    return enabled[this.#abstract.oracle.ask(enabled.length)]!
  }

  #take(flow: number, key: number): void {
    if (!this.#cycles[flow]) {
      if (this.#taken.includes(key)) this.isCrowded = true
      this.#taken.push(key)
      return
    }
    this.#goneRound ??= new Map()
    const before = this.#goneRound.get(key) ?? { times: 0, asked: this.#abstract.oracle.given.length }
    this.#goneRound.set(key, { ...before, times: before.times + 1 })
    if (before.times < TAKEN_MAX) return
    this.#asked = before.asked
    throw new GoesRound()
  }
}

/** A way that goes round: all its answers, and those that led to the loop. */
export interface Round {
  given: readonly number[]
  way: readonly number[]
  outcome: Outcome
}

/**
 * The first loop that is never left: no way that begins as the loop did ends, nor comes to another loop that is left. One that is left needs no
 * look at: what comes after is found without going round.
 */
export function neverLeft(rounds: Round[], ended: (readonly number[])[]): Round | undefined {
  const begins = (way: readonly number[]) => (given: readonly number[]) =>
    way.every((answer, question) => given[question] === answer)
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
