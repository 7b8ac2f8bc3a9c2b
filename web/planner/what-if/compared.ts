/** Several what-ifs of one model side by side: each with its mean of every measure, and its difference to the model as it is. */
import { type Difference, differencesOf, type Summary, summariesOf } from '../../../twin/experiment/replicate.ts'
import { pairedOf, type Runs } from '../simulation/simulators.ts'
import { type LeverValues, tidied } from './levers.ts'
import { mainMeasures } from './outcome.ts'
import { leversOfText, leversText } from './share.ts'
import type { ReadyModel } from './use-what-if.ts'

/** What is set beside the model: as many as a table can be read with. */
export const BESIDE_MAX = 12

export interface ComparedRow {
  /** As in the address; '' for the model as it is. */
  set: string
  values: LeverValues
  /** Replications that both have. */
  replications: number
  means: Map<string, Summary>
  /** By measure; empty for the model itself. */
  differences: Map<string, Difference>
}

/** The settings in an address, each once: those that this model has levers for. */
export const besideOf = ({ levers }: Pick<ReadyModel, 'levers'>, text: string): { set: string; values: LeverValues }[] => {
  const found = new Map(
    text.split('|').flatMap((part): [string, LeverValues][] => {
      const values = tidied(levers, leversOfText(part))
      return Object.keys(values).length > 0 ? [[leversText(values), values]] : []
    }),
  )
  return [...found].slice(0, BESIDE_MAX).map(([set, values]) => ({ set, values }))
}

/** @param runs of each setting, in order. Intervals hold for all settings together (Bonferroni), since the best of many is looked for. */
export const comparedRows = (
  confidence: number,
  beside: { set: string; values: LeverValues }[],
  base: Runs,
  runs: readonly Runs[],
): ComparedRow[] => {
  const measuresOf = (each: Runs) => each.flatMap((run) => (run ? [run.measures] : []))
  const own: ComparedRow = {
    ...{ set: '', values: {}, replications: measuresOf(base).length },
    ...{ means: byName(summariesOf(measuresOf(base), confidence)), differences: new Map() },
  }
  return [
    own,
    ...beside.map(({ set, values }, index): ComparedRow => {
      const paired = pairedOf(base, runs[index] ?? [])
      const [before, after] = [measuresOf(paired.base), measuresOf(paired.changed)]
      return {
        ...{ set, values, replications: after.length },
        means: byName(summariesOf(after, confidence)),
        differences: after.length < 2 ? new Map() : byName(differencesOf(before, after, confidence, beside.length)),
      }
    }),
  ]
}

/** Rows by a measure, in place of the order in which they were set beside; what is not known yet comes last. */
export const sortedRows = (rows: ComparedRow[], measure: string, isDown: boolean): ComparedRow[] => {
  const value = ({ means }: ComparedRow) => means.get(measure)?.mean
  return [...rows].sort((one, other) => {
    const [left, right] = [value(one), value(other)]
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined)
    return (left - right) * (isDown ? -1 : 1)
  })
}

const COLUMNS_MAX = 5

/** Measures as columns: what is looked at, targets, cost, then waits. */
export const columnsOf = (
  model: ReadyModel,
  looked: string | undefined,
): { measure: string; worseWhenMore: boolean | null }[] => {
  const all = mainMeasures(model)
  const targets = new Set(model.scenario.targets.map(({ measure }) => measure))
  const rank = ({ measure }: (typeof all)[number]) =>
    measure === looked ? 0 : targets.has(measure) ? 1 : measure === 'cost' ? 2 : measure.endsWith('delayedShare') ? 3 : 4
  return all
    .map((each, index) => ({ each, index }))
    .sort((one, other) => rank(one.each) - rank(other.each) || one.index - other.index)
    .slice(0, COLUMNS_MAX)
    .map(({ each }) => each)
}

const byName = <T extends { name: string }>(items: T[]): Map<string, T> => new Map(items.map((item) => [item.name, item]))
