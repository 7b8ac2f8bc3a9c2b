/**
 * A pathway without its data: the same Program, run by the same `step`, in which every condition may turn out either way, every number of instances
 * may be none, one or two, and whatever a task works out is nothing. What is asked of chance is told by an oracle, one choice after the other.
 */
import { type Executable, load } from '../engine/index.ts'
import { type Closure, toClosure } from '../language/feel/evaluate.ts'
import type { Value } from '../language/feel/value.ts'
import {
  isLeftToChance,
  NodeKind,
  type Program,
  type ProgramEvent,
  type ProgramFlow,
  type ProgramLoop,
  type ProgramNode,
  type ProgramTask,
} from '../language/program.ts'
import { Names } from './happening.ts'

/** Instances of a multi-instance activity whose number depends on data: none, one or several. */
const INSTANCES_MAX = 2
/** More choices than this in one step are a loop that never waits. */
const CHOICES_MAX = 24

const NOTHING: readonly number[] = []

/** Answers questions in one fixed way, and knows the next way to answer them, until all were tried. */
export class Oracle {
  #answers: readonly number[] = NOTHING
  #ways: number[] = []
  #asked = 0
  /** There were more questions than it answers: what came of this way of answering is not to be looked at. */
  isExhausted = false

  ask(ways: number): number {
    if (this.#asked >= CHOICES_MAX) {
      this.isExhausted = true
      return 0
    }
    const question = this.#asked++
    this.#ways[question] = ways
    return this.#answers[question] ?? 0
  }

  /** What it has answered since it last began. */
  get given(): readonly number[] {
    if (this.#asked === 0) return NOTHING
    return Array.from({ length: this.#asked }, (_, question) => this.#answers[question] ?? 0)
  }

  begin(): void {
    this.#answers = NOTHING
    this.restart()
  }

  restart(): void {
    this.#asked = 0
    this.#ways.length = 0
    this.isExhausted = false
  }

  /** Begins the next way of answering. @returns false when there is none. */
  next(): boolean {
    for (let last = this.#asked - 1; last >= 0; last--) {
      const answer = (this.#answers[last] ?? 0) + 1
      if (answer >= this.#ways[last]!) continue
      this.#answers = [...Array.from({ length: last }, (_, question) => this.#answers[question] ?? 0), answer]
      this.restart()
      return true
    }
    return false
  }
}

export interface Abstract {
  executable: Executable
  oracle: Oracle
  names: Names
}

const site = { epoch: '2026-01-01T00:00:00Z', timeZone: 'UTC' }

export function abstract(program: Program): Abstract {
  const oracle = new Oracle()
  const nothing: Closure = () => null
  const special: Closure[] = [
    () => oracle.ask(2) === 0,
    () => oracle.ask(INSTANCES_MAX + 1),
    () => new Array<Value>(oracle.ask(INSTANCES_MAX + 1)).fill(null),
    () => 1,
    () => 'PT1S',
    () => '2026-01-02T00:00:00Z',
    () => 'R1/PT1S',
  ]
  const first = program.expressions.length
  const at: Specials = {
    condition: first,
    cardinality: first + 1,
    collection: first + 2,
    one: first + 3,
    duration: first + 4,
    date: first + 5,
    cycle: first + 6,
    constants: (expression) => constantOf(program, expression),
    add: (closure) => first + special.push(closure) - 1,
    kept: (expression) => first + special.push(toClosure(program.expressions[expression]!)) - 1,
  }
  const nodes = program.nodes.map((node) => withoutData(node, at))
  const flows = program.flows.map((flow, index) =>
    isDecided(program, flow, index) ? { ...flow, condition: at.condition } : flow,
  )
  const holds = program.holds.map((hold) => ({ ...hold, quantity: at.one, where: [] }))
  const executable = load({ ...program, nodes, flows, holds, expressions: [], decisions: [] }, site)
  executable.expressions = [...program.expressions.map(() => nothing), ...special]
  // Conditions of events become true when the world says so, like messages.
  executable.hasConditions = false
  return { executable, oracle, names: new Names(program) }
}

/** A flow that a condition or, in a drawing, chance decides about. */
function isDecided(program: Program, { condition, source }: ProgramFlow, index: number): boolean {
  const from = program.nodes[source]!
  return condition >= 0 || (from.defaultFlow !== index && isLeftToChance(program, from))
}

interface Specials {
  condition: number
  cardinality: number
  collection: number
  one: number
  duration: number
  date: number
  cycle: number
  /** The whole number that an expression always gives, or null. */
  constants: (expression: number) => number | null
  add: (closure: Closure) => number
  /** An expression that speaks of tokens, not of data. */
  kept: (expression: number) => number
}

function constantOf({ expressions }: Program, expression: number): number | null {
  const tree = expressions[expression]
  const value = Array.isArray(tree) && tree[0] === 'value' ? tree[1] : null
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

function withoutData(node: ProgramNode, at: Specials): ProgramNode {
  const { kind, event, task, call, loop, adHoc, activationCondition } = node
  const isOnTheSpot = kind === NodeKind.scriptTask || kind === NodeKind.businessRuleTask
  return {
    ...node,
    // What is worked out on the spot may be looked at as done by somebody: so no loop goes round inside one step.
    kind: isOnTheSpot ? NodeKind.task : kind,
    event: event && eventWithoutData(event, at),
    task: task && taskWithoutData(task),
    call: call && { ...call, inputs: [], outputs: [] },
    loop: loop && loopWithoutData(loop, at),
    ...(adHoc && { adHoc: { ...adHoc, completionCondition: adHoc.completionCondition < 0 ? -1 : at.condition } }),
    needs: node.needs.map((need) => ({ ...need, quantity: at.one, where: [] })),
    slot: null,
    priority: -1,
    ...(activationCondition !== undefined && activationCondition >= 0 && { activationCondition: at.kept(activationCondition) }),
    outcomes: [],
  }
}

function taskWithoutData({ dataInputs, dataOutputs, ...task }: ProgramTask): ProgramTask {
  return { ...task, place: -1, due: -1, decision: -1, script: -1, resultVariable: '', inputs: [], outputs: [] }
}

function eventWithoutData(event: ProgramEvent, at: Specials): ProgramEvent {
  return {
    ...event,
    correlation: -1,
    assignments: [],
    expression: event.timer ? at[event.timer] : event.expression,
    ...(event.parts && { parts: event.parts.map((part) => eventWithoutData(part, at)) }),
  }
}

function loopWithoutData(loop: ProgramLoop, at: Specials): ProgramLoop {
  const { standard, cardinality, collection, completionCondition } = loop
  const plain = { ...loop, elementVariable: '', outputCollection: '', outputElement: -1 }
  if (loop.behaviour)
    plain.behaviour = loop.behaviour.map(({ first, condition, event }) => ({
      ...(first && { first }),
      condition: condition < 0 ? -1 : at.condition,
      event: eventWithoutData(event, at),
    }))
  if (standard) return { ...plain, condition: at.condition, maximum: -1 }
  const constant = cardinality >= 0 ? at.constants(cardinality) : null
  const known = constant === null ? at.cardinality : at.add(() => Math.min(constant, INSTANCES_MAX))
  return {
    ...plain,
    cardinality: cardinality >= 0 ? known : -1,
    collection: collection >= 0 ? at.collection : -1,
    completionCondition: completionCondition >= 0 ? at.condition : -1,
  }
}
