import { describe, expect, it } from 'vitest'
import { ArrivingByRates } from '../../../twin/simulate/arriving.ts'
import { chanceOf, checkRates, ImpossibleArrivals, nextArrival, ratesOf } from '../../../twin/simulate/index.ts'
import { site } from '../../pathways/resources/build.ts'

const hourMs = 3_600_000
const weekMs = 168 * hourMs
const day = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 20 ? 6 : 2))
const weekdays = [1.2, 1, 1, 1, 1, 0.9, 0.9]

const arrivalsOf = (factor: number, seed: number, until: number) => {
  const rates = ratesOf(
    day.map((rate) => rate * factor),
    weekdays,
    10,
  )
  const position = { index: 0, at: 0 }
  const arrivals: { at: number; index: number }[] = []
  for (
    let next = nextArrival({ rates }, position, chanceOf(seed, 0), site, until);
    next;
    next = nextArrival({ rates }, position, chanceOf(seed, 0), site, until)
  )
    arrivals.push(next)
  return arrivals
}

describe('arrivals by hour and weekday', () => {
  it('come at their rates', () => {
    const weeks = 100
    const arrivals = arrivalsOf(1, 5, weeks * weekMs - 1)
    const counts = new Array<number>(168).fill(0)
    // The test site's clocks start on a Monday; summer time moves the middle of the year by an hour, so whole years are avoided.
    for (const { at } of arrivals.filter((arrival) => arrival.at < 11 * weekMs)) counts[Math.floor(at / hourMs) % 168]!++
    const mondayMorning = counts.slice(8, 20).reduce((sum, one) => sum + one, 0)
    const tuesdayNight = counts.slice(24, 32).reduce((sum, one) => sum + one, 0)
    expect(Math.abs(mondayMorning - 11 * 12 * 7.2)).toBeLessThan(4 * Math.sqrt(11 * 12 * 7.2))
    expect(Math.abs(tuesdayNight - 11 * 8 * 2)).toBeLessThan(4 * Math.sqrt(11 * 8 * 2))
    const expected = weeks * 7 * 96
    expect(Math.abs(arrivals.length - expected)).toBeLessThan(4 * Math.sqrt(expected))
  })

  it('keep the same patients when demand grows, and add some', () => {
    const fewer = arrivalsOf(1, 5, 4 * weekMs)
    const more = new Map(arrivalsOf(1.3, 5, 4 * weekMs).map(({ at, index }) => [index, at]))
    expect(more.size).toBeGreaterThan(fewer.length * 1.2)
    for (const { at, index } of fewer) expect(more.get(index)).toBe(at)
  })

  it('go on where they stopped, however often', () => {
    const rates = ratesOf(day, weekdays, 10)
    const position = { index: 0, at: 0 }
    const pieces: { at: number; index: number }[] = []
    for (let until = 0; until <= weekMs; until += 5 * hourMs)
      for (
        let next = nextArrival({ rates }, position, chanceOf(5, 0), site, until);
        next;
        next = nextArrival({ rates }, position, chanceOf(5, 0), site, until)
      )
        pieces.push(next)
    expect(pieces).toEqual(arrivalsOf(1, 5, 165 * hourMs))
  })

  it('are the same worked out some at a time, with surges too', () => {
    const surges = [
      { from: 30 * hourMs, until: 41.5 * hourMs, factor: 1.4 },
      { from: 35 * hourMs, until: 36 * hourMs, factor: 0 },
    ]
    const rates = { ...ratesOf(day, weekdays, 16), surges }
    const position = { index: 0, at: 0 }
    const arriving = new ArrivingByRates(rates, chanceOf(5, 0), site, position)
    for (let until = 0; until <= weekMs; until += 5 * hourMs)
      for (
        let next = nextArrival({ rates }, position, chanceOf(5, 0), site, until);
        next;
        next = nextArrival({ rates }, position, chanceOf(5, 0), site, until)
      ) {
        expect(arriving.advance(until)).toBe(true)
        expect({ at: Math.round(arriving.at), index: arriving.index }).toEqual(next)
      }
    expect(arriving.advance(165 * hourMs)).toBe(false)
    expect(position.index).toBeGreaterThan(1_000)
  })

  it('refuses rates that are none', () => {
    expect(() => ratesOf(day, weekdays, 3)).toThrow(ImpossibleArrivals)
    expect(() => checkRates({ perHourOfWeek: [1, 2], candidatesPerHour: 3 })).toThrow('168')
    expect(() =>
      ratesOf(
        day.map(() => -1),
        weekdays,
        3,
      ),
    ).toThrow('at least 0')
  })
})
