/**
 * Lays a hospital out by rule: each floor has a main corridor from west to east through the lifts, and wings north and south of it, a
 * corridor each with rooms on both sides. An area takes as many wings as its rooms fill; columns of wings grow outwards from the lifts.
 */
import type { Unit } from '../../pathways/resources/contract.ts'
import { type Module, type PlannedArea, plannedAreas } from './modules.ts'
import type { HospitalPlaces, Rectangle, Room } from './places.ts'
import { placesByRule } from './places-by-rule.ts'
import type { AreaKind, PlacesFile } from './places-file.ts'
import { standing } from './standing.ts'

const CORRIDOR = 2.8
const SPINE = 4.4
const CORE = { halfWidth: 7, lifts: 5.2, hall: 9 }
const WING_MAX = 49
const FLOOR_HEIGHT = 4.4

/** Of rooms, from the corridor to the window. */
const DEPTH: Record<AreaKind, number> = {
  reception: 6.5,
  emergency: 5.4,
  ward: 5.8,
  critical: 5.8,
  theatres: 7.4,
  recovery: 7,
  imaging: 6.4,
  laboratory: 6.4,
  outpatients: 5,
  sterile: 6,
  support: 5,
  offices: 5,
}
/** Between one column of wings and the next: courtyards where people sleep, walls elsewhere. */
const GAP: Partial<Record<AreaKind, number>> = { ward: 11, critical: 9 }
const GAP_ELSEWHERE = 3.2
/** Wings that differ no more stand opposite each other. */
const SAME_WIDTH = 6

interface Wing {
  area: number
  side: 'north' | 'south'
  left: Module[]
  right: Module[]
  length: number
  depth: number
}

interface Placed {
  room: number
  module: Module
  window: number
}

interface Column {
  x: number
  /** Of its wings, and with the way to the next. */
  wing: number
  width: number
  north: Wing | null
  south: Wing | null
}

/** Every room, spot and way of a hospital. The same units and description give the same places. @param said by rule, without it. */
export const layOut = (of: Unit[], said?: PlacesFile): HospitalPlaces => {
  const { units, file } = said ? { units: of, file: said } : placesByRule(of)
  const planned = plannedAreas(file, units)
  const floors = [...file.floors].sort((one, other) => one.level - other.level)
  const places: HospitalPlaces = {
    floors,
    floorHeight: FLOOR_HEIGHT,
    areas: [],
    rooms: [],
    spots: [],
    graph: { x: [], z: [], floor: [], edges: [] },
    entrance: 0,
  }
  const lifts: number[] = []
  const inside = new Map<string, Placed>()
  for (const { place, kind, floor, remote } of planned) places.areas.push({ place, kind, floor, remote, wings: [], waiting: -1 })
  for (let floor = 0; floor < floors.length; floor++) lifts.push(layFloor(places, floor, planned, inside))
  for (let floor = 1; floor < floors.length; floor++) places.graph.edges.push([lifts[floor - 1]!, lifts[floor]!])
  for (const { room, module, window } of inside.values())
    places.spots.push(...standing(module, room, places.rooms[room]!, window))
  const order = new Map(units.map(({ id }, index) => [id, index]))
  places.spots.sort((one, other) => order.get(one.unit)! - order.get(other.unit)!)
  return places
}

const box = (x: number, z: number, width: number, depth: number): Rectangle => ({ x, z, width, depth })

/** @returns the node of its lifts. */
const layFloor = (places: HospitalPlaces, floor: number, planned: PlannedArea[], inside: Map<string, Placed>): number => {
  const columns = columnsOf(planned, floor)
  const east = Math.max(CORE.halfWidth, ...columns.map(({ x, width }) => x + width / 2))
  const west = Math.min(-CORE.halfWidth, ...columns.map(({ x, width }) => x - width / 2))
  const lifts = addNode(places, 0, 0, floor)
  addRoom(
    places,
    { id: `#spine ${floor}`, name: '', kind: 'corridor', area: -1, floor },
    box((east + west) / 2, 0, east - west, SPINE),
    lifts,
  )
  addRoom(
    places,
    { id: `#lifts ${floor}`, name: '', kind: 'lifts', area: -1, floor },
    box(0, -SPINE / 2 - CORE.lifts / 2, CORE.halfWidth * 2, CORE.lifts),
    lifts,
  )
  if (floor === places.floors.findIndex(({ level }) => level >= 0)) {
    const hall = box(0, SPINE / 2 + CORE.hall / 2, CORE.halfWidth * 2, CORE.hall)
    places.entrance = addRoom(places, { id: '#entrance', name: '', kind: 'entrance', area: -1, floor }, hall, lifts)
  }
  let [before, after] = [lifts, lifts]
  for (const column of [...columns].sort((one, other) => Math.abs(one.x) - Math.abs(other.x))) {
    const node = addNode(places, column.x, 0, floor)
    places.graph.edges.push([column.x < 0 ? before : after, node])
    if (column.x < 0) before = node
    else after = node
    for (const wing of [column.north, column.south]) if (wing) layWing(places, floor, column, wing, node, inside)
  }
  return lifts
}

