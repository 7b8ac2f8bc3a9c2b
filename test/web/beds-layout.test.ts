import { describe, expect, it } from 'vitest'
import type { BoardUnitItem } from '../../api/types.ts'
import { neighbour, rowsOf, unitsIn } from '../../web/operations/beds/layout.ts'

const unit = (id: string, place: string) => ({ id, place, state: 'free' }) as BoardUnitItem
const beds = [
  ...['a1', 'a2'].map((id) => unit(id, 'A/1')),
  ...['b1', 'b2'].map((id) => unit(id, 'A/2')),
  ...['c1', 'c2', 'c3', 'c4'].map((id) => unit(id, 'A/3')),
  ...['d1', 'd2', 'd3', 'd4'].map((id) => unit(id, 'B')),
]
const lines = (columns: number) =>
  rowsOf(beds, columns).map((row) =>
    row.type === 'department'
      ? row.department
      : unitsIn(row)
          .map(({ id }) => id)
          .join(' '),
  )

describe('a board', () => {
  it('keeps rooms together where they fit, and fills rows where there are none', () => {
    expect(lines(3)).toEqual(['A', 'a1 a2', 'b1 b2', 'c1 c2 c3', 'c4', 'B', 'd1 d2 d3', 'd4'])
    expect(lines(4)).toEqual(['A', 'a1 a2 b1 b2', 'c1 c2 c3 c4', 'B', 'd1 d2 d3 d4'])
    expect(lines(1).filter((line) => line.length > 1)).toHaveLength(beds.length)
  })

  it('leads the arrows from bed to bed over departments, and stays at its edges', () => {
    const rows = rowsOf(beds, 3)
    const walk = (from: string, ...ways: Parameters<typeof neighbour>[2][]) =>
      ways.reduce((at, way) => neighbour(rows, at, way), from)
    expect(walk('a1', 'right', 'right')).toBe('b1')
    expect(walk('a2', 'down', 'down')).toBe('c2')
    expect(walk('c3', 'down')).toBe('c4')
    expect(walk('c4', 'down')).toBe('d1')
    expect(walk('a1', 'up')).toBe('a1')
    expect(walk('a1', 'last', 'right')).toBe('d4')
    expect(walk('gone', 'down')).toBe('a1')
    expect(neighbour([], 'a1', 'down')).toBe('')
  })
})
