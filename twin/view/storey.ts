/** One storey as geometry: slab, floors, walls cut at breast height, and what stands in the rooms. */
import type { BufferGeometry } from 'three'
import type { HospitalPlaces, Room } from '../hospital/places.ts'
import type { AreaKind } from '../hospital/places-file.ts'
import { plant } from './ground.ts'
import { AREA_COLOURS, type Surroundings } from './palette.ts'
import { Shapes } from './shapes.ts'

export const WALL_METRES = 1.15
const THICK = 0.14
const DOOR_METRES = 1.3
const SLAB = 0.4

export const storeyOf = (places: HospitalPlaces, floor: number, colours: Surroundings, isDark: boolean): BufferGeometry => {
  const shapes = new Shapes()
  if (floor === 0) plant(shapes, places, colours)
  for (const room of places.rooms) {
    if (room.floor !== floor) continue
    const { x, z, width, depth } = room
    const area = places.areas[room.area]
    const base = area && room.kind !== 'corridor' ? AREA_COLOURS[area.kind] : colours.slab
    const colour = isDark ? darkened(base) : base
    shapes.box(x, -SLAB, z, width + 0.24, SLAB - 0.01, depth + 0.24, isDark ? colours.wall : colours.wallShade, 0.62)
    shapes.floor(x, 0, z, width, depth, colour, room.kind === 'corridor' ? 0.9 : 0.78)
    if (room.kind !== 'corridor') walls(shapes, places, room, colours)
    furnish(shapes, room, area?.kind ?? 'support', colours, colour)
  }
  return shapes.geometry()
}

const darkened = (colour: number): number => {
  const dim = (shift: number) => Math.round(((colour >> shift) & 255) * 0.3 + 14) << shift
  return dim(16) | dim(8) | dim(0)
}

/** Four walls, with a doorway towards the node from which the room is entered. */
const walls = (shapes: Shapes, { graph }: HospitalPlaces, room: Room, { wall }: Surroundings): void => {
  const { x, z, width, depth, node } = room
  const edge = graph.edges.find(([, to]) => to === node)
  const door = edge ? edge[0] : node
  const [dx, dz] = [graph.x[door]! - x, graph.z[door]! - z]
  const isAcross = Math.abs(dx) / width > Math.abs(dz) / depth
  const isWide = ['waiting', 'entrance', 'lifts', 'staff', 'hall'].includes(room.kind)
  const opening = isWide ? Math.min(4, (isAcross ? depth : width) * 0.6) : DOOR_METRES
  const side = (along: boolean, sign: number) => {
    const length = along ? width : depth
    const isDoor = along !== isAcross && Math.sign(along ? dz : dx) === sign
    const put = (from: number, to: number) => {
      if (to - from < 0.05) return
      const middle = (from + to) / 2
      if (along) shapes.box(x + middle, 0, z + (sign * depth) / 2, to - from, WALL_METRES, THICK, wall, 0.78)
      else shapes.box(x + (sign * width) / 2, 0, z + middle, THICK, WALL_METRES, to - from, wall, 0.78)
    }
    if (!isDoor) return put(-length / 2, length / 2)
    put(-length / 2, -opening / 2)
    put(opening / 2, length / 2)
  }
  side(true, 1)
  side(true, -1)
  side(false, 1)
  side(false, -1)
}

const furnish = (
  shapes: Shapes,
  room: Room,
  kind: AreaKind,
  { furniture, dark, wallShade }: Surroundings,
  floor: number,
): void => {
  const { x, z, width, depth } = room
  const piece = (px: number, pz: number, w: number, h: number, d: number, colour = furniture) => {
    shapes.contact(px, 0.012, pz, w, d, floor)
    shapes.box(px, 0, pz, w, h, d, colour, 0.7)
  }
  switch (room.kind) {
    case 'waiting': {
      const rows = Math.max(1, Math.floor((depth - 0.8) / 1.06))
      for (let row = 0; row < rows; row++) {
        const at = z + ((row + 0.5) / rows - 0.5) * (depth - 0.6) + (row % 2 === 0 ? -0.32 : 0.32)
        shapes.box(x, 0.36, at, width - 1.2, 0.09, 0.4, dark, 0.8)
      }
      return
    }
    case 'staff':
      piece(x, z - depth / 2 + 0.7, width * 0.7, 0.75, 0.7)
      piece(x, z + depth / 2 - 0.7, width * 0.5, 0.75, 0.6)
      return
    case 'theatre':
      piece(x, z, 2.1, 0.85, 0.7, dark)
      piece(x - width / 2 + 0.6, z, 0.6, 1, depth * 0.6)
      shapes.box(x, 2.1, z, 1, 0.08, 1, 0xfff6d8, 1)
      shapes.box(x, 2.18, z, 0.08, 0.7, 0.08, dark, 1)
      return
    case 'exam':
      if (kind === 'imaging') {
        piece(x, z, 2.2, 0.7, 0.7, dark)
        shapes.box(x + 0.5, 0, z - 0.85, 0.7, 1.7, 0.35, furniture, 0.8)
        shapes.box(x + 0.5, 0, z + 0.85, 0.7, 1.7, 0.35, furniture, 0.8)
        shapes.box(x + 0.5, 1.5, z, 0.7, 0.35, 1.4, furniture, 0.9)
      } else {
        piece(x, z, 1.9, 0.7, 0.7, dark)
        piece(x, z - depth / 2 + 0.6, 1.4, 0.74, 0.6)
      }
      return
    case 'bedroom':
      piece(x, z - depth / 2 + 0.3, 0.5, 0.7, 0.35)
      return
    case 'lifts':
      for (let lift = 0; lift < 4; lift++) {
        const at = x + (lift - 1.5) * (width / 4.4)
        shapes.box(at, 0, z - depth / 2 + 1.3, width / 5.2, 2.3, 2.2, wallShade, 0.8)
        shapes.box(at, 0, z - depth / 2 + 2.42, width / 8, 2, 0.06, dark, 0.85)
      }
      return
    case 'entrance':
      piece(x + width / 4, z + depth / 4, 2.6, 1, 0.8)
      shapes.box(x, 2.7, z + depth / 2 + 0.8, width * 0.7, 0.16, 3.4, furniture, 1)
      shapes.box(x - width * 0.3, 0, z + depth / 2 + 2.2, 0.16, 2.7, 0.16, dark, 0.8)
      shapes.box(x + width * 0.3, 0, z + depth / 2 + 2.2, 0.16, 2.7, 0.16, dark, 0.8)
  }
}
