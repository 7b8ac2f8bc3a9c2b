/** Timers of a pathway: an intermediate event that waits a while, and a boundary event after which a task is given up. */
import { textOf } from '../../pathways/engine/variables.ts'
import type { Closure } from '../../pathways/language/feel/evaluate.ts'
import type { FeelTree } from '../../pathways/language/feel/tree.ts'
import { EventKind, type Program, type ProgramNode } from '../../pathways/language/program.ts'
import { addDuration, type Duration, parseDuration } from '../../pathways/time/duration.ts'
import type { Lasting } from '../simulate/lasting.ts'
import { grownInts } from './agenda.ts'
import { Beyond } from './beyond.ts'
import type { RunScope } from './run-scope.ts'

export interface Timer {
  /** The id of its event as a word of chance. */
  word: number
  /** Where the run counts how often it has drawn here; -1 where it can come but once. */
  counter: number
  /** As it is drawn: a constant, or what FEEL gives. */
  after: Duration | Closure
  /** Where a scenario says how long it waits, that instead. */
  lasting: Lasting
  /** The place of the step after it. */
  next: number
}

/** What a timer's event waits for. @throws Beyond where that is no duration, or none that is one. */
export const drawnDuration = ({ process, expressions }: Program, node: ProgramNode, closures: Closure[]): Duration | Closure => {
  const { event } = node
  if (event?.kind !== EventKind.timer || event.timer !== 'duration')
    throw new Beyond(`${process}, ${node.id}`, 'an event that waits for something else than a while')
  const tree: FeelTree = expressions[event.expression]!
  if (tree[0] !== 'value') return closures[event.expression]!
  const duration = parseDuration(textOf(tree[1]) ?? '')
  if (!duration) throw new Beyond(`${process}, ${node.id}`, 'a time that is none')
  return duration
}

/** When a timer that is set now elapses, as it is drawn. @throws Beyond where its time is none: its run fails. */
export const drawnDue = ({ after }: Timer, scope: RunScope): number => {
  const duration = typeof after === 'function' ? parseDuration(textOf(after(scope)) ?? '') : after
  if (!duration) throw new Beyond('a timer', 'a time that is none')
  return Math.max(scope.at, addDuration(scope.at, duration, scope.site))
}

/** What is planned of runs and may be called off: asked when its time comes, for the agenda forgets nothing. */
export class Revocable {
  /** By number: the run, -1 when it was called off. */
  #runs = new Int32Array(64)
  #size = 0
  readonly #free: number[] = []

  /** Gives its number. */
  plan(run: number): number {
    const number = this.#free.pop() ?? this.#size++
    if (number === this.#runs.length) this.#runs = grownInts(this.#runs)
    this.#runs[number] = run
    return number
  }

  callOff(number: number): void {
    this.#runs[number] = -1
  }

  /** Its time has come: its run, or -1. The number is given anew. */
  take(number: number): number {
    this.#free.push(number)
    return this.#runs[number]!
  }
}
