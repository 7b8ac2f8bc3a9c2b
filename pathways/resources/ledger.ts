/**
 * The Ledger in memory: who waits for and who holds which unit, with the indexes that make each operation cheap. Everything beyond the
 * plain rows is derived from them, and rebuilt by `createLedger`.
 */
import type { SiteTime } from '../time/site.ts'
import type { Calendar, HeldUnits, LedgerOutcome, LedgerSnapshot, Lot, Pool, Request, Unit } from './contract.ts'
import { addFree, createFreeSet, type FreeSet, removeFree } from './free-set.ts'
import { forgetIfIdle, holderOf } from './holders.ts'
import { UnknownToLedger } from './impossible.ts'
import { createQueue, enqueue, insertByArrival, noteGone, type Queue, tidy } from './queue.ts'

export interface Ledger {
  site: SiteTime
  pools: Map<string, PoolEntry>
  units: Map<string, UnitEntry>
  calendars: Map<string, CalendarEntry>
  /** Runs that hold or ask for something, and those that called them. */
  holders: Map<string, HolderEntry>
  /** How often something was looked for among units and holders: each time they are marked with another number. */
  marks: number
  /** Requests whose slot has not begun, by start. */
  planned: RequestEntry[]
  /** Requests not yet tried. */
  fresh: RequestEntry[]
  /** Pools where something became available, or a reservation changed, since the last allocation. */
  dirty: PoolEntry[]
  /** Pools where something was set aside at the last allocation: for whom, and who may go in whose place, is decided anew each time. */
  settingAside: PoolEntry[]
  /** Whether anything that a decision depends on has changed since the last one. */
  changed: boolean
  nextSequence: number
  /** The earliest expiry not yet acted upon. */
  nextExpiry: number
  outcomes: LedgerOutcome[]
  /** Null when nobody asked to follow changes. */
  changes: ChangedRows | null
  /** Counts allocation rounds, so that an entry met in two queues is tried once. */
  round: number
}

export interface PoolEntry {
  pool: Pool
  units: UnitEntry[]
  /** Units alike in all their attributes, so that a filter is tried once for each kind. */
  kinds: UnitKind[]
  /** Units that anyone may have now: free, and not kept. */
  freeCount: number
  /** Stock, earliest expiry first. */
  lots: Lot[]
  queue: Queue
  /** Requests passed as often as they may be, in order of arrival. */
  reserving: RequestEntry[]
  /** Requests whose planned unit is of this pool and whose slot has begun. */
  slotted: RequestEntry[]
  /** Units set aside; those whose `keptFor` is null meanwhile are so no longer. */
  kept: UnitEntry[]
  /** Groups for which something may be set aside here because they reserve. */
  keeping: RequestGroup[]
  stockKept: number
  /** Among the ledger's dirty pools. */
  dirty: boolean
  /** Something changed: what is set aside is decided anew, and whoever waits here is tried. */
  stale: boolean
  /** The round in which something of it was granted last. */
  grantedInRound: number
}

export interface UnitKind {
  attributes: Unit['attributes']
  units: UnitEntry[]
  free: FreeSet
  mark: number
}

export interface UnitEntry {
  unit: Unit
  pool: PoolEntry
  kind: UnitKind
  /** Place in its kind, where units stand by id. */
  index: number
  /** The request it is set aside for while free. */
  keptFor: RequestEntry | null
}

export interface RequestEntry {
  request: Request
  state: 'planned' | 'waiting' | 'gone'
  /** Its run. */
  holder: HolderEntry
  /** From when it waits. */
  since: number
  groups: RequestGroup[]
  /** The planned unit. */
  slotUnit: UnitEntry | null
  passesMax: number
  reserving: boolean
  triedInRound: number
}

/** The needs of one request that are for one pool. */
export interface RequestGroup {
  entry: RequestEntry
  pool: PoolEntry
  /** Indexes into the request's needs. */
  needs: number[]
  quantity: number
  /** Set aside, by need; null when nothing is. */
  kept: UnitEntry[][] | null
  stockKept: number
  keptComplete: boolean
}

export interface HeldEntry {
  held: HeldUnits
  units: UnitEntry[]
}

export interface HolderEntry {
  run: string
  /** The run that called it: a called run's id is its caller's, a dot and more. */
  caller: HolderEntry | null
  /** Runs that it called, as far as they hold or ask for something. */
  called: HolderEntry[]
  requests: RequestEntry[]
  held: HeldEntry[]
  mark: number
}

export interface CalendarEntry {
  calendar: Calendar
  units: UnitEntry[]
  open: boolean
  /** `open` holds from `from` inclusive to `until` exclusive. */
  from: number
  until: number
}

export interface ChangedRows {
  pools: Set<PoolEntry>
  units: Set<UnitEntry>
  lots: Map<string, { pool: string; lot: string }>
  requests: Set<RequestEntry>
  held: Set<HeldEntry>
}

