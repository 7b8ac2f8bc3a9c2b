/** Runs the allocator and tells everybody what it decided. */
import type { Event, Grant } from '../pathways/engine/contract.ts'
import { allocate, drainOutcomes, type Ledger, type LedgerOutcome, turnoverBegun } from '../pathways/resources/index.ts'
import type { NewAlert } from './alerts.ts'
import type { Records, Transaction } from './database.ts'
import type { NewIncident } from './incident-writing.ts'
import type { OpenLedger } from './ledger.ts'
import type { OutboxEntry } from './outbox.ts'
import { currentVersion } from './programs.ts'
import { insertRun, newRun, starting } from './starting.ts'

/** Where decisions go; a step of a run also has answers for that very run. */
export interface Telling {
  records: Records
  tx: Transaction
  at: number
  outbox: OutboxEntry[]
  alerts: NewAlert[]
  incidents: NewIncident[]
  answer?: Event[]
  run?: { id: string }
}

/** Grants what can be granted now. Turnover runs begin and stock is ordered, in the same transaction. */
export async function allocateAndTell(telling: Telling, { ledger, site }: OpenLedger): Promise<void> {
  allocate(ledger, telling.at)
  const consumed: object[] = []
  for (const outcome of drainOutcomes(ledger)) {
    if (outcome.type === 'granted') consumed.push(...granted(telling, ledger, site, outcome))
    else if (outcome.type === 'turnoverDue') await beginTurnover(telling, ledger, site, outcome)
    else if (outcome.type === 'reorderDue') await reorder(telling, site, outcome)
    else refused(telling, site, outcome)
  }
  if (consumed.length > 0) await telling.tx`insert into consumptions ${telling.tx(consumed as Record<string, string>[])}`
}

type OutcomeOf<Type extends LedgerOutcome['type']> = Extract<LedgerOutcome, { type: Type }>

function granted(telling: Telling, ledger: Ledger, site: string, { at, holder, wait, grants }: OutcomeOf<'granted'>): object[] {
  const event: Event = { type: 'granted', at, wait, grants }
  if (holder === telling.run?.id) telling.answer!.push(event)
  else telling.outbox.push({ target: holder, kind: 'event', payload: event })
  return grants.flatMap(({ hold, lots }: Grant) =>
    lots.map(({ lot, quantity }) => ({ site, run: holder, hold, pool: poolOfHold(ledger, holder, hold), lot, quantity, at })),
  )
}

const poolOfHold = (ledger: Ledger, holder: string, hold: number): string =>
  ledger.holders.get(holder)!.held.find(({ held }) => held.hold === hold)!.held.pool

async function beginTurnover(telling: Telling, ledger: Ledger, site: string, due: OutcomeOf<'turnoverDue'>): Promise<void> {
  const { tx, outbox, alerts } = telling
  const { at, unit, pool, pathway, after } = due
  const { name, place } = ledger.units.get(unit)!.unit
  const version = await currentVersion(tx, pathway)
  if (!version) {
    const cause = `turnover of ${unit} after ${after}`
    alerts.push({ site, kind: 'turnoverMissing', cause, unit, pool, place, level: 'warning', owner: 'bed-manager', openedAt: at })
    return
  }
  const run = `${after}.${unit}.${at}`
  if (!(await insertRun(tx, newRun({ ...version, run, site, at, patient: null, turnoverUnit: unit }))))
    throw new Error(`The turnover run ${run} is there already`)
  turnoverBegun(ledger, unit, run)
  outbox.push(starting(run, at, { variables: { unit, unitName: name, place, pool } }))
}

/** The pathway that orders more of a stock and receives it, when the hospital has one; else somebody is told. */
const RESTOCK_PATHWAY = 'restock'

async function reorder({ tx, alerts, outbox }: Telling, site: string, due: OutcomeOf<'reorderDue'>): Promise<void> {
  const { at, pool, quantity, remaining } = due
  const [row] = await tx<{ id: number }[]>`
    insert into reorders (site, pool, quantity, remaining, ordered_at) values (${site}, ${pool}, ${quantity}, ${remaining}, ${at})
    returning id`
  const version = await currentVersion(tx, RESTOCK_PATHWAY)
  const run = `${RESTOCK_PATHWAY}-${row!.id}`
  if (version && (await insertRun(tx, newRun({ ...version, run, site, at, patient: null })))) {
    outbox.push(starting(run, at, { variables: { pool, quantity } }))
    return
  }
  alerts.push({ site, kind: 'reorder', cause: `reorder ${row!.id}`, pool, level: 'info', owner: 'operations', openedAt: at })
}

function refused({ incidents, run }: Telling, site: string, { at, holder, wait, error }: OutcomeOf<'refused'>): void {
  if (run && holder !== run.id) throw new Error(`A request of run ${holder} was refused in the step of another`)
  const { pool, reason, message } = error
  const found = { site, run: holder, wait, activity: 'request', reason: message, owner: 'bed-manager', openedAt: at }
  incidents.push({ ...found, refused: { pool, reason } })
}
