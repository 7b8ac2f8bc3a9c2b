/** A calibration as a scenario that a person can read: above each figure, what it rests on. */
import type { ProgramDuration } from '../../pathways/language/program.ts'
import { isoOf, localTime, type SiteTime } from '../../pathways/time/site.ts'
import { slugOf } from '../exchange/imported.ts'
import { weekdays } from '../hospital/schema.ts'
import { siteIn } from './arrivals.ts'
import type { BranchFit, Calibration } from './calibrate.ts'
import type { ElementFit } from './durations.ts'
import type { PoolFit } from './pools.ts'
import { shiftsOf } from './shifts.ts'
import { called, count, dayOf, figure, fitInWords, iso, span } from './words.ts'

export interface ScenarioTextOptions {
  name: string
  /** Of the drawing and of the log, as the scenario shall name them. */
  drawing: string
  logName: string
  /** Other drawings that it needs: what makes used units usable again, what is called. */
  also?: string[]
  /** A `hospital.yaml` that says who there is, and the ids of its pools; else that is what the log shows. */
  hospital?: { file: string; pools: string[] }
  /** Hospital time 0, milliseconds since 1970; a Monday before the log's first week without. */
  epochMs?: number
  warmUpDays?: number
  measuredDays?: number
  replications?: number
}

const dayMs = 86_400_000
const MEASURED_DAYS = 28
const WEEK_MINUTES = 10_080

/** YAML. The same calibration gives the same bytes. */
export const scenarioText = (calibration: Calibration, options: ScenarioTextOptions): string => {
  const { log, replay } = calibration
  const { stays } = replay
  const [from, until] = [stays[0]!.arrivedAt, stays.at(-1)!.arrivedAt]
  const warmUpDays = options.warmUpDays ?? warmUpOf(calibration)
  const lines = [
    ...comment(
      `Calibrated from ${options.logName}: ${count(log.cases.length)} cases, ${count(log.events)} events, arrivals from ${dayOf(from, log.timeZone)} to ${dayOf(until, log.timeZone)}.`,
      '',
    ),
    ...comment(
      'Above each figure stands what it rests on. AIC chooses the distribution (corrected for small samples; the least is the best). KS is the greatest distance between the distribution and the durations, p how often one as great comes by chance, by parametric bootstrap; with many durations small differences show, and KS says more than p.',
      '',
    ),
    `name: ${quoted(options.name)}`,
    'hospital:',
    ...hospitalLines(calibration, options, from),
    'pathways:',
    `  - file: ${quoted(options.drawing)}`,
    ...elementLines(calibration),
    ...branchLines(calibration.branches),
    ...(options.also ?? []).map((file) => `  - ${quoted(file)}`),
    'demand:',
    ...demandLines(calibration),
    `horizon: P${warmUpDays + (options.measuredDays ?? MEASURED_DAYS)}D`,
    ...comment(
      `As long as a hospital that begins empty needs to fill: stays are up to ${span(longStay(calibration))} (95 %).`,
      '',
    ),
    `warmUp: P${warmUpDays}D`,
    `replications: ${options.replications ?? 20}`,
  ]
  return `${lines.join('\n')}\n`
}

/** Whole weeks, twice as long as nineteen in twenty stay. */
export const warmUpOf = (calibration: Calibration): number =>
  7 * Math.min(26, Math.max(1, Math.ceil((2 * longStay(calibration)) / (7 * dayMs))))

const longStay = ({ replay: { stays } }: Calibration): number => {
  const lengths = stays.flatMap(({ arrivedAt, leftAt }) => (leftAt >= arrivedAt ? [leftAt - arrivedAt] : []))
  lengths.sort((one, other) => one - other)
  return lengths[Math.floor(0.95 * (lengths.length - 1))] ?? 0
}

const COMMENT_WIDTH = 140

/** Lines of at most so many characters. */
const comment = (text: string, indent: string): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.replace(/\s+/g, ' ').split(' ')) {
    if (line !== '' && line.length + word.length + 1 > COMMENT_WIDTH - indent.length - 2) {
      lines.push(line)
      line = ''
    }
    line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((each) => `${indent}# ${each}`)
}

const quoted = (text: string): string =>
  /^[A-Za-z_][\w-]*(\.\w+)*$/.test(text) && !/^(null|true|false|yes|no|on|off|y|n)$/i.test(text) ? text : JSON.stringify(text)

