// Goal: what the forms of a scenario write is the YAML of the question, and nothing more; an address brings a text back whole. Method: edits on a text, read again by the twin's own rules.
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { extended } from '../../../twin/experiment/extend.ts'
import { Stream } from '../../../twin/experiment/schema.ts'
import { edited, hoursOf, periodsOf, withCalendar, withList, withStream, withUnits } from '../../../web/planner/scenario/edits.ts'
import { arrivalsOfLog } from '../../../web/planner/scenario/log-file.ts'
import {
  changeOf,
  changeOfFit,
  changeOfStarts,
  perDayOf,
  ratesOf,
  scaled,
  withDay,
  withHour,
} from '../../../web/planner/scenario/rates.ts'
import { packed, unpacked } from '../../../web/planner/what-if/packed.ts'

const withoutNothing = (change: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== null))
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
  expect(extended(base, parse(withCalendar('extends: base.yaml', 'night', night)))).toEqual({
    extends: 'base.yaml',
    hospital: { calendars: [{ id: 'night', periods }] },
  })
})

it('a scenario that stands alone is told nothing of what is taken away, and keeps its hospital’s file', () => {
  const alone = 'hospital: hospital.yaml\ndemand: [{ id: walk-in, pathway: visit, perHour: 2 }]\n'
  const changed = parse(withStream(alone, 'walk-in', { perHour: null, perDay: 50 }))
  expect(changed.demand).toEqual([{ id: 'walk-in', pathway: 'visit', perDay: 50 }])
  expect(parse(withUnits(alone, 'bed', 4)).hospital).toEqual({ file: 'hospital.yaml', pools: [{ id: 'bed', units: 4 }] })
})

it('rates are said as simply as they can be, and mean the same when they are read again', () => {
  const stream = {
    ...{ id: 'walk-in', pathway: 'visit', perDay: 200, weekdayFactors: [1.2, 1, 1, 1, 1, 0.9, 0.9] },
    hourShares: Array.from({ length: 24 }, (_, hour) => (hour + 1) / 300),
    variables: {},
  }
  const rates = ratesOf(stream)!
  expect(perDayOf(rates)).toBeCloseTo(200, 6)
  const again = (drawn: number[][]) =>
    ratesOf(Stream.parse(withoutNothing({ id: 'walk-in', pathway: 'visit', ...changeOf(drawn) })))!
  const near = (drawn: number[][]) => {
    const read = again(drawn).flat()
    for (const [place, rate] of drawn.flat().entries()) expect(read[place]).toBeCloseTo(rate, 1)
  }
  expect(Object.keys(withoutNothing(changeOf(scaled(rates, 1.1))))).toEqual(['perDay', 'weekdayFactors', 'hourShares'])
  near(scaled(rates, 1.1))
  // Another Monday is a factor; another shape of it takes all hours of the week.
  near(withDay(rates, 0, 300))
  const monday = withHour(rates, 0, 9, 40)
  expect(Object.keys(withoutNothing(changeOf(monday)))).toEqual(['perHourOfWeek'])
  near(monday)
  expect(perDayOf(monday)).toBeCloseTo(200, 6)
  near(withHour(rates, null, 9, 40))
  expect(
    Stream.safeParse({ id: 'x', pathway: 'visit', ...withoutNothing(changeOfStarts(new Array(168).fill(2), 14)) }).success,
  ).toBe(true)
})

it('a file of the hospital’s own teaches who comes, in the page', async () => {
  const lines = Array.from({ length: 400 }, (_, case_) => {
    const at = new Date(Date.UTC(2026, 0, 5 + Math.floor(case_ / 20), 8 + (case_ % 10), case_ % 60))
    return `${case_};Accueil;${at.toISOString()}`
  })
  const found = await arrivalsOfLog(new Blob([`case;activity;start_time\n${lines.join('\n')}\n`]))
  expect(found.cases).toBe(400)
  expect(Stream.safeParse({ id: 'x', pathway: 'visit', ...withoutNothing(changeOfFit(found.fit)) }).success).toBe(true)
  await expect(arrivalsOfLog(new Blob(['no;table']))).rejects.toThrow()
})

it('a text comes back from an address whole, and what is none of them is told', () => {
  const text = 'name: Été, 500 lits\ndemand: [{ id: é, perDay: 3 }]\n'
  expect(packed(text)).toMatch(/^[\w-]+$/)
  expect(unpacked(packed(text))).toBe(text)
  expect(unpacked('not packed!')).toBeNull()
})
