/** What a replay found, in words. */
import type { Language } from '../pathways/language/finding.ts'
import { DELAYS, type Delay, type DelaySummary } from '../replay/latency.ts'
import { type Comparison, type Difference, type Line, textOf } from '../twin/replay/lines.ts'
import type { ComparedMeasure } from '../twin/replay/measures.ts'

/** All the measures together are taken for another hospital's by chance this often at most. */
const SIGNIFICANCE = 0.01

const FRENCH: Record<Delay, string> = {
  started: 'de l’arrivée au début',
  granted: 'de l’attribution à son annonce',
  completed: 'de la fin d’une tâche à son écriture',
  task: 'de ce qui arrive à la tâche suivante',
  elapsed: 'de l’échéance à la sonnerie',
  received: 'de l’envoi à la réception',
  runEnded: 'de la fin d’un parcours appelé à son annonce',
}

const SAYS = {
  en: {
    identical: (count: number) => `identical: ${count} facts and ends`,
    parted: (identical: number, twin: number, live: number) =>
      `not identical: ${identical} lines are the same, of ${twin} of the twin and ${live} live; they part here (- twin, + live)`,
    reordered: (count: number) =>
      `${count} moment${count === 1 ? '' : 's'} at which runs came in another order, without any consequence`,
    seconds: (seconds: string) => `${seconds} s`,
    measure: 'minutes',
    twin: 'twin',
    live: 'live',
    delay: 'added by the live system, ms',
    mean: 'mean',
    median: 'median',
    most: 'most',
    count: 'n',
    rate: (rate: number, second: string) => `At rate ${rate} a second of the system is ${second} minutes of the hospital.`,
    none: 'There is too little of everything to compare.',
    same: 'No distribution differs.',
    other: 'The marked distributions differ.',
  },
  fr: {
    identical: (count: number) => `identiques : ${count} faits et fins`,
    parted: (identical: number, twin: number, live: number) =>
      `différents : ${identical} lignes communes, sur ${twin} du jumeau et ${live} en réel ; ils se séparent ici (- jumeau, + réel)`,
    reordered: (count: number) =>
      `${count} instant${count > 1 ? 's' : ''} où les parcours se suivent dans un autre ordre, sans conséquence`,
    seconds: (seconds: string) => `${seconds} s`,
    measure: 'minutes',
    twin: 'jumeau',
    live: 'réel',
    delay: 'ajouté par le système réel, ms',
    mean: 'moyenne',
    median: 'médiane',
    most: 'max.',
    count: 'n',
    rate: (rate: number, second: string) => `À la vitesse ${rate}, une seconde du système vaut ${second} minutes de l’hôpital.`,
    none: 'Il y a trop peu de tout pour comparer.',
    same: 'Aucune distribution ne diffère.',
    other: 'Les distributions marquées diffèrent.',
  },
}

/** Of a replay in lock-step. */
export function comparisonText(comparison: Comparison, seconds: number, language: Language): string {
  const say = SAYS[language]
  const { difference, identical, expected, found, reordered } = comparison
  const lines = difference ? [say.parted(identical, expected, found), ...differenceLines(difference)] : [say.identical(identical)]
  if (!difference && reordered > 0) lines.push(say.reordered(reordered))
  return `${lines.join('\n')}\n${say.seconds(seconds.toFixed(1))}\n`
}

function differenceLines({ expected, found, before, expectedAfter, foundAfter }: Difference): string[] {
  const marked = (mark: string, lines: (Line | null)[]) => lines.flatMap((line) => (line ? [`${mark} ${textOf(line)}`] : []))
  return [...marked(' ', before), ...marked('-', [expected, ...expectedAfter]), ...marked('+', [found, ...foundAfter])]
}

/** Whether some distribution is another, at a level that holds for all of them together (C. E. Bonferroni). */
export const differ = (measures: ComparedMeasure[]): boolean => measures.some((measure) => isOther(measure, measures))

const isOther = ({ p }: ComparedMeasure, { length }: ComparedMeasure[]): boolean => p < SIGNIFICANCE / length

export interface FreeResult {
  rate: number
  measures: ComparedMeasure[]
  delays: DelaySummary[]
}

/** Of a replay at an accelerated clock. */
export function freeText({ rate, measures, delays }: FreeResult, language: Language): string {
  const say = SAYS[language]
  const number = (value: number) => value.toFixed(1)
  const compared = measures.map((measure) => [
    measure.name,
    `${measure.expected.count}/${measure.found.count}`,
    number(measure.expected.mean),
    number(measure.found.mean),
    number(measure.expected.median),
    number(measure.found.median),
    measure.distance.toFixed(3),
    `${measure.p.toFixed(3)}${isOther(measure, measures) ? ' !' : ''}`,
  ])
  const head = [
    say.measure,
    say.count,
    ...[say.mean, say.median].flatMap((what) => [`${what} ${say.twin}`, `${what} ${say.live}`]),
    'KS',
    'p',
  ]
  const added = delays.map(({ delay, count, meanMs, medianMs, p95Ms, maxMs }) => [
    language === 'fr' ? FRENCH[delay] : DELAYS[delay],
    String(count),
    ...[meanMs, medianMs, p95Ms, maxMs].map((ms) => ms.toFixed(0)),
  ])
  const conclusion = measures.length === 0 ? say.none : differ(measures) ? say.other : say.same
  return [
    ...(measures.length > 0 ? [aligned([head, ...compared])] : []),
    `${conclusion}\n`,
    aligned([[say.delay, say.count, say.mean, say.median, '95 %', say.most], ...added]),
    `${say.rate(rate, number(rate / 60))}\n`,
  ].join('\n')
}

/** The first column to the left, the others to the right. */
function aligned(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map(
      (row) =>
        `${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ')}\n`,
    )
    .join('')
}
