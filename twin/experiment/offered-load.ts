/**
 * What a patient asks of each pool at least, without simulating: a way through the pathway, its mean durations, and what is kept from one
 * element to another. What is not known before (answers of systems, how long one waits, who gives up) counts for nothing.
 */
import { type Closure, type FeelScope, toClosure } from '../../pathways/language/feel/evaluate.ts'
import { isBuiltin } from '../../pathways/language/feel/names.ts'
import { namesIn } from '../../pathways/language/feel/names-in.ts'
import type { FeelTree } from '../../pathways/language/feel/tree.ts'
import type { Value, Variables } from '../../pathways/language/feel/value.ts'
import { constantOf, isLeftToChance, NodeKind, type Program, type ProgramNode } from '../../pathways/language/program.ts'
import { millisecondsOf } from '../../pathways/time/duration.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import { weightsOf } from '../simulate/branching.ts'
import { type ChanceKey, Purpose, uniform, within, wordOf } from '../simulate/chance.ts'
import { meanOf } from '../simulate/distributions.ts'
import type { HospitalOptions } from '../simulate/options.ts'

/** Rounds of a loop, and calls in calls, that are followed. */
const ROUNDS_MAX = 200
const DEPTH_MAX = 8

/** Units of a pool that are kept meanwhile. */
interface Kept {
  pool: string
  quantity: number
}

/** A share of the patient, at a node, with what it holds. */
interface Place {
  node: number
  share: number
  holds: number[]
}

type Resources = Pick<HospitalOptions, 'programs' | 'elements' | 'ledger' | 'site'>

/** Unit milliseconds by pool. */
export type Load = Map<string, number>

export class OfferedLoad {
  readonly #options: Resources
  readonly #load: Load = new Map()
  readonly #variables: Variables
  readonly #luck: ChanceKey
  #draws = 0

  /** @param variables those that the patient begins with. @param luck numbers that decide what its elements write. */
  constructor(options: Resources, variables: Variables, luck: ChanceKey) {
    this.#options = options
    this.#variables = { ...variables }
    this.#luck = luck
  }

  /** Of one run of a pathway. */
  of(process: string): Load {
    this.#follow(process, [], 1, 0)
    return this.#load
  }

