/**
 * A Program as tables for the fast lane: what each node does, worked out once. Compiled is a pathway in which one token goes from task to
 * task by exclusive gateways and timers; whatever else BPMN has is left to the engine, which is the measure of what happens here.
 */
import type { Closure } from '../../pathways/language/feel/evaluate.ts'
import {
  constantOf,
  EventKind,
  isLeftToChance,
  NodeKind,
  type Program,
  type ProgramNeed,
  type ProgramNode,
} from '../../pathways/language/program.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import { weightsOf } from '../simulate/branching.ts'
import { wordOf } from '../simulate/chance.ts'
import { type Lasting, lastingOf } from '../simulate/lasting.ts'
import { loaded } from '../simulate/loaded.ts'
import { Beyond } from './beyond.ts'
import { drawnDuration, type Timer } from './timers.ts'

export const StepKind = { task: 0, choice: 1, end: 2 } as const

/** One element at which something is done or decided. */
export interface Step extends Lasting {
  kind: number
  /** Which of the hospital's programs it is of, and its index in that. */
  program: number
  node: number
  /** Its id as a word of chance. */
  word: number
  /** Where the run counts how often it has drawn here; -1 where it can come but once. */
  counter: number
  /** The place of the step after it; of an end, -1. */
  next: number
  /** By pool: how many units of each it asks for, what it takes included. */
  asks: Ask[]
  /** The same of its own needs alone, which it gives back when it is done. */
  needs: Ask[]
  /** Declared holds, as bits. */
  takes: number
  gives: number
  priority: Closure | null
  /** After which it is given up. */
  boundary: Timer | null
  /** Of an intermediate event, what it is all about. */
  pause: Timer | null
  outcomes: { variable: string; value: Closure }[]
  /** Of a choice: where each flow leads to; `weights` where chance decides, else conditions, null for the flow that is taken whatever it is. */
  targets: number[]
  weights: number[] | null
  conditions: (Closure | null)[]
}

export interface Ask {
  pool: number
  quantity: number
}

export interface CompiledProgram {
  process: string
  first: number
  /** What each declared hold is. */
  holds: Ask[]
  counters: number
  /** Something is evaluated over the variables of a run. */
  readsVariables: boolean
}

const PERFORMED: NodeKind[] = [NodeKind.task, NodeKind.userTask, NodeKind.serviceTask, NodeKind.manualTask]
/** Of a bit mask. */
const HOLDS_MAX = 30

/**
 * Puts a program's steps after those of the programs before it.
 * @param number the program's place among the hospital's. @param pools the place of each pool, and how many units it has.
 * @param activities those that do something of their own when a task is done.
 * @throws Beyond
 */
