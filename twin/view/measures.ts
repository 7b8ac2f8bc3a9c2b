/** Rooms and spots as columns: a number out of an object of many shapes would cost an object of its own. */
import type { HospitalPlaces, Room, Spot } from '../hospital/places.ts'
import { isPerson } from '../hospital/places-file.ts'

const SEAT_METRES = 0.85
/** In a line, from one to the next. */
const LINE_METRES = 0.75

/** Rooms and spots by columns. */
export type Measures = ReturnType<typeof measuresOf>

export const measuresOf = ({ rooms, spots, areas, graph }: HospitalPlaces) => ({
  nodeX: Float32Array.from(graph.x),
  nodeZ: Float32Array.from(graph.z),
  nodeFloor: Uint8Array.from(graph.floor),
  roomNode: Int32Array.from(rooms, ({ node }) => node),
  roomIsLine: Uint8Array.from(rooms, (room) => (isLine(room, areas) ? 1 : 0)),
  roomColumns: Int32Array.from(rooms, (room) =>
    Math.max(1, Math.floor((room.width - 1) / (isLine(room, areas) ? LINE_METRES : SEAT_METRES))),
  ),
  roomRows: Int32Array.from(rooms, ({ depth }) => Math.max(1, Math.floor((depth - 0.8) / (SEAT_METRES * 1.25)))),
  spotRoom: Int32Array.from(spots, ({ room }) => room),
  roomX: Float32Array.from(rooms, ({ x }) => x),
  roomZ: Float32Array.from(rooms, ({ z }) => z),
  roomWidth: Float32Array.from(rooms, ({ width }) => width),
  roomDepth: Float32Array.from(rooms, ({ depth }) => depth),
  roomFloor: Uint8Array.from(rooms, ({ floor }) => floor),
  spotX: Float32Array.from(spots, ({ x }) => x),
  spotZ: Float32Array.from(spots, ({ z }) => z),
  spotSin: Float32Array.from(spots, (spot, unit) => Math.sin(facingOf(spot, rooms, unit))),
  spotCos: Float32Array.from(spots, (spot, unit) => Math.cos(facingOf(spot, rooms, unit))),
})

/** Before a desk one stands in line. */
const isLine = ({ kind, area }: Room, areas: HospitalPlaces['areas']): boolean =>
  kind === 'waiting' && areas[area]?.kind === 'reception'

/** Who is at the station talks with those in the middle of it, more or less. */
const facingOf = ({ look, facing, x, z, room }: Spot, rooms: Room[], unit: number): number =>
  isPerson(look) ? Math.atan2(rooms[room]!.x - x, rooms[room]!.z - z) + (((unit * 37) % 17) - 8) * 0.09 : facing
