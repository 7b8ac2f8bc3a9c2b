/** appointments.book: books the first free consultation from a number of days on. */

import { civilFromDays, daysFromCivil } from '../../pathways/time/civil.ts'
import { instantOf, isoOf, localTime, type SiteTime } from '../../pathways/time/site.ts'
import { type Connector, ConnectorError, requiredText } from '../connector.ts'
import type { ActivityDependencies } from '../dependencies.ts'
import { uuidOf } from '../documents/identifiers.ts'

/** Consultations open on weekdays from 9 to 12 and from 14 to 17, every 20 minutes: an assumption of the demonstration. */
const OPEN_HOURS = [9, 10, 11, 14, 15, 16]
const OPEN_MINUTES = [0, 20, 40]
/** How many days after the wanted one are looked at. */
const DAYS_MAX = 14

/** Inputs `patient`, `kind` and `inDays`. Gives `appointment` (its id) and `start` (ISO 8601); a repetition finds the same one. */
export const bookAppointment =
  ({ records, clock }: ActivityDependencies): Connector =>
  async (input) => {
    const { inDays } = input.inputs
    if (typeof inDays !== 'number' || !Number.isFinite(inDays) || inDays < 0) {
      throw new ConnectorError(`The task ${input.element} must give "inDays" as a number of days, 0 or more.`, {
        retryable: false,
      })
    }
    const at = await clock.hospitalNow()
    const id = uuidOf(`${input.run}/${input.wait}/appointment`)
    const start = await records.bookAppointment({
      id,
      run: input.run,
      patient: requiredText(input, 'patient'),
      kind: requiredText(input, 'kind'),
      starts: consultationStarts(at, inDays, clock.site),
      at,
    })
    if (start === null)
      throw new ConnectorError(`No consultation is free in the ${DAYS_MAX} days that follow.`, { retryable: false })
    return { appointment: id, start: isoOf(start, clock.site) }
  }

/** Every slot of the days wanted, in order, as hospital times: not before `at`, and from the first day on. */
export function consultationStarts(at: number, inDays: number, site: SiteTime): number[] {
  const today = localTime(at, site)
  const first = daysFromCivil(today.year, today.month, today.day) + Math.floor(inDays)
  const starts: number[] = []
  for (let day = first; day < first + DAYS_MAX; day++) {
    const date = civilFromDays(day)
    for (const hour of OPEN_HOURS) {
      for (const minute of OPEN_MINUTES) {
        const start = instantOf({ ...date, hour, minute }, site)
        if (start >= at && localTime(start, site).weekday <= 5) starts.push(start)
      }
    }
  }
  return starts
}