/**
 * A ledger over its own copy of a snapshot. The first `allocate` looks at everything, later ones at what changed.
 * `trackChanges` collects the rows that change, for `drainChanges`; with `ownsSnapshot` the snapshot is nobody else's, and not copied.
 * @throws UnknownToLedger when a unit, lot, request or hold names something that is not there.
 */
export const createLedger = (
  snapshot: LedgerSnapshot,
  site: SiteTime,
  options: { trackChanges?: boolean; ownsSnapshot?: boolean } = {},
): Ledger => {
  const copy = options.ownsSnapshot ? snapshot : structuredCloneOfJson(snapshot)
  const ledger: Ledger = {
    site,
    pools: new Map(),
    units: new Map(),
    calendars: new Map(),
    holders: new Map(),
    marks: 0,
    planned: [],
    fresh: [],
    dirty: [],
    settingAside: [],
    changed: true,
    nextSequence: copy.nextSequence,
    nextExpiry: Number.NEGATIVE_INFINITY,
    outcomes: [],
    changes: options.trackChanges
      ? { pools: new Set(), units: new Set(), lots: new Map(), requests: new Set(), held: new Set() }
      : null,
    round: 0,
  }
  for (const pool of copy.pools) ledger.pools.set(pool.id, createPoolEntry(pool))
  for (const calendar of copy.calendars)
    ledger.calendars.set(calendar.id, { calendar, units: [], open: false, from: 0, until: 0 })
  for (const unit of copy.units) addUnit(ledger, unit)
  for (const pool of ledger.pools.values()) indexKinds(pool)
  for (const lot of copy.lots) poolOf(ledger, lot.pool).lots.push(lot)
  for (const pool of ledger.pools.values()) pool.lots.sort(byExpiry)
  for (const held of copy.held) {
    const units = held.units.map((id) => unitOf(ledger, id))
    holderOf(ledger, held.holder).held.push({ held, units })
  }
  for (const request of copy.requests.sort((left, right) => left.sequence - right.sequence)) admit(ledger, request)
  for (const pool of ledger.pools.values()) markDirty(ledger, pool)
  return ledger
}

/** Everything the ledger knows as plain JSON, in an order that depends on nothing but what it says. */
export const snapshotOf = (ledger: Ledger): LedgerSnapshot => {
  const requests: Request[] = []
  const held: HeldUnits[] = []
  for (const holder of ledger.holders.values()) {
    for (const entry of holder.requests) requests.push(entry.request)
    for (const entry of holder.held) held.push(entry.held)
  }
  return structuredCloneOfJson({
    pools: [...ledger.pools.values()].map((entry) => entry.pool),
    units: [...ledger.units.values()].map((entry) => entry.unit),
    lots: [...ledger.pools.values()].flatMap((entry) => entry.lots),
    calendars: [...ledger.calendars.values()].map((entry) => entry.calendar),
    requests: requests.sort((left, right) => left.sequence - right.sequence),
    held: held.sort((left, right) => compareText(left.holder, right.holder) || left.hold - right.hold),
    nextSequence: ledger.nextSequence,
  })
}

const structuredCloneOfJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** By code unit, so that every machine sorts alike. */
export const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

export const byExpiry = (left: Lot, right: Lot): number => left.expiresAt - right.expiresAt || compareText(left.lot, right.lot)

const createPoolEntry = (pool: Pool): PoolEntry => ({
  pool,
  units: [],
  kinds: [],
  freeCount: 0,
  lots: [],
  queue: createQueue(),
  reserving: [],
  slotted: [],
  kept: [],
  keeping: [],
  stockKept: 0,
  dirty: false,
  stale: false,
  grantedInRound: 0,
})

const addUnit = (ledger: Ledger, unit: Unit): void => {
  const pool = poolOf(ledger, unit.pool)
  const key = JSON.stringify(Object.entries(unit.attributes).sort(([left], [right]) => compareText(left, right)))
  let kind = pool.kinds.find((candidate) => keyOfKind.get(candidate) === key)
  if (!kind) {
    kind = { attributes: unit.attributes, units: [], free: createFreeSet(0), mark: 0 }
    keyOfKind.set(kind, key)
    pool.kinds.push(kind)
  }
  const entry: UnitEntry = { unit, pool, kind, index: -1, keptFor: null }
  kind.units.push(entry)
  pool.units.push(entry)
  ledger.units.set(unit.id, entry)
  if (unit.calendar !== '') calendarOf(ledger, unit.calendar).units.push(entry)
}

const keyOfKind = new WeakMap<UnitKind, string>()

