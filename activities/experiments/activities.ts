/** What the workflow of an experiment asks for: what comes next, replications simulated and kept, its end. */
import { randomBytes } from 'node:crypto'
import { Context } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import { hospitalNow } from '../../records/clock.ts'
import type { Records } from '../../records/database.ts'
import {
  beginRound,
  concludeExperiment,
  type ExperimentGeneration,
  type ExperimentPace,
  experimentPace,
  isUnderWay,
  keepReplications,
  keepWarmUp,
  measureValues,
  missingReplications,
  replicationValues,
  takeChunk,
  tellUnderWay,
} from '../../records/experiment-work.ts'
import type { Measure } from '../../twin/experiment/measures.ts'
import { replicationsNext } from '../../twin/experiment/precision.ts'
import type { ScenarioFile } from '../../twin/experiment/schema.ts'
import { keptOf, measuresKept, replicationOfNumber, SearchUnderWay } from '../../twin/search/under-way.ts'
import { SimulationEnded, SimulationFailed, type SimulatorThread } from '../../twin/threads/simulator.ts'
import type { ExperimentActivities, ExperimentPlan, ExperimentSlot } from './contract.ts'
import { keyOf, Loaded, type LoadedExperiment } from './loaded.ts'
import { chunkSize, chunksMax, chunksOf } from './plan.ts'
import { Simulators } from './simulators.ts'
import { Stops } from './stops.ts'

/** How often it is said that somebody is at work, and how far. */
const TELL_MS = 1_000
/** Replications that took longer together are kept at once. */
const KEEP_MS = 500
const SEARCHES_MAX = 8
const OVER: ExperimentPlan = { isWarmUpMissing: false, chunks: 0 }

type Precise = Exclude<ScenarioFile['replications'], number>

export class ExperimentWorker implements ExperimentActivities {
  readonly #records: Records
  readonly #simulators = new Simulators()
  readonly #stops: Stops
  readonly #loaded: Loaded
  /** Searches whose next replications were asked for here, by experiment and generation. */
  readonly #searches = new Map<string, SearchUnderWay>()

  readonly #id = randomBytes(6).toString('hex')
  readonly #threads: number

  /** @param threads how many replications it does side by side. */
  constructor(records: Records, threads: number) {
    this.#records = records
    this.#threads = threads
    this.#stops = new Stops(records)
    this.#loaded = new Loaded(records)
  }

