/** Whether what is learnt from the first weeks foretells the last: the scenario of the former simulated over the latter, beside what was observed. */
import type { Program } from '../../pathways/language/program.ts'
import { localTime } from '../../pathways/time/site.ts'
import { ImpossibleScenario } from '../experiment/impossible.ts'
import { intervalOf, studentQuantile } from '../experiment/interval.ts'
import { type Experiment, openedExperiment } from '../experiment/prepare.ts'
import { replicate } from '../experiment/replicate.ts'
import { ScenarioFile } from '../experiment/schema.ts'
import { Tally } from '../experiment/statistics.ts'
import { exp, log } from '../simulate/arithmetic.ts'
import type { Observer } from '../simulate/index.ts'
import { checkedValue, parsedYaml, problemText } from '../yaml/checked.ts'
import { siteIn } from './arrivals.ts'
import { type Calibration, calibrate, NothingToFit } from './calibrate.ts'
import type { Labels } from './labels.ts'
import { type Case, type Log, spanOf } from './log.ts'
import { type ScenarioTextOptions, scenarioText, warmUpOf } from './scenario-text.ts'

export interface BackTestRow {
  measure: string
  observed: number
  /** What the twin foretells, and between what nineteen in twenty such weeks lie. */
  simulated: number
  low: number
  high: number
  isInside: boolean
}

export interface BackTest {
  /** Milliseconds since 1970. */
  from: number
  until: number
  weeks: number
  replications: number
  /** Cases that were learnt from, and that were held out. */
  learnt: number
  heldOut: number
  rows: BackTestRow[]
}

const dayMs = 86_400_000
const weekMs = 7 * dayMs
const REPLICATIONS_MAX = 20
const REPLICATIONS_MIN = 5
/** Facts that a back-test may simulate in all. */
const FACTS_MAX = 6_000_000
/** Facts of one piece of work, and around it. */
const FACTS_PER_WORK = 9
/** Held out unless it is said otherwise: a quarter of the weeks, of three at least. */
const WEEKS_MIN = 3
const WEEKS_MAX = 4
const CONFIDENCE = 0.95
const BLOCKS = [0, 6, 12, 18]

/** How many weeks are held out of a log; 0 where there are too few. */
export const weeksToHoldOut = ({ replay: { stays } }: Calibration): number => {
  const weeks = (stays.at(-1)!.arrivedAt - stays[0]!.arrivedAt) / weekMs
  return weeks < WEEKS_MIN ? 0 : Math.min(WEEKS_MAX, Math.max(1, Math.floor(weeks / 4)))
}

/** What a scenario's text needs besides to be simulated. */
export interface Around {
  /** Puts in who there is, where the scenario names a file for that. */
  withHospital: (scenario: unknown) => unknown
  /** By the files that the scenario names. */
  programs: Map<string, Program[]>
}

/** A scenario's text made ready. @throws what a scenario that cannot be simulated throws. */
export const experimentOf = (text: string, { withHospital, programs }: Around): Experiment => {
  const { value, problems } = checkedValue(withHospital(parsedYaml(text).value), ScenarioFile)
  if (!value) throw new ImpossibleScenario('hospital', problems.map(problemText).join(' '), '')
  return openedExperiment(value, programs)
}

/**
 * @param whole what the whole log says. @param most replications, fewer for logs that are long. @throws what a scenario that cannot be simulated throws.
 * @returns null when nothing would be left to learn from.
 */
export const backTest = (
  whole: Calibration,
  labels: Labels,
  weeks: number,
  options: ScenarioTextOptions,
  around: Around,
  most = REPLICATIONS_MAX,
): BackTest | null => {
  const { log: events, program } = whole
  const site = siteIn(events.timeZone)
  const { hour, minute, second, millisecond } = localTime(whole.replay.stays.at(-1)!.arrivedAt, site)
  // The last day is seldom whole.
  const until = whole.replay.stays.at(-1)!.arrivedAt - ((hour * 60 + minute) * 60 + second) * 1000 - millisecond
  const from = until - weeks * weekMs
  const early = events.cases.filter(({ works }) => spanOf(works).from < from)
  const learnt = learntFrom(early, whole, labels)
  if (!learnt) return null
  const warmUpDays = warmUpOf(learnt)
  const text = scenarioText(learnt, { ...options, epochMs: from - warmUpDays * dayMs, warmUpDays, measuredDays: weeks * 7 })
  const experiment = experimentOf(text, around)
  const works = events.cases.reduce((sum, each) => sum + each.works.length, 0) / events.cases.length
  const factsEach = (whole.arrivals.count / whole.arrivals.weeks) * (weeks + warmUpDays / 7) * works * FACTS_PER_WORK
  const replications = Math.round(Math.min(most, Math.max(REPLICATIONS_MIN, FACTS_MAX / factsEach)))
  const observed = observedBetween(whole, from, until)
  const runs = Array.from({ length: replications }, (_, replication) => {
    const blocks = new Blocks(experiment.warmUpEnd, experiment.options.site, program.process)
    const measures = replicate(experiment, replication, undefined, blocks.observer)!
    return new Map([...measures.map(({ name, value }) => [name, value] as const), ...blocks.until(experiment.end)])
  })
  return {
    from,
    until,
    weeks,
    replications,
    learnt: early.length,
    heldOut: whole.replay.stays.filter(({ arrivedAt }) => arrivedAt >= from && arrivedAt <= until).length,
    rows: [...observed].flatMap(([measure, value]) => {
      const values = runs.flatMap((each) => each.get(measure) ?? [])
      if (values.length < replications || !Number.isFinite(value)) return []
      const { low, high } = nextBetween(values)
      const simulated = values.reduce((sum, each) => sum + each, 0) / replications
      return [{ measure, observed: value, simulated, low, high, isInside: value >= low - 1e-9 && value <= high + 1e-9 }]
    }),
  }
}

