/** What the records say of units in use past closing: the series `pool.POOL.overrunMinutes` of a live hospital. */
import { applyCalendars, createLedger, type LedgerSnapshot } from '../../pathways/resources/index.ts'
import { isOpen } from '../../pathways/resources/opening.ts'
import type { SiteTime } from '../../pathways/time/site.ts'

/** A unit was in somebody's hands. */
export interface UseOfUnit {
  unit: string
  /** Hospital milliseconds; null for what lasts. */
  from: number
  until: number | null
}

/** By series, minutes between two hospital times; of every pool of which a unit has opening hours. */
export const overrunsOf = (
  snapshot: LedgerSnapshot,
  site: SiteTime,
  uses: readonly UseOfUnit[],
  from: number,
  until: number,
): Record<string, number> => {
  const ledger = createLedger({ ...snapshot, units: [], requests: [], held: [] }, site)
  const closed = new Map(
    snapshot.calendars.map(({ id }) => {
      const stretches: [from: number, until: number][] = []
      for (let at = from; at < until; ) {
        applyCalendars(ledger, at)
        const next = Math.min(until, ledger.calendars.get(id)!.until)
        if (!isOpen(ledger, id, at)) stretches.push([at, next])
        at = next
      }
      return [id, stretches]
    }),
  )
  const units = new Map(snapshot.units.map((unit) => [unit.id, unit]))
  const minutes: Record<string, number> = {}
  for (const { pool, calendar } of snapshot.units) if (calendar !== '') minutes[seriesOf(pool)] = 0
  for (const use of uses) {
    const { pool, calendar = '' } = units.get(use.unit) ?? {}
    if (pool === undefined || calendar === '') continue
    for (const [begun, over] of closed.get(calendar) ?? []) {
      const ms = Math.min(over, use.until ?? until) - Math.max(begun, use.from)
      if (ms > 0) minutes[seriesOf(pool)]! += ms / 60_000
    }
  }
  return minutes
}

const seriesOf = (pool: string): string => `pool.${pool}.overrunMinutes`