  planReplications = async (input: ExperimentGeneration): Promise<ExperimentPlan> => {
    const pace = await experimentPace(this.#records, input)
    if (!pace) return OVER
    const { isWarmUpMissing, finished, simulatedMs, threads } = pace
    if (isWarmUpMissing) return { isWarmUpMissing, chunks: 0 }
    const [size, most] = [chunkSize(finished, simulatedMs), chunksMax(threads)]
    if (pace.isSearch) return this.#planSearch(input, size, most)
    const asked = pace.asked as ScenarioFile['replications']
    const round = typeof asked === 'number' ? { upTo: asked } : await this.#roundOf(input, asked, pace)
    if ('enough' in round) return this.#done(input, round.enough)
    const missing = await missingReplications(this.#records, input.id, { upTo: round.upTo, limit: size * most })
    if (missing.length === 0) return this.#done(input, round.upTo)
    const chunks = chunksOf(missing, size, most)
    await beginRound(this.#records, input, chunks)
    return { isWarmUpMissing, chunks: chunks.length }
  }

  /** What the search asks for next; whoever planned before has left all that is to be known in the records. */
  async #planSearch(input: ExperimentGeneration, size: number, most: number): Promise<ExperimentPlan> {
    const key = keyOf(input)
    let search = this.#searches.get(key)
    if (!search) {
      const content = await this.#loaded.of(input)
      if (!content) return OVER
      search = new SearchUnderWay(content.search!, content.scenario, await replicationValues(this.#records, input.id))
      this.#searches.set(key, search)
      if (this.#searches.size > SEARCHES_MAX) this.#searches.delete(this.#searches.keys().next().value!)
    }
    const results = await search.goOn(await replicationValues(this.#records, input.id, search.missing))
    if (results) {
      this.#searches.delete(key)
      return this.#done(input, results.replications)
    }
    const chunks = chunksOf(
      search.missing.slice(0, size * most).sort((one, other) => one - other),
      size,
      most,
    )
    await beginRound(this.#records, input, chunks)
    return { isWarmUpMissing: false, chunks: chunks.length }
  }

  /** As many as the measure needs. */
  async #roundOf({ id }: ExperimentGeneration, asked: Precise, { measures, confidence }: ExperimentPace) {
    const place = measures.indexOf(asked.measure)
    const values = place < 0 ? [] : await measureValues(this.#records, id, place)
    return replicationsNext(values, { ...asked, confidence }, 1)
  }

  async #done(input: ExperimentGeneration, enough: number): Promise<ExperimentPlan> {
    await concludeExperiment(this.#records, input, { state: 'done', at: await hospitalNow(this.#records), enough })
    return OVER
  }

  findWarmUp = (input: ExperimentGeneration): Promise<void> =>
    this.#simulating(input, null, async (thread, alive) => {
      const telling = setInterval(alive, TELL_MS)
      try {
        await keepWarmUp(this.#records, input, await thread.findWarmUp())
        this.#loaded.forget(input)
      } finally {
        clearInterval(telling)
      }
    })

  replicate = async ({ slot, ...input }: ExperimentSlot): Promise<void> => {
    const chunk = await takeChunk(this.#records, input, slot, { id: this.#id, threads: this.#threads })
    if (!chunk) return
    const [first, count] = chunk
    await this.#simulating(input, first, async (thread, alive, { search }) => {
      const names = search && measuresKept(search)
      let finished: { replication: number; measures: Measure[] }[] = []
      let [share, since] = [0, performance.now()]
      const keep = async () => {
        if (finished.length === 0) return true
        const [kept, tookMs] = [finished, performance.now() - since]
        finished = []
        since = performance.now()
        return keepReplications(this.#records, {
          ...{ ...input, tookMs },
          measures: names ?? kept[0]!.measures.map(({ name }) => name),
          replications: kept.map(({ replication, measures }) => ({
            replication,
            values: search ? keptOf(search, measures) : measures.map(({ value }) => value),
          })),
        })
      }
      const tell = () => {
        alive()
        // Lost words are said again a second later.
        void tellUnderWay(this.#records, input, { chunk: first, done: share }).catch(() => {})
      }
      const telling = setInterval(tell, TELL_MS)
      try {
        // Who did some of it before and was killed has left the rest.
        for (const replication of await missingReplications(this.#records, input.id, {
          from: first,
          upTo: first + count,
          limit: count,
        })) {
          const measures = await thread.replicate(search ? replicationOfNumber(replication) : replication, (part) => {
            share = part
          })
          share = 0
          finished.push({ replication, measures })
          if (performance.now() - since > KEEP_MS && !(await keep())) return
        }
      } finally {
        clearInterval(telling)
        await keep()
        await tellUnderWay(this.#records, input, { chunk: first, done: 0 })
      }
    })
  }

  concludeExperiment: ExperimentActivities['concludeExperiment'] = async ({ id, generation, state, reason }) => {
    await concludeExperiment(this.#records, { id, generation }, { state, reason, at: await hospitalNow(this.#records) })
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    this.#simulators.close()
    await this.#stops.close()
  }

  /**
   * Gives `work` a thread that knows the scenario, and ends it when the experiment is stopped, or this activity cancelled.
   * @param number of a replication: of a search, it tells the design; null for the scenario as it is.
   */
  async #simulating(
    input: ExperimentGeneration,
    number: number | null,
    work: (thread: SimulatorThread, alive: () => void, content: LoadedExperiment) => Promise<void>,
  ): Promise<void> {
    const context = Context.current()
    const content = await this.#loaded.of(input)
    if (!content) return
    const ready = content.readyFor(number)
    const thread = this.#simulators.take(ready)
    let isOver = false
    const unwatch = this.#stops.watch(input, () => {
      isOver = true
      thread.end()
    })
    const cancel = () => thread.end()
    context.cancellationSignal.addEventListener('abort', cancel)
    try {
      // What was stopped before it was watched.
      if (await isUnderWay(this.#records, input)) await work(thread, () => context.heartbeat(), content)
    } catch (error) {
      if (isOver) return
      if (context.cancellationDetails?.cancelRequested) throw await context.cancelled.catch((reason: unknown) => reason)
      // Somebody else does it: this process ends, or its thread was lost.
      if (error instanceof SimulationEnded) throw ApplicationFailure.create({ message: error.message, type: error.name })
      if (error instanceof SimulationFailed) throw ApplicationFailure.nonRetryable(error.message, error.name)
      throw error
    } finally {
      context.cancellationSignal.removeEventListener('abort', cancel)
      unwatch()
      this.#simulators.giveBack(thread)
    }
  }
}
