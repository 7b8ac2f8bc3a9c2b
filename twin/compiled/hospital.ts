/**
 * The fast lane: a hospital whose pathways `program.ts` can compile, simulated from tables. The same patients, the same chance, the same
 * order of everything as `simulate/hospital.ts`, to the byte; that one is the measure of this one, and takes what this one cannot.
 */
import { MOVES_MAX } from '../../pathways/engine/index.ts'
import { priorityValue } from '../../pathways/engine/resources.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { byWeight, chanceOf, Purpose, uniformOf, withinHigh, withinLow } from '../simulate/chance.ts'
import type { Sampler } from '../simulate/distributions.ts'
import { classOf, type Lasting } from '../simulate/lasting.ts'
import type { HospitalOptions } from '../simulate/options.ts'
import { Source } from '../simulate/source.ts'
import { PlannedKind } from '../simulate/state.ts'
import { Agenda } from './agenda.ts'
import { Allocator, type PoolGauges } from './allocator.ts'
import { Beyond } from './beyond.ts'
import { type CompiledProgram, type Step, StepKind } from './program.ts'
import { RunScope } from './run-scope.ts'
import { Runs } from './runs.ts'
import { stuckRuns } from './stuck.ts'
import { drawnDue, Revocable, type Timer } from './timers.ts'

/** What is counted of one pathway. Times in milliseconds. */
export interface ProgramGauges {
  started(at: number): void
  /** @param variables the run's. */
  completed(startedAt: number, at: number, variables: Variables): void
  /** By node: a request was granted. @param variables the run's. */
  waited(node: number, since: number, at: number, variables: Variables): void
  /** By node: a request was given up. */
  unserved(node: number, since: number, at: number): void
  /** By node: runs came to this end. */
  reached(node: number, startedAt: number): void
  /** What is counted depends on the variables of runs. */
  readonly readsVariables?: boolean
}

export interface Gauges {
  program(process: string): ProgramGauges
  pool(id: string): PoolGauges
}

export interface CompiledHospitalOptions {
  programs: CompiledProgram[]
  steps: Step[]
  /** In the order of the places that the programs know them by. */
  pools: { id: string; units: number }[]
  options: Pick<HospitalOptions, 'streams' | 'site' | 'seed' | 'replication' | 'start'>
  gauges: Gauges
}

const { round } = Math

export class CompiledHospital {
  at: number
  readonly #programs: CompiledProgram[]
  readonly #steps: Step[]
  readonly #gauges: ProgramGauges[]
  /** By program: something looks at what its runs know. */
  readonly #readsVariables: boolean[]
  readonly #runs: Runs
  readonly #allocator: Allocator
  /** By pool. */
  readonly #units: number[]
  /** Runs whose task will be done, and what may be called off, inverted. */
  readonly #tasks = new Agenda()
  /** Sources whose next patient will come; at one time, after the tasks. */
  readonly #arrivals = new Agenda()
  readonly #revocable = new Revocable()
  readonly #sources: Source[]
  /** By source: its program. */
  readonly #pathways: number[]
  readonly #scope: RunScope

