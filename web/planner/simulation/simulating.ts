/** What a simulating worker does: one thing after another, a slice at a time, so that what is asked meanwhile is heard at once. */
import {
  checkGoesOn,
  earlyTimes,
  goOn,
  type OpenedReplication,
  type Opening,
  opening,
  type Standing,
  type WentOn,
} from '../../../twin/experiment/going-on.ts'
import type { Experiment } from '../../../twin/experiment/prepare.ts'
import { prepareReady, type ReadyScenario } from '../../../twin/experiment/ready.ts'
import { messageOf } from '../../shared/worker.ts'
import type { Answer, Prepared, Question } from './protocol.ts'

interface WhatIfs {
  id: number
  experiments: Experiment[]
  below: number
  /** Done, as `scenario replication`. */
  done: Set<string>
  underWay: { scenario: number; replication: number; slices: number; since: number; steps: Generator<Standing, WentOn> } | null
}

/** What is drawn of a replication under way: every so many slices are enough. */
const SLICES_TOLD = 4
/** A worker that was handed what is prepared has simulated nothing yet, and is slow at first: so many slices are played for nobody. */
const SLICES_PLAYED = 12

export interface Surroundings {
  post: (answer: Answer) => void
  /** Resolves when questions that have come meanwhile were heard. */
  breathe: () => Promise<void>
  /** What the server has prepared; null when it has nothing, or cannot be reached: then it is made here. */
  fetchPrepared: (address: string) => Promise<OpenedReplication | null>
  /** Wall milliseconds. */
  now: () => number
  /** Notes how long something took, for whoever looks where the time goes. */
  measure: (name: string, since: number) => void
}

export class Simulating {
  readonly #world: Surroundings
  #model: ReadyScenario | null = null
  #base: Experiment | null = null
  #replications: number[] = []
  #stretchMs = 0
  readonly #openings = new Map<number, Opening>()
  readonly #based = new Set<number>()
  /** Replications that are on their way from the server. */
  readonly #awaited = new Set<number>()
  #preparing: Generator<unknown, void> | null = null
  #playing: Generator<unknown, void> | null = null
  #hasSimulated = false
  #whatIfs: WhatIfs | null = null
  #working = false

  constructor(world: Surroundings) {
    this.#world = world
  }

  hear(question: Question): void {
    try {
      if (question.ask === 'model') this.#take(question)
      else this.#ask(question)
    } catch (error) {
      this.#fail('id' in question ? question.id : null, error)
    }
    void this.#work()
  }

