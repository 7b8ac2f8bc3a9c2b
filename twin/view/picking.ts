/** Who or what is under the pointer: the nearest person in a few pixels, else the room. */
import type { Agents } from './agents.ts'
import type { Stage } from './stage.ts'
import type { Storeys } from './storeys.ts'

export type Selection = { kind: 'agent'; id: number } | { kind: 'room'; room: number }

const REACH_PIXELS = 13

export const pickedAt = (x: number, y: number, stage: Stage, agents: Agents, storeys: Storeys): Selection | null => {
  const at = { x: 0, y: 0, z: 0 }
  let [nearest, best] = [-1, REACH_PIXELS]
  for (let index = 0; index < agents.count; index++) {
    if (!storeys.isShown(agents.floor[index]!)) continue
    stage.project(agents.x[index]!, storeys.heightOf(agents.floor[index]!) + 0.9, agents.z[index]!, at)
    const away = Math.hypot(at.x - x, at.y - y)
    if (at.z < 1 && away < best) {
      nearest = index
      best = away
    }
  }
  if (nearest >= 0) return { kind: 'agent', id: agents.id[nearest]! }
  const { floors, rooms } = agents.playback.trace.places
  for (let floor = floors.length - 1; floor >= 0; floor--) {
    const meets = storeys.isShown(floor) ? stage.meets(x, y, storeys.heightOf(floor)) : null
    if (!meets) continue
    const room = roomAt(rooms, floor, meets.x, meets.z)
    if (room >= 0) return { kind: 'room', room }
  }
  return null
}

export const roomAt = (
  rooms: { floor: number; x: number; z: number; width: number; depth: number }[],
  floor: number,
  x: number,
  z: number,
): number =>
  rooms.findIndex(
    (room) => room.floor === floor && Math.abs(x - room.x) <= room.width / 2 && Math.abs(z - room.z) <= room.depth / 2,
  )
