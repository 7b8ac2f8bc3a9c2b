/** What happened, handed over once: decisions for the waiting runs, changed rows for a database. */
import type { LedgerChanges, LedgerOutcome } from './contract.ts'
import type { Ledger } from './ledger.ts'

/** Everything decided since the last call, in order. */
export const drainOutcomes = (ledger: Ledger): LedgerOutcome[] => {
  const { outcomes } = ledger
  if (outcomes.length > 0) ledger.outcomes = []
  return outcomes
}

/**
 * The rows that changed since the last call, as they are now (the ledger's own: copy what must not change later), and those deleted.
 * @throws Error when the ledger was created without `trackChanges`.
 */
export const drainChanges = (ledger: Ledger): LedgerChanges => {
  const rows = ledger.changes
  if (!rows) throw new Error('This ledger does not follow changes: create it with { trackChanges: true }.')
  const changes: LedgerChanges = {
    pools: [...rows.pools].map((entry) => entry.pool),
    units: [...rows.units].map((entry) => entry.unit),
    lots: [],
    requests: [],
    held: [],
    lotsGone: [],
    requestsGone: [],
    heldGone: [],
    nextSequence: ledger.nextSequence,
  }
  for (const { pool, lot } of rows.lots.values()) {
    const row = ledger.pools.get(pool)!.lots.find((candidate) => candidate.lot === lot)
    if (row) changes.lots.push(row)
    else changes.lotsGone.push({ pool, lot })
  }
  for (const entry of rows.requests) {
    const { holder, wait } = entry.request
    if (entry.state === 'gone') changes.requestsGone.push({ holder, wait })
    else changes.requests.push(entry.request)
  }
  for (const entry of rows.held) {
    const { holder, hold } = entry.held
    if (ledger.holders.get(holder)?.held.includes(entry)) changes.held.push(entry.held)
    else changes.heldGone.push({ holder, hold })
  }
  for (const set of Object.values(rows)) set.clear()
  return changes
}
