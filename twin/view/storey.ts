/** One storey: slab, floors, walls cut at breast height, and what stands in the rooms. */
import type { HospitalPlaces, Room } from '../hospital/places.ts'
import type { AreaKind } from '../hospital/places-file.ts'
import { AREA_COLOURS, type Surroundings } from './palette.ts'
import type { Shapes } from './shapes.ts'

export const WALL_METRES = 1.15
const THICK = 0.14
const DOOR_METRES = 1.3
const SLAB = 0.4

/** Adds a storey to shapes, its floor at height 0. */
export const storeyInto = (
  shapes: Shapes,
  places: HospitalPlaces,
  floor: number,
  colours: Surroundings,
  isDark: boolean,
): void => {
  for (const room of places.rooms) {
    if (room.floor !== floor) continue
    const { x, z, width, depth } = room
    const area = places.areas[room.area]
    const base = area && room.kind !== 'corridor' ? AREA_COLOURS[area.kind] : colours.slab
    const colour = isDark && area && room.kind !== 'corridor' ? darkened(base) : base
    shapes.box(x, -SLAB, z, width + 0.24, SLAB - 0.04, depth + 0.24, colours.wallShade, 0.7)
    shapes.floor(x, 0, z, width, depth, colour, room.kind === 'corridor' ? 0.94 : 0.86)
    if (room.kind !== 'corridor') walls(shapes, places, room, colours)
    furnish(shapes, room, area?.kind ?? 'support', colours, colour)
  }
}

const darkened = (colour: number): number => {
  const dim = (shift: number) => Math.round(((colour >> shift) & 255) * 0.36 + 14) << shift
  return dim(16) | dim(8) | dim(0)
}

