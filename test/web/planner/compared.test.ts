// Goal: several what-ifs in one table are sorted by any measure, and differ only where that is detectable. Method: runs made by hand.
import { expect, it } from 'vitest'
import type { WentOn } from '../../../twin/experiment/going-on.ts'
import { besideOf, comparedRows, sortedRows } from '../../../web/planner/what-if/compared.ts'
import type { Lever } from '../../../web/planner/what-if/levers.ts'

const runs = (...waits: number[]): WentOn[] => waits.map((value) => ({ measures: [{ name: 'wait', value }], levels: [] }))
const lever = {
  kind: 'units',
  id: 'bed',
  pool: 'bed',
  name: 'Lits',
  there: 20,
  low: -10,
  high: 20,
  step: 1,
  places: [],
} as unknown as Lever

it('keeps each setting of an address once, and those alone that the model has levers for', () => {
  const beside = besideOf({ levers: [lever] }, 'bed:-5|bed:0|theatre:-1|bed:-5|bed:4')
  expect(beside.map(({ set }) => set)).toEqual(['bed:-5', 'bed:4'])
})

it('sets differences beside means, the patients the same, and sorts what is known', () => {
  const beside = besideOf({ levers: [lever] }, 'bed:-5|bed:4|bed:-1|bed:9')
  const base = runs(10, 14, 12)
  const rows = comparedRows(0.95, beside, base, [runs(20, 24.1, 22), runs(5, 9.1, 7), runs(10, 15, 11.5)])
  const said = Object.fromEntries(rows.map(({ set, differences }) => [set, differences.get('wait')?.isDetectable]))
  expect(said).toEqual({ '': undefined, 'bed:-5': true, 'bed:4': true, 'bed:-1': false, 'bed:9': undefined })
  expect(sortedRows(rows, 'wait', false).map(({ set }) => set)).toEqual(['bed:4', '', 'bed:-1', 'bed:-5', 'bed:9'])
  expect(sortedRows(rows, 'wait', true).map(({ set }) => set)).toEqual(['bed:-5', 'bed:-1', '', 'bed:4', 'bed:9'])
  // The more settings are looked through, the wider the intervals.
  const width = (count: number) => {
    const all = comparedRows(0.95, beside.slice(0, count), base, Array(count).fill(runs(20, 24.1, 22)))
    const { low, high } = all[1]!.differences.get('wait')!
    return high - low
  }
  expect(width(4)).toBeGreaterThan(width(1))
})
