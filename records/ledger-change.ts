/** A change of the ledger that no run's step makes: in a transaction of its own, with everybody told. */
import { applyCalendars, type Ledger, nextCalendarChange } from '../pathways/resources/index.ts'
import { raiseAlerts } from './alerts.ts'
import { hospitalNow } from './clock.ts'
import type { Records, Transaction } from './database.ts'
import { type NewIncident, writeRefusedAgain } from './incident-writing.ts'
import { openLedger, saveLedger } from './ledger.ts'
import { addToOutbox, type OutboxEntry } from './outbox.ts'
import { allocateAndTell } from './telling.ts'

/** Changes the site's ledger, grants what can be granted then, and tells the runs concerned. @param at hospital time. @param given a transaction to do it in. */
export async function changeLedger<T>(
  records: Records,
  at: number,
  change: (ledger: Ledger, tx: Transaction) => T | Promise<T>,
  site = records.site,
  given?: Transaction,
): Promise<T> {
  const inTransaction = async (tx: Transaction): Promise<T> => {
    const open = await openLedger(records, tx, site)
    const changed = await change(open.ledger, tx)
    const outbox: OutboxEntry[] = []
    const incidents: NewIncident[] = []
    const telling = { records, tx, at, outbox, alerts: [], incidents }
    await allocateAndTell(telling, open)
    await writeRefusedAgain(tx, incidents)
    await raiseAlerts(records, tx, telling.alerts)
    await addToOutbox(records, tx, outbox)
    await saveLedger(records, tx, open)
    return changed
  }
  return given ? inTransaction(given) : (records.sql.begin(inTransaction) as Promise<T>)
}

/**
 * Opens and closes units as their calendars say, begins planned slots, and lets what they allow be granted.
 * @returns the hospital time of the next such change; Infinity when there is none.
 */
export async function keepCalendars(records: Records): Promise<number> {
  const at = await hospitalNow(records)
  return changeLedger(records, at, (ledger) => {
    applyCalendars(ledger, at)
    return nextCalendarChange(ledger, at)
  })
}
