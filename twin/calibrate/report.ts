/** What a calibration says to a person, beside its scenario: what was read and assumed, what is wrong with the log, what fits, what the back-test shows. */
import type { Overload } from '../experiment/load.ts'
import type { BackTest } from './back-test.ts'
import type { Calibration } from './calibrate.ts'
import type { Problem } from './problems.ts'
import { count, dayOf, figure, fitInWords } from './words.ts'

const section = (title: string, lines: string[]): string =>
  lines.length === 0 ? '' : `\n${title}\n${lines.map((line) => `  ${line}\n`).join('')}`

/** Columns as wide as what stands in them; the first to the left, the others to the right. */
const table = (rows: string[][]): string[] => {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  )
}

const problemLines = (problems: Problem[]): string[] =>
  problems.flatMap(({ count: n, message, example, remedy }) => [`${count(n)} × ${message} (${example})`, `    ${remedy}`])

export const reportOf = (calibration: Calibration, overloads: Overload[], test: BackTest | null, noTest: string): string => {
  const { log, replay, elements, pools, program, branches, unseen, unneeding, arrivals } = calibration
  const works = log.cases.reduce((sum, each) => sum + each.works.length, 0)
  const head = `${log.format}: ${count(log.events)} events, ${count(log.cases.length)} cases, ${count(works)} pieces of work of ${count(log.activities.length)} activities\n`
  const way = [
    ...(log.taken
      ? ['The log says itself which way each case went.']
      : [
          `${count(replay.fitting)} cases go as drawn, ${count(replay.deviating)} deviate, ${count(replay.unreplayed)} could not be replayed.`,
          ...replay.deviations.map(({ count: n, what }) => `${count(n)} cases: ${what}`),
          ...replay.unfollowed.map((what) => `not followed in replay: ${what}`),
        ]),
    ...branches.flatMap(({ name, flows }) =>
      flows.map(
        ({ name: flow, share, low, high }) => `${name}, ${flow}: ${figure(share)} (95 %: ${figure(low)} to ${figure(high)})`,
      ),
    ),
  ]
  const work = elements.flatMap(({ node, fit, byClass, isWaitInside }) => [
    `${program.nodes[node]!.name || program.nodes[node]!.id}: ${fit ? fitInWords(fit) : 'no duration in the log'}${isWaitInside ? '; wait and work together' : ''}`,
    ...(byClass ? [`    by ${byClass.attribute}: ${Object.keys(byClass.values).join(', ')}; AIC −${figure(byClass.gain)}`] : []),
  ])
  const units = pools.map(({ id, nodes, units: hours, how }) => {
    const [least, most] = [Math.min(...hours), Math.max(...hours)]
    return `${id}: ${least === most ? most : `${least} to ${most} by the hour`}, for ${nodes.map((node) => program.nodes[node]!.name || program.nodes[node]!.id).join(', ')}; ${how}`
  })
  const nobody =
    unneeding.length === 0
      ? []
      : [
          `nobody, for ${unneeding.map((node) => program.nodes[node]!.name || program.nodes[node]!.id).join(', ')}: nobody is seen to wait, and no names are in the log`,
        ]
  const comes = `${count(arrivals.count)} in ${figure(arrivals.weeks)} weeks, by ${arrivals.pattern === 'weekdays' ? 'perHourOfDay and weekdayFactors' : arrivals.pattern}; variance over mean of days ${figure(arrivals.dispersion)} (p ${figure(arrivals.dispersionProbability, 2)})`
  return [
    head,
    section('Assumed', log.assumptions),
    section('Problems of the log', problemLines(calibration.problems)),
    section('Arrivals', [comes]),
    section('The way through the drawing', way),
    section('Work', [...work, ...unseen.map((id) => `${id}: not in the log, as it is drawn`)]),
    section('Who does it', [...units, ...nobody, ...overloads.map(overloadInWords)]),
    test ? section(`Back-test`, backTestLines(test, log.timeZone)) : section('Back-test', [noTest]),
  ].join('')
}

const overloadInWords = ({ pool, asked, there }: Overload): string =>
  `${pool}: ${figure(asked)} units are asked for at a time, and ${figure(there)} are there: its queue only grows. See who does this work and when, and correct its units.`

const backTestLines = (test: BackTest, timeZone: string): string[] => {
  const outside = test.rows.filter(({ isInside }) => !isInside).length
  return [
    `learnt from ${count(test.learnt)} cases before ${dayOf(test.from, timeZone)}; ${test.weeks} week${test.weeks === 1 ? '' : 's'} held out, ${count(test.heldOut)} cases; ${test.replications} replications`,
    '',
    ...table([
      ['measure', 'observed', 'simulated', '95 % of such weeks', ''],
      ...test.rows.map(({ measure, observed, simulated, low, high, isInside }) => [
        measure,
        figure(observed, 4),
        figure(simulated, 4),
        `${figure(low, 4)} to ${figure(high, 4)}`,
        isInside ? 'inside' : 'OUTSIDE',
      ]),
    ]),
    '',
    outside === 0
      ? 'All inside.'
      : `${outside} of ${test.rows.length} outside; one in twenty is by chance alone. Where waits are outside, look at who does the work and when first.`,
  ]
}
