/** The scores of a forecast, as far as what it was about has happened. */
import { chanceOf, wordOf } from '../simulate/index.ts'
import { type Score, type SeriesScores, scoreKey, scoreOf, summaryOf } from './score.ts'

export interface ScoredSeries {
  name: string
  /** Names of the series that it is the sum of. */
  parts: string[]
}

/**
 * @param ensembles by series, by hour, ascending. @param happened by hour: what is known of it, by the hospital's own series; null where nobody looked.
 * @returns those of which an hour is known; `hours` has null where it is not.
 */
export const scoresOf = (
  forecast: string,
  asked: ScoredSeries[],
  ensembles: ArrayLike<number>[][],
  happened: (Record<string, number> | null)[],
): (Omit<SeriesScores, 'hours'> & { hours: (Score | null)[] })[] => {
  const key = chanceOf(1, wordOf(forecast))
  return asked.flatMap(({ name, parts }, place) => {
    const hours = ensembles[place]!.map((ensemble, hour): Score | null => {
      const known = happened[hour]
      if (!known || !parts.every((part) => Object.hasOwn(known, part))) return null
      const sum = parts.reduce((total, part) => total + known[part]!, 0)
      return scoreOf(Float64Array.from(ensemble), sum, scoreKey(key, place, hour))
    })
    const summary = summaryOf(hours.filter((score) => score !== null))
    return summary ? [{ name, summary, hours }] : []
  })
}