const hospitalLines = (calibration: Calibration, { hospital, epochMs }: ScenarioTextOptions, first: number): string[] => {
  const { log, pools, unexplained, program } = calibration
  const site = siteIn(log.timeZone)
  const epoch = isoOf(epochMs ?? mondayBefore(first, site), site)
  const lines = hospital
    ? [`  file: ${quoted(hospital.file)}`]
    : [`  site: { epoch: ${JSON.stringify(epoch)}, timeZone: ${quoted(log.timeZone)} }`]
  const own = pools.filter(({ id }) => !hospital?.pools.includes(id))
  const taken = new Set<string>()
  const [calendars, poolLines]: [string[], string[]] = [[], []]
  for (const pool of own) {
    poolLines.push(...comment(poolInWords(pool, calibration), '    '))
    const shifts = shiftsOf(pool.units)
    const [only] = shifts
    if (shifts.length === 1 && only!.periods === null) {
      poolLines.push(`    - { id: ${pool.id}, units: ${only!.count} }`)
      continue
    }
    poolLines.push(`    - id: ${pool.id}`, `      name: ${pool.id}`, '      units:')
    for (const { count: units, periods } of shifts) {
      const calendar = periods === null ? null : slugOf(`${pool.id}-hours`, taken)
      if (calendar !== null)
        calendars.push(
          `    - id: ${calendar}`,
          '      periods:',
          ...periods!.map(({ days, from, to }) => `        - { days: [${days.join(', ')}], from: "${from}", to: "${to}" }`),
        )
      poolLines.push(
        `        - { name: ${pool.id}, count: ${units}, place: ${pool.id}${calendar === null ? '' : `, calendar: ${calendar}`} }`,
      )
    }
  }
  for (const { node, share, over } of unexplained)
    poolLines.push(
      ...comment(
        `No units for ${called(program.nodes[node]!)}: of the work that was waited for, ${figure(100 * share, 2)} % begins with nearly all busy who do it, and ${figure(100 * over, 2)} % of the time more are. What else it waits for the log does not show; the wait is part of its duration below.`,
        '    ',
      ),
    )
  if (calendars.length > 0) lines.push('  calendars:', ...calendars)
  // A hospital has pools, even one in which nobody waits for anything.
  if (own.length === 0 && !hospital) poolLines.push('    - { id: none, units: 0 }')
  if (poolLines.length > 0) lines.push(...(own.length === 0 && hospital ? [] : ['  pools:']), ...poolLines)
  return lines
}

const poolInWords = ({ nodes, how, names, explained }: PoolFit, { program }: Calibration): string =>
  `Does ${nodes.map((node) => called(program.nodes[node]!)).join(', ')}; ${how}.${names > 0 ? ` Names in the log: ${names}.` : ''}${explained === null ? '' : ` Of the work that was waited for, ${figure(100 * explained, 2)} % begins with nearly all busy.`}`

/** Monday 0 h of the week, by the wall clock. */
const mondayBefore = (at: number, site: SiteTime): number => {
  const { minuteOfWeek, second, millisecond } = localTime(at, site)
  const found = at - minuteOfWeek * 60_000 - second * 1000 - millisecond
  // The clocks may have been changed within the week.
  const off = localTime(found, site).minuteOfWeek
  return found + (off > WEEK_MINUTES / 2 ? WEEK_MINUTES - off : -off) * 60_000
}

const elementLines = (calibration: Calibration): string[] => {
  const { elements, pools, program, unseen } = calibration
  const lines = ['    elements:']
  for (const element of elements) {
    const { node, id, fit } = element
    const pool = pools.find(({ nodes }) => nodes.includes(node))
    const isDrawn = program.nodes[node]!.needs.length > 0
    const need = pool && !isDrawn ? `needs: [{ pool: ${pool.id} }]` : ''
    lines.push(...comment(elementInWords(element, calibration), '      '))
    const duration = fit ? (element.byClass ? '' : `duration: ${durationText(fit.duration)}`) : 'duration: PT0S'
    if (!element.byClass) lines.push(`      ${quoted(id)}: { ${[duration, need].filter(Boolean).join(', ')} }`)
    else lines.push(...classLines(element, need))
  }
  for (const id of unseen) lines.push(...comment(`${id} is not in the log: it is as it is drawn.`, '      '))
  return elements.length === 0 ? ['    elements: {}'] : lines
}

const elementInWords = (element: ElementFit, { log, program, unneeding }: Calibration): string => {
  const { node, fit, visits, waits, isWaitInside, isWithoutClosed } = element
  const name = called(program.nodes[node]!)
  if (!fit) return `${name}: ${count(visits)} times; the log says of none how long it takes, so it takes no time.`
  const waitMean = waits.reduce((sum, each) => sum + each, 0) / waits.length
  return [
    `${name}: ${fitInWords(fit)}.`,
    ...(isWaitInside ? ['The wait is part of it: from when it became possible until it was done.'] : []),
    ...(isWithoutClosed ? ['Hours at which nobody works are left out.'] : []),
    ...(waits.length > 0 && !isWaitInside
      ? [`Waits in the log: mean ${span(waitMean * 60_000)}, n ${count(waits.length)}.`]
      : []),
    ...(unneeding.includes(node) ? ['Nobody is seen to wait for it, and no names are in the log: it needs nobody.'] : []),
    ...(log.grid > 0 ? ['Rounding is taken into account.'] : []),
  ].join(' ')
}

