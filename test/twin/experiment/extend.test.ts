// Goal: a scenario that says only what differs means what its author reads in it. Method: small scenarios, by hand.
import { describe, expect, it } from 'vitest'
import { extended } from '../../../twin/experiment/extend.ts'

describe('a scenario on another one', () => {
  it('merges keys, and items by their names; null takes away', () => {
    const base = {
      seed: 1,
      note: 'x',
      pools: [
        { id: 'a', units: 1 },
        { id: 'b', units: 2 },
      ],
      hours: [1, 2],
    }
    const over = {
      note: null,
      pools: [
        { id: 'b', units: 5 },
        { id: 'c', units: 9 },
      ],
      hours: [3],
    }
    expect(extended(base, over)).toEqual({
      seed: 1,
      pools: [
        { id: 'a', units: 1 },
        { id: 'b', units: 5 },
        { id: 'c', units: 9 },
      ],
      hours: [3],
    })
  })

  it.each([
    [0, []],
    [2, [['Lit', 2, 'A']]],
    [
      4,
      [
        ['Lit', 3, 'A'],
        ['Lit', 1, 'B'],
      ],
    ],
    [
      9,
      [
        ['Lit', 3, 'A'],
        ['Lit', 6, 'B'],
      ],
    ],
  ])('has so many units of a pool of a hospital: %i', (units, expected) => {
    const group = (place: string, count: number) => ({ name: 'Lit', count, place })
    const base = { pools: [{ id: 'bed', name: 'Beds', units: [group('A', 3), group('B', 2)] }] }
    const { pools } = extended(base, { pools: [{ id: 'bed', units }] }) as typeof base
    expect(pools[0]!.units.map(({ name, count, place }) => [name, count, place])).toEqual(expected)
  })
})
