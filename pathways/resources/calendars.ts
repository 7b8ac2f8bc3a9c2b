/** Opening hours: units whose calendar is closed are closed as soon as nobody uses them. */
import type { Ledger } from './ledger.ts'
import { refresh } from './opening.ts'
import { openOrClose } from './units.ts'

/** Opens and closes what the calendars say, at a time that `nextCalendarChange` gave or any other. */
export const applyCalendars = (ledger: Ledger, at: number): void => {
  for (const entry of ledger.calendars.values()) {
    refresh(ledger, entry, at)
    for (const unit of entry.units) openOrClose(ledger, unit, at)
  }
}

/**
 * The next time after `at` at which `applyCalendars` and `allocate` have something to do although nobody did anything: a calendar may
 * open or close, or a planned slot begins. Infinity when there is none.
 */
export const nextCalendarChange = (ledger: Ledger, at: number): number => {
  let next = Number.POSITIVE_INFINITY
  for (const entry of ledger.calendars.values()) {
    refresh(ledger, entry, at)
    next = Math.min(next, entry.until)
  }
  for (const planned of ledger.planned) {
    if (planned.since <= at) continue
    next = Math.min(next, planned.since)
    break
  }
  return next
}
