/** What the workflow of an experiment asks for: what comes next, replications simulated and kept, its end. */
import { randomBytes } from 'node:crypto'
import { Context } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import type { Program } from '../../pathways/language/program.ts'
import { hospitalNow } from '../../records/clock.ts'
import type { Records } from '../../records/database.ts'
import {
  beginRound,
  concludeExperiment,
  type ExperimentGeneration,
  type ExperimentPace,
  experimentPace,
  experimentWork,
  isUnderWay,
  keepReplications,
  keepWarmUp,
  measureValues,
  missingReplications,
  takeChunk,
  tellUnderWay,
} from '../../records/experiment-work.ts'
import { askedScenario } from '../../twin/experiment/asked.ts'
import type { Measure } from '../../twin/experiment/measures.ts'
import { replicationsNext } from '../../twin/experiment/precision.ts'
import type { ReadyScenario } from '../../twin/experiment/ready.ts'
import type { ScenarioFile } from '../../twin/experiment/schema.ts'
import { SimulationEnded, SimulationFailed, type SimulatorThread } from '../../twin/threads/simulator.ts'
import type { ExperimentActivities, ExperimentPlan, ExperimentSlot } from './contract.ts'
import { chunkSize, chunksMax, chunksOf } from './plan.ts'
import { Simulators } from './simulators.ts'
import { Stops } from './stops.ts'

/** How often it is said that somebody is at work, and how far. */
const TELL_MS = 1_000
/** Replications that took longer together are kept at once. */
const KEEP_MS = 500
const READY_MAX = 8
const OVER: ExperimentPlan = { isWarmUpMissing: false, chunks: 0 }

type Precise = Exclude<ScenarioFile['replications'], number>

export class ExperimentWorker implements ExperimentActivities {
  readonly #records: Records
  readonly #simulators = new Simulators()
  readonly #stops: Stops
  /** Scenarios that were asked for lately, by experiment and generation. */
  readonly #ready = new Map<string, Promise<ReadyScenario | null>>()

  readonly #id = randomBytes(6).toString('hex')
  readonly #threads: number

  /** @param threads how many replications it does side by side. */
  constructor(records: Records, threads: number) {
    this.#records = records
    this.#threads = threads
    this.#stops = new Stops(records)
  }

  planReplications = async (input: ExperimentGeneration): Promise<ExperimentPlan> => {
    const pace = await experimentPace(this.#records, input)
    if (!pace) return OVER
    const { isWarmUpMissing, finished, simulatedMs, threads } = pace
    if (isWarmUpMissing) return { isWarmUpMissing, chunks: 0 }
    const asked = pace.asked as ScenarioFile['replications']
    const round = typeof asked === 'number' ? { upTo: asked } : await this.#roundOf(input, asked, pace)
    if ('enough' in round) return this.#done(input, round.enough)
    const [size, most] = [chunkSize(finished, simulatedMs), chunksMax(threads)]
    const missing = await missingReplications(this.#records, input.id, { upTo: round.upTo, limit: size * most })
    if (missing.length === 0) return this.#done(input, round.upTo)
    const chunks = chunksOf(missing, size, most)
    await beginRound(this.#records, input, chunks)
    return { isWarmUpMissing, chunks: chunks.length }
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
    this.#simulating(input, async (thread, alive) => {
      const telling = setInterval(alive, TELL_MS)
      try {
        await keepWarmUp(this.#records, input, await thread.findWarmUp())
        this.#ready.delete(keyOf(input))
      } finally {
        clearInterval(telling)
      }
    })

  replicate = async ({ slot, ...input }: ExperimentSlot): Promise<void> => {
    const chunk = await takeChunk(this.#records, input, slot, { id: this.#id, threads: this.#threads })
    if (!chunk) return
    const [first, count] = chunk
    await this.#simulating(input, async (thread, alive) => {
      let finished: { replication: number; measures: Measure[] }[] = []
      let [share, since] = [0, performance.now()]
      const keep = async () => {
        if (finished.length === 0) return true
        const [kept, tookMs] = [finished, performance.now() - since]
        finished = []
        since = performance.now()
        return keepReplications(this.#records, {
          ...{ ...input, tookMs },
          measures: kept[0]!.measures.map(({ name }) => name),
          replications: kept.map(({ replication, measures }) => ({ replication, values: measures.map(({ value }) => value) })),
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
          const measures = await thread.replicate(replication, (part) => {
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

  /** Gives `work` a thread that knows the scenario, and ends it when the experiment is stopped, or this activity cancelled. */
  async #simulating(
    input: ExperimentGeneration,
    work: (thread: SimulatorThread, alive: () => void) => Promise<void>,
  ): Promise<void> {
    const context = Context.current()
    const ready = await this.#load(input)
    if (!ready) return
    const thread = this.#simulators.take(`${keyOf(input)}/${ready.scenario.warmUp}`, ready)
    let isOver = false
    const unwatch = this.#stops.watch(input, () => {
      isOver = true
      thread.end()
    })
    const cancel = () => thread.end()
    context.cancellationSignal.addEventListener('abort', cancel)
    try {
      // What was stopped before it was watched.
      if (await isUnderWay(this.#records, input)) await work(thread, () => context.heartbeat())
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

  /** The scenario, ready to be simulated; null when there is nothing more to do for this generation. */
  #load(input: ExperimentGeneration): Promise<ReadyScenario | null> {
    const key = keyOf(input)
    const known = this.#ready.get(key)
    if (known) return known
    const loading = this.#read(input)
    this.#ready.set(key, loading)
    loading.catch(() => this.#ready.delete(key))
    if (this.#ready.size > READY_MAX) this.#ready.delete(this.#ready.keys().next().value!)
    return loading
  }

  async #read(input: ExperimentGeneration): Promise<ReadyScenario | null> {
    const work = await experimentWork<ScenarioFile, [string, Program[]][]>(this.#records, input)
    return work && { scenario: askedScenario(work), programs: work.programs }
  }
}

const keyOf = ({ id, generation }: ExperimentGeneration) => `${id}/${generation}`
