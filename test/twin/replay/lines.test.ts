// Goal: two accounts are the same only when they are; the first difference is shown with what surrounds it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare, type Line, textOf } from '../../../twin/replay/lines.ts'
import { compareMeasures, kolmogorovSmirnov, samplesOf } from '../../../twin/replay/measures.ts'

const line = (at: number, run: string, event: string, element = 'Task'): Line => ({
  at,
  pathway: 'visit',
  run,
  element,
  event,
  instance: 0,
})
const account = [
  line(0, 'visit-1', 'entered'),
  line(0, 'visit-2', 'entered'),
  line(5, 'visit-1', 'completed'),
  line(9, 'visit-2', 'completed'),
]

describe('comparison', () => {
  it('finds the same the same', () => {
    expect(compare(account, account)).toEqual({ expected: 4, found: 4, identical: 4, reordered: 0, difference: null })
  })

  it('tells apart in which order runs do something at the same moment', () => {
    const other = [account[1]!, account[0]!, account[2]!, account[3]!]
    expect(compare(account, other)).toMatchObject({ identical: 4, reordered: 1, difference: null })
  })

  it('does not let the order within a run be another', () => {
    const [one, other] = [line(0, 'visit-1', 'entered'), line(0, 'visit-1', 'requested')]
    expect(compare([one, other], [other, one]).difference).not.toBeNull()
  })

  it('shows where they part, with what surrounds it', () => {
    const other = account.with(2, line(6, 'visit-1', 'completed'))
    const { difference, identical } = compare(account, other)
    expect(identical).toBe(3)
    expect(difference).toEqual({
      expected: account[2],
      found: other[2],
      before: account.slice(0, 2),
      expectedAfter: [account[3]],
      foundAfter: [account[3]],
    })
  })

  it('of any account and one with a line lost finds that line', () => {
    const lines = fc.array(fc.record({ at: fc.nat(50), run: fc.constantFrom('visit-1', 'visit-2', 'visit-3') }), { minLength: 1 })
    fc.assert(
      fc.property(lines, fc.nat(), (some, place) => {
        const whole = some
          .map(({ at, run }, index) => line(at, run, 'entered', `E${index}`))
          .sort((one, other) => one.at - other.at)
        const lost = whole[place % whole.length]!
        const { difference, identical } = compare(
          whole,
          whole.filter((one) => one !== lost),
        )
        expect(difference!.expected).toEqual(lost)
        expect(identical).toBe(whole.length - 1)
      }),
    )
  })

  it('writes times for people', () => {
    expect(textOf({ ...line(90_061_001, 'visit-1', 'completed'), instance: 2 })).toBe('1 01:01:01.001 visit-1 completed Task #2')
  })
})

describe('distributions', () => {
  it('measures stays and waits from the facts', () => {
    const lines = [
      line(0, 'visit-1', 'requested'),
      line(120_000, 'visit-1', 'granted'),
      line(120_000, 'visit-2', 'requested'),
      line(180_000, 'visit-2', 'cancelled'),
      line(600_000, 'visit-1', 'ended', 'completed'),
    ]
    expect([...samplesOf(lines)]).toEqual([
      ['visit.Task.waitMinutes', [2]],
      ['visit.stayMinutes', [10]],
    ])
  })

  it('has the distance and the chance of the two-sample test', () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index)
    expect(kolmogorovSmirnov(numbers, numbers)).toEqual({ distance: 0, p: 1 })
    expect(
      kolmogorovSmirnov(
        numbers,
        numbers.map((each) => each + 100),
      ).p,
    ).toBeLessThan(1e-6)
    // Shifted by a quarter: D = 0.25, and Smirnov's limit at 0.25 √20 = 1.118 is 0.1641.
    const { distance, p } = kolmogorovSmirnov(
      numbers,
      numbers.map((each) => each + 10),
    )
    expect(distance).toBeCloseTo(0.25, 12)
    expect(p).toBeCloseTo(0.1641, 3)
  })

  it('leaves out what there is too little of', () => {
    expect(compareMeasures(account, account)).toEqual([])
  })
})
