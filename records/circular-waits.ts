/** Runs that wait for one another in a circle, found in the live hospital: none of them will ever go on, so somebody must decide who lets go. */
import { type CircularWait, circularWaits, createLedger, waitsForOthersOnly } from '../pathways/resources/index.ts'
import { raiseAlerts } from './alerts.ts'
import { type CutRun, takeCut } from './cut.ts'
import type { Records } from './database.ts'

/** How soon somebody should have looked, hospital milliseconds: a choice of ours. */
const DUE_MS = 15 * 60_000

/**
 * Raises an alert for each run in a circle, once: what it holds and what it waits for, to whoever runs operations. @returns those there are.
 * Looks closer only when somebody who waits holds something.
 */
export async function alertOfCircularWaits(records: Records): Promise<CircularWait[]> {
  const { sql, site } = records
  const [row] = await sql<{ mayBe: boolean }[]>`
    select exists (select 1 from requests r join held h on h.site = r.site and h.holder = r.holder where r.site = ${site}) as "mayBe"`
  if (!row!.mayBe) return []
  const { at, site: time, ledger, runs } = await takeCut(records)
  const byId = new Map(runs.map((run) => [run.id, run]))
  const found = circularWaits(createLedger(ledger, time), (holder) => waitsOnly(byId.get(holder)))
  await raiseAlerts(
    records,
    sql,
    found.map(({ holder, wait, holds, waitsFor }) => ({
      ...{ site, kind: 'circularWait', cause: `circularWait ${holder} ${wait}`, run: holder },
      ...{ level: 'critical' as const, owner: 'operations', openedAt: at, dueAt: at + DUE_MS },
      reason: `${holds.join(', ')} → ${waitsFor.map(({ pool }) => pool).join(', ')}`,
    })),
  )
  return found
}

/** Nothing of it is under way, and nothing on its way to it. */
const waitsOnly = (run: CutRun | undefined): boolean =>
  waitsForOthersOnly(run?.instance?.marking.waits ?? []) && run!.sent.every(({ isDelivered }) => isDelivered)
