// Goal: what a band's width comes from is told, with its sign, and chance is not taken for it. Method: paths made by hand, in which a level is what came less what left.
import { expect, it } from 'vitest'
import { drivenBy } from '../../../twin/forecast/drivers.ts'
import type { Asked, Path } from '../../../twin/forecast/forecast.ts'
import { chanceOf, Purpose, uniform } from '../../../twin/simulate/index.ts'

const HOURS = 4
const asked = (name: string, place: number, kind: Asked['kind']): Asked => ({ name, kind, places: [place] })
const level = asked('bed.occupied', 0, 'level')
const flows = [
  asked('admission.started', 1, 'flow'),
  asked('discharge.completed', 2, 'flow'),
  asked('laundry.started', 3, 'flow'),
]

/** By series and hour: the level, who came, who left, and what has nothing to do with it. */
const paths: Path[] = Array.from({ length: 200 }, (_, replication) => {
  const luck = (kind: number, hour: number) => uniform(chanceOf(7, replication), Purpose.duration, kind * HOURS + hour)
  const path = new Float64Array(4 * HOURS)
  let inside = 50
  for (let hour = 0; hour < HOURS; hour++) {
    const [came, left, other] = [1, 2, 3].map((kind) => Math.floor(luck(kind, hour) * 10)) as [number, number, number]
    inside += 2 * came - left
    for (const [place, value] of [inside, came, left, other].entries()) path[place * HOURS + hour] = value
  }
  return path
})

it('names what goes with the level at its least certain hour', () => {
  const found = drivenBy(paths, level, flows, HOURS)!
  expect(found.hour).toBeGreaterThan(1)
  expect(found.drivers.slice(0, 2).map(({ name, correlation }) => [name, Math.sign(correlation)])).toEqual([
    ['admission.started', 1],
    ['discharge.completed', -1],
  ])
  expect(found.drivers[0]!.correlation).toBeLessThanOrEqual(1)
})

it('says nothing of a level that is the same in all, or of too few', () => {
  const still = paths.map((path) => path.map((value, place) => (place < HOURS ? 50 : value)))
  expect(drivenBy(still, level, flows, HOURS)).toBeNull()
  expect(drivenBy(paths.slice(0, 5), level, flows, HOURS)).toBeNull()
})
