/** What the building stands on: a lawn that fades into the sky, the way to the door, a road, cars, ambulances and trees. */
import { BufferAttribute, Mesh, MeshLambertMaterial } from 'three'
import type { HospitalPlaces, Rectangle } from '../hospital/places.ts'
import type { Surroundings } from './palette.ts'
import { Shapes } from './shapes.ts'

const FAR = 560
const TREES = 130
/** Ground level, under the lowest floor's slab. */
const GROUND = -0.42

/** One draw call. */
export const groundOf = (places: HospitalPlaces, colours: Surroundings): Mesh => {
  const shapes = new Shapes()
  shapes.disc(GROUND - 0.06, FAR, colours.ground, colours.ground)
  const built = footprint(places)
  const entrance = places.rooms[places.entrance]!
  const front = Math.max(entrance.z + entrance.depth / 2, ...built.map(({ z, depth }) => z + depth / 2))
  const door = entrance.z + entrance.depth / 2
  const road = front + 16
  // Each a hair over the last: where they overlap none flickers.
  built.forEach(({ x, z, width, depth }, index) => {
    shapes.floor(x, GROUND - 0.04 + index * 0.0004, z, width + 5, depth + 5, colours.path, 0.97)
  })
  shapes.floor(entrance.x, GROUND - 0.02, (door + road) / 2, entrance.width + 6, road - door, colours.path, 0.97)
  shapes.floor(entrance.x, GROUND - 0.015, road, 340, 8, colours.road, 0.98)
  for (let dash = -20; dash <= 20; dash++) shapes.floor(entrance.x + dash * 8, GROUND - 0.01, road, 3.4, 0.16, colours.marking, 1)
  park(shapes, places, colours, road)
  plant(shapes, places, colours, road)
  const geometry = shapes.geometry()
  fade(geometry.getAttribute('position') as BufferAttribute, geometry)
  const mesh = new Mesh(geometry, new MeshLambertMaterial({ vertexColors: true, transparent: true }))
  mesh.renderOrder = -1
  mesh.castShadow = true
  mesh.receiveShadow = true
  return mesh
}

/** Far away it is as if it were not there: the sky shows through. */
const fade = (positions: BufferAttribute, geometry: ReturnType<Shapes['geometry']>): void => {
  const colours = geometry.getAttribute('color')
  const faded = new Float32Array(positions.count * 4)
  for (let corner = 0; corner < positions.count; corner++) {
    const away = Math.hypot(positions.getX(corner), positions.getZ(corner)) / FAR
    faded.set(
      [colours.getX(corner), colours.getY(corner), colours.getZ(corner), away > 0.3 ? 1 - (away - 0.3) / 0.7 : 1],
      corner * 4,
    )
  }
  geometry.setAttribute('color', new BufferAttribute(faded, 4))
}

const PAINTS = [0xf2f4f5, 0x39464d, 0xb9c3c7, 0x6b2b33, 0x2f5d7c, 0xd9d2c3]

/** Cars in a row on the other side of the road, and ambulances before the emergency department. */
const park = (shapes: Shapes, places: HospitalPlaces, colours: Surroundings, road: number): void => {
  const { x: middle } = places.rooms[places.entrance]!
  shapes.floor(middle + 34, GROUND - 0.012, road + 9.5, 62, 11, colours.road, 0.98)
  for (let bay = 0; bay < 22; bay++) {
    const x = middle + 6 + bay * 2.7
    shapes.floor(x - 1.35, GROUND - 0.006, road + 10.6, 0.12, 5, colours.marking, 1)
    if ((bay * 7) % 5 === 0 || (bay * 3) % 11 === 1) continue
    const paint = PAINTS[(bay * 5) % PAINTS.length]!
    shapes.box(x, GROUND + 0.25, road + 10.6, 1.75, 0.62, 4.2, paint, 0.8)
    shapes.box(x, GROUND + 0.87, road + 10.8, 1.55, 0.5, 2.2, 0x2b363b, 0.9, 1.4)
    for (const wheel of [-1.3, 1.3]) shapes.box(x, GROUND, road + 10.6 + wheel, 1.8, 0.55, 0.6, 0x23292c, 1)
  }
  const emergency = places.areas.find(({ kind, floor }) => kind === 'emergency' && floor === 0)?.wings[0]
  if (!emergency) return
  const [away, end] = [emergency.z < 0 ? -1 : 1, Math.abs(emergency.z) + emergency.depth / 2]
  shapes.floor(emergency.x, GROUND - 0.008, away * (end + 6), emergency.width + 6, 12, colours.road, 0.98)
  for (const beside of [-3.4, 0.2]) {
    const [x, z] = [emergency.x + beside, away * (end + 5.5)]
    shapes.box(x, GROUND + 0.3, z, 2.1, 1.9, 3.9, 0xf6f7f7, 0.85)
    shapes.box(x, GROUND + 0.3, z + away * 2.6, 2, 1.1, 1.4, 0xf6f7f7, 0.85)
    shapes.box(x, GROUND + 1.4, z + away * 2.35, 1.9, 0.7, 0.8, 0x2b363b, 1)
    shapes.box(x, GROUND + 1.05, z, 2.14, 0.35, 3.92, 0xd5452f, 1)
    shapes.box(x, GROUND + 2.2, z + away * 1.5, 1.2, 0.18, 0.3, 0x2f7fd0, 1)
    for (const wheel of [-1.2, 2.4]) shapes.box(x, GROUND, z + away * wheel, 2.14, 0.6, 0.65, 0x23292c, 1)
  }
}

/** Trees and bushes around the building, always the same ones. */
const plant = (shapes: Shapes, places: HospitalPlaces, { leaf, trunk }: Surroundings, road: number): void => {
  const isFree = (x: number, z: number, room: number) =>
    places.rooms.every((one) => Math.abs(one.x - x) > one.width / 2 + room || Math.abs(one.z - z) > one.depth / 2 + room)
  const entrance = places.rooms[places.entrance]!
  const reach = Math.max(...footprint(places).map(({ x, width }) => Math.abs(x) + width / 2)) + 40
  for (let tree = 0; tree < TREES; tree++) {
    // Golden angle: evenly strewn without chance.
    const [angle, out] = [tree * 2.39996, 0.3 + 0.75 * Math.sqrt(tree / TREES)]
    const [x, z] = [Math.cos(angle) * reach * out * 1.25, Math.sin(angle) * reach * out]
    const isWay = Math.abs(x - entrance.x) < entrance.width && z > 0
    const isCars = z > road - 6 && z < road + 18
    if (isWay || isCars || !isFree(x, z, 4.2)) continue
    const size = 1 + 0.4 * Math.sin(tree * 1.7)
    if (tree % 4 === 3) {
      shapes.round(x, GROUND, z, 1.1 * size, 1.1 * size, leaf)
      continue
    }
    shapes.box(x, GROUND, z, 0.34, 1.9 * size, 0.34, trunk, 0.8)
    shapes.round(x, GROUND + 1.2 * size, z, 1.9 * size, 3.6 * size, leaf)
    shapes.round(x + 0.9 * size, GROUND + 1.1 * size, z + 0.5 * size, 1.25 * size, 2.3 * size, leaf)
  }
}

const footprint = ({ areas, rooms }: HospitalPlaces): Rectangle[] => [
  ...areas.filter(({ floor }) => floor === 0).flatMap(({ wings }) => wings),
  ...rooms.filter(({ area, floor }) => area < 0 && floor === 0),
]
