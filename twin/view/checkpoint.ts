/** All that a playback knows at a row, to go on from there. */
import { NONE } from '../trace/trace.ts'
import type { Playback } from './playback.ts'

export interface Checkpoint {
  row: number
  /** Runs present, then their fields, run by run, and those of units. */
  present: Uint32Array
  runFields: Float64Array
  unitFields: Float64Array
}

const RUN_FIELDS = 9
const UNIT_FIELDS = 7

export const takeCheckpoint = (playback: Playback, row: number): Checkpoint => {
  const present = playback.present.slice(0, playback.presentCount)
  const runFields = new Float64Array(present.length * RUN_FIELDS)
  present.forEach((run, index) => {
    runFields.set(
      [
        playback.place[run]!,
        playback.fromNode[run]!,
        playback.movedAt[run]!,
        playback.movedMs[run]!,
        playback.waiting[run]! + 256 * playback.urgency[run]! + 65_536 * playback.isOver[run]!,
        playback.waitsFor[run]!,
        playback.waitsSince[run]!,
        playback.step[run]!,
        playback.turnsOver[run]!,
      ],
      index * RUN_FIELDS,
    )
  })
  const unitFields = new Float64Array(playback.holder.length * UNIT_FIELDS)
  for (let unit = 0; unit < playback.holder.length; unit++)
    unitFields.set(
      [
        playback.holder[unit]!,
        playback.cleaner[unit]!,
        playback.unitPlace[unit]!,
        playback.unitFromNode[unit]!,
        playback.unitMovedAt[unit]!,
        playback.unitMovedMs[unit]!,
        playback.unitSighted[unit]!,
      ],
      unit * UNIT_FIELDS,
    )
  return { row, present, runFields, unitFields }
}

/** Puts the fields back into a playback that is empty. */
export const restoreFields = (playback: Playback, { present, runFields, unitFields }: Checkpoint): void => {
  present.forEach((run, index) => {
    const field = (number: number) => runFields[index * RUN_FIELDS + number]!
    playback.place[run] = field(0)
    playback.fromNode[run] = field(1)
    playback.movedAt[run] = field(2)
    playback.movedMs[run] = field(3)
    const packed = field(4)
    playback.waiting[run] = packed % 256
    playback.urgency[run] = Math.floor(packed / 256) % 256
    playback.isOver[run] = Math.floor(packed / 65_536)
    playback.waitsFor[run] = field(5)
    playback.waitsSince[run] = field(6)
    playback.step[run] = field(7)
    playback.turnsOver[run] = field(8)
    playback.heldFirst[run] = -1
  })
  for (let unit = 0; unit < playback.holder.length; unit++) {
    const field = (number: number) => unitFields[unit * UNIT_FIELDS + number]!
    const run = field(0)
    playback.cleaner[unit] = field(1)
    playback.unitPlace[unit] = field(2)
    playback.unitFromNode[unit] = field(3)
    playback.unitMovedAt[unit] = field(4)
    playback.unitMovedMs[unit] = field(5)
    playback.unitSighted[unit] = field(6)
    if (run === NONE) continue
    playback.holder[unit] = run
    playback.heldNext[unit] = playback.heldFirst[run]!
    playback.heldFirst[run] = unit
  }
}