  constructor({ programs, steps, pools, options, gauges }: CompiledHospitalOptions) {
    this.at = options.start
    this.#programs = programs
    this.#steps = steps
    this.#gauges = programs.map(({ process }) => gauges.program(process))
    this.#readsVariables = programs.map(
      ({ readsVariables }, program) => readsVariables || this.#gauges[program]!.readsVariables === true,
    )
    this.#runs = new Runs(Math.max(0, ...programs.map(({ counters }) => counters)))
    this.#units = pools.map(({ units }) => units)
    this.#allocator = new Allocator(
      pools.map(({ id, units }) => ({ units, gauges: gauges.pool(id) })),
      this.#runs,
      steps,
      this,
    )
    this.#scope = new RunScope(options.site, this.#runs.variables)
    const chance = chanceOf(options.seed, options.replication ?? 0)
    this.#sources = (options.streams ?? []).map((stream) => new Source(stream, chance, options))
    this.#pathways = this.#sources.map(({ stream }) => programs.findIndex(({ process }) => process === stream.pathway))
  }

  /** Does all that happens up to a time, inclusive. @throws Beyond where a run comes to what the tables do not hold. */
  run(until: number): void {
    for (let source = 0; source < this.#sources.length; source++)
      if (!this.#sources[source]!.isPlanned) this.#planNextArrival(source, until)
    const tasks = this.#tasks
    const arrivals = this.#arrivals
    for (;;) {
      const taskAt = tasks.at
      const arrivalAt = arrivals.at
      const at = Math.min(taskAt, arrivalAt)
      if (at > until || at === Number.POSITIVE_INFINITY) break
      this.at = at
      if (taskAt <= arrivalAt) {
        const item = tasks.take()
        if (item >= 0) this.#complete(item)
        else this.#happen(~item)
      } else this.#arrive(arrivals.take(), until)
      if (this.#allocator.granted.size > 0) this.#settle()
    }
    if (Number.isFinite(until) && until > this.at) this.at = until
  }

  /** How many runs wait for one another in a circle now. */
  get stuck(): number {
    return stuckRuns(this.#runs, this.#programs, this.#units, (run) => this.#stepOf(run))
  }

  #stepOf(run: number): Step {
    return this.#steps[this.#runs.step[run]!]!
  }

  #planNextArrival(place: number, until: number): void {
    const source = this.#sources[place]!
    if (source.plan(until)) this.#arrivals.push(source.at, PlannedKind.arrival, place)
  }

  #arrive(place: number, until: number): void {
    const { stream, key, index } = this.#sources[place]!
    const program = this.#pathways[place]!
    const [low, high] = [withinLow(key.low, index), withinHigh(key.high, index)]
    const run = this.#runs.add(this.at, low, high)
    if (this.#readsVariables[program]) this.#runs.variables[run] = stream.variables(index, this.at, { low, high })
    this.#gauges[program]!.started(this.at)
    this.#planNextArrival(place, until)
    this.#enter(run, this.#programs[program]!.first)
    this.#allocator.allocate()
  }

  /** Those who were granted what they asked for begin, one after the other. */
  #settle(): void {
    const { granted } = this.#allocator
    for (let index = 0; index < granted.size; index++) {
      const run = granted.runs[index]!
      this.#beginGranted(run, this.#stepOf(run), this.#runs.since[run]!)
      this.#allocator.allocate()
    }
    granted.size = 0
  }

  #beginGranted(run: number, step: Step, since: number): void {
    this.#gauges[step.program]!.waited(step.node, since, this.at, this.#runs.variables[run]!)
    if (step.takes !== 0) this.#runs.held[run]! |= step.takes
    if (step.gives !== 0) this.#give(run, step, step.gives)
    this.#begin(run, step)
  }

  /** The time has come of what may have been called off. */
  #happen(planned: number): void {
    const run = this.#revocable.take(planned)
    if (run < 0) return
    const { timer, work } = this.#runs
    const isTimer = timer[run] === planned
    const other = isTimer ? work[run]! : timer[run]!
    if (other >= 0) this.#revocable.callOff(other)
    timer[run] = -1
    work[run] = -1
    if (isTimer) this.#giveUp(run)
    else this.#complete(run)
  }

  /** A task that is waited for, or under way, is given up. */
  #giveUp(run: number): void {
    const runs = this.#runs
    const step = this.#stepOf(run)
    const { needs, boundary } = step
    if (runs.serial[run]! >= 0) {
      this.#allocator.withdraw(run)
      this.#gauges[step.program]!.unserved(step.node, runs.since[run]!, this.at)
      runs.taken[run]! &= ~step.takes
    } else for (let index = 0; index < needs.length; index++) this.#allocator.giveBack(needs[index]!)
    this.#enter(run, boundary!.next)
    this.#allocator.allocate()
  }

  #complete(run: number): void {
    const step = this.#stepOf(run)
    const { needs, outcomes } = step
    if (outcomes.length > 0) this.#write(run, step)
    for (let index = 0; index < needs.length; index++) this.#allocator.giveBack(needs[index]!)
    this.#enter(run, step.next)
    this.#allocator.allocate()
  }

  /** A token goes on until it waits for something. */
  #enter(run: number, from: number): void {
    const runs = this.#runs
    const steps = this.#steps
    let place = from
    for (let moves = 0; moves < MOVES_MAX; moves++) {
      const step = steps[place]!
      runs.step[run] = place
      if (step.kind === StepKind.choice) {
        place = step.weights ? this.#byChance(run, step, step.weights) : this.#byCondition(run, step)
        continue
      }
      if (step.kind === StepKind.end) return this.#end(run, step)
      if (step.pause) return this.#tasks.push(this.#dueOf(run, step.pause), PlannedKind.timer, run)
      if (step.boundary) this.#set(run, step.boundary)
      if (step.asks.length > 0) return this.#ask(run, step)
      if (step.gives !== 0) this.#give(run, step, step.gives)
      return this.#begin(run, step)
    }
    throw new Beyond(`step ${place}`, 'a way round that waits for nothing')
  }

  #set(run: number, timer: Timer): void {
    const planned = this.#revocable.plan(run)
    this.#runs.timer[run] = planned
    this.#tasks.push(this.#dueOf(run, timer), PlannedKind.timer, ~planned)
  }

  #dueOf(run: number, timer: Timer): number {
    const due = drawnDue(timer, this.#scopeOf(run))
    const sampler = this.#samplerFor(run, timer.lasting)
    if (!sampler) return due
    const runs = this.#runs
    const iteration = runs.iteration(run, timer.counter)
    const low = withinLow(withinLow(runs.low[run]!, timer.word), iteration)
    const high = withinHigh(withinHigh(runs.high[run]!, timer.word), iteration)
    return this.at + round(sampler(low, high, Purpose.duration))
  }

  #ask(run: number, step: Step): void {
    const runs = this.#runs
    if ((runs.taken[run]! & step.takes) !== 0) throw new Beyond(`step ${step.node}`, 'a hold that is taken already')
    runs.taken[run]! |= step.takes
    if (this.#allocator.grantAtOnce(step)) return this.#beginGranted(run, step, this.at)
    this.#allocator.ask(run, step.priority ? priorityValue(step.priority(this.#scopeOf(run))) : 0)
  }

  #begin(run: number, step: Step): void {
    const runs = this.#runs
    const iteration = runs.iteration(run, step.counter)
    const low = withinLow(withinLow(runs.low[run]!, step.word), iteration)
    const high = withinHigh(withinHigh(runs.high[run]!, step.word), iteration)
    if (step.outcomes.length > 0) {
      runs.taskLow[run] = low
      runs.taskHigh[run] = high
    }
    const sampler = this.#samplerFor(run, step)
    const lasts = sampler ? round(sampler(low, high, Purpose.duration)) : 0
    if (step.boundary) runs.work[run] = this.#revocable.plan(run)
    this.#tasks.push(this.at + lasts, PlannedKind.task, step.boundary ? ~runs.work[run]! : run)
  }

  #samplerFor(run: number, { duration, durationBy }: Lasting): Sampler | null {
    if (!durationBy) return duration
    const value = durationBy.value(this.#scopeOf(run))
    return durationBy.samplers.get(classOf(value)) ?? duration
  }

  #give(run: number, { program }: Step, holds: number): void {
    const runs = this.#runs
    const given = runs.held[run]! & holds
    if (given === 0) return
    runs.held[run]! &= ~given
    runs.taken[run]! &= ~given
    const declared = this.#programs[program]!.holds
    for (let hold = 0; hold < declared.length; hold++) if ((given & (1 << hold)) !== 0) this.#allocator.giveBack(declared[hold]!)
  }

  #end(run: number, step: Step): void {
    const runs = this.#runs
    const gauges = this.#gauges[step.program]!
    const startedAt = runs.startedAt[run]!
    this.#give(run, step, -1)
    gauges.reached(step.node, startedAt)
    gauges.completed(startedAt, this.at, runs.variables[run]!)
    runs.remove(run)
  }

  #byChance(run: number, step: Step, weights: number[]): number {
    const runs = this.#runs
    const iteration = runs.iteration(run, step.counter)
    const low = withinLow(withinLow(runs.low[run]!, step.word), iteration)
    const high = withinHigh(withinHigh(runs.high[run]!, step.word), iteration)
    return step.targets[byWeight(weights, uniformOf(low, high, Purpose.branch, 0))]!
  }

  #byCondition(run: number, { conditions, targets }: Step): number {
    const scope = this.#scopeOf(run)
    for (let index = 0; index < conditions.length; index++) {
      const condition = conditions[index]!
      if (condition === null || condition(scope) === true) return targets[index]!
    }
    throw new Error('A gateway without a default was compiled.')
  }

  /** What a task writes when it is done: each outcome with luck of its own, seeing those before it. */
  #write(run: number, { outcomes }: Step): void {
    const runs = this.#runs
    const scope = this.#scopeOf(run)
    const result: Variables = {}
    for (let index = 0; index < outcomes.length; index++) {
      const luck = uniformOf(runs.taskLow[run]!, runs.taskHigh[run]!, Purpose.outcome, index)
      scope.extras = { ...result, luck }
      result[outcomes[index]!.variable] = outcomes[index]!.value(scope)
    }
    scope.extras = null
    Object.assign(runs.variables[run]!, result)
  }

  #scopeOf(run: number): RunScope {
    this.#scope.at = this.at
    this.#scope.run = run
    return this.#scope
  }
}