  /** @param kept what whoever called it keeps meanwhile. */
  #follow(process: string, kept: Kept[], share: number, depth: number): void {
    const program = this.#options.programs.find((each) => each.process === process)
    const start = program?.nodes[0]?.starts[0]
    if (!program || start === undefined || depth > DEPTH_MAX) return
    this.#walk(program, { node: start, share, holds: [] }, kept, depth)
  }

  #walk(program: Program, start: Place, kept: Kept[], depth: number): void {
    let places = [start]
    for (let round = 0; round < ROUNDS_MAX && places.length > 0; round++) {
      const next = new Map<string, Place>()
      for (const place of places)
        for (const each of this.#pass(program, place, kept, depth)) {
          const key = `${each.node} ${each.holds.join()}`
          const known = next.get(key)
          if (known) known.share += each.share
          else next.set(key, each)
        }
      places = [...next.values()].filter(({ share }) => share > 1e-9)
    }
  }

  /** What a share of a patient does at a node. @returns where it goes on. */
  #pass(program: Program, { node: index, share: came, holds: before }: Place, kept: Kept[], depth: number): Place[] {
    const node = program.nodes[index]!
    const { kind, incoming, needs, takes, gives } = node
    // Of the tokens that a join brings together one goes on.
    const share = kind === NodeKind.parallelGateway ? came / Math.max(1, incoming.length) : came
    // Who gives up waiting is not known, nor how often a loop goes round.
    if (this.#mayGiveUp(program, node)) return []
    if (node.loop) return this.#after(program, node, share, before)
    const holds = [...before.filter((hold) => !gives.includes(hold)), ...takes].sort((one, other) => one - other)
    const ofHolds = holds.map((hold) => this.#kept(program, program.holds[hold]!))
    const own = needs.map((need) => this.#kept(program, need))
    this.#add([...kept, ...ofHolds, ...own], share * this.#lasts(program, node))
    for (const used of [...own, ...takes.map((hold) => this.#kept(program, program.holds[hold]!))])
      this.#turnOver(used, share, depth)
    const around = [...kept, ...ofHolds, ...own]
    if (node.call) this.#follow(node.call.process, node.call.handsOver.length > 0 ? kept : around, share, depth + 1)
    else if (node.starts.length > 0) this.#walk(program, { node: node.starts[0]!, share, holds: [] }, around, depth + 1)
    this.#write(program, node)
    return this.#after(program, node, share, holds)
  }

  #add(held: Kept[], ms: number): void {
    if (ms === 0) return
    for (const { pool, quantity } of held) this.#load.set(pool, (this.#load.get(pool) ?? 0) + quantity * ms)
  }

  /** What makes a unit usable again after it was used keeps it meanwhile. */
  #turnOver({ pool, quantity }: Kept, share: number, depth: number): void {
    const turnover = this.#options.ledger.pools.find(({ id }) => id === pool)?.turnover
    if (turnover) this.#follow(turnover, [{ pool, quantity: 1 }], share * quantity, depth + 1)
  }

  #kept(program: Program, { pool, quantity }: { pool: string; quantity: number }): Kept {
    const known = constantOf(program, quantity)
    return { pool, quantity: typeof known === 'number' ? known : 0 }
  }

  #mayGiveUp({ nodes }: Program, { needs, takes, boundaries }: ProgramNode): boolean {
    return needs.length + takes.length > 0 && boundaries.some((boundary) => nodes[boundary]!.interrupting)
  }

  #lasts(program: Program, { duration, durationBy, event, kind }: ProgramNode): number {
    if (durationBy) {
      const value = this.#known(program, durationBy.expression)
      const all = [...Object.values(durationBy.durations), ...(duration ? [duration] : [])]
      if (value === undefined) return all.length > 0 ? Math.min(...all.map(meanOf)) : 0
      const named = durationBy.durations[typeof value === 'string' ? value : JSON.stringify(value)] ?? duration
      return named ? Math.max(0, meanOf(named)) : 0
    }
    if (duration) return Math.max(0, meanOf(duration))
    if (kind !== NodeKind.intermediateCatchEvent || event?.timer !== 'duration') return 0
    const text = constantOf(program, event.expression)
    return typeof text === 'string' ? (millisecondsOf(text) ?? 0) : 0
  }

  /** What it writes: by luck of its own, or nobody knows what. */
  #write(program: Program, { id, task, outcomes, call }: ProgramNode): void {
    const reads = this.#options.elements?.[program.process]?.[id]?.reads ?? {}
    const unknown = [
      ...Object.keys(reads),
      ...(task?.outputs ?? []).map(({ variable }) => variable),
      ...(task?.dataOutputs ?? []).map(({ variable }) => variable),
      ...(call?.outputs ?? []).map(({ variable }) => variable),
      task?.resultVariable ?? '',
    ]
    for (const variable of unknown) delete this.#variables[variable]
    for (const { variable, expression } of outcomes) {
      const luck = uniform(within(this.#luck, wordOf(id)), Purpose.outcome, this.#draws++)
      const value = this.#known(program, expression, { luck })
      if (value === undefined || (task && task.outputs.length > 0)) delete this.#variables[variable]
      else this.#variables[variable] = value
    }
  }

  #after(program: Program, node: ProgramNode, share: number, holds: number[]): Place[] {
    const to = (flow: number, part: number, kept: number[]): Place => ({
      node: program.flows[flow]!.target,
      share: share * part,
      holds: kept,
    })
    const { kind, outgoing } = node
    if (kind === NodeKind.parallelGateway || (kind < NodeKind.exclusiveGateway && outgoing.length > 1))
      // What is held is counted along one of the ways.
      return outgoing
        .filter((flow) => program.flows[flow]!.condition < 0)
        .map((flow, index) => to(flow, 1, index === 0 ? holds : []))
    if (outgoing.length === 1) return [to(outgoing[0]!, 1, holds)]
    if (isLeftToChance(program, node)) {
      const weights = weightsOf(program, outgoing)
      return outgoing.map((flow, index) => to(flow, weights[index]!, holds))
    }
    return kind === NodeKind.exclusiveGateway ? this.#decided(program, node).map((flow) => to(flow, 1, holds)) : []
  }

  /** The flow that conditions choose; none while one of them is not known. */
  #decided(program: Program, { outgoing, defaultFlow }: ProgramNode): number[] {
    for (const flow of outgoing) {
      if (flow === defaultFlow) continue
      const value = this.#known(program, program.flows[flow]!.condition)
      if (value === undefined) return []
      if (value === true) return [flow]
    }
    return defaultFlow >= 0 ? [defaultFlow] : []
  }

  /** The value of an expression; undefined where it speaks of what is not known before. */
  #known(program: Program, expression: number, extra: Variables = {}): Value | undefined {
    const tree = program.expressions[expression]
    if (!tree) return undefined
    const known: Variables = { ...this.#variables, ...extra }
    const { names, closure } = readable(tree)
    for (const name of names) if (!Object.hasOwn(known, name)) return undefined
    return closure(new KnownScope(this.#options.site, known))
  }
}

interface Readable {
  /** What it speaks of, functions of FEEL excepted. */
  names: string[]
  closure: Closure
}

/** Many patients are asked the same. */
const readables = new WeakMap<FeelTree, Readable>()

const readable = (tree: FeelTree): Readable => {
  const known = readables.get(tree)
  if (known) return known
  const made = { names: [...namesIn(tree)].filter((name) => !isBuiltin(name)), closure: toClosure(tree) }
  readables.set(tree, made)
  return made
}

class KnownScope implements FeelScope {
  readonly at = 0
  readonly site: SiteTime
  readonly #known: Variables

  constructor(site: SiteTime, known: Variables) {
    this.site = site
    this.#known = known
  }

  get(name: string): Value | undefined {
    return this.#known[name]
  }
}
