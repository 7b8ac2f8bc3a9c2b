/** What is known of a what-if so far: measures of both hospitals, differences by pairs of replications, and what they say in a word. */

import { waitingElementsOf } from '../../../twin/experiment/explored.ts'
import { EARLY_DAYS, type PoolLevels, type WentOn } from '../../../twin/experiment/going-on.ts'
import type { ReadyScenario } from '../../../twin/experiment/ready.ts'
import { type Difference, differencesOf, type Summary, summariesOf } from '../../../twin/experiment/replicate.ts'
import { type TargetResult, targetsOf } from '../../../twin/experiment/targets.ts'
import { latestPairs, type Runs } from '../simulation/simulators.ts'

export interface Row {
  measure: string
  base: Summary
  /** Null as long as nothing was moved. */
  changed: Summary | null
  difference: Difference | null
  /** Whether more of it is worse; null where neither is. */
  worseWhenMore: boolean | null
}

export type Word = 'nothing-moved' | 'too-few' | 'no-difference' | 'kept' | 'worse' | 'undecided' | 'missed'

export interface Outcome {
  replications: number
  /** Days that are measured so far; null: all of them. */
  earlyDays: number | null
  rows: Row[]
  baseTargets: TargetResult[]
  targets: TargetResult[]
  word: Word
  levels: { base: PoolLevels[][]; changed: PoolLevels[][] }
}

/** Measures that are shown first: waits, what comes of them, how full it is, what it costs. */
export const mainMeasures = (model: ReadyScenario): { measure: string; worseWhenMore: boolean | null }[] => {
  const waits = waitingElementsOf(model).flatMap(({ pathway, element }) =>
    ['waitMinutesMean', 'delayedShare', 'waitOver60MinutesShare'].map((what) => ({
      measure: `${pathway}.${element}.${what}`,
      worseWhenMore: true,
    })),
  )
  const pathways = [...new Set(waitingElementsOf(model).map(({ pathway }) => pathway))].flatMap((pathway) => [
    { measure: `${pathway}.completedPerDay`, worseWhenMore: false },
    { measure: `${pathway}.stayMinutesMean`, worseWhenMore: null },
  ])
  const pools = model.scenario.hospital.pools.flatMap(({ id, units }) =>
    units === undefined ? [] : [{ measure: `pool.${id}.occupancyMean`, worseWhenMore: null }],
  )
  const targets = model.scenario.targets.map(({ measure, below }) => ({ measure, worseWhenMore: below !== undefined }))
  const all = [...targets, ...waits, ...pathways, ...pools, { measure: 'cost', worseWhenMore: null }]
  return all.filter(({ measure }, index) => all.findIndex((each) => each.measure === measure) === index)
}

/** What is known as it stood at each of the early times: all that can be said before a replication is finished. */
export interface EarlyRuns {
  base: Runs[]
  changed: Runs[]
}

const NO_EARLY: EarlyRuns = { base: [], changed: [] }

export const outcomeOf = (model: ReadyScenario, base: Runs, changed: Runs | null, early = NO_EARLY): Outcome => {
  const { confidence, targets } = model.scenario
  const paired = changed ? latestPairs(base, changed, early.base, early.changed) : null
  const whole = base.filter((run) => run !== undefined)
  const baseRuns = paired && paired.numbers.length > 0 ? paired.base : whole
  const measuresOf = (runs: WentOn[]) => runs.map(({ measures }) => measures)
  const own = paired && paired.numbers.length > 0 ? measuresOf(paired.changed) : null
  const bases = byName(summariesOf(measuresOf(baseRuns), confidence))
  const others = own && byName(summariesOf(own, confidence))
  const differences = own && byName(differencesOf(measuresOf(baseRuns), own, confidence, 1))
  const rows = mainMeasures(model).flatMap(({ measure, worseWhenMore }): Row[] => {
    const found = bases.get(measure)
    if (!found) return []
    const more = { changed: others?.get(measure) ?? null, difference: differences?.get(measure) ?? null }
    return [{ measure, base: found, ...more, worseWhenMore }]
  })
  const isEarly = paired !== null && paired.early !== null
  const judged = targetsOf(targets, own ?? measuresOf(baseRuns), confidence).map((each) =>
    isEarly || baseRuns.length < JUDGING_MIN ? { ...each, isMet: null } : each,
  )
  return {
    replications: baseRuns.length,
    earlyDays: paired && paired.early !== null ? EARLY_DAYS[paired.early]! : null,
    rows,
    baseTargets: targetsOf(targets, measuresOf(baseRuns), confidence),
    targets: judged,
    word: isEarly ? 'too-few' : wordOf(rows, judged, changed ? (own?.length ?? 0) : null),
    levels: {
      base: (isEarly && whole.length > 0 ? whole : baseRuns).map(({ levels }) => levels),
      changed: paired?.changed.map(({ levels }) => levels) ?? [],
    },
  }
}

/** Fewer than that have no interval: a target is not judged by them. */
const JUDGING_MIN = 2
/** Replications before anything is said to differ, or not to. */
const SAYING_MIN = 3

const wordOf = (rows: Row[], targets: TargetResult[], replications: number | null): Word => {
  if (replications === null) return 'nothing-moved'
  if (replications < SAYING_MIN) return 'too-few'
  if (targets.some(({ isMet }) => isMet === false)) return 'missed'
  const differing = rows.filter(({ difference, worseWhenMore }) => worseWhenMore !== null && difference?.isDetectable)
  if (differing.length === 0) return 'no-difference'
  if (!differing.some(({ difference, worseWhenMore }) => difference!.mean > 0 === worseWhenMore)) return 'kept'
  return targets.some(({ isMet }) => isMet === null) ? 'undecided' : 'worse'
}

const byName = <T extends { name: string }>(items: T[]): Map<string, T> => new Map(items.map((item) => [item.name, item]))
