/** The page's workers as one: a model that is prepared in all of them, what-ifs of it that replace one another, and what is known of both so far. */
import type { PoolLevels, WentOn } from '../../../twin/experiment/going-on.ts'
import type { ReadyScenario } from '../../../twin/experiment/ready.ts'
import type { ScenarioFile } from '../../../twin/experiment/schema.ts'
import type { Answer, Prepared, Question } from './protocol.ts'

/** A `Worker`, as far as it is used. */
export interface SimulatingWorker {
  postMessage(question: Question): void
  onmessage: ((event: MessageEvent<Answer>) => void) | null
  /** It could not be loaded, or broke. */
  onerror: ((event: ErrorEvent) => void) | null
  terminate(): void
}

/** Runs by replication; where one is missing it is not finished. */
export type Runs = (WentOn | undefined)[]

export interface WhatIfState {
  id: number
  scenarios: ScenarioFile[]
  /** By scenario. */
  runs: Runs[]
  /** Of the first scenario, as it stood at each of the early times. */
  early: Runs[]
  /** Levels of replications under way, by scenario, then by replication. */
  underWay: Map<number, PoolLevels[]>[]
  askedAt: number
  /** Wall milliseconds from asking to the first that could be paired of each scenario, early or whole; null before. */
  firstAnswerMs: number | null
  failure: string | null
}

export interface SimulatorsState {
  replications: number
  /** Openings that are there. */
  opened: number
  base: Runs
  /** The model as it stood at each of the early times. */
  early: Runs[]
  whatIf: WhatIfState | null
  failure: string | null
}

export interface SimulatorsOptions {
  model: ReadyScenario
  /** Most that are made of anything. */
  replications: number
  /** Of the levels. */
  stretchMs: number
  workers: number
  /** What the server has prepared of the model. */
  prepared?: Prepared | null
  newWorker: () => SimulatingWorker
  now?: () => number
  /** Notes how long something took, for whoever looks where the time goes. */
  measure?: (name: string, since: number) => void
}

/** Drawing anew takes time that simulating needs: what is heard meanwhile is told together. */
const TELLING_MS = 60

export class Simulators {
  #state: SimulatorsState
  readonly #workers: SimulatingWorker[]
  readonly #listeners = new Set<() => void>()
  readonly #now: () => number
  readonly #measure: (name: string, since: number) => void
  readonly #begunAt: number
  #nextId = 1
  #askedKey = ''
  #isTelling = false