const classLines = ({ id, byClass, fit }: ElementFit, need: string): string[] => {
  const { attribute, values, gain } = byClass!
  return [
    ...comment(`By ${attribute}: AIC is lower by ${figure(gain)} together.`, '      '),
    `      ${quoted(id)}:`,
    '        duration:',
    `          by: ${variableOf(attribute)}`,
    '          values:',
    ...Object.entries(values).flatMap(([value, each]) => [
      ...comment(fitInWords(each), '            '),
      `            ${quoted(value)}: ${durationText(each.duration)}`,
    ]),
    `          otherwise: ${durationText(fit!.duration)}`,
    ...(need === '' ? [] : [`        ${need}`]),
  ]
}

/** A variable's name of an attribute's. */
const variableOf = (attribute: string): string => {
  const plain = attribute
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return /^[A-Za-z]/.test(plain) ? plain : `of_${plain}`
}

const durationText = ({ distribution, parameters, values = [] }: ProgramDuration): string => {
  if (distribution === 'fixed') return iso(parameters.value!)
  const parts = Object.entries(parameters).map(([name, value]) => `${name}: ${name === 'shape' ? figure(value, 5) : iso(value)}`)
  if (distribution === 'empirical')
    parts.push(`values: [${values.map(({ value, share }) => `{ value: ${iso(value)}, share: ${share} }`).join(', ')}]`)
  return `{ distribution: ${distribution}, ${parts.join(', ')} }`
}

const branchLines = (branches: BranchFit[]): string[] => {
  if (branches.length === 0) return []
  return [
    '    probabilities:',
    ...branches.flatMap(({ name, gateway, count: decided, isInclusive, flows }) => {
      const shares = isInclusive
        ? flows.map(({ share }) => Number(share.toFixed(4)))
        : roundedShares(flows.map(({ share }) => share))
      return [
        ...comment(
          `${name === gateway ? gateway : `${gateway} (${name})`}: n ${count(decided)}${isInclusive ? '; each by itself' : ''}.`,
          '      ',
        ),
        ...flows.map(
          ({ id, taken, low, high }, index) =>
            `      ${quoted(id)}: ${shares[index]} # ${count(taken)} times; 95 %: ${figure(low)} to ${figure(high)}`,
        ),
      ]
    }),
  ]
}

/** To four digits, 1 together: the greatest takes what rounding leaves. */
const roundedShares = (shares: number[]): number[] => {
  const rounded = shares.map((share) => Math.round(share * 10_000))
  rounded[rounded.indexOf(Math.max(...rounded))]! += 10_000 - rounded.reduce((sum, each) => sum + each, 0)
  return rounded.map((each) => each / 10_000)
}

const demandLines = ({ arrivals, program, classes }: Calibration): string[] => {
  const { pattern, rates, perHourOfDay, weekdayFactors, count: n, weeks, aics, dispersion, dispersionProbability } = arrivals
  const rate = (value: number) => figure(value, 4)
  const said = `${count(n)} arrivals in ${figure(weeks)} weeks. AIC: ${aics.map((each) => `${each.pattern === 'weekdays' ? 'perHourOfDay and weekdayFactors' : each.pattern} ${figure(each.aic, 6)}`).join(', ')}.`
  const poisson =
    dispersionProbability >= 0.01
      ? `Days vary as those of a Poisson stream do (variance over mean ${figure(dispersion)}, p ${figure(dispersionProbability, 2)}).`
      : dispersion > 1
        ? `Days vary more than those of a Poisson stream do (variance over mean ${figure(dispersion)}, p ${figure(dispersionProbability, 2)}): real peaks are higher than simulated ones. See whether something changes in the course of the log.`
        : `Days vary less than those of a Poisson stream do (variance over mean ${figure(dispersion)}, p ${figure(dispersionProbability, 2)}): arrivals look planned, as appointments are.`
  const lines = ['  - id: arrivals', `    pathway: ${quoted(program.process)}`, ...comment(`${said} ${poisson}`, '    ')]
  if (pattern === 'perHour') lines.push(`    perHour: ${rate(rates[0]!)}`)
  else if (pattern === 'perHourOfWeek')
    lines.push(
      ...comment('A day a line; hours with few arrivals are drawn towards what their hour and weekday have.', '    '),
      '    perHourOfWeek:',
      '      [',
      ...weekdays.map(
        (day, index) =>
          `        ${rates
            .slice(index * 24, index * 24 + 24)
            .map(rate)
            .join(', ')}, # ${day}`,
      ),
      '      ]',
    )
  else {
    lines.push(`    perHourOfDay: [${perHourOfDay.map(rate).join(', ')}]`)
    if (pattern === 'weekdays') lines.push(`    weekdayFactors: [${weekdayFactors.map(rate).join(', ')}]`)
  }
  if (classes.length > 1) lines.push(...comment('Drawn one by one: what goes together in the log does not here.', '    '))
  if (classes.length > 0) lines.push('    variables:')
  for (const { attribute, shares, count: all } of classes) {
    const known = Object.entries(shares).sort(([one], [other]) => (one < other ? -1 : 1))
    const rounded = roundedShares(known.map(([, each]) => each / all))
    const texts = known.map(([value], index) => `${quoted(value || 'unknown')}: ${rounded[index]}`)
    lines.push(`      ${variableOf(attribute)}: { shares: { ${texts.join(', ')} } } # n ${count(all)}`)
  }
  return lines
}
