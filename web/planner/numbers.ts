/** Measures as people read them: named in their language, with units, signs and intervals. */

import { waitingElementsOf } from '../../twin/experiment/explored.ts'
import type { ReadyScenario } from '../../twin/experiment/ready.ts'
import type { Language } from '../shared/language.ts'
import { text } from '../shared/language.ts'

type Unit = 'minutes' | 'share' | 'euros' | 'count'

const unitOf = (measure: string): Unit => {
  if (/Minutes(Mean|P\d+|Max)$/.test(measure)) return 'minutes'
  if (/(Share|occupancyMean)(@.*)?$/.test(measure)) return 'share'
  if (/(^|\.)cost$/.test(measure)) return 'euros'
  return 'count'
}

const number = (language: Language, digits: number, value: number, sign = false): string =>
  new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...(sign && { signDisplay: 'exceptZero' as const }),
  }).format(value)

/** @param sign of a difference. */
export const valueText = (measure: string, value: number, language: Language, sign = false): string => {
  switch (unitOf(measure)) {
    case 'minutes': {
      const size = Math.abs(value)
      if (size >= 1440) return `${number(language, 1, value / 1440, sign)} ${text('number.days')}`
      if (size >= 120) return `${number(language, 1, value / 60, sign)} h`
      return `${number(language, size < 10 ? 1 : 0, value, sign)} min`
    }
    case 'share':
      return sign ? `${number(language, 1, value * 100, true)} pt` : `${number(language, 1, value * 100)} %`
    case 'euros':
      return Math.abs(value) >= 1e6
        ? `${number(language, 2, value / 1e6, sign)} M€`
        : Math.abs(value) >= 1e4
          ? `${number(language, 0, value / 1e3, sign)} k€`
          : `${number(language, 0, value, sign)} €`
    case 'count':
      return number(language, Math.abs(value) < 100 ? 1 : 0, value, sign)
  }
}

/** Of what a measure is: what its name says, in words. */
export const measureText = (measure: string, { scenario, programs }: ReadyScenario): string => {
  const all = programs.flatMap(([, each]) => each)
  const [, pool, ofPool] = /^pool\.([^.]+)\.([^@]+)$/.exec(measure) ?? []
  if (pool) return `${text(`measure.${ofPool as 'occupancyMean'}`)} · ${poolName(pool, scenario)}`
  const found = waitingElementsOf({ scenario, programs }).find(({ pathway, element }) =>
    measure.startsWith(`${pathway}.${element}.`),
  )
  if (found) {
    const rest = measure.slice(found.pathway.length + found.element.length + 2)
    const [, minutes] = /^waitOver(\d+)MinutesShare$/.exec(rest) ?? []
    const what = minutes
      ? text('measure.waitOver', { limit: limitText(Number(minutes)) })
      : text(`measure.${rest as 'waitMinutesMean'}`)
    return `${what} · ${found.name} (${found.pathwayName})`
  }
  if (measure === 'cost') return text('measure.cost')
  const program = all.find(({ process }) => measure.startsWith(`${process}.`))
  const rest = program ? measure.slice(program.process.length + 1) : ''
  if (program && ['completedPerDay', 'stayMinutesMean', 'stayMinutesP95', 'started', 'completed', 'cost'].includes(rest))
    return `${text(`measure.${rest as 'completedPerDay'}`)} · ${program.name || program.process}`
  return measure
}

export const poolName = (pool: string, scenario: ReadyScenario['scenario']): string => {
  const found = scenario.hospital.pools.find(({ id }) => id === pool)
  return found && 'name' in found ? found.name : pool
}

/** Whether it is said in per cent. */
export const shareOfMeasure = (measure: string): boolean => unitOf(measure) === 'share'

/** `1 h`, `30 min` */
export const limitText = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`)

/** How often it happens, as "1 in n"; nothing of what never or always does. */
export const oneInText = (share: number, language: Language): string =>
  share <= 0 ? text('chart.never') : text('chart.oneIn', { n: number(language, share > 0.1 ? 1 : 0, 1 / share) })
