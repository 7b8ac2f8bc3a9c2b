import { describe, expect, it } from 'vitest'
import { plannedAt } from '../../../pathways/resources/planned.ts'
import { readLibrary } from '../../../start/library.ts'
import { declaredLengths, quantileOf, seenLengths, wholeLengths } from '../../../twin/lists/lengths.ts'
import { projectList, shiftedStarts } from '../../../twin/lists/project.ts'

const MINUTE = 60_000
const minutes = (...values: number[]) => values.map((value) => value * MINUTE)
const listed = (id: string, planned: number | null, started: number | null = null) => ({
  id,
  plannedStart: planned === null ? null : planned * MINUTE,
  startedAt: started === null ? null : started * MINUTE,
})

describe('lengths', () => {
  it('of a case are those of the steps between its theatre taken and given back, in the library’s surgery', async () => {
    const library = await readLibrary()
    const program = (id: string) => library.find((one) => one.program.process === id)!.program
    const surgery = program('surgery')
    expect(plannedAt(surgery, 'theatre')?.id).toBe('Enter')
    const lengths = declaredLengths(surgery, 'theatre')!
    // 10 + 3 + 20 + 2 + 75 + 5 + 3 + 8 minutes on average, by the file.
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length / MINUTE
    expect(mean).toBeGreaterThan(115)
    expect(mean).toBeLessThan(137)
    expect(declaredLengths(surgery, 'ward-bed')).toBeNull()
    expect(quantileOf(wholeLengths(program('theatre-cleaning'))!, 0.5)).toBeGreaterThan(5 * MINUTE)
    expect(seenLengths([1, 2, 3])).toBeNull()
  })
})

describe('a list', () => {
  it('begins each case when the one before has left and the unit is clean', () => {
    const list = { cases: [listed('a', 0, 0), listed('b', 60), listed('c', 300)], freeFrom: 0, closesAt: 200 * MINUTE }
    const { cases, overrun } = projectList(list, minutes(90), minutes(20), 30 * MINUTE)
    const start = (id: string) => cases.get(id)!.start.middle / MINUTE
    expect([start('a'), start('b'), start('c')]).toEqual([0, 110, 300])
    expect(overrun).toBe(1)
    expect(projectList({ ...list, cases: list.cases.slice(0, 1) }, minutes(90), minutes(20), 0).overrun).toBe(0)
  })

  it('takes from a case under way the lengths that are still possible', () => {
    const list = { cases: [listed('a', 0, 0)], freeFrom: 0, closesAt: 150 * MINUTE }
    const { cases, overrun } = projectList(list, minutes(60, 100, 200, 200), minutes(0), 90 * MINUTE)
    expect(cases.get('a')!.end.early / MINUTE).toBe(100)
    expect(overrun).toBeGreaterThan(0.5)
    expect(overrun).toBeLessThan(0.8)
  })

  it('compared with one more case has the same luck for the others', () => {
    const base = { cases: [listed('a', 0), listed('b', 120)], freeFrom: 0, closesAt: 400 * MINUTE }
    const lengths = minutes(...Array.from({ length: 50 }, (_, index) => 40 + 3 * index))
    const before = projectList(base, lengths, minutes(15), 0)
    const after = projectList({ ...base, cases: [...base.cases, listed('late', 390)] }, lengths, minutes(15), 0)
    expect(after.cases.get('b')).toEqual(before.cases.get('b'))
    expect(after.overrun!).toBeGreaterThan(before.overrun!)
  })

  it('says by how much an urgent case moves those planned, and not those that have begun', () => {
    const list = {
      cases: [listed('begun', 0, 0), listed('urgent', 40), listed('b', 60), listed('c', 400)],
      freeFrom: 0,
      closesAt: null,
    }
    const shifted = shiftedStarts(list, minutes(50), minutes(10), 20 * MINUTE)
    expect([...shifted].map(([id, at]) => [id, at / MINUTE])).toEqual([
      ['urgent', 60],
      ['b', 120],
    ])
  })
})
