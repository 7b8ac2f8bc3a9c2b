/** What is measured by room over the hours before a time: how full it was, how long people waited in it, how far people walked to it. */
import { Change, NONE, roomOfPlace } from '../trace/trace.ts'
import type { Playback } from './playback.ts'

export type HeatKind = 'occupancy' | 'waiting' | 'walking'

export interface Heat {
  /** By room: persons at a time, minutes waited an hour, or metres walked an hour. */
  values: Float32Array
  most: number
}

/** @param lookingBackMs how long before `at` counts. */
export const heatOf = (base: Playback, kind: HeatKind, at: number, lookingBackMs: number): Heat => {
  const playback = base.copy()
  const { trace, paths } = playback
  const { rooms, entrance } = trace.places
  const from = Math.max(trace.start, at - lookingBackMs)
  const values = new Float32Array(rooms.length)
  const hours = Math.max(1, at - from) / 3_600_000
  // Since when each run counts where it is; grown by those who come.
  const since = new Map<number, number>()
  const isCounted = (run: number) => playback.place[run] !== NONE && playback.turnsOver[run]! < 0
  const close = (run: number, until: number) => {
    const begun = since.get(run)
    since.delete(run)
    if (begun === undefined || !isCounted(run) || kind === 'walking') return
    if (kind === 'waiting' && playback.waiting[run] === 0) return
    values[roomOfPlace(trace, playback.place[run]!)]! +=
      (until - begun) / (kind === 'occupancy' ? hours * 3_600_000 : hours * 60_000)
  }
  playback.seek(from)
  for (let index = 0; index < playback.presentCount; index++) since.set(playback.present[index]!, from)
  playback.onRow = (run, change, value, time) => {
    if (change === Change.location || change === Change.waits || change === Change.answered || change === Change.over) {
      if (kind === 'walking' && change === Change.location && playback.turnsOver[run]! < 0) {
        const before = playback.place[run]!
        const node = rooms[before === NONE ? entrance : roomOfPlace(trace, before)]!.node
        const room = roomOfPlace(trace, value)
        values[room]! += paths.metres(node, rooms[room]!.node) / hours
      }
      close(run, time)
      if (change !== Change.over) since.set(run, time)
    }
  }
  playback.seek(at)
  for (const run of [...since.keys()]) close(run, at)
  return { values, most: Math.max(0, ...values) }
}
