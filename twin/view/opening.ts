/** Which calendars are open and which units closed at a time: worked out anew minute by minute, and whenever a live hospital is read. */
import type { Calendar } from '../../pathways/resources/contract.ts'
import { localTime } from '../../pathways/time/site.ts'
import type { Trace } from '../trace/trace.ts'

const WEEK = 10_080

export class Opening {
  /** By calendar: 1 while it is open. */
  readonly isOpen: Uint8Array
  /** By unit: 1 while nobody can have it, be it out of hours or closed by somebody. */
  readonly isClosed: Uint8Array
  readonly #trace: Trace
  /** Since hospital time 0: what is closed may change with it. */
  minute = -1

  constructor(trace: Trace) {
    this.#trace = trace
    this.isOpen = new Uint8Array(trace.calendars.length)
    this.isClosed = new Uint8Array(trace.units.length)
  }

  /** As it is at a time, in hospital milliseconds. */
  update(at: number): void {
    const minute = Math.floor(at / 60_000)
    if (minute === this.minute && this.#trace.runs.ids === null) return
    this.minute = minute
    const { calendars, units, closures, site } = this.#trace
    if (calendars.length > 0) {
      const { minuteOfWeek: now } = localTime(at, site)
      calendars.forEach((calendar, index) => {
        this.isOpen[index] = isOpen(calendar, now) ? 1 : 0
      })
    }
    for (let unit = 0; unit < units.length; unit++) {
      const { calendar } = units[unit]!
      this.isClosed[unit] = calendar >= 0 && this.isOpen[calendar] === 0 ? 1 : 0
    }
    for (const { unit, from, until } of closures) if (at >= from && (until === null || at < until)) this.isClosed[unit] = 1
  }
}

const isOpen = ({ open }: Calendar, minute: number): boolean =>
  open.some(
    ({ fromMinute, toMinute }) =>
      (minute >= fromMinute && minute < toMinute) || (minute + WEEK >= fromMinute && minute + WEEK < toMinute),
  )
