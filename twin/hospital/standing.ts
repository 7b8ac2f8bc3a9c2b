/** Where the units of a room stand in it. */
import type { Module } from './modules.ts'
import type { Room, Spot } from './places.ts'
import type { Look } from './places-file.ts'

/** Metres between those who stand in a row. */
const APART: Partial<Record<Look, number>> = { recovery: 2.6, machine: 1.9, cart: 1.3 }

/**
 * One spot for each unit: beds at the wall, head to it; people of a shift in a row; the rest on a grid.
 * @param window -1 where it is to the west, 1 to the east.
 */
export const standing = ({ units }: Module, index: number, room: Room, window: number): Spot[] => {
  const facing = window < 0 ? Math.PI / 2 : -Math.PI / 2
  const spot = (place: number, x: number, z: number): Spot => {
    const { unit, look } = units[place]!
    return { unit: unit.id, pool: unit.pool, look, room: index, x, z, facing }
  }
  switch (room.kind) {
    case 'bedroom':
    case 'cubicle':
    case 'theatre':
    case 'exam':
      return units.map((_, place) => {
        const z = room.z + ((place + 0.5) / units.length - 0.5) * room.depth
        const x = room.kind === 'theatre' || room.kind === 'exam' ? room.x : room.x + window * (room.width / 2 - 1.35)
        return spot(place, x, z)
      })
    case 'staff':
      return people(units, room, spot)
    default:
      return grid(units.length, APART[units[0]?.look ?? 'room'] ?? 1.6, room, spot)
  }
}

/** Those of other shifts stand where these do: they are never there together, but for the handover. */
const people = (units: Module['units'], room: Room, spot: (place: number, x: number, z: number) => Spot): Spot[] => {
  const counts = new Map<string, number>()
  const shifts = [...new Set(units.map(({ unit }) => unit.calendar))]
  const columns = Math.max(1, Math.floor((room.width - 1) / 1.1))
  return units.map(({ unit, look }, place) => {
    const shift = `${unit.calendar} ${look === 'physician' ? 'physician' : 'other'}`
    const number = counts.get(shift) ?? 0
    counts.set(shift, number + 1)
    const rows = Math.max(1, Math.floor((room.depth - 0.8) / 0.9))
    const row = (Math.floor(number / columns) + shifts.indexOf(unit.calendar)) % rows
    const column = (number + (look === 'physician' ? 2 : 0)) % columns
    return spot(
      place,
      room.x + ((column + 0.5) / columns - 0.5) * (room.width - 0.8),
      room.z + ((row + 0.5) / rows - 0.5) * (room.depth - 0.6),
    )
  })
}

const grid = (count: number, apart: number, room: Room, spot: (place: number, x: number, z: number) => Spot): Spot[] => {
  const columns = Math.max(1, Math.min(count, Math.floor((room.width - 0.6) / apart)))
  const rows = Math.max(1, Math.ceil(count / columns))
  return Array.from({ length: count }, (_, place) =>
    spot(
      place,
      room.x + (((place % columns) + 0.5) / columns - 0.5) * room.width,
      room.z + ((Math.floor(place / columns) + 0.5) / rows - 0.5) * room.depth,
    ),
  )
}
