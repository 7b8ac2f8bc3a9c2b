// Goal: a hospital's places can be walked and stood in. Method: both hospitals that ship, and one that says nothing, are laid out and measured.
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readScenario } from '../../../scenarios/read.ts'
import { layOut } from '../../../twin/hospital/layout.ts'
import type { HospitalPlaces, Rectangle } from '../../../twin/hospital/places.ts'
import { readHospital } from './read-hospital.ts'

const demo = readScenario(fileURLToPath(new URL('../../../scenarios/hopital-demo', import.meta.url)))
const fiveHundred = readHospital('hopital-500')

const placeless = Object.entries({ bed: 470, cubicle: 34, physician: 7, scanner: 1 }).flatMap(([pool, count]) =>
  Array.from({ length: count }, (_, index) => ({ ...demo.units[0]!, id: `${pool}-${index}`, pool, place: pool, attributes: {} })),
)

const overlap = (one: Rectangle, other: Rectangle) =>
  Math.min(one.x + one.width / 2, other.x + other.width / 2) - Math.max(one.x - one.width / 2, other.x - other.width / 2) >
    0.01 &&
  Math.min(one.z + one.depth / 2, other.z + other.depth / 2) - Math.max(one.z - one.depth / 2, other.z - other.depth / 2) > 0.01

const reached = ({ graph }: HospitalPlaces): Set<number> => {
  const found = new Set([0])
  for (let before = 0; before < found.size; ) {
    before = found.size
    for (const [from, to] of graph.edges) {
      if (found.has(from)) found.add(to)
      if (found.has(to)) found.add(from)
    }
  }
  return found
}

describe.each([
  ['the demonstration hospital', demo.units, demo.places],
  ['500 beds', fiveHundred.units, fiveHundred.places],
  ['a hospital that says nothing of its places', demo.units, undefined],
  ['beds, cubicles and doctors of no place at all', placeless, undefined],
] as const)('%s', (_, units, file) => {
  const places = layOut([...units], file)

  it('has a spot for each unit, inside its room', () => {
    expect(places.spots.map(({ unit }) => unit)).toEqual(units.map(({ id }) => id))
    const outside = places.spots.filter(({ room, x, z }) => {
      const within = places.rooms[room]!
      return Math.abs(x - within.x) > within.width / 2 || Math.abs(z - within.z) > within.depth / 2
    })
    expect(outside).toEqual([])
  })

  it('has no two rooms in one place', () => {
    const { rooms } = places
    const pairs = rooms.flatMap((one, index) =>
      rooms
        .slice(index + 1)
        .flatMap((other) => (one.floor === other.floor && overlap(one, other) ? [`${one.id} and ${other.id}`] : [])),
    )
    expect(pairs).toEqual([])
  })

  it('can be walked through from the lifts to every room', () => {
    const { size } = reached(places)
    expect(size).toBe(places.graph.x.length)
  })

  it('gives every area a room to wait in', () => {
    for (const { waiting } of places.areas) expect(places.rooms[waiting]?.kind).toBe('waiting')
  })
})

it('by rule wards are on top of each other, none with more beds than are nursed together', () => {
  const { areas, rooms, spots, floors } = layOut(placeless)
  const wards = areas.flatMap(({ kind }, area) => (kind === 'ward' ? [area] : []))
  expect(new Set(wards.map((area) => areas[area]!.floor)).size).toBeGreaterThan(2)
  for (const area of wards) expect(spots.filter(({ room }) => rooms[room]!.area === area).length).toBeLessThanOrEqual(60)
  expect(areas.find(({ kind }) => kind === 'emergency')?.floor).toBe(0)
  expect(floors.map(({ level }) => level)).toEqual(floors.map((_, index) => index))
})

it('an area may say where it stands', () => {
  const file = {
    floors: [{ level: 0, name: 'Ground' }],
    areas: [{ place: 'Urgences', floor: 0, remote: false, at: { x: 60, side: 'south' as const } }],
    looks: {},
  }
  const { areas } = layOut(demo.units, file)
  expect(areas[0]!.wings[0]!.x).toBe(60)
  expect(areas[0]!.wings[0]!.z).toBeGreaterThan(0)
})
