/** A search that came with a request: checked, with its scenario made ready and its designs tried, or refused with every reason and its place. */
import type { Records } from '../records/database.ts'
import type { Experiment } from '../twin/experiment/prepare.ts'
import type { ReadyScenario } from '../twin/experiment/ready.ts'
import { type Design, designText, measuresAsked } from '../twin/search/designs.ts'
import { ImpossibleSearch } from '../twin/search/paths.ts'
import { BUDGET } from '../twin/search/run.ts'
import { SearchFile, valuesOf } from '../twin/search/schema.ts'
import { shownDesigns } from '../twin/search/show.ts'
import { checkedYaml } from '../twin/yaml/checked.ts'
import { ProblemError } from './problems.ts'
import { checkMeasures, preparedOf, readySent, refused } from './sent-scenario.ts'

export interface SentSearch {
  search: string
  files: Record<string, string>
  seed?: number | undefined
  replications?: number | undefined
}

export interface ReadySearch {
  search: SearchFile
  ready: ReadyScenario
  experiment: Experiment
  /** Most replications of all designs together. */
  replications: number
}

/** What the search itself is called among the files that came with it. */
const SEARCH = 'search.yaml'
/** Designs that are made ready before the answer: with many factors not all of them, but those that differ in one thing. */
const TRIED_MAX = 60

/** @throws ProblemError `invalid-scenario` with every problem of the search, of its scenario and of its designs. */
export async function readySearch(records: Records, sent: SentSearch): Promise<ReadySearch> {
  const { value, problems } = checkedYaml(sent.search, SearchFile)
  if (!value) throw refused(problems.map((problem) => ({ file: SEARCH, ...problem })))
  const { seed = value.seed, replications = value.replications } = sent
  const search: SearchFile = { ...value, ...(seed !== undefined && { seed }), replications }
  const scenario = JSON.stringify({ extends: search.scenario })
  const { ready, experiment } = await readySent(records, { scenario, files: sent.files, replications }, SEARCH)
  const designs = designsOf(search, ready.scenario)
  for (const design of triedOf(search, designs)) {
    const tried = preparedOf({ scenario: design.scenario, programs: ready.programs }, `${SEARCH}: ${designText(design)}`)
    checkMeasures(tried, measuresAsked(search), SEARCH)
    // Others are answered meanwhile.
    await new Promise(setImmediate)
  }
  const { method, budget = BUDGET } = search
  const isRace = method === 'kn' || method === 'ocba'
  return { search, ready, experiment, replications: isRace ? budget : designs.length * replications }
}

function designsOf(search: SearchFile, scenario: ReadyScenario['scenario']): Design[] {
  try {
    return shownDesigns(search, scenario)
  } catch (error) {
    if (!(error instanceof ImpossibleSearch)) throw error
    throw new ProblemError('invalid-scenario', {}, [{ path: SEARCH, message: error.message }])
  }
}

/** All, where they are few; else the first one, and those that differ from it in one factor. */
function triedOf({ method, factors }: SearchFile, designs: Design[]): Design[] {
  if (method === 'tornado' || designs.length <= TRIED_MAX) return designs
  const [first] = designs
  return designs
    .filter(({ settings }) => factors.filter((_, index) => settings[index]!.value !== first!.settings[index]!.value).length <= 1)
    .slice(0, Math.max(TRIED_MAX, ...factors.map((factor) => valuesOf(factor).length)))
}
