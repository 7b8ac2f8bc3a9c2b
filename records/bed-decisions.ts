/**
 * What people decide about beds by hand. Each decision says what it saw; the ledger decides under the site's lock, in one transaction with the
 * fact that says who and why, and with all that the runs concerned must hear.
 */
import { createHash } from 'node:crypto'
import type { Event } from '../pathways/engine/contract.ts'
import {
  type HandReason,
  ImpossibleByHand,
  type Ledger,
  move,
  plan,
  type Request,
  setClosed,
  soil,
  turnedOver,
  type Unit,
  UnknownToLedger,
} from '../pathways/resources/index.ts'
import { currentClock } from './clock.ts'
import type { Queries, Records, Transaction } from './database.ts'
import { type DecisionFact, lastDecision, writeDecisions } from './decisions.ts'
import { RecordsError, type RecordsErrorCode } from './errors.ts'
import { changeLedger } from './ledger-change.ts'
import { addToOutbox, type OutboxEntry } from './outbox.ts'
import { noteCancellation } from './runs.ts'

interface Decided {
  by: string
  reason: string
}

export type BedDecision =
  | (Decided & {
      action: 'assign'
      run: string
      wait: number
      unit: string
      /** Although its attributes are not those asked for. */
      despite: boolean
      /** It is what was proposed. */
      accepted: boolean
      expected: { unit: string; request: string }
    })
  | (Decided & { action: 'unassign'; run: string; wait: number; expected: { request: string } })
  | (Decided & { action: 'move'; from: string; to: string; expected: { from: string; to: string } })
  | (Decided & { action: 'block' | 'unblock' | 'soil' | 'cleaned'; unit: string; expected: { unit: string } })

/** Names how a unit is, as somebody saw it: another name means that it has changed. */
export const revisionOfUnit = ({ state, holder, hold, turnoverRun, outOfService, since }: Readonly<Unit>): string =>
  revision([state, holder, hold, turnoverRun, outOfService, since])

/** Names what a request is planned on. */
export const revisionOfRequest = ({ sequence, slot }: Readonly<Request>): string =>
  revision([sequence, slot?.unit ?? '', slot?.start ?? null])

const revision = (parts: unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12)

/**
 * Carries a decision out, once and as a whole.
 * @throws RecordsError `changedMeanwhile` when a unit or request is not as it was seen; `unknownUnit`, `unknownRequest`; `unitNotHeld`, `unitNotFree`,
 * `unitInUse`, `unitClosed`, `unitPromised`, `unitDoesNotFit`, `unitOfOtherPool`, `unitWithoutTurnover`, `plannedByPathway` when it cannot be.
 */
export async function decideOnBed(records: Records, decision: BedDecision, tx: Transaction): Promise<void> {
  const at = (await currentClock(records, records.site, tx)).hospitalNow
  const { by, reason } = decision
  // The run's row is locked before the site's ledger, as everybody does.
  const cleaning = decision.action === 'cleaned' ? await turnoverRunOf(records, tx, decision.unit) : ''
  if (cleaning !== '') await noteCancellation(tx, cleaning, by, reason)
  const change = async (ledger: Ledger) => {
    await checkSeen(records, tx, ledger, decision)
    const facts: DecisionFact[] = []
    const outbox: OutboxEntry[] = []
    const fact = (unit: string, event: DecisionFact['event'], run: string, more: Partial<DecisionFact['detail']> = {}) => {
      const { id, name, pool } = ledger.units.get(unit)!.unit
      facts.push({ at, event, run, unit: { id, name, pool }, detail: { by, reason, ...more } })
    }
    switch (decision.action) {
      case 'assign': {
        const { run, unit, despite, accepted } = decision
        assign(ledger, decision)
        fact(unit, 'assigned', run, { accepted, despite })
        break
      }
      case 'unassign': {
        const { run, wait } = decision
        const { slot } = requestOf(ledger, run, wait)
        if (!slot?.chosen) throw refusal('plannedByPathway')
        plan(ledger, run, wait, null)
        fact(slot.unit, 'unassigned', run)
        break
      }
      case 'move': {
        const { from, to } = decision
        if (unitOf(ledger, to).outOfService) throw refusal('unitClosed')
        const holder = byHand(() => move(ledger, from, to, at))
        const event: Event = { type: 'moved', at, from, to }
        for (const run of await thoseWhoKnow(tx, holder)) outbox.push({ target: run, kind: 'event', payload: event })
        fact(to, 'moved', holder, { from })
        break
      }
      case 'block':
      case 'unblock': {
        const { unit, action } = decision
        setClosed(ledger, unit, action === 'block', at)
        await noteBlocked(records, tx, unit, action === 'block' ? decision : null)
        fact(unit, action === 'block' ? 'blocked' : 'unblocked', ledger.units.get(unit)!.unit.holder)
        break
      }
      case 'soil':
        byHand(() => soil(ledger, decision.unit, at))
        fact(decision.unit, 'soiled', '')
        break
      case 'cleaned': {
        const { unit } = decision
        if (unitOf(ledger, unit).state !== 'dirty') throw refusal('unitInUse')
        turnedOver(ledger, unit, true, at)
        if (cleaning !== '') outbox.push({ target: cleaning, kind: 'event', payload: { type: 'cancelled', at, reason } })
        fact(unit, 'cleaned', '')
      }
    }
    await addToOutbox(records, tx, outbox)
    await writeDecisions(records, tx, facts)
  }
  await changeLedger(records, at, change, records.site, tx)
}

