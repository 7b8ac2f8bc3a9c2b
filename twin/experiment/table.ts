/** An experiment's results for a person to read, in French or English. */
import type { Language } from '../../pathways/language/finding.ts'
import type { Results } from './results.ts'

const WORDS = {
  en: {
    heads: ['measure', 'mean', 'difference', 'interval'],
    to: 'to',
    colon: ':',
    and: 'and',
    interval: (share: number) => `${share} % interval`,
    replications: (count: number) => `${count} replication${count === 1 ? '' : 's'}`,
    target: 'target',
    below: 'below',
    above: 'above',
    inReplications: (share: number) => ` in ${share} % of replications`,
    met: 'met',
    missed: 'missed',
    undecided: 'not decided, the interval holds it',
    less: (other: string, base: string) => `${other} less ${base}, the same patients:`,
    none: 'no detectable difference',
    noneOf: (count: number) => `no detectable difference in the other ${count} measures`,
  },
  fr: {
    heads: ['mesure', 'moyenne', 'différence', 'intervalle'],
    to: 'à',
    colon: ' :',
    and: 'et',
    interval: (share: number) => `intervalle à ${share} %`,
    replications: (count: number) => `${count} réplication${count === 1 ? '' : 's'}`,
    target: 'objectif',
    below: 'sous',
    above: 'au-dessus de',
    inReplications: (share: number) => ` dans ${share} % des réplications`,
    met: 'atteint',
    missed: 'manqué',
    undecided: 'indécis, l’intervalle le contient',
    less: (other: string, base: string) => `${other} moins ${base}, pour les mêmes patients :`,
    none: 'pas de différence décelable',
    noneOf: (count: number) => `pas de différence décelable pour les ${count} autres mesures`,
  },
} satisfies Record<Language, unknown>

/** Four digits are more than such a mean has. */
export const tableOf = (results: Results, language: Language): string => {
  const { measures, targets, comparisons, confidence, replications, scenario } = results
  const words = WORDS[language]
  const [measure, mean, difference, interval] = words.heads as [string, string, string, string]
  const number = (value: number, signed = false) => digits(value, language, signed)
  const between = (low: number, high: number) => `${number(low)} ${words.to} ${number(high)}`
  const rows = [[measure, mean, words.interval(confidence * 100)]]
  for (const each of measures.filter(isTabled)) rows.push([each.name, number(each.mean), between(each.low, each.high)])
  const lines = [`${scenario}${words.colon} ${words.replications(replications)}`, '', ...aligned(rows)]
  for (const { measure: name, below, above, withProbability, held, isMet } of targets) {
    const asked = [
      below !== undefined && `${words.below} ${number(below)}`,
      above !== undefined && `${words.above} ${number(above)}`,
    ]
    const verdict = isMet === null ? words.undecided : isMet ? words.met : words.missed
    const chance = withProbability === undefined ? '' : words.inReplications(percent(withProbability))
    const found = held ? ` (${percent(held.share)} %, ${percent(held.low)} ${words.to} ${percent(held.high)} %)` : ''
    lines.push(
      '',
      `${words.target} ${name} ${asked.filter(Boolean).join(` ${words.and} `)}${chance}${words.colon} ${verdict}${found}`,
    )
  }
  for (const { scenario: other, differences } of comparisons) {
    const tabled = differences.filter(isTabled)
    const seen = tabled.filter(({ isDetectable }) => isDetectable)
    lines.push('', words.less(other, scenario))
    if (seen.length === 0) lines.push(words.none)
    else {
      const changes = seen.map((each) => [each.name, number(each.mean, true), between(each.low, each.high)])
      lines.push(...aligned([[measure, difference, interval], ...changes]), words.noneOf(tabled.length - seen.length))
    }
  }
  return `${lines.join('\n')}\n`
}

/** With one digit after the point at most. */
export const percent = (share: number): number => Math.round(share * 1000) / 10

/** A week by its hours is for a chart. */
const isTabled = ({ name }: { name: string }): boolean => !name.includes('@')

/** Four digits, as the language writes them. */
export const digits = (value: number, language: Language, signed = false): string => {
  const text = `${signed && value > 0 ? '+' : ''}${Number.isInteger(value) ? value : Number(value.toPrecision(4))}`
  return language === 'fr' ? text.replace('.', ',') : text
}

/** Columns side by side: the first to the left, numbers to the right. */
export const aligned = (rows: string[][]): string[] => {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) =>
    row.map((text, column) => (column === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[column]!))).join('  '),
  )
}
