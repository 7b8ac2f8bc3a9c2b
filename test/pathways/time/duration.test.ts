import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDuration, formatDuration, millisecondsOf, parseCycle, parseDuration } from '../../../pathways/time/duration.ts'
import { hospitalMsOfIso, isoOf } from '../../../pathways/time/site.ts'

const paris = { epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' }

describe('durations', () => {
  it.each([
    ['PT25M', 0, 1_500_000],
    ['P1Y2M', 14, 0],
    ['P1DT2H3M4.5S', 0, 93_784_500],
    ['-P1D', 0, -86_400_000],
    ['P2W', 0, 1_209_600_000],
    ['P1Y1DT1S', 12, 86_401_000],
    ['PT0S', 0, 0],
  ])('%s', (text, months, milliseconds) => {
    expect(parseDuration(text)).toEqual({ months, milliseconds })
  })

  it.each(['', 'P', 'PT', '1D', 'P1H', 'P-1D', 'PT1H30', 'P1DT', 'P99999999999999999999D'])('refuses "%s"', (text) => {
    expect(parseDuration(text)).toBeNull()
  })

  it('is written as it is read', () => {
    fc.assert(
      fc.property(fc.nat(240), fc.nat(10 * 86_400_000), fc.boolean(), (months, milliseconds, negative) => {
        const sign = negative ? -1 : 1
        const duration = { months: months === 0 ? 0 : sign * months, milliseconds: milliseconds === 0 ? 0 : sign * milliseconds }
        expect(parseDuration(formatDuration(duration))).toEqual(duration)
      }),
    )
  })

  it('has milliseconds only without years and months', () => {
    expect(millisecondsOf('PT1.5S')).toBe(1500)
    expect(millisecondsOf('P1M')).toBeNull()
  })

  it('keeps the wall clock over months and the length over days', () => {
    const from = hospitalMsOfIso('2026-03-01T10:00', paris)!
    const later = (text: string, times = 1) => isoOf(addDuration(from, parseDuration(text)!, paris, times), paris)
    expect(later('P1M')).toBe('2026-04-01T10:00:00+02:00')
    expect(later('P31D')).toBe('2026-04-01T11:00:00+02:00')
    expect(later('P1M', 3)).toBe('2026-06-01T10:00:00+02:00')
  })

  it('reads repetitions', () => {
    expect(parseCycle('R/PT1H')).toEqual({ repeats: -1, start: '', period: 'PT1H' })
    expect(parseCycle('R3/2026-01-01T08:00:00/P1D')).toEqual({ repeats: 3, start: '2026-01-01T08:00:00', period: 'P1D' })
    expect(parseCycle('R3/P1D/2026-01-03T08:00:00')).toEqual({ repeats: 3, start: '', period: 'P1D', end: '2026-01-03T08:00:00' })
    expect([parseCycle('R/PT0S'), parseCycle('0 8 * * *'), parseCycle('R3')]).toEqual([null, null, null])
  })
})
