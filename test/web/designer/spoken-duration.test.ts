// Goal: durations are written as people say them and kept as the standard does, and nothing else is taken for one. Method: the two translations alone.
import { expect, it } from 'vitest'
import { durationOf, spokenOf } from '../../../web/designer/editor/properties/spoken-duration.ts'

it.each([
  ['10 min', 'PT10M'],
  ['90 min', 'PT1H30M'],
  ['1 h 30 min', 'PT1H30M'],
  ['2 j', 'P2D'],
  ['1 day 6h', 'P1DT6H'],
  ['45 s', 'PT45S'],
])('%s is %s', (said, duration) => {
  expect(durationOf(said)).toBe(duration)
})

it.each(['', '10', '10 m', '1 h 3', 'PT10M', '=wait', 'soon'])('leaves %j as it is', (said) => {
  expect(durationOf(said)).toBe(said)
})

it.each([
  ['PT1H30M', '1 h 30 min'],
  ['P1DT6H', '1 j 6 h'],
  ['PT0S', '0 min'],
  ['PT0.5S', 'PT0.5S'],
  ['P1M', 'P1M'],
  ['=wait', '=wait'],
])('reads %s as %s', (duration, said) => {
  expect(spokenOf(duration, 'j')).toBe(said)
})