  #take({ model, replications, stretchMs, prepared }: Extract<Question, { ask: 'model' }>): void {
    this.#model = model
    this.#replications = replications
    this.#stretchMs = stretchMs
    const since = this.#world.now()
    if (prepared) void this.#fetch(prepared)
    this.#base = prepareReady(model)
    this.#world.measure('model prepared', since)
  }

  /** One after the other, the first wanted first. */
  async #fetch({ address, replications }: Prepared): Promise<void> {
    const there = this.#replications.filter((each) => replications.includes(each))
    for (const replication of there) this.#awaited.add(replication)
    for (const replication of there) {
      const since = this.#world.now()
      const found = await this.#world.fetchPrepared(`${address}${replication}`)
      this.#awaited.delete(replication)
      if (found) {
        this.#openings.set(replication, found.opening)
        this.#world.post({ say: 'opened', replication })
        for (const [early, run] of found.early.entries()) this.#world.post({ say: 'earlyBase', replication, early, run })
        this.#based.add(replication)
        this.#world.post({ say: 'base', replication, run: found.base })
        this.#world.measure('replication fetched', since)
      }
      void this.#work()
    }
  }

  #ask({ id, scenarios, below }: Extract<Question, { ask: 'whatIfs' }>): void {
    this.#whatIfs = null
    const { scenario: base, programs } = this.#model!
    const experiments = scenarios.map((scenario) => {
      checkGoesOn(base, scenario)
      return prepareReady({ scenario, programs })
    })
    this.#whatIfs = { id, experiments, below, done: new Set(), underWay: null }
  }

  async #work(): Promise<void> {
    if (this.#working) return
    this.#working = true
    while (this.#step()) await this.#world.breathe()
    this.#working = false
  }

  /** A slice of what is wanted most: a what-if of replications that are prepared, then one more replication. False when all is done. */
  #step(): boolean {
    const id = this.#whatIfs?.id ?? null
    try {
      if (this.#whatIfs && this.#change(this.#whatIfs)) return true
    } catch (error) {
      this.#whatIfs = null
      this.#fail(id, error)
      return true
    }
    try {
      return this.#prepare() || this.#play()
    } catch (error) {
      this.#replications = []
      this.#preparing = null
      this.#playing = null
      this.#fail(null, error)
      return false
    }
  }

  #change(asked: WhatIfs): boolean {
    asked.underWay ??= this.#next(asked)
    if (!asked.underWay) return false
    this.#hasSimulated = true
    const { scenario, replication, since, steps } = asked.underWay
    const step = steps.next()
    const which = { id: asked.id, scenario, replication }
    if (!step.done) {
      asked.underWay.slices++
      const early = earlyTimes(asked.experiments[scenario]!).indexOf(step.value.at)
      if (early >= 0) {
        this.#world.post({ say: 'earlyChanged', ...which, early, run: step.value.soFar() })
        this.#world.measure(`what-if to early time ${early}`, since)
      }
      if (asked.underWay.slices % SLICES_TOLD === 0) this.#world.post({ say: 'levels', ...which, levels: step.value.levels() })
      return true
    }
    asked.underWay = null
    asked.done.add(`${scenario} ${replication}`)
    this.#world.post({ say: 'changed', ...which, run: step.value })
    this.#world.measure('what-if', since)
    return true
  }

  /** The lowest replication first, of each scenario in turn. */
  #next({ experiments, below, done }: WhatIfs): WhatIfs['underWay'] {
    for (const replication of this.#replications) {
      if (replication >= below || !this.#based.has(replication)) continue
      for (const [scenario, experiment] of experiments.entries())
        if (!done.has(`${scenario} ${replication}`)) {
          const steps = goOn(experiment, this.#openings.get(replication)!, this.#stretchMs)
          return { scenario, replication, slices: 0, since: this.#world.now(), steps }
        }
    }
    return null
  }

  #prepare(): boolean {
    const experiment = this.#base
    if (!experiment) return false
    if (!this.#preparing) {
      const replication = this.#replications.find((each) => !this.#based.has(each) && !this.#awaited.has(each))
      if (replication === undefined) return false
      this.#preparing = this.#preparation(experiment, replication)
    }
    this.#hasSimulated = true
    if (this.#preparing.next().done) this.#preparing = null
    return true
  }

  *#preparation(experiment: Experiment, replication: number): Generator<unknown, void> {
    let since = this.#world.now()
    const begun = yield* opening(experiment, replication)
    this.#openings.set(replication, begun)
    this.#world.post({ say: 'opened', replication })
    this.#world.measure('warm-up simulated', since)
    since = this.#world.now()
    const times = earlyTimes(experiment)
    const steps = goOn(experiment, begun, this.#stretchMs)
    for (;;) {
      const step = steps.next()
      if (step.done) {
        this.#based.add(replication)
        this.#world.post({ say: 'base', replication, run: step.value })
        this.#world.measure('model simulated', since)
        return
      }
      const early = times.indexOf(step.value.at)
      if (early >= 0) this.#world.post({ say: 'earlyBase', replication, early, run: step.value.soFar() })
      yield
    }
  }

  #play(): boolean {
    if (this.#hasSimulated && !this.#playing) return false
    const [first] = this.#openings.values()
    if (!first || !this.#base) return false
    this.#hasSimulated = true
    this.#playing ??= played(goOn(this.#base, first, this.#stretchMs))
    if (this.#playing.next().done) this.#playing = null
    return true
  }

  #fail(id: number | null, error: unknown): void {
    this.#world.post({ say: 'failed', id, message: messageOf(error) })
  }
}

function* played(steps: Generator<unknown>): Generator<unknown, void> {
  for (let slice = 0; slice < SLICES_PLAYED && !steps.next().done; slice++) yield
}
