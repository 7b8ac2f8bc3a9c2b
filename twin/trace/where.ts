/**
 * Where somebody is, from what they hold and wait for. Of the places that one holds, the one that is most for the moment: a room for an
 * examination, then the theatre, the recovery place, the cubicle, the bed; a bed that is theirs already does not move who still lies in a
 * cubicle. Who has no place is with whoever serves them, or where one waits for them, or stays where they were. What a beacon has just seen goes
 * before all of that.
 */
import type { HospitalPlaces } from '../hospital/places.ts'
import { type Look, rankOfPlace } from '../hospital/places-file.ts'
import { NONE } from './trace.ts'

/** What is known of a run that is somebody's or something's. */
export interface Whereabouts {
  /** Units that it holds, by index, the oldest first. */
  held: number[]
  /** Pools that it waits for, by index. */
  waitsFor: number[]
  /** The unit that it makes usable, or -1. */
  turnsOver: number
  /** A place where it is said to be, or -1: that of its task. */
  seen: number
  /** The room where a beacon has just seen it, or -1. */
  sightedIn: number
  place: number
}

export interface WhereTables {
  places: HospitalPlaces
  /** Pool of each unit, by index. */
  poolOfUnit: number[]
  /** By pool: the room where one waits for it, or -1 where that is no one room. */
  waitingFor: number[]
  lookOfPool: (Look | null)[]
  /** Where carts are sterilised: a room, or -1. */
  sterile: number
}

export const whereTables = (places: HospitalPlaces, poolOfUnit: number[], pools: number): WhereTables => {
  const areas: Set<number>[] = Array.from({ length: pools }, () => new Set())
  const lookOfPool: (Look | null)[] = Array.from({ length: pools }, () => null)
  places.spots.forEach(({ room, look }, unit) => {
    areas[poolOfUnit[unit]!]!.add(places.rooms[room]!.area)
    lookOfPool[poolOfUnit[unit]!] = look
  })
  const sterile = places.areas.find(({ kind }) => kind === 'sterile')
  return {
    places,
    poolOfUnit,
    waitingFor: areas.map((of) => (of.size === 1 ? places.areas[[...of][0]!]!.waiting : -1)),
    lookOfPool,
    sterile: sterile ? sterile.waiting : -1,
  }
}

/**
 * @returns a place, or NONE where nobody ever was. What a beacon has just seen goes before what the pathway says; where both say the same room
 * the pathway knows which bed of it.
 */
export const whereIs = (tables: WhereTables, whereabouts: Whereabouts): number => {
  const { places } = tables
  const derived = derivedPlace(tables, whereabouts)
  const { sightedIn } = whereabouts
  if (sightedIn < 0) return derived
  const room = derived < places.spots.length ? places.spots[derived]!.room : derived - places.spots.length
  return derived !== NONE && room === sightedIn ? derived : places.spots.length + sightedIn
}

const derivedPlace = (tables: WhereTables, { held, waitsFor, turnsOver, seen, place }: Whereabouts): number => {
  const { places, lookOfPool, poolOfUnit, waitingFor } = tables
  const rooms = places.spots.length
  // Who waits for a theatre waits before it, whatever bed is theirs.
  const theatre = waitsFor.find((pool) => lookOfPool[pool] === 'theatre')
  if (theatre !== undefined && waitingFor[theatre]! >= 0) return rooms + waitingFor[theatre]!
  let best = -1
  for (const unit of held) {
    const rank = rankOfPlace(places.spots[unit]!.look)
    if (rank >= 0 && (best < 0 || rank <= rankOfPlace(places.spots[best]!.look))) best = unit
  }
  if (best >= 0) return best
  if (turnsOver >= 0) return places.spots[turnsOver]!.look === 'cart' && tables.sterile >= 0 ? rooms + tables.sterile : turnsOver
  const serves = held.find((unit) => SERVING.includes(places.spots[unit]!.look) && !isRemote(places, unit))
  if (serves !== undefined) return serves
  const waiting = waitsFor.find((pool) => waitingFor[pool]! >= 0 && !isRemoteRoom(places, waitingFor[pool]!))
  if (waiting !== undefined && poolOfUnit.length > 0) return rooms + waitingFor[waiting]!
  return seen >= 0 ? seen : place
}

/** Whom one goes to when one has no place of one's own. */
const SERVING: readonly Look[] = ['clerk', 'nurse', 'physician']

const isRemote = (places: HospitalPlaces, unit: number): boolean => isRemoteRoom(places, places.spots[unit]!.room)
const isRemoteRoom = ({ rooms, areas }: HospitalPlaces, room: number): boolean => areas[rooms[room]!.area]?.remote ?? false

export const NOWHERE = NONE