  constructor(options: SimulatorsOptions) {
    const { model, replications, stretchMs, workers, newWorker, prepared = null, now = () => performance.now() } = options
    this.#now = now
    this.#measure = options.measure ?? ((name, start) => void performance.measure(name, { start }))
    this.#begunAt = now()
    this.#state = { replications, opened: 0, base: [], early: [], whatIf: null, failure: null }
    const all = Array.from({ length: replications }, (_, replication) => replication)
    this.#workers = Array.from({ length: Math.min(workers, replications) }, (_, number) => {
      const worker = newWorker()
      worker.onmessage = ({ data }) => this.#hear(data)
      worker.onerror = ({ message }) => this.#update({ failure: message })
      const own = all.filter((replication) => replication % Math.min(workers, replications) === number)
      worker.postMessage({ ask: 'model', model, replications: own, stretchMs, prepared })
      return worker
    })
  }

  get state(): SimulatorsState {
    return this.#state
  }

  /** @returns how to listen no more. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Asks what scenarios change, in place of what was asked before; what is asked once more is answered already. @param below how many replications of each; all, without. */
  ask(scenarios: ScenarioFile[], below = this.#state.replications): void {
    const key = JSON.stringify([scenarios, below])
    if (this.#state.whatIf?.failure === null && this.#askedKey === key) return
    this.#askedKey = key
    const id = this.#nextId++
    const runs: Runs[] = scenarios.map(() => [])
    const underWay = scenarios.map(() => new Map<number, PoolLevels[]>())
    this.#update({
      whatIf: { id, scenarios, runs, early: [], underWay, askedAt: this.#now(), firstAnswerMs: null, failure: null },
    })
    for (const worker of this.#workers) worker.postMessage({ ask: 'whatIfs', id, scenarios, below })
  }

  /** Asks nothing more. */
  forget(): void {
    if (this.#state.whatIf === null) return
    this.ask([])
    this.#update({ whatIf: null })
  }

  end(): void {
    for (const worker of this.#workers) worker.terminate()
    this.#listeners.clear()
  }

  #hear(answer: Answer): void {
    switch (answer.say) {
      case 'opened':
        if (this.#state.opened === 0) this.#measure('first replication opened', this.#begunAt)
        return this.#update({ opened: this.#state.opened + 1 })
      case 'earlyBase':
        return this.#update({ early: earlier(this.#state.early, answer) })
      case 'base':
        return this.#update({ base: placed(this.#state.base, answer.replication, answer.run) })
      case 'failed':
        if (answer.id === null) return this.#update({ failure: answer.message })
        return this.#change(answer.id, () => ({ failure: answer.message }))
      case 'levels':
        return this.#change(answer.id, ({ underWay }) => ({
          underWay: underWay.map((each, scenario) =>
            scenario === answer.scenario ? new Map(each).set(answer.replication, answer.levels) : each,
          ),
        }))
      case 'earlyChanged':
        if (answer.scenario > 0) return
        return this.#change(answer.id, (asked) => ({
          early: earlier(asked.early, answer),
          ...(asked.scenarios.length === 1 && this.#answeredFirst(asked)),
        }))
      case 'changed':
        return this.#change(answer.id, (asked) => {
          const { scenario, replication, run } = answer
          const runs = asked.runs.map((each, index) => (index === scenario ? placed(each, replication, run) : each))
          const underWay = asked.underWay.map((each, index) => (index === scenario ? without(each, replication) : each))
          const isFirst = runs.every((each) => each.some((one) => one !== undefined))
          return { runs, underWay, ...(isFirst && this.#answeredFirst(asked)) }
        })
    }
  }

  #answeredFirst({ firstAnswerMs, askedAt }: WhatIfState): Partial<WhatIfState> {
    if (firstAnswerMs !== null) return {}
    this.#measure('what-if asked to first answer', askedAt)
    return { firstAnswerMs: this.#now() - askedAt }
  }

  /** What is said of a question that was replaced is too late. */
  #change(id: number, change: (asked: WhatIfState) => Partial<WhatIfState>): void {
    const { whatIf } = this.#state
    if (whatIf?.id === id) this.#update({ whatIf: { ...whatIf, ...change(whatIf) } })
  }

  #update(change: Partial<SimulatorsState>): void {
    this.#state = { ...this.#state, ...change }
    if (this.#isTelling) return
    this.#isTelling = true
    setTimeout(() => {
      this.#isTelling = false
      for (const listener of this.#listeners) listener()
    }, TELLING_MS)
  }
}

const placed = (runs: Runs, replication: number, run: WentOn): Runs => {
  const result = [...runs]
  result[replication] = run
  return result
}

const earlier = (known: Runs[], { early, replication, run }: { early: number; replication: number; run: WentOn }): Runs[] => {
  const result = [...known]
  result[early] = placed(known[early] ?? [], replication, run)
  return result
}

const without = <T>(map: Map<number, T>, key: number): Map<number, T> => {
  const result = new Map(map)
  result.delete(key)
  return result
}

/** What can be said of a what-if: whole replications where there are any that both have finished, else both as they stood at the latest early time that both came to. */
export interface Paired {
  base: WentOn[]
  changed: WentOn[]
  numbers: number[]
  /** Which of the early times; null: the horizon. */
  early: number | null
}

export const latestPairs = (base: Runs, changed: Runs, earlyBase: Runs[], earlyChanged: Runs[]): Paired => {
  const whole = pairedOf(base, changed)
  if (whole.numbers.length > 0) return { ...whole, early: null }
  for (let early = Math.min(earlyBase.length, earlyChanged.length) - 1; early >= 0; early--) {
    const pairs = pairedOf(earlyBase[early] ?? [], earlyChanged[early] ?? [])
    if (pairs.numbers.length > 0) return { ...pairs, early }
  }
  return { ...whole, early: null }
}

/** The replications that both have finished: those that can be paired. */
export const pairedOf = (base: Runs, changed: Runs): { base: WentOn[]; changed: WentOn[]; numbers: number[] } => {
  const numbers = base.flatMap((run, replication) => (run && changed[replication] ? [replication] : []))
  return { numbers, base: numbers.map((each) => base[each]!), changed: numbers.map((each) => changed[each]!) }
}
