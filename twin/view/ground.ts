/** What the building stands on: ground that fades into the sky, the building's soft shadow, a forecourt and trees. */
import { Mesh, MeshBasicMaterial } from 'three'
import type { HospitalPlaces, Rectangle } from '../hospital/places.ts'
import type { Surroundings } from './palette.ts'
import { Shapes } from './shapes.ts'

const FAR = 620
const TREES = 90

/** One draw call, lit by nothing: its light is painted. */
export const groundOf = (places: HospitalPlaces, colours: Surroundings): Mesh => {
  const shapes = new Shapes()
  shapes.disc(-0.56, FAR, colours.ground, colours.sky)
  const [lowest, entrance] = [footprint(places), places.rooms[places.entrance]!]
  // Each a hair over the last: where they overlap none flickers.
  lowest.forEach(({ x, z, width, depth }, index) => {
    shapes.shadow(x, -0.52 + index * 0.002, z, width, depth, colours.ground, 6)
  })
  const front = entrance.z + entrance.depth / 2
  shapes.floor(entrance.x, -0.46, front + 14, entrance.width + 6, 28, colours.path, 0.97)
  shapes.floor(entrance.x, -0.45, front + 30, 220, 9, colours.path, 0.97)
  return new Mesh(shapes.geometry(), new MeshBasicMaterial({ vertexColors: true, fog: false }))
}

/** Trees around the building, always the same ones. */
export const plant = (shapes: Shapes, places: HospitalPlaces, { leaf, trunk }: Surroundings): void => {
  const lowest = footprint(places)
  const all = places.rooms
  const isFree = (x: number, z: number, room: number) =>
    all.every((one) => Math.abs(one.x - x) > one.width / 2 + room || Math.abs(one.z - z) > one.depth / 2 + room)
  const entrance = places.rooms[places.entrance]!
  const reach = Math.max(...lowest.map(({ x, width }) => Math.abs(x) + width / 2)) + 34
  for (let tree = 0; tree < TREES; tree++) {
    // Golden angle: evenly strewn without chance.
    const [angle, out] = [tree * 2.39996, 0.35 + 0.65 * Math.sqrt(tree / TREES)]
    const [x, z] = [Math.cos(angle) * reach * out * 1.25, Math.sin(angle) * reach * out]
    const isRoad = Math.abs(x - entrance.x) < entrance.width && z > 0
    if (isRoad || Math.abs(z - (entrance.z + entrance.depth / 2 + 30)) < 8 || !isFree(x, z, 3.5)) continue
    const size = 1 + 0.45 * Math.sin(tree * 1.7)
    shapes.box(x, -0.5, z, 0.3, 1.4 * size, 0.3, trunk, 0.8)
    shapes.crown(x, 0.6 * size, z, 1.5 * size, 3.4 * size, leaf)
  }
}

const footprint = ({ areas, rooms }: HospitalPlaces): Rectangle[] => [
  ...areas.filter(({ floor }) => floor === 0).flatMap(({ wings }) => wings),
  ...rooms.filter(({ area, floor }) => area < 0 && floor === 0),
]
