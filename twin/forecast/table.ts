/** A forecast for a person to read, in French or English. */
import type { Language } from '../../pathways/language/finding.ts'
import { isoOf, type SiteTime } from '../../pathways/time/site.ts'
import { aligned } from '../experiment/table.ts'
import type { Band, BandDifference } from './forecast.ts'
import type { Learnt } from './learnt.ts'
import type { ForecastResult } from './result.ts'
import type { SeriesScores } from './score.ts'

const WORDS = {
  en: {
    title: (at: string, hours: number, replications: number) =>
      `From ${at}, ${hours} hours ahead, ${replications} replications: the median, and between what it lies in 8 of 10.`,
    learnt: (learnt: Learnt[]) =>
      learnt.length === 0
        ? 'Durations are the drawings’: the log has no work often enough to learn from.'
        : `Durations as the log has them: ${namesOf(learnt)}; of all else, the drawings’.`,
    heads: ['series', 'now'],
    total: 'in all',
    after: (hours: number) => `+${hours} h`,
    whatIf: (name: string) => `${name}, the same luck (of levels the mean over all hours, of flows the sum):`,
    differences: ['series', 'without', 'difference', '95 % interval'],
    to: 'to',
    none: 'no detectable difference',
    noneOf: (count: number) => `no detectable difference in the other ${count} series`,
    scores: ['series', 'hours', 'in the 80 % band', 'PIT in the middle 80 %', 'mean CRPS'],
    held: 'Held against what happened:',
  },
  fr: {
    title: (at: string, hours: number, replications: number) =>
      `À partir de ${at}, sur ${hours} heures, ${replications} réplications : la médiane, et l’intervalle de 8 cas sur 10.`,
    learnt: (learnt: Learnt[]) =>
      learnt.length === 0
        ? 'Durées des dessins : le journal n’a aucun travail assez souvent pour en apprendre.'
        : `Durées apprises du journal : ${namesOf(learnt)} ; pour le reste, celles des dessins.`,
    heads: ['série', 'maintenant'],
    total: 'en tout',
    after: (hours: number) => `+${hours} h`,
    whatIf: (name: string) => `${name}, à hasard égal (pour un niveau la moyenne de toutes les heures, pour un flux la somme) :`,
    differences: ['série', 'sans', 'différence', 'intervalle à 95 %'],
    to: 'à',
    none: 'pas de différence décelable',
    noneOf: (count: number) => `pas de différence décelable pour les ${count} autres séries`,
    scores: ['série', 'heures', 'dans la bande à 80 %', 'PIT dans les 80 % du milieu', 'CRPS moyen'],
    held: 'Comparé à ce qui s’est passé :',
  },
} satisfies Record<Language, unknown>

/** The most often seen first; with many, these alone. */
const NAMED_MAX = 8

const namesOf = (learnt: Learnt[]): string => {
  const names = [...learnt]
    .sort((one, other) => other.completed - one.completed)
    .map(({ pathway, element }) => `${pathway}.${element}`)
  return names.slice(0, NAMED_MAX).join(', ') + (names.length > NAMED_MAX ? ` (+ ${names.length - NAMED_MAX})` : '')
}

/** Hours that stand in the table, as far as the forecast goes. */
const HOURS = [1, 6, 12, 24, 48]

/** Series that are nothing all along are left out. */
export const forecastTable = (result: ForecastResult, site: SiteTime, language: Language): string => {
  const words = WORDS[language]
  const hours = [...new Set(HOURS.map((hour) => Math.min(hour, result.hours)))]
  const bands = result.bands.filter(({ now, quantiles }) => now || quantiles.at(-1)!.some((value) => value !== 0))
  const number = (value: number, signed = false) => digits(value, language, signed)
  const cell = ([low, , middle, , high]: number[]) => `${number(middle!)} (${number(low!)}–${number(high!)})`
  const row = ({ name, now, quantiles, total }: Band) => [
    name,
    now === null ? '' : number(now),
    ...hours.map((hour) => cell(quantiles.map((values) => values[hour - 1]!))),
    total ? cell(total.quantiles) : '',
  ]
  const rows = [[...words.heads, ...hours.map(words.after), words.total], ...bands.map(row)]
  const lines = [words.title(isoOf(result.at, site), result.hours, result.replications), '', ...aligned(rows)]
  if (result.learnt) lines.push('', words.learnt(result.learnt))
  if (result.whatIf)
    lines.push('', words.whatIf(result.whatIf.name), ...differenceLines(result.whatIf.differences, words, number))
  return `${lines.join('\n')}\n`
}

const differenceLines = (
  differences: BandDifference[],
  words: (typeof WORDS)[Language],
  number: (value: number, signed?: boolean) => string,
): string[] => {
  const seen = differences.filter(({ difference }) => difference.isDetectable)
  if (seen.length === 0) return [words.none]
  const rows = seen.map(({ name, base, difference: { mean, low, high } }) => [
    name,
    number(base),
    number(mean, true),
    `${number(low)} ${words.to} ${number(high)}`,
  ])
  return [...aligned([words.differences, ...rows]), words.noneOf(differences.length - seen.length)]
}

export const scoreTable = (scores: SeriesScores[], language: Language): string => {
  const words = WORDS[language]
  const percent = (share: number) => `${digits(Math.round(share * 1000) / 10, language, false)} %`
  const rows = scores.map(({ name, summary }) => [
    name,
    String(summary.count),
    percent(summary.coverage80),
    percent(summary.pit80),
    digits(summary.crpsMean, language, false),
  ])
  return `${[words.held, ...aligned([words.scores, ...rows])].join('\n')}\n`
}

/** Three digits are more than a forecast has. */
const digits = (value: number, language: Language, signed: boolean): string => {
  const text = `${signed && value > 0 ? '+' : ''}${Number.isInteger(value) ? value : Number(value.toPrecision(3))}`
  return language === 'fr' ? text.replace('.', ',') : text
}
