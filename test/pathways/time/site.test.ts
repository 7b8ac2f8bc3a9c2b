import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epochMsOfInstant, hospitalMsOfIso, instantOf, isoOf, localTime } from '../../../pathways/time/site.ts'
import { isKnownZone, offsetMinutesAt } from '../../../pathways/time/zones.ts'

const paris = { epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' }
const at = (iso: string) => Date.parse(iso) - Date.parse(paris.epoch)

describe('a site clock', () => {
  it('shows the wall clock, its weekday and its minute of the week', () => {
    expect(localTime(at('2026-11-23T07:15:30.250Z'), paris)).toEqual({
      year: 2026,
      month: 11,
      day: 23,
      weekday: 1,
      hour: 8,
      minute: 15,
      second: 30,
      millisecond: 250,
      offsetMinutes: 60,
      minuteOfWeek: 495,
    })
  })

  it('changes hour on the last Sundays of March and October, at 01:00 UTC', () => {
    const offset = (iso: string) => localTime(at(iso), paris).offsetMinutes
    expect(offset('2026-03-29T00:59:59Z')).toBe(60)
    expect(offset('2026-03-29T01:00:00Z')).toBe(120)
    expect(offset('2026-10-25T00:59:59Z')).toBe(120)
    expect(offset('2026-10-25T01:00:00Z')).toBe(60)
  })

  it('moves a skipped hour on and takes the first of a repeated one', () => {
    const iso = (fields: Parameters<typeof instantOf>[0]) => isoOf(instantOf(fields, paris), paris)
    expect(iso({ year: 2026, month: 3, day: 29, hour: 2, minute: 30 })).toBe('2026-03-29T03:30:00+02:00')
    expect(iso({ year: 2026, month: 10, day: 25, hour: 2, minute: 30 })).toBe('2026-10-25T02:30:00+02:00')
  })

  it('agrees with the time zone database since 1998', () => {
    for (const timeZone of ['Europe/Paris', 'America/Cayenne', 'Indian/Reunion', 'Pacific/Noumea', 'Europe/London']) {
      const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
      fc.assert(
        fc.property(fc.integer({ min: Date.UTC(1998, 0), max: Date.UTC(2037, 0) }), (epochMs) => {
          const local = localTime(epochMs - Date.parse(paris.epoch), { ...paris, timeZone })
          expect(`${String(local.hour).padStart(2, '0')}:${String(local.minute).padStart(2, '0')}`).toBe(format.format(epochMs))
        }),
      )
    }
  })

  it.each([
    ['Australia/Melbourne', '2021-01-01T00:00:00Z', 660],
    ['Australia/Melbourne', '2021-07-01T00:00:00Z', 600],
    ['Asia/Dhaka', '1995-01-01T00:00:00Z', 360],
    ['Asia/Kolkata', '2040-06-01T00:00:00Z', 330],
    ['America/New_York', '2021-03-14T06:59:00Z', -300],
    ['America/New_York', '2021-03-14T07:00:00Z', -240],
    ['America/New_York', '2006-03-20T12:00:00Z', -300],
    ['US/Pacific', '2050-08-01T00:00:00Z', -420],
    ['Africa/Cairo', '2017-07-02T09:00:00Z', 120],
    ['Asia/Kathmandu', '1985-06-01T00:00:00Z', 330],
    ['Europe/Warsaw', '2026-03-29T01:00:00Z', 120],
  ])('knows %s at %s: %i minutes from UTC', (zone, instant, minutes) => {
    expect(offsetMinutesAt(zone, epochMsOfInstant(instant))).toBe(minutes)
  })

  it('comes back to the same instant, except in the repeated hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 * 365 * 86_400_000 }), (instant) => {
        const local = localTime(instant, paris)
        const back = instantOf(local, paris)
        expect(back === instant || back === instant - 3_600_000).toBe(true)
        if (local.month !== 10) expect(back).toBe(instant)
      }),
    )
  })

  it('reads instants and wall-clock texts', () => {
    expect(hospitalMsOfIso('2026-01-01T01:00:00+01:00', paris)).toBe(0)
    expect(hospitalMsOfIso('2026-01-01T01:00', paris)).toBe(0)
    expect(hospitalMsOfIso('2026-01-02', paris)).toBe(82_800_000)
    expect(hospitalMsOfIso('tomorrow', paris)).toBeNull()
  })

  it('refuses a zone that there is not, naming one that there is', () => {
    expect(isKnownZone('Mars/Olympus')).toBe(false)
    expect(() => offsetMinutesAt('Mars/Olympus', 0)).toThrow(/Europe\/Paris/)
  })
})