export const compileProgram = (
  program: Program,
  number: number,
  steps: Step[],
  site: SiteTime,
  pools: Map<string, { place: number; units: number }>,
  activities: ReadonlySet<string>,
): CompiledProgram => {
  const before = steps.length
  const { nodes, flows, process } = program
  const { expressions, priorities, plainStart } = loaded(program, site)
  const must = (holds: boolean, node: ProgramNode, what: string): void => {
    if (!holds) throw new Beyond(`${process}, ${node.id}`, what)
  }
  const [root] = nodes as [ProgramNode]
  must(root.eventSubProcesses.length === 0 && root.starts.length === 1, root, 'several beginnings')
  must(program.holds.length <= HOLDS_MAX, root, 'many holds')

  const askOf = ({ pool, quantity, where }: ProgramNeed, node: ProgramNode): Ask => {
    const value = constantOf(program, quantity)
    must(typeof value === 'number' && Number.isSafeInteger(value) && value > 0, node, 'a quantity that depends')
    must(where.length === 0, node, 'units that are not alike')
    const { place, units } = pools.get(pool) ?? { place: -1, units: 0 }
    must(place >= 0 && (value as number) <= units, node, 'a pool that has too few')
    return { pool: place, quantity: value as number }
  }
  const holds = program.holds.map((hold) => {
    must(hold.scope === 0, nodes[hold.scope]!, 'a hold of its own')
    return askOf(hold, root)
  })
  const stepOf = new Map<number, number>()
  /** Nodes in the order in which they were come to: the place of each is that of its step. */
  const found: number[] = []
  const repeated = nodes.map((_, node) => comesBack(program, node))
  let counters = 0

  /** The step that a flow leads to; gateways that decide nothing are passed over. */
  const reached = (flow: number): number => {
    let index = flows[flow]!.target
    for (let passed = 0; isPassed(nodes[index]!); passed++) {
      must(passed < nodes.length, nodes[index]!, 'a way round that waits for nothing')
      index = flows[nodes[index]!.outgoing[0]!]!.target
    }
    const known = stepOf.get(index)
    if (known !== undefined) return known
    stepOf.set(index, before + found.length)
    return before + found.push(index) - 1
  }

  /** @param at the node at which it is set. */
  const timerOf = (index: number, at: number): Timer => {
    const node = nodes[index]!
    const { outgoing, defaultFlow } = node
    must(outgoing.length === 1 && defaultFlow < 0 && flows[outgoing[0]!]!.condition < 0, node, 'several ways out')
    return {
      word: wordOf(node.id),
      counter: repeated[at] ? counters++ : -1,
      after: drawnDuration(program, node, expressions),
      lasting: lastingOf(node, expressions),
      next: reached(outgoing[0]!),
    }
  }
  const boundaryOf = (node: ProgramNode, index: number): Timer | null => {
    const [boundary] = node.boundaries
    if (boundary === undefined) return null
    must(
      node.boundaries.length === 1 && nodes[boundary]!.interrupting,
      node,
      'several boundaries, or one that does not interrupt',
    )
    return timerOf(boundary, index)
  }

  const compileNode = (index: number): Step => {
    const node = nodes[index]!
    const { kind, outgoing, defaultFlow } = node
    const isChoice = kind === NodeKind.exclusiveGateway
    must(node.loop === null && !node.forCompensation, node, 'loops')
    must(
      (node.startQuantity ?? 1) === 1 && (node.completionQuantity ?? 1) === 1 && node.slot === null,
      node,
      'quantities or slots',
    )
    const step: Step = {
      kind: isChoice ? StepKind.choice : kind === NodeKind.endEvent ? StepKind.end : StepKind.task,
      program: number,
      node: index,
      word: wordOf(node.id),
      counter: repeated[index] ? counters++ : -1,
      next: -1,
      asks: [],
      needs: [],
      takes: 0,
      gives: 0,
      priority: null,
      duration: null,
      durationBy: null,
      boundary: null,
      pause: null,
      outcomes: [],
      targets: [],
      weights: null,
      conditions: [],
    }
    if (kind === NodeKind.endEvent) {
      must((node.event?.kind ?? EventKind.none) === EventKind.none, node, 'an end that does something')
      return step
    }
    if (isChoice) {
      const byChance = isLeftToChance(program, node)
      must(byChance || defaultFlow >= 0, node, 'a gateway that may lead nowhere')
      if (byChance) step.weights = weightsOf(program, outgoing)
      // Conditions are tried in the order of the flows, the default last.
      const inOrder = byChance ? outgoing : [...outgoing.filter((flow) => flow !== defaultFlow), defaultFlow]
      step.conditions = inOrder.map((flow) => {
        const { condition } = flows[flow]!
        return flow === defaultFlow || condition < 0 ? null : expressions[condition]!
      })
      step.targets = inOrder.map(reached)
      return step
    }
    if (kind === NodeKind.intermediateCatchEvent) {
      step.pause = timerOf(index, index)
      step.next = step.pause.next
      return step
    }
    must(PERFORMED.includes(kind), node, node.type)
    const { task } = node
    must(outgoing.length === 1 && defaultFlow < 0 && flows[outgoing[0]!]!.condition < 0, node, 'several ways out')
    must(!activities.has(task?.activity ?? ''), node, 'an activity that does something')
    must(
      !task || (task.due < 0 && task.place < 0 && task.outputs.length === 0 && !task.dataInputs && !task.dataOutputs),
      node,
      'data of its own',
    )
    step.needs = merged(node.needs.map((need) => askOf(need, node)))
    step.asks = merged([...node.needs.map((need) => askOf(need, node)), ...node.takes.map((take) => holds[take]!)])
    for (const ask of step.asks)
      must(
        [...pools.values()].some(({ place, units }) => place === ask.pool && ask.quantity <= units),
        node,
        'a pool that has too few',
      )
    for (const take of node.takes) step.takes |= 1 << take
    for (const give of node.gives) step.gives |= 1 << give
    if (priorities[index]! >= 0) step.priority = expressions[priorities[index]!]!
    if (node.durationBy)
      must(
        !JSON.stringify(program.expressions[node.durationBy.expression]).includes('"doneBy"'),
        node,
        'a duration by who does it',
      )
    Object.assign(step, lastingOf(node, expressions))
    step.boundary = boundaryOf(node, index)
    step.outcomes = node.outcomes.map(({ variable, expression }) => ({ variable, value: expressions[expression]! }))
    step.next = reached(outgoing[0]!)
    return step
  }

  const start = nodes[plainStart]
  must(start?.kind === NodeKind.startEvent && (start.event?.kind ?? EventKind.none) === EventKind.none, root, 'no plain start')
  must(start!.outgoing.length === 1 && flows[start!.outgoing[0]!]!.condition < 0, start!, 'several ways out')
  const first = reached(start!.outgoing[0]!)
  for (const index of found) steps.push(compileNode(index))
  const readsVariables = steps
    .slice(before)
    .some(
      ({ priority, durationBy, outcomes, conditions, boundary, pause }) =>
        priority ||
        durationBy ||
        outcomes.length > 0 ||
        conditions.some((each) => each) ||
        [boundary, pause].some((timer) => typeof timer?.after === 'function' || timer?.lasting.durationBy),
    )
  return { process, first, holds, counters, readsVariables }
}

const isPassed = ({ kind, outgoing }: ProgramNode): boolean => kind === NodeKind.exclusiveGateway && outgoing.length === 1

/** Of several of one pool, one. */
const merged = (asks: Ask[]): Ask[] => {
  const quantities = new Map<number, number>()
  for (const { pool, quantity } of asks) quantities.set(pool, (quantities.get(pool) ?? 0) + quantity)
  return [...quantities].map(([pool, quantity]) => ({ pool, quantity }))
}

/** Whether a token that leaves a node may come to it again. */
const comesBack = ({ nodes, flows }: Program, node: number): boolean => {
  const seen = new Set<number>()
  const open = [node]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { outgoing, boundaries } = nodes[next]!
    for (const target of [...outgoing.map((flow) => flows[flow]!.target), ...boundaries]) {
      if (target === node) return true
      if (!seen.has(target)) open.push(target)
      seen.add(target)
    }
  }
  return false
}
