/** The board of a pool of units: who has each, until when; who waits for one, why, and which is proposed. As of one moment. */
import {
  allocate,
  createLedger,
  type Explanation,
  explain,
  type Ledger,
  type Proposal,
  proposals,
  type Request,
  type Unit,
} from '../pathways/resources/index.ts'
import { revisionOfRequest, revisionOfUnit } from './bed-decisions.ts'
import { hospitalNow } from './clock.ts'
import type { Records, Transaction } from './database.ts'
import { RecordsError } from './errors.ts'
import { readLedger } from './ledger.ts'
import { loadProgram } from './programs.ts'
import { siteTime } from './sites.ts'
import { readStays, type Stay } from './stays.ts'

export interface BoardUnit extends Unit {
  revision: string
  stay: Stay | null
  /** From when the hold it is of has lasted, through other units too; null when nobody has it. */
  heldSince: number | null
  exit: PlannedExit | null
  /** While dirty: whether somebody is at it. */
  cleaning: { run: string; state: 'waiting' | 'underWay'; since: number } | null
  blocked: { by: string; reason: string } | null
  /** The waiting request that it is promised to by a person, or set aside for by the rule. */
  keptFor: { run: string; wait: number; rule: 'promised' | 'planned' | 'reserved' } | null
}

export interface PlannedExit {
  /** Hospital time, good for the day. */
  at: number
  /** `ready`: nothing medical keeps the patient. `overdue`: the planned day has passed. */
  state: 'planned' | 'overdue' | 'ready'
}

export interface BoardRequest {
  revision: string
  request: Request
  stay: Stay | null
  /** BPMN id and label of what asks. */
  element: string
  name: string
  explanation: Explanation
  proposal: Proposal | null
}

export interface Board {
  at: number
  pool: { id: string; name: string; turnover: string }
  units: BoardUnit[]
  /** In the order in which they are served. */
  requests: BoardRequest[]
}

const DAY_MS = 86_400_000

/** @throws RecordsError `unknownPool`. */
export async function readBoard(records: Records, pool: string): Promise<Board> {
  const at = await hospitalNow(records)
  const read = async (tx: Transaction): Promise<Board> => {
    const snapshot = await readLedger(tx, records.site, 0)
    const blocked = await tx<{ id: string; by: string; reason: Uint8Array }[]>`
      select id, blocked_by as by, block_reason as reason from units where site = ${records.site} and pool = ${pool} and blocked_by is not null`
    const own = snapshot.pools.find(({ id }) => id === pool)
    if (!own) throw new RecordsError('unknownPool', `There is no pool "${pool}".`)
    const ledger = createLedger(snapshot, await siteTime(records, tx, records.site), { ownsSnapshot: true })
    // What is set aside is decided anew at each allocation, and not written anywhere.
    allocate(ledger, at)
    const units = [...ledger.units.values()].filter(({ unit }) => unit.pool === pool)
    const waiting = snapshot.requests.filter(({ needs }) => needs.some((need) => need.pool === pool && need.quantity > 0))
    const runs = new Set([
      ...units.flatMap(({ unit }) => [unit.holder, unit.turnoverRun]).filter((run) => run !== ''),
      ...waiting.map(({ holder }) => holder),
    ])
    const stays = await readStays(records, tx, [...runs])
    const since = heldSince(ledger)
    const exits = new Map(
      units.map(({ unit }) => {
        const stay = unit.state === 'occupied' ? (stays.get(unit.holder) ?? null) : null
        return [unit.id, stay && exitOf(stay, since.get(unit.id) ?? unit.since, at)]
      }),
    )
    const reasons = new Map(
      blocked.map(({ id, by, reason }) => [id, { by, reason: records.encryption.decryptJson<string>(reason) }]),
    )
    const proposed = new Map(
      proposals(ledger, pool, (unit) => usableAt(unit, exits.get(unit.id) ?? null, at), at).map((one) => [
        `${one.holder} ${one.wait}`,
        one,
      ]),
    )
    const requests: BoardRequest[] = []
    for (const request of waiting) {
      const { holder, wait } = request
      const explanation = explain(ledger, holder, wait, at)
      if (!explanation) continue
      const stay = stays.get(holder) ?? null
      const node = stay && (await loadProgram(records, stay.hash, tx)).nodes[stay.waits.get(wait) ?? 0]
      requests.push({
        ...{ request, stay, explanation, revision: revisionOfRequest(request) },
        ...{ element: node?.id ?? '', name: node?.name ?? '', proposal: proposed.get(`${holder} ${wait}`) ?? null },
      })
    }
    requests.sort(
      (left, right) => left.explanation.position - right.explanation.position || left.request.sequence - right.request.sequence,
    )
    const promised = promises(ledger)
    const board = units.map(({ unit, keptFor }): BoardUnit => {
      const stay = unit.holder === '' ? null : (stays.get(unit.holder) ?? null)
      const set = keptFor && { run: keptFor.request.holder, wait: keptFor.request.wait }
      const rule = keptFor?.slotUnit?.unit.id === unit.id ? ('planned' as const) : ('reserved' as const)
      return {
        ...unit,
        revision: revisionOfUnit(unit),
        ...{ stay, exit: exits.get(unit.id) ?? null, heldSince: since.get(unit.id) ?? null },
        cleaning: cleaningOf(unit, stays),
        blocked: unit.outOfService ? (reasons.get(unit.id) ?? null) : null,
        keptFor: promised.get(unit.id) ?? (set && { ...set, rule }),
      }
    })
    return { at, pool: { id: own.id, name: own.name, turnover: own.turnover }, units: board, requests }
  }
  return records.sql.begin('isolation level repeatable read read only', read) as Promise<Board>
}

function heldSince(ledger: Ledger): Map<string, number> {
  const since = new Map<string, number>()
  for (const { held } of ledger.holders.values())
    for (const entry of held) for (const unit of entry.held.units) since.set(unit, entry.held.since)
  return since
}

function promises(ledger: Ledger): Map<string, BoardUnit['keptFor']> {
  const promised = new Map<string, BoardUnit['keptFor']>()
  for (const { requests } of ledger.holders.values())
    for (const { request } of requests)
      if (request.slot?.chosen) promised.set(request.slot.unit, { run: request.holder, wait: request.wait, rule: 'promised' })
  return promised
}

/** The stay lasts `stayDays` days from when the bed was taken; `medicallyReady` says that nothing but the way out is left. */
function exitOf({ variables }: Stay, since: number, at: number): PlannedExit | null {
  if (variables.medicallyReady === true) return { at, state: 'ready' }
  const { stayDays } = variables
  if (typeof stayDays !== 'number') return null
  const exit = since + stayDays * DAY_MS
  return { at: exit, state: exit < at ? 'overdue' : 'planned' }
}

/** A bed that is being cleaned comes first, then one whose patient may leave, then the others by their day. */
function usableAt({ state }: Readonly<Unit>, exit: PlannedExit | null, at: number): number | null {
  if (state === 'dirty') return at
  return exit && Math.max(exit.at, at + 1)
}

function cleaningOf({ turnoverRun }: Unit, stays: ReadonlyMap<string, Stay>): BoardUnit['cleaning'] {
  const stay = turnoverRun === '' ? undefined : stays.get(turnoverRun)
  if (!stay) return null
  const [position] = stay.positions.filter(({ element }) => element !== '').slice(-1)
  const state = position?.state === 'active' ? 'underWay' : 'waiting'
  return { run: stay.run, state, since: position?.since ?? stay.startedAt }
}
