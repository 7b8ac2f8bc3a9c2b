// Goal: a day of theatres is reckoned as it would go. Method: two theatres, cases of an hour, turnovers of a quarter.
import { expect, it } from 'vitest'
import type { PlannedDay } from '../../api/types.ts'
import { lanesOf, reckon } from '../../web/operations/theatres/day.ts'
import { URGENT, urgentPlaces, withUrgent } from '../../web/operations/theatres/urgent.ts'

const at = (hour: string) => Date.parse(`2026-01-15T${hour}:00+01:00`)
const iso = (hour: string) => `2026-01-15T${hour}:00+01:00`

type Planned = [run: string, unit: string | null, start: string]
const dayOf = (planned: Planned[]): PlannedDay => ({
  ...{ at: iso('09:00'), from: iso('00:00'), until: iso('23:59'), pool: { id: 'theatre', name: 'Salles' } },
  units: ['t1', 't2'].map((id) => ({
    ...{ id, name: id, place: 'Bloc', state: 'free' as const, opensAt: iso('08:00'), closesAt: iso('18:00') },
  })),
  ...{ stretches: [], milestones: [], pathways: [] },
  cases: planned.map(([run, unit, start]) => ({
    ...{ run, unit, start: iso(start), pathway: 'surgery', patient: null, person: null, procedure: '', urgent: false },
    ...{ state: 'planned' as const, step: '', sequence: 1, mayMove: true },
  })),
  lengths: { source: 'seen', minutes: [60] },
  turnovers: { source: 'seen', minutes: [15] },
})
const startsOf = (day: PlannedDay, unit: string) =>
  Object.fromEntries([...reckon(day, at('09:00')).projections.get(unit)!.cases].map(([run, { start }]) => [run, start.middle]))

it('begins cases for any theatre where there is one, not one after the other', () => {
  const day = dayOf([
    ['a', 't1', '10:00'],
    ['b', null, '10:00'],
    ['c', null, '10:00'],
  ])
  expect(startsOf(day, 't1')).toEqual({ a: at('10:00') })
  expect(startsOf(day, '')).toEqual({ b: at('10:00'), c: at('11:15') })
})

it('puts what overlaps one below the other, and what does not beside', () => {
  const spans = [
    { id: 'a', from: 1, until: 3 },
    { id: 'b', from: 2, until: 5 },
    { id: 'c', from: 3, until: 4 },
  ]
  expect(lanesOf(spans, (span) => span).map((lane) => lane.map(({ id }) => id))).toEqual([['a', 'c'], ['b']])
})

it('says of an urgent case what each theatre would make of it, the best first', () => {
  const day = withUrgent(
    dayOf([
      ['overdue', 't1', '08:30'],
      ['next', 't1', '10:30'],
      ['other', 't2', '11:00'],
    ]),
    { name: 'LEFÈVRE Marie', procedure: 'Appendicectomie' },
  )
  const told = (when: number | null) =>
    urgentPlaces(day, at('09:00'), when).map(({ unit, start, consequences }) => ({
      ...{ unit, start },
      moves: consequences.moves.filter(({ run }) => run !== URGENT).map(({ run, start: later }) => [run, later]),
    }))
  expect(told(null)).toEqual([
    { unit: 't2', start: at('09:00'), moves: [] },
    {
      ...{ unit: 't1', start: at('09:00') },
      moves: [
        ['overdue', at('10:15')],
        ['next', at('11:30')],
      ],
    },
  ])
  expect(told(at('10:40'))[0]).toEqual({ unit: 't2', start: at('10:40'), moves: [['other', at('11:55')]] })
})
