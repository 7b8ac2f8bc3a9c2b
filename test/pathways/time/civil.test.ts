import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, civilFromDays, daysFromCivil, daysInMonth, weekdayOfDays } from '../../../pathways/time/civil.ts'

describe('civil dates', () => {
  it('agree with Date over eight thousand years', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_500_000, max: 1_500_000 }), (days) => {
        const date = new Date(days * 86_400_000)
        const expected = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
        expect(civilFromDays(days)).toEqual(expected)
        expect(daysFromCivil(expected.year, expected.month, expected.day)).toBe(days)
        expect(weekdayOfDays(days) % 7).toBe(date.getUTCDay())
      }),
    )
  })

  it.each([
    [{ year: 2026, month: 1, day: 31 }, 1, { year: 2026, month: 2, day: 28 }],
    [{ year: 2024, month: 2, day: 29 }, 12, { year: 2025, month: 2, day: 28 }],
    [{ year: 2026, month: 1, day: 15 }, -13, { year: 2024, month: 12, day: 15 }],
  ])('%o plus %i months', (date, months, expected) => {
    expect(addMonths(date, months)).toEqual(expected)
  })

  it('February has 29 days in leap years only', () => {
    expect([1900, 2000, 2023, 2024].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 28, 29])
  })
})
