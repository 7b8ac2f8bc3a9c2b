/** A search whose replications somebody else makes, at any time and in any order: what it asks for next, and what it says of those that are there. */
import { askedScenario } from '../experiment/asked.ts'
import type { Measure } from '../experiment/measures.ts'
import type { ScenarioFile } from '../experiment/schema.ts'
import { COST, type Design, measuresAsked } from './designs.ts'
import { resultsOfSearch, type SearchResults } from './results.ts'
import type { SearchFile } from './schema.ts'
import { shownDesigns } from './show.ts'

/** More than a design has replications: budgets are less. */
const STRIDE = 1_000_000

/** One number for a replication of a design; those of one design follow one another. */
export const numberOf = (design: number, replication: number): number => design * STRIDE + replication
export const designOfNumber = (number: number): number => Math.floor(number / STRIDE)
export const replicationOfNumber = (number: number): number => number % STRIDE

/** What a search reads of each replication; nothing else need be kept of it. */
export const measuresKept = (search: SearchFile): string[] => [
  ...new Set([...measuresAsked(search).map(({ measure }) => measure), COST]),
]

/** In the order of `measuresKept`. @throws Error for a measure that is not there. */
export const keptOf = (search: SearchFile, run: Measure[]): number[] =>
  measuresKept(search).map((name) => {
    const found = run.find((measure) => measure.name === name)
    // Without costs of its own a scenario has no such measure.
    if (!found && name !== COST) throw new Error(`There is no measure "${name}".`)
    return found?.value ?? 0
  })

/** The scenario that a search is about, with what was found of it since. */
export const searchedScenario = (
  { replications }: SearchFile,
  { scenario, warmUpFound }: { scenario: ScenarioFile; warmUpFound: { days: number } | null },
): ScenarioFile => askedScenario({ scenario, asked: replications, warmUpFound })

/** By `numberOf`: what was kept of it. */
export type KeptRuns = ReadonlyMap<number, number[]>

/** What is known so far, as if it had been stopped where a replication is missing. @throws ImpossibleSearch */
export const resultsSoFar = (search: SearchFile, scenario: ScenarioFile, runs: KeptRuns): Promise<SearchResults> => {
  const names = measuresKept(search)
  return resultsOfSearch(search, scenario, shownDesigns(search, scenario), async (design, replication) => {
    const values = runs.get(numberOf(design, replication))
    return values ? measuresOf(names, values) : null
  })
}

const measuresOf = (names: string[], values: number[]): Measure[] => names.map((name, index) => ({ name, value: values[index]! }))

/** Goes on as its replications come; all that it needs next is known at once, so that many may work on it. */
export class SearchUnderWay {
  readonly designs: Design[]
  readonly #names: string[]
  readonly #waiting = new Map<number, (run: Measure[]) => void>()
  readonly #known: KeptRuns
  #over: { results: SearchResults } | { error: unknown } | null = null

  /** @param known what is there already. @throws ImpossibleSearch */
  constructor(search: SearchFile, scenario: ScenarioFile, known: KeptRuns) {
    this.designs = shownDesigns(search, scenario)
    this.#names = measuresKept(search)
    this.#known = known
    const sample = (design: number, replication: number): Promise<Measure[]> => {
      const number = numberOf(design, replication)
      const values = this.#known.get(number)
      if (values) return Promise.resolve(measuresOf(this.#names, values))
      return new Promise((resolve) => this.#waiting.set(number, resolve))
    }
    resultsOfSearch(search, scenario, this.designs, sample).then(
      (results) => {
        this.#over = { results }
      },
      (error: unknown) => {
        this.#over = { error }
      },
    )
  }

  /** Numbers that it waits for, the first asked first. */
  get missing(): number[] {
    return [...this.#waiting.keys()]
  }

  /** Takes what has come and works until it needs more. @returns what it says, once it is over. @throws what went wrong in it. */
  async goOn(come: KeptRuns): Promise<SearchResults | null> {
    for (const [number, values] of come) {
      this.#waiting.get(number)?.(measuresOf(this.#names, values))
      this.#waiting.delete(number)
    }
    // It works in promises alone: whatever it can do is done before the next task.
    await new Promise((resolve) => setTimeout(resolve))
    if (this.#over && 'error' in this.#over) throw this.#over.error
    return this.#over?.results ?? null
  }
}
