// Goal: what is shown is what was recorded. Method: a day of a hospital of 500 beds, looked at at many times: people counted by room from
// their positions, and from the rows of the trace by a reader that shares nothing with the playback.
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeTrace, encodeTrace, UnreadableTrace } from '../../../twin/trace/file.ts'
import { Change, NONE, roomOfPlace, rowAfter, type Trace } from '../../../twin/trace/trace.ts'
import { Agents, Role } from '../../../twin/view/agents.ts'
import { heatOf } from '../../../twin/view/heat.ts'
import { overviewOf } from '../../../twin/view/overview.ts'
import { Playback } from '../../../twin/view/playback.ts'
import { byRoom, placesAt, recordedDays, timeOf } from './recorded-days.ts'

let trace: Trace
let playback: Playback
beforeAll(async () => {
  trace = await recordedDays('P1D')
  playback = new Playback(trace)
  playback.index()
}, 120_000)

/** Seed 7: times scattered over the day, to the millisecond. */
const times = Array.from({ length: 24 }, (_, index) => Math.floor((((index * 7919) % 24) / 24 + 0.017) * 86_400_000))

describe('what is shown', () => {
  it('is, room by room, who the trace says is there', () => {
    const agents = new Agents(playback)
    for (const at of times.filter((time) => time > 8 * 3_600_000).slice(0, 8)) {
      playback.seek(at)
      agents.update()
      const there: number[] = []
      for (let index = 0; index < agents.count; index++) {
        const isPatient = agents.role[index] === Role.patient && !playback.isOver[agents.id[index]!]
        if (!isPatient) continue
        const room = agents.room[index]!
        there.push(room)
        if (agents.walks[index]) continue
        // Who stands or lies is inside the walls of the room.
        const { x, z, width, depth, floor } = trace.places.rooms[room]!
        expect(Math.abs(agents.x[index]! - x)).toBeLessThanOrEqual(width / 2 + 1)
        expect(Math.abs(agents.z[index]! - z)).toBeLessThanOrEqual(depth / 2 + 0.6)
        expect(agents.floor[index]).toBe(floor)
      }
      const recorded = [...placesAt(trace, at).values()].map((place) => roomOfPlace(trace, place))
      expect(byRoom(there)).toEqual(byRoom(recorded))
      expect(there.length).toBeGreaterThan(20)
    }
  })

  it('does not depend on the way one came: back, forth, or straight there', () => {
    const straight = (at: number) => {
      const fresh = new Playback(trace, playback.paths)
      fresh.seek(at)
      const agents = new Agents(fresh)
      agents.update()
      return whole(agents)
    }
    const agents = new Agents(playback)
    for (const at of times) {
      playback.seek(at)
      agents.update()
      expect(whole(agents)).toEqual(straight(at))
    }
  })

  it('has nobody in two places, and nobody of the night’s staff by day unless somebody needs them', () => {
    playback.seek(11 * 3_600_000)
    const agents = new Agents(playback)
    agents.update()
    const ids = Array.from(agents.id.subarray(0, agents.count))
    expect(new Set(ids).size).toBe(ids.length)
    const night = trace.units.findIndex(
      ({ id, calendar }) => id.startsWith('porter') && trace.calendars[calendar]?.id === 'night',
    )
    const isHeld = playback.holder[night] !== NONE
    expect(agents.indexOf(0x80000000 + night) >= 0).toBe(isHeld)
  })

  it('finds the row after any time as looking at each would', () => {
    for (const at of [-1, 0, ...times, trace.end, trace.end + 1]) {
      let row = 0
      while (row < trace.rows && timeOf(trace, row) <= at) row++
      expect(rowAfter(trace, at)).toBe(row)
    }
  })

  it('gives back every unit that was taken, or has it still', () => {
    const held = new Map<number, number>()
    const { run, change, value } = trace.columns
    for (let row = 0; row < trace.rows; row++) {
      if (change[row] === Change.holds) {
        expect(held.has(value[row]!)).toBe(false)
        held.set(value[row]!, run[row]!)
      }
      if (change[row] === Change.gives) {
        expect(held.get(value[row]!)).toBe(run[row])
        held.delete(value[row]!)
      }
    }
    playback.seek(trace.end)
    expect(Array.from(playback.holder).filter((holder) => holder !== NONE)).toHaveLength(held.size)
  })

  it('is measured by room, and at a glance', () => {
    const [from, to] = [12, 24]
    const lookingBackMs = (to - from) * 3_600_000
    const occupancy = heatOf(playback, 'occupancy', to * 3_600_000, lookingBackMs)
    const { inside, waiting, notes, everyMs } = overviewOf(playback)
    const mean = inside.subarray(from, to).reduce((sum, value) => sum + value, 0) / (to - from)
    const persons = occupancy.values.reduce((sum, value) => sum + value, 0)
    // The same mean number of people, by integrating and by sampling every hour.
    expect(Math.abs(persons - mean) / persons).toBeLessThan(0.1)
    expect(heatOf(playback, 'walking', to * 3_600_000, lookingBackMs).most).toBeGreaterThan(0)
    expect(everyMs).toBe(3_600_000)
    expect(notes.find(({ kind }) => kind === 'mostWaiting')?.value).toBe(Math.max(...waiting.subarray(0, 24)))
  })
})

describe('a trace as a file', () => {
  it('opens as it was written', () => {
    const { columns, minuteRows, runs, ...rest } = decodeTrace(encodeTrace(trace).buffer as ArrayBuffer)
    expect(rest).toEqual({ ...trace, columns: undefined, minuteRows: undefined, runs: undefined, ...rest })
    expect(columns).toEqual(trace.columns)
    expect(minuteRows).toEqual(trace.minuteRows)
    expect(runs).toEqual(trace.runs)
  })

  it('says what is wrong with one that is none, or cut short', () => {
    const bytes = encodeTrace(trace)
    expect(() => decodeTrace(new ArrayBuffer(4))).toThrow(UnreadableTrace)
    expect(() => decodeTrace(new Uint8Array(64).buffer)).toThrow('This is no trace')
    expect(() => decodeTrace(bytes.slice(0, 200).buffer as ArrayBuffer)).toThrow('cut short')
    expect(() => decodeTrace(bytes.slice(0, bytes.length - 9_000).buffer as ArrayBuffer)).toThrow('cut short')
  })
})

const whole = (agents: Agents) =>
  Array.from({ length: agents.count }, (_, index) => [
    agents.id[index],
    agents.x[index]!.toFixed(2),
    agents.z[index]!.toFixed(2),
    agents.floor[index]!.toFixed(2),
    agents.pose[index],
    agents.urgency[index],
    agents.waiting[index],
  ]).sort(([one], [other]) => Number(one) - Number(other))
