/** Experiments as one worker process knows them: read from the records once for each generation. */
import type { Program } from '../../pathways/language/program.ts'
import type { Records } from '../../records/database.ts'
import { type ExperimentGeneration, experimentWork } from '../../records/experiment-work.ts'
import { askedScenario } from '../../twin/experiment/asked.ts'
import type { ReadyScenario } from '../../twin/experiment/ready.ts'
import type { ScenarioFile } from '../../twin/experiment/schema.ts'
import type { Design } from '../../twin/search/designs.ts'
import type { SearchFile } from '../../twin/search/schema.ts'
import { shownDesigns } from '../../twin/search/show.ts'
import { designOfNumber, searchedScenario } from '../../twin/search/under-way.ts'

const LOADED_MAX = 8

export const keyOf = ({ id, generation }: ExperimentGeneration) => `${id}/${generation}`

export interface LoadedExperiment {
  /** As it is without any design. */
  scenario: ScenarioFile
  /** Null of what is no search. */
  search: SearchFile | null
  /** What a replication of this number simulates; without one, the scenario as it is. The same object each time. */
  readyFor(number: number | null): ReadyScenario
}

export class Loaded {
  readonly #records: Records
  readonly #known = new Map<string, Promise<LoadedExperiment | null>>()

  constructor(records: Records) {
    this.#records = records
  }

  /** Null when there is nothing more to do for this generation. */
  of(input: ExperimentGeneration): Promise<LoadedExperiment | null> {
    const key = keyOf(input)
    const known = this.#known.get(key)
    if (known) return known
    const loading = this.#read(input)
    this.#known.set(key, loading)
    loading.catch(() => this.#known.delete(key))
    if (this.#known.size > LOADED_MAX) this.#known.delete(this.#known.keys().next().value!)
    return loading
  }

  /** Something of it has been found since. */
  forget(input: ExperimentGeneration): void {
    this.#known.delete(keyOf(input))
  }

  async #read(input: ExperimentGeneration): Promise<LoadedExperiment | null> {
    const work = await experimentWork<ScenarioFile, [string, Program[]][]>(this.#records, input)
    if (!work) return null
    const { programs } = work
    const search = work.search as SearchFile | null
    const scenario = search ? searchedScenario(search, work) : askedScenario(work)
    const asItIs: ReadyScenario = { scenario, programs }
    const designs = new Map<number, ReadyScenario>()
    let all: Design[] | null = null
    return {
      ...{ scenario, search },
      readyFor(number) {
        if (!search || number === null) return asItIs
        const design = designOfNumber(number)
        all ??= shownDesigns(search, scenario)
        const ready = designs.get(design) ?? { scenario: all[design]!.scenario, programs }
        designs.set(design, ready)
        return ready
      },
    }
  }
}