/** Four walls, with a doorway towards the node from which the room is entered. */
const walls = (shapes: Shapes, { graph }: HospitalPlaces, room: Room, { wall, wallTop }: Surroundings): void => {
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
      if (along) shapes.box(x + middle, 0, z + (sign * depth) / 2, to - from, WALL_METRES, THICK, wall, 0.85, wallTop)
      else shapes.box(x + (sign * width) / 2, 0, z + middle, THICK, WALL_METRES, to - from, wall, 0.85, wallTop)
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
  { furniture, dark, wallShade, wood, seat, screen, leaf }: Surroundings,
  floor: number,
): void => {
  const { x, z, width, depth } = room
  const piece = (px: number, pz: number, w: number, h: number, d: number, colour = furniture, y = 0) => {
    if (y === 0) shapes.contact(px, 0.012, pz, w, d, floor)
    shapes.box(px, y, pz, w, h, d, colour, 0.8)
  }
  const desk = (px: number, pz: number, w: number, screens: number) => {
    piece(px, pz, w, 0.74, 0.7, wood)
    for (let each = 0; each < screens; each++)
      shapes.box(px + ((each + 0.5) / screens - 0.5) * w, 0.76, pz, 0.55, 0.36, 0.05, screen, 1)
  }
  switch (room.kind) {
    case 'waiting': {
      const isLine = kind === 'reception'
      const rows = Math.max(1, Math.floor((depth - 0.8) / 1.06))
      for (let row = 0; row < rows; row++) {
        const at = z + ((row + 0.5) / rows - 0.5) * (depth - 0.6)
        const behind = row % 2 === 0 ? -0.24 : 0.24
        // Before a desk one stands between ropes.
        if (isLine) shapes.box(x, 0.86, at + 0.5, width - 2, 0.04, 0.04, seat, 1)
        else {
          shapes.box(x, 0.38, at, width - 1.2, 0.08, 0.46, seat, 0.85)
          shapes.box(x, 0.46, at + behind, width - 1.2, 0.42, 0.06, seat, 0.85)
        }
      }
      plantPot(shapes, x - width / 2 + 0.5, z - depth / 2 + 0.5, leaf, dark)
      return
    }
    case 'staff':
      desk(x, z - depth / 2 + 0.7, width * 0.7, 3)
      desk(x, z + depth / 2 - 0.7, width * 0.5, 2)
      return
    case 'theatre':
      piece(x, z, 0.5, 0.6, 0.6, dark)
      shapes.box(x, 0.6, z, 2.1, 0.16, 0.72, 0x4c7f74, 0.9)
      piece(x - width / 2 + 0.6, z, 0.6, 0.9, depth * 0.5, furniture)
      piece(x + 1.6, z - 1.3, 0.6, 1.35, 0.55, 0xdfe6e8)
      shapes.box(x + 1.6, 1.35, z - 1.3, 0.5, 0.4, 0.08, screen, 1)
      piece(x - 0.6, z + 1.35, 1.1, 0.85, 0.5, 0x9fb4ba)
      for (const side of [-0.55, 0.55]) {
        shapes.round(x + side, 2.05, z, 0.36, 0.18, 0xfff3cf)
        shapes.box(x + side, 2.2, z, 0.05, 0.6, 0.05, dark, 1)
      }
      return
    case 'exam':
      if (kind === 'imaging') {
        piece(x + 0.9, z, 2, 0.7, 0.6, 0xe9eef0)
        for (const side of [-0.95, 0.95]) shapes.box(x - 0.2, 0, z + side, 0.9, 2, 0.5, 0xf4f7f8, 0.85)
        shapes.box(x - 0.2, 1.55, z, 0.9, 0.5, 1.5, 0xf4f7f8, 0.95)
        shapes.box(x - 0.2, 0, z, 0.9, 0.55, 1.5, 0xf4f7f8, 0.9)
        shapes.box(x + 0.26, 0.55, z, 0.03, 1, 1.4, screen, 1)
      } else {
        piece(x, z, 1.9, 0.66, 0.7, 0x7fa6b5)
        desk(x, z - depth / 2 + 0.6, 1.3, 1)
      }
      return
    case 'bedroom':
      for (const side of [-1, 1]) piece(x + side * (width / 2 - 0.35), z - depth / 2 + 0.3, 0.42, 0.66, 0.36, wood)
      return
    case 'cubicle':
      piece(x, z - depth / 2 + 0.28, 0.5, 0.9, 0.4, furniture)
      shapes.box(x, 0.9, z - depth / 2 + 0.28, 0.4, 0.3, 0.06, screen, 1)
      return
    case 'hall':
      piece(x - width / 2 + 0.35, z, 0.4, 0.9, Math.min(3, depth * 0.5), furniture)
      return
    case 'lifts':
      for (let lift = 0; lift < 4; lift++) {
        const at = x + (lift - 1.5) * (width / 4.4)
        shapes.box(at, 0, z - depth / 2 + 1.3, width / 5.2, 2.5, 2.2, wallShade, 0.85)
        shapes.box(at, 0, z - depth / 2 + 2.42, width / 8, 2.05, 0.06, dark, 0.9)
        shapes.box(at, 2.16, z - depth / 2 + 2.43, 0.4, 0.14, 0.05, 0xf0c14b, 1)
      }
      return
    case 'entrance':
      desk(x + width / 4, z + depth / 6, 2.8, 2)
      plantPot(shapes, x - width / 2 + 0.8, z + depth / 2 - 0.8, leaf, dark)
      plantPot(shapes, x + width / 2 - 0.8, z + depth / 2 - 0.8, leaf, dark)
      shapes.box(x, 2.9, z + depth / 2 + 1.2, width * 0.8, 0.2, 4.4, seat, 0.9)
      for (const side of [-0.34, 0.34]) shapes.box(x + width * side, 0, z + depth / 2 + 3, 0.18, 2.9, 0.18, dark, 0.9)
      // The sign of a hospital.
      shapes.box(x, 3.1, z + depth / 2 + 3.3, 0.3, 1.1, 0.12, 0x1f7a8c, 1)
      shapes.box(x, 3.5, z + depth / 2 + 3.3, 1.1, 0.3, 0.12, 0x1f7a8c, 1)
  }
}

const plantPot = (shapes: Shapes, x: number, z: number, leaf: number, dark: number): void => {
  shapes.box(x, 0, z, 0.36, 0.4, 0.36, dark, 0.85)
  shapes.round(x, 0.35, z, 0.36, 0.9, leaf)
}