const indexKinds = (pool: PoolEntry): void => {
  for (const kind of pool.kinds) {
    kind.units.sort((left, right) => compareText(left.unit.id, right.unit.id))
    kind.free = createFreeSet(kind.units.length)
    kind.units.forEach((entry, index) => {
      entry.index = index
      if (entry.unit.state === 'free') offer(entry)
    })
  }
}

export const poolOf = (ledger: Ledger, id: string): PoolEntry => {
  const entry = ledger.pools.get(id)
  if (!entry) throw new UnknownToLedger(`pool "${id}"`)
  return entry
}

export const unitOf = (ledger: Ledger, id: string): UnitEntry => {
  const entry = ledger.units.get(id)
  if (!entry) throw new UnknownToLedger(`unit "${id}"`)
  return entry
}

export const calendarOf = (ledger: Ledger, id: string): CalendarEntry => {
  const entry = ledger.calendars.get(id)
  if (!entry) throw new UnknownToLedger(`calendar "${id}"`)
  return entry
}

/** Makes a free unit one that anyone may have. */
export const offer = (entry: UnitEntry): void => {
  addFree(entry.kind.free, entry.index)
  entry.pool.freeCount++
}

/** The opposite of `offer`: it is used, closed, or set aside. */
export const takeOff = (entry: UnitEntry): void => {
  removeFree(entry.kind.free, entry.index)
  entry.pool.freeCount--
}

export const markDirty = (ledger: Ledger, pool: PoolEntry): void => {
  ledger.changed = true
  pool.stale = true
  lookAt(ledger, pool)
}

/** Nothing changed there, but something is set aside: whoever may go in somebody's place may have changed. */
export const lookAt = (ledger: Ledger, pool: PoolEntry): void => {
  if (pool.dirty) return
  pool.dirty = true
  ledger.dirty.push(pool)
}

/** Indexes a possible request: among the planned, or in the queues of its pools. */
export const admit = (ledger: Ledger, request: Request): RequestEntry => {
  const holder = holderOf(ledger, request.holder)
  const entry: RequestEntry = {
    request,
    state: 'planned',
    holder,
    since: request.slot === null ? request.at : Math.max(request.at, request.slot.start),
    groups: [],
    slotUnit: request.slot === null || request.slot.unit === '' ? null : unitOf(ledger, request.slot.unit),
    passesMax: Number.MAX_SAFE_INTEGER,
    reserving: false,
    triedInRound: 0,
  }
  request.needs.forEach((need, index) => {
    if (need.quantity === 0) return
    const pool = poolOf(ledger, need.pool)
    let group = entry.groups.find((candidate) => candidate.pool === pool)
    if (!group) {
      group = { entry, pool, needs: [], quantity: 0, kept: null, stockKept: 0, keptComplete: false }
      entry.groups.push(group)
    }
    group.needs.push(index)
    group.quantity += need.quantity
    entry.passesMax = Math.min(entry.passesMax, pool.pool.passesMax)
  })
  ledger.changed = true
  holder.requests.push(entry)
  if (entry.since > request.at) insertByArrival(ledger.planned, entry)
  else beginWaiting(ledger, entry)
  return entry
}

/** A request joins its queues: at once, or when its slot begins. */
export const beginWaiting = (ledger: Ledger, entry: RequestEntry): void => {
  ledger.changed = true
  entry.state = 'waiting'
  ledger.fresh.push(entry)
  for (const group of entry.groups) enqueue(group.pool.queue, entry)
  if (entry.slotUnit) {
    entry.slotUnit.pool.slotted.push(entry)
    markDirty(ledger, entry.slotUnit.pool)
  }
  if (entry.request.passed >= entry.passesMax) beginReserving(ledger, entry)
}

export const beginReserving = (ledger: Ledger, entry: RequestEntry): void => {
  entry.reserving = true
  for (const group of entry.groups) {
    insertByArrival(group.pool.reserving, entry)
    markDirty(ledger, group.pool)
  }
}

/** Out of every index: granted or withdrawn. Queues still have to be tidied. */
export const leave = (ledger: Ledger, entry: RequestEntry): void => {
  const { holder } = entry
  ledger.changed = true
  if (entry.state === 'planned') ledger.planned.splice(ledger.planned.indexOf(entry), 1)
  else {
    for (const group of entry.groups) {
      noteGone(group.pool.queue)
      group.keptComplete = false
      if (entry.reserving) group.pool.reserving.splice(group.pool.reserving.indexOf(entry), 1)
    }
    if (entry.slotUnit) entry.slotUnit.pool.slotted.splice(entry.slotUnit.pool.slotted.indexOf(entry), 1)
  }
  entry.state = 'gone'
  holder.requests.splice(holder.requests.indexOf(entry), 1)
  forgetIfIdle(ledger, holder)
  ledger.changes?.requests.add(entry)
}

export const tidyQueues = (entry: RequestEntry): void => {
  for (const group of entry.groups) tidy(group.pool.queue)
}
