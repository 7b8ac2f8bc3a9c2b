/**
 * The places of a hospital, laid out: one description for the 3D view, the plan, the bed board. Lengths are metres; x goes east and z south
 * from the lifts; a floor is an index into `floors`. Plain JSON.
 */
import type { AreaKind, Look } from './places-file.ts'

export const ROOM_KINDS = [
  'bedroom',
  'cubicle',
  'theatre',
  'exam',
  'hall',
  'waiting',
  'staff',
  'corridor',
  'lifts',
  'entrance',
] as const
export type RoomKind = (typeof ROOM_KINDS)[number]

export interface Rectangle {
  /** Its middle. */
  x: number
  z: number
  /** Along x and along z. */
  width: number
  depth: number
}

export interface Room extends Rectangle {
  /** As in a unit's place, `Médecine A/Chambre 101`; else the area's place and what it is for. */
  id: string
  name: string
  kind: RoomKind
  /** Index into `areas`; -1 for what serves all. */
  area: number
  floor: number
  /** Index into `graph`: its middle. */
  node: number
}

export interface Area {
  place: string
  kind: AreaKind
  floor: number
  remote: boolean
  /** What it covers. */
  wings: Rectangle[]
  /** Room in which one waits to be called. */
  waiting: number
}

/** Where a unit stands: a bed, or where a person is when nobody needs them. */
export interface Spot {
  unit: string
  pool: string
  look: Look
  room: number
  x: number
  z: number
  /** Radians: 0 looks south. */
  facing: number
}

export interface HospitalPlaces {
  floors: { level: number; name: string }[]
  /** Between one floor and the next. */
  floorHeight: number
  areas: Area[]
  rooms: Room[]
  /** In the order of the units. */
  spots: Spot[]
  /** Where people walk. */
  graph: {
    x: number[]
    z: number[]
    floor: number[]
    /** Pairs of nodes. */
    edges: [number, number][]
  }
  /** Room by which people come and go. */
  entrance: number
}