function assign(ledger: Ledger, { run, wait, unit, despite }: Extract<BedDecision, { action: 'assign' }>): void {
  const { slot, at: asked } = requestOf(ledger, run, wait)
  if (slot && !slot.chosen) throw refusal('plannedByPathway')
  const { state, outOfService } = unitOf(ledger, unit)
  if (outOfService || state === 'closed') throw refusal('unitClosed')
  for (const { requests } of ledger.holders.values())
    for (const { request } of requests)
      if (request.slot?.unit === unit && request.slot.chosen && (request.holder !== run || request.wait !== wait))
        throw refusal('unitPromised')
  const error = plan(ledger, run, wait, { unit, start: asked, chosen: despite ? 'despite' : 'fitting' })
  if (error) throw refusal(error.reason === 'planned unit does not fit' ? 'unitDoesNotFit' : 'unitOfOtherPool')
}

/** Nobody acts on what they did not see: each unit and the request must be as they were shown. */
async function checkSeen(records: Records, tx: Transaction, ledger: Ledger, decision: BedDecision): Promise<void> {
  const units = { unit: 'unit' in decision ? decision.unit : '', from: '', to: '' }
  if (decision.action === 'move') Object.assign(units, { from: decision.from, to: decision.to })
  const expected: Record<string, string> = decision.expected
  for (const [key, id] of Object.entries(units)) {
    if (id === '' || revisionOfUnit(unitOf(ledger, id)) === expected[key]) continue
    const unit = unitOf(ledger, id)
    const last = await lastDecision(records, tx, id, unit.since)
    throw new RecordsError('changedMeanwhile', `${unit.name}${last ? ` (${last.by})` : ''}`)
  }
  if ('run' in decision && revisionOfRequest(requestOf(ledger, decision.run, decision.wait)) !== expected.request)
    throw new RecordsError('changedMeanwhile', decision.run)
}

function unitOf(ledger: Ledger, id: string): Readonly<Unit> {
  const entry = ledger.units.get(id)
  if (!entry) throw new RecordsError('unknownUnit', `There is no unit "${id}".`)
  return entry.unit
}

function requestOf(ledger: Ledger, run: string, wait: number): Readonly<Request> {
  const entry = ledger.holders.get(run)?.requests.find(({ request }) => request.wait === wait)
  if (!entry) throw new RecordsError('unknownRequest', `The run "${run}" does not wait any more under number ${wait}.`)
  return entry.request
}

const REFUSALS: Record<HandReason, RecordsErrorCode> = {
  'not held': 'unitNotHeld',
  'not free': 'unitNotFree',
  'other pool': 'unitOfOtherPool',
  'in use': 'unitInUse',
  'not dirty': 'unitInUse',
  'no turnover': 'unitWithoutTurnover',
}

const refusal = (code: RecordsErrorCode): RecordsError => new RecordsError(code, `It cannot be done: ${code}.`)

function byHand<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof ImpossibleByHand) throw refusal(REFUSALS[error.reason])
    if (error instanceof UnknownToLedger) throw new RecordsError('unknownUnit', error.message)
    throw error
  }
}

/** The run that has a unit, and those that it called, to which it may have lent it. */
async function thoseWhoKnow(tx: Queries, holder: string): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    with recursive called as (
      select id from runs where id = ${holder}
      union all select runs.id from runs join called on runs.caller_run = called.id where runs.ended_at is null)
    select id from called`
  return rows.map(({ id }) => id)
}

async function turnoverRunOf({ site }: Records, tx: Queries, unit: string): Promise<string> {
  const [row] = await tx<{ run: string }[]>`select turnover_run as run from units where site = ${site} and id = ${unit}`
  return row?.run ?? ''
}

async function noteBlocked({ site, encryption }: Records, tx: Queries, unit: string, blocked: Decided | null): Promise<void> {
  await tx`
    update units set blocked_by = ${blocked?.by ?? null}, block_reason = ${blocked && encryption.encryptJson(blocked.reason)}
    where site = ${site} and id = ${unit}`
}
