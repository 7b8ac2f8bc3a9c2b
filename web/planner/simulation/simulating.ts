/** What a simulating worker does: one thing after another, a slice at a time, so that what is asked meanwhile is heard at once. */
import { checkGoesOn, goOn, type Opening, opening, type PoolLevels, type WentOn } from '../../../twin/experiment/going-on.ts'
import type { Experiment } from '../../../twin/experiment/prepare.ts'
import { prepareReady, type ReadyScenario } from '../../../twin/experiment/ready.ts'
import type { Answer, Question } from './protocol.ts'

interface WhatIfs {
  id: number
  experiments: Experiment[]
  below: number
  /** Done, as `scenario replication`. */
  done: Set<string>
  underWay: { scenario: number; replication: number; slices: number; steps: Generator<PoolLevels[], WentOn> } | null
}

/** What is drawn of a replication under way: every so many slices are enough. */
const SLICES_TOLD = 4

export class Simulating {
  readonly #post: (answer: Answer) => void
  readonly #breathe: () => Promise<void>
  #model: ReadyScenario | null = null
  #base: Experiment | null = null
  #replications: number[] = []
  #stretchMs = 0
  readonly #openings = new Map<number, Opening>()
  readonly #based = new Set<number>()
  #preparing: Generator<unknown, void> | null = null
  #whatIfs: WhatIfs | null = null
  #working = false

  /** @param breathe resolves when questions that have come meanwhile were heard. */
  constructor(post: (answer: Answer) => void, breathe: () => Promise<void>) {
    this.#post = post
    this.#breathe = breathe
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

  #take({ model, replications, stretchMs }: Extract<Question, { ask: 'model' }>): void {
    this.#model = model
    this.#base = null
    this.#openings.clear()
    this.#based.clear()
    this.#preparing = null
    this.#whatIfs = null
    this.#replications = replications
    this.#stretchMs = stretchMs
    this.#base = prepareReady(model)
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
    while (this.#step()) await this.#breathe()
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
      return this.#prepare()
    } catch (error) {
      this.#replications = []
      this.#preparing = null
      this.#fail(null, error)
      return false
    }
  }

  #change(asked: WhatIfs): boolean {
    asked.underWay ??= this.#next(asked)
    if (!asked.underWay) return false
    const { scenario, replication, steps } = asked.underWay
    const step = steps.next()
    const which = { id: asked.id, scenario, replication }
    if (!step.done) {
      asked.underWay.slices++
      if (asked.underWay.slices % SLICES_TOLD === 0) this.#post({ say: 'levels', ...which, levels: step.value })
      return true
    }
    asked.underWay = null
    asked.done.add(`${scenario} ${replication}`)
    this.#post({ say: 'changed', ...which, run: step.value })
    return true
  }

  /** The lowest replication first, of each scenario in turn. */
  #next({ experiments, below, done }: WhatIfs): WhatIfs['underWay'] {
    for (const replication of this.#replications) {
      if (replication >= below || !this.#based.has(replication)) continue
      for (const [scenario, experiment] of experiments.entries())
        if (!done.has(`${scenario} ${replication}`))
          return { scenario, replication, slices: 0, steps: goOn(experiment, this.#openings.get(replication)!, this.#stretchMs) }
    }
    return null
  }

  #prepare(): boolean {
    const experiment = this.#base
    if (!experiment) return false
    if (!this.#preparing) {
      const replication = this.#replications.find((each) => !this.#based.has(each))
      if (replication === undefined) return false
      this.#preparing = this.#preparation(experiment, replication)
    }
    if (this.#preparing.next().done) this.#preparing = null
    return true
  }

  *#preparation(experiment: Experiment, replication: number): Generator<unknown, void> {
    const begun = yield* opening(experiment, replication)
    this.#openings.set(replication, begun)
    this.#post({ say: 'opened', replication })
    const run = yield* goOn(experiment, begun, this.#stretchMs)
    this.#based.add(replication)
    this.#post({ say: 'base', replication, run })
  }

  #fail(id: number | null, error: unknown): void {
    this.#post({ say: 'failed', id, message: error instanceof Error ? error.message : String(error) })
  }
}
