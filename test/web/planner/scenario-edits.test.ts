// Goal: what the forms of a scenario write is the YAML of the question, and nothing more; an address brings a text back whole. Method: edits on a text, read again by the twin's own rules.
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { extended } from '../../../twin/experiment/extend.ts'
import { edited, hoursOf, periodsOf, withCalendar, withList, withStream, withUnits } from '../../../web/planner/scenario/edits.ts'
import { packed, unpacked } from '../../../web/planner/what-if/packed.ts'

const TEXT = 'extends: summer/summer.yaml\n'

it('only what differs is written, item by item', () => {
  const once = withUnits(withStream(TEXT, 'walk-in', { perDay: 210 }), 'bed', 490)
  const again = withList(
    withUnits(withStream(once, 'walk-in', { weekdayFactors: [1, 1, 1, 1, 1, 1, 1] }), 'bed', 480),
    'targets',
    [],
  )
  expect(parse(again)).toEqual({
    extends: 'summer/summer.yaml',
    demand: [{ id: 'walk-in', perDay: 210, weekdayFactors: [1, 1, 1, 1, 1, 1, 1] }],
    hospital: { pools: [{ id: 'bed', units: 480 }] },
    targets: [],
  })
})

it('what is no YAML while it is typed is left alone', () => {
  expect(edited('a: [', (plain) => ({ ...plain, b: 1 }))).toBe('a: [')
})

it('a week of hours is said in periods, over midnight too, and stands in the place of what was extended', () => {
  const night = hoursOf({ id: 'night', days: ['mon', 'sun'], from: '21:00', to: '07:00' } as never)
  expect(night[0]!.map(Number).join('')).toBe('111111100000000000000111')
  const periods = periodsOf(night)
  expect(hoursOf({ id: 'night', periods } as never)).toEqual(night)
  const base = { hospital: { calendars: [{ id: 'night', days: ['mon', 'sun'], from: '21:00', to: '07:00' }] } }
  expect(extended(base, parse(withCalendar('{}', 'night', night)))).toEqual({
    hospital: { calendars: [{ id: 'night', periods }] },
  })
})

it('a text comes back from an address whole, and what is none of them is told', () => {
  const text = 'name: Été, 500 lits\ndemand: [{ id: é, perDay: 3 }]\n'
  expect(packed(text)).toMatch(/^[\w-]+$/)
  expect(unpacked(packed(text))).toBe(text)
  expect(unpacked('not packed!')).toBeNull()
})
