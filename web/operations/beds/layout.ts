/** How a board lies on the screen: departments, rooms in them, beds in rooms, packed into rows of so many columns; and who is beside whom. */
import type { BoardUnitItem } from '../../../api/types.ts'
import { placeOf } from '../../../pathways/resources/places.ts'

export interface Room {
  /** '' for units that stand in the department itself. */
  name: string
  units: BoardUnitItem[]
}

export type Row = { type: 'department'; department: string } | { type: 'beds'; department: string; rooms: Room[] }

/** In the order of the board; a room wider than the board goes on in the next row. @param columns at least 1. */
export function rowsOf(units: readonly BoardUnitItem[], columns: number): Row[] {
  const rows: Row[] = []
  for (const [department, there] of grouped(units, ({ place }) => placeOf(place).department)) {
    rows.push({ type: 'department', department })
    let row: Room[] = []
    let used = 0
    for (const [name, inRoom] of grouped(there, ({ place }) => placeOf(place).room)) {
      for (let from = 0; from < inRoom.length; ) {
        const isAlone = name === ''
        const rest = inRoom.length - from
        // A room stays together where it fits into a row of its own.
        if (used === columns || (!isAlone && used > 0 && rest > columns - used)) {
          rows.push({ type: 'beds', department, rooms: row })
          row = []
          used = 0
        }
        const taken = Math.min(rest, columns - used)
        row.push({ name, units: inRoom.slice(from, from + taken) })
        used += taken
        from += taken
      }
    }
    if (row.length > 0) rows.push({ type: 'beds', department, rooms: row })
  }
  return rows
}

const grouped = <T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

export const unitsIn = (row: Row): BoardUnitItem[] => (row.type === 'beds' ? row.rooms.flatMap(({ units }) => units) : [])

/** The row that a unit stands in; -1 when it is not on the board. */
export const rowOf = (rows: readonly Row[], unit: string): number =>
  rows.findIndex((row) => row.type === 'beds' && unitsIn(row).some(({ id }) => id === unit))

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last'

/** The unit that a key leads to from another; the same one at the edge. '' on an empty board. */
export function neighbour(rows: readonly Row[], unit: string, direction: Direction): string {
  const lines = rows.map(unitsIn).filter((line) => line.length > 0)
  const all = lines.flat()
  if (all.length === 0) return ''
  if (direction === 'first') return all[0]!.id
  if (direction === 'last') return all.at(-1)!.id
  const line = lines.findIndex((one) => one.some(({ id }) => id === unit))
  if (line < 0) return all[0]!.id
  if (direction === 'left' || direction === 'right') {
    const place = all.findIndex(({ id }) => id === unit)
    return (all[place + (direction === 'left' ? -1 : 1)] ?? all[place]!).id
  }
  const column = lines[line]!.findIndex(({ id }) => id === unit)
  const next = lines[line + (direction === 'up' ? -1 : 1)]
  return next ? next[Math.min(column, next.length - 1)]!.id : unit
}
