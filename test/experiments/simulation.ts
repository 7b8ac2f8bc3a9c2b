/** Experiments for a suite: an API, and simulation workers in this process, on records and a Temporal namespace of their own. */

import { NativeConnection } from '@temporalio/worker'
import { ExperimentWorker } from '../../activities/experiments/activities.ts'
import { keyOf } from '../../records/encryption.ts'
import { beginExperimentsUntil } from '../../start/simulation/beginning.ts'
import { createSimulationWorker } from '../../start/simulation/create.ts'
import { buildExperimentBundle } from '../../workflows/bundle.ts'
import { createDataConverter } from '../../workflows/data-converter.ts'
import { experimentEngine } from '../../workflows/sources.ts'
import { QUEUE } from '../api/scenario.ts'
import { apiOn, type TestApi } from '../api/support.ts'
import { KEY } from '../records/support.ts'
import { eventually, LiveHospital, log } from '../workflows/support.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of an answer.
type Experiment = any

export class Simulation {
  readonly hospital: LiveHospital
  readonly api: TestApi
  readonly #stops: (() => Promise<void>)[] = []

  private constructor(hospital: LiveHospital, api: TestApi) {
    this.hospital = hospital
    this.api = api
  }

  /** With nobody at work yet. */
  static async prepare(): Promise<Simulation> {
    const hospital = await LiveHospital.prepare()
    return new Simulation(hospital, await apiOn(hospital.records, hospital.client))
  }

  /** One worker more. */
  async work(threads = 1, engine = experimentEngine()): Promise<() => Promise<void>> {
    const { records, client, namespace, address } = this.hospital
    const connection = await NativeConnection.connect({ address })
    const { codePath } = await buildExperimentBundle()
    const experiments = new ExperimentWorker(records, threads)
    const dataConverter = createDataConverter(keyOf(KEY))
    const worker = await createSimulationWorker({ connection, namespace, dataConverter, experiments, engine, codePath, threads })
    const stopping = new AbortController()
    const running = [worker.run(), beginExperimentsUntil(stopping.signal, records, { client, engine, log })]
    const stop = async () => {
      if (stopping.signal.aborted) return
      stopping.abort()
      worker.shutdown()
      await Promise.all(running)
      await experiments.close()
      await connection.close()
    }
    this.#stops.push(stop)
    return stop
  }

  async begin(text: string, more: Record<string, unknown> = {}): Promise<string> {
    const body = { scenario: text, files: { 'queue.bpmn': QUEUE }, ...more }
    const answer = await this.api.ask('planner', '/api/experiments', { body })
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
    return answer.body.id
  }

  /** A search of the scenario `queue.yaml`. */
  async search(search: string, scenario: string): Promise<string> {
    const body = { search, files: { 'queue.yaml': scenario, 'queue.bpmn': QUEUE } }
    const answer = await this.api.ask('planner', '/api/searches', { body })
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
    return answer.body.id
  }

  async read(id: string): Promise<Experiment> {
    return (await this.api.ask('planner', `/api/experiments/${id}`)).body
  }

  /** Once it is so. */
  until(id: string, what: string, is: (experiment: Experiment) => boolean): Promise<Experiment> {
    return eventually(`${id} ${what}`, async () => {
      const experiment = await this.read(id)
      if (experiment.state === 'failed') throw new Error(experiment.reason)
      return is(experiment) ? experiment : undefined
    })
  }

  over = (id: string): Promise<Experiment> => this.until(id, 'over', ({ state }) => state !== 'running')

  async results(id: string, query = '', language = 'fr'): Promise<string> {
    const { token } = this.api.sessions.open('planner', { name: 'one' })
    const answer = await this.api.application.request(`/api/experiments/${id}/results${query}`, {
      headers: { authorization: `Bearer ${token}`, 'accept-language': language },
    })
    return answer.text()
  }

  async close(): Promise<void> {
    await Promise.all(this.#stops.map((stop) => stop()))
    await this.api.close()
    await this.hospital.close()
  }
}