const columnsOf = (planned: PlannedArea[], floor: number): Column[] => {
  const columns: Column[] = []
  planned.forEach((area, index) => {
    if (area.floor !== floor) return
    const wings = wingsOf(area, index)
    for (const wing of wings) {
      const width = wing.depth * 2 + CORRIDOR
      if (area.at && wing === wings[0]) {
        columns.push({
          x: area.at.x,
          wing: width,
          width,
          north: null,
          south: null,
          [area.at.side]: { ...wing, side: area.at.side },
        })
        continue
      }
      const open = columns.find((column) => (!column.north || !column.south) && Math.abs(column.wing - width) < SAME_WIDTH)
      if (open) {
        const side = open.north ? 'south' : 'north'
        open[side] = { ...wing, side }
        continue
      }
      const gap = GAP[area.kind] ?? GAP_ELSEWHERE
      const [eastEnd, westEnd] = ends(columns)
      const isEast = eastEnd <= westEnd
      const x = isEast ? eastEnd + gap / 2 + width / 2 : -(westEnd + gap / 2 + width / 2)
      columns.push({ x, wing: width, width: width + gap, north: { ...wing, side: 'north' }, south: null })
    }
  })
  return columns
}

const ends = (columns: Column[]): [number, number] => [
  Math.max(CORE.halfWidth, ...columns.map(({ x, width }) => x + width / 2)),
  Math.max(CORE.halfWidth, ...columns.map(({ x, width }) => width / 2 - x)),
]

/** The rooms of an area in as many wings as they fill, those of a wing shared out over its two sides. */
const wingsOf = ({ kind, modules }: PlannedArea, area: number): Wing[] => {
  const total = modules.reduce((sum, { width }) => sum + width, 0)
  const count = Math.max(1, Math.ceil(total / (2 * WING_MAX)))
  const side = total / count / 2
  const sides: Module[][] = Array.from({ length: count * 2 }, () => [])
  let [place, filled] = [0, 0]
  // The one who is called first and the one who calls face each other.
  const [waiting, staff, ...rooms] = modules
  sides[0]!.push(waiting!)
  sides[1]!.push(staff!)
  const begun = sides.map((each) => each.reduce((sum, { width }) => sum + width, 0))
  filled = begun[0]!
  for (const module of rooms) {
    if (filled + module.width / 2 > side && place < sides.length - 1) filled = begun[++place]!
    sides[place]!.push(module)
    filled += module.width
  }
  const lengthOf = (each: Module[]) => each.reduce((sum, { width }) => sum + width, 0)
  return Array.from({ length: count }, (_, index) => {
    const [left, right] = [sides[index * 2]!, sides[index * 2 + 1]!]
    return { area, side: 'north', left, right, length: Math.max(lengthOf(left), lengthOf(right)), depth: DEPTH[kind] }
  })
}

const layWing = (
  places: HospitalPlaces,
  floor: number,
  { x }: Column,
  { area, side, left, right, length, depth }: Wing,
  spine: number,
  inside: Map<string, Placed>,
): void => {
  const away = side === 'north' ? -1 : 1
  const begin = (SPINE / 2) * away
  const corridor = box(x, begin + (away * length) / 2, CORRIDOR, length)
  const shared = places.areas[area]!
  shared.wings.push(box(x, corridor.z, depth * 2 + CORRIDOR, length))
  addRoom(places, { id: `#wing ${floor} ${x} ${side}`, name: '', kind: 'corridor', area, floor }, corridor, spine)
  const doors: { z: number; node: number }[] = []
  for (const [modules, beside] of [[left, -1] as const, [right, 1] as const]) {
    // The shorter side stretches, so that a wing has one end.
    const stretch =
      length /
      Math.max(
        1,
        modules.reduce((sum, { width }) => sum + width, 0),
      )
    let at = 0
    for (const module of modules) {
      const width = module.width * stretch
      const z = begin + away * (at + width / 2)
      at += width
      const door = addNode(places, x, z, floor)
      doors.push({ z, node: door })
      const { id, name, kind } = module
      const room = addRoom(
        places,
        { id, name, kind, area, floor },
        box(x + beside * (CORRIDOR / 2 + depth / 2), z, depth, width),
        door,
      )
      if (kind === 'waiting') shared.waiting = room
      inside.set(id, { room, module, window: beside })
    }
  }
  doors.sort((one, other) => Math.abs(one.z) - Math.abs(other.z))
  doors.reduce((from, { node }) => {
    places.graph.edges.push([from, node])
    return node
  }, spine)
}

const addNode = ({ graph }: HospitalPlaces, x: number, z: number, floor: number): number => {
  graph.x.push(x)
  graph.z.push(z)
  return graph.floor.push(floor) - 1
}

/** @param door the node from which it is entered. */
const addRoom = (places: HospitalPlaces, room: Omit<Room, 'node' | keyof Rectangle>, place: Rectangle, door: number): number => {
  // A corridor is walked along its own nodes.
  if (room.kind === 'corridor') return places.rooms.push({ ...room, ...place, node: door }) - 1
  const node = addNode(places, place.x, place.z, room.floor)
  places.graph.edges.push([door, node])
  return places.rooms.push({ ...room, ...place, node }) - 1
}