/** Null when that is too little. */
const learntFrom = (cases: Case[], { log: events, program }: Calibration, labels: Labels): Calibration | null => {
  try {
    return calibrate({ ...events, cases, taken: events.taken && takenShare(events, cases.length) }, program, labels, false)
  } catch (error) {
    if (error instanceof NothingToFit) return null
    throw error
  }
}

/** Where the next one lies, not where the mean does. Waits are skewed: by their logarithms, where they have any. */
const nextBetween = (values: number[]): { low: number; high: number } => {
  const isPositive = values.every((each) => each > 0)
  const { mean, deviation } = intervalOf(isPositive ? values.map(log) : values, CONFIDENCE)
  const half = studentQuantile((1 + CONFIDENCE) / 2, values.length - 1) * deviation * Math.sqrt(1 + 1 / values.length)
  return isPositive ? { low: exp(mean - half), high: exp(mean + half) } : { low: Math.max(0, mean - half), high: mean + half }
}

/** Flows are counted for the log as a whole: of some of its cases, the same share of each. */
const takenShare = ({ taken, cases }: Log, some: number): Map<string, number> =>
  new Map([...taken!].map(([flow, times]) => [flow, Math.round((times * some) / cases.length)]))

const minuteMs = 60_000

/** The twin's own measures (`docs/scenarios.md`), of what the log shows between two times. */
const observedBetween = ({ replay, program, pools, log }: Calibration, from: number, until: number): Map<string, number> => {
  const { process } = program
  const site = siteIn(log.timeZone)
  const stay = new Tally()
  const blocks = new Blocks(from, site, process)
  let started = 0
  for (const { arrivedAt, leftAt, isArrival } of replay.stays) {
    if (isArrival && arrivedAt >= from && arrivedAt <= until) {
      started++
      blocks.count('arrivals', arrivedAt)
      if (leftAt <= until) stay.add((leftAt - arrivedAt) / minuteMs)
    }
    if (leftAt >= from && leftAt <= until) blocks.count('departures', leftAt)
  }
  const found = new Map([
    [`${process}.started`, started],
    [`${process}.completedPerDay`, stay.count / ((until - from) / dayMs)],
    [`${process}.stayMinutesMean`, stay.mean],
    [`${process}.stayMinutesP95`, stay.quantile(0.95)],
    ...blocks.until(until),
  ])
  for (const node of new Set(pools.flatMap(({ nodes }) => nodes))) {
    const wait = new Tally()
    for (const { asked, work } of replay.visits[node]!)
      if (asked >= from && work.start <= until) wait.add(Math.max(0, work.start - asked) / minuteMs)
    if (wait.count === 0) continue
    const name = `${process}.${program.nodes[node]!.id}`
    found.set(`${name}.waitMinutesMean`, wait.mean)
    found.set(`${name}.waitMinutesP95`, wait.quantile(0.95))
  }
  return found
}

/** Arrivals and departures a day, by the hours of the day. */
class Blocks {
  readonly observer: Observer
  readonly #from: number
  readonly #site: Parameters<typeof localTime>[1]
  readonly #process: string
  readonly #counts = new Map<string, number>()

  constructor(from: number, site: Parameters<typeof localTime>[1], process: string) {
    this.#from = from
    this.#site = site
    this.#process = process
    for (const what of ['arrivals', 'departures']) for (const block of BLOCKS) this.#counts.set(this.#name(what, block), 0)
    this.observer = {
      started: ({ pathway }, at) => {
        if (pathway === process && at >= from) this.count('arrivals', at)
      },
      ended: ({ pathway }, at) => {
        if (pathway === process && at >= from) this.count('departures', at)
      },
    }
  }

  #name(what: string, block: number): string {
    return `${this.#process}.${what}PerDay ${block} to ${block + 6} h`
  }

  count(what: string, at: number): void {
    const { hour } = localTime(at, this.#site)
    const name = this.#name(what, hour - (hour % 6))
    this.#counts.set(name, this.#counts.get(name)! + 1)
  }

  until(at: number): [string, number][] {
    return [...this.#counts].map(([name, value]) => [name, value / ((at - this.#from) / dayMs)])
  }
}
