/**
 * Who plays the patients, the staff and the systems of a live hospital: each of its runs has the chance that it has in the twin, by patient,
 * element and how often it came to it, so that work lasts as long and ends alike.
 */
import type { Effect } from '../../pathways/engine/contract.ts'
import type { Instance } from '../../pathways/engine/instance.ts'
import { canonicalJson } from '../../pathways/language/canonical.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import type { Program, ProgramNode } from '../../pathways/language/program.ts'
import { type ChanceKey, within, wordOf } from '../simulate/chance.ts'
import type { HospitalOptions, Letter, SimulatedRun, TaskUnderWay } from '../simulate/index.ts'
import { beginTask, iterationOf, outcomesOf } from '../simulate/work.ts'
import { createWorld, keyOf, pathwayOf, simulatedOf, type World } from '../simulate/world.ts'

/** What the records say of a run that begins. */
export interface BegunRun {
  id: string
  pathway: string
  callerRun: string | null
  callerWait: number | null
  /** The dirty unit that it makes usable. */
  turnoverUnit: string | null
  /** The stock that it orders. */
  pool: string | null
}

/** A live run as the twin would have it, under the name that it has there. */
export type PlayedRun = SimulatedRun & { name: string; sequence: number }

type EffectOf<Type extends Effect['type']> = Extract<Effect, { type: Type }>

export class Cast {
  readonly #world: World
  readonly #runs = new Map<string, PlayedRun>()
  /** Chance of runs that are about to begin, by their id or by what it begins with. */
  readonly #expected = new Map<string, { key: ChanceKey; isByMessage: boolean }>()
  readonly #attributes: Map<string, Variables>
  #numbered = 0

  /** @throws ImpossibleHospital and the like, as the twin does. */
  constructor(options: HospitalOptions) {
    this.#world = createWorld(options)
    this.#attributes = new Map(options.ledger.units.map(({ id, place, attributes }) => [id, { place, ...attributes }]))
  }

  run(id: string): PlayedRun | undefined {
    return this.#runs.get(id)
  }

  programOf(run: PlayedRun): Program {
    return simulatedOf(this.#world, run).program
  }

  /** The node that a task is of. */
  nodeOf(run: PlayedRun, task: TaskUnderWay): ProgramNode {
    return this.programOf(run).nodes[task.node]!
  }

  /** A run of this id will begin by itself. */
  expect(id: string, key: ChanceKey): void {
    this.#expected.set(id, { key, isByMessage: false })
  }

  /** A message from outside may begin runs whose ids begin with this one. */
  expectFrom(letter: Letter, at: number, id: string): void {
    const key = within(within(keyOf(this.#world, letter.name), wordOf(canonicalJson(letter.key))), at)
    this.#expected.set(id, { key, isByMessage: true })
  }

  /** In the order in which runs begin. */
  begin(begun: BegunRun): PlayedRun {
    const { id, pathway, callerRun, callerWait } = begun
    const caller = callerRun === null ? undefined : this.#runs.get(callerRun)
    const run: PlayedRun = {
      id,
      name: caller ? `${caller.name}.${callerWait}` : `${pathway}-${++this.#numbered}`,
      pathway,
      hash: pathwayOf(this.#world, pathway).program.hash,
      // Told by its first step.
      instance: null as unknown as Instance,
      patient: '',
      startedAt: 0,
      key: this.#keyOf(begun),
      iterations: {},
      tasks: [],
      caller: null,
      called: {},
      turnsOver: '',
      conduct: {},
      sequence: 0,
    }
    this.#runs.set(id, run)
    return run
  }

  /** What a step changes about a run, and the work that begins with it. */
  stepped(run: PlayedRun, sequence: number, instance: Instance, effects: Effect[], at: number): TaskUnderWay[] {
    run.instance = instance
    run.sequence = sequence
    const begun: TaskUnderWay[] = []
    let sends = 0
    for (const effect of effects) {
      if (effect.type === 'perform') begun.push(this.#perform(run, effect, at))
      else if (effect.type === 'cancel') run.tasks = run.tasks.filter(({ wait }) => wait !== effect.wait)
      else if (effect.type === 'call') this.#call(run, effect)
      else if (effect.type === 'send') this.#send(run, effect, `${run.id}.s${sequence}.${sends++}`)
    }
    return begun.filter((task) => run.tasks.includes(task))
  }

  /** What is written when a task is done; undefined when it is not under way any more. */
  finish(id: string, wait: number, at: number): { run: PlayedRun; task: TaskUnderWay; result: Variables } | undefined {
    const run = this.#runs.get(id)
    const task = run?.tasks.find((open) => open.wait === wait)
    if (!run || !task) return undefined
    run.tasks = run.tasks.filter((open) => open !== task)
    return { run, task, result: outcomesOf(simulatedOf(this.#world, run), run, task, at) }
  }

  #perform(run: PlayedRun, effect: EffectOf<'perform'>, at: number): TaskUnderWay {
    const attributesOf = (unit: string): Variables => this.#attributes.get(unit) ?? {}
    const task = beginTask(simulatedOf(this.#world, run), run, effect, at, attributesOf)
    run.tasks.push(task)
    return task
  }

  #call(run: PlayedRun, { wait, node }: EffectOf<'call'>): void {
    const { words, program } = simulatedOf(this.#world, run)
    const iteration = iterationOf(run, `call ${program.nodes[node]!.id}`)
    this.expect(`${run.id}.${wait}`, within(within(run.key, words[node]!), iteration))
  }

  #send(run: PlayedRun, { name }: EffectOf<'send'>, id: string): void {
    const key = within(within(run.key, wordOf(name)), iterationOf(run, `send ${name}`))
    this.#expected.set(id, { key, isByMessage: true })
  }

  #keyOf({ id, pathway, turnoverUnit, pool }: BegunRun): ChanceKey {
    if (turnoverUnit !== null) return this.#turnoverKey(id, pathway, turnoverUnit)
    if (pool !== null) {
      const order = this.#world.state.orders[pool] ?? 0
      this.#world.state.orders[pool] = order + 1
      return within(within(this.#world.chance, wordOf(`order ${pool}`)), order)
    }
    const expected = this.#expected.get(id) ?? this.#expected.get(id.replace(/\.\d+$/, ''))
    if (!expected) throw new Error(`Nobody knows why the run ${id} began`)
    return expected.isByMessage ? within(expected.key, wordOf(pathway)) : expected.key
  }

  /** A turnover is named after the run that left the unit, the unit and the time. */
  #turnoverKey(id: string, pathway: string, unit: string): ChanceKey {
    const left = this.#runs.get(id.slice(0, id.lastIndexOf(`.${unit}.`)))
    if (!left) throw new Error(`Nobody knows who left the unit that the run ${id} turns over`)
    const iteration = iterationOf(left, `turnover ${unit}`)
    return within(within(within(left.key, wordOf(pathway)), wordOf(unit)), iteration)
  }
}
