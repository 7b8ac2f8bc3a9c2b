/** Small ledgers for tests: say what matters, the rest is ordinary. */
import type { LedgerSnapshot, Lot, Pool, Unit } from '../../../pathways/resources/index.ts'

export const site = { epoch: '2026-01-05T00:00:00+01:00', timeZone: 'Europe/Paris' }

export const pool = (id: string, more: Partial<Pool> = {}): Pool => ({
  id,
  name: id,
  kind: 'units',
  turnover: '',
  reorderThreshold: 0,
  reorderQuantity: 0,
  ordered: false,
  passesMax: 1000,
  ...more,
})

export const unit = (id: string, poolId: string, more: Partial<Unit> = {}): Unit => ({
  id,
  pool: poolId,
  name: id,
  place: '',
  attributes: {},
  state: 'free',
  holder: '',
  hold: -1,
  turnoverRun: '',
  calendar: '',
  outOfService: false,
  since: 0,
  ...more,
})

export const units = (poolId: string, count: number): Unit[] =>
  Array.from({ length: count }, (_, index) => unit(`${poolId}-${index + 1}`, poolId))

export const lot = (poolId: string, id: string, quantity: number, expiresAt = Number.MAX_SAFE_INTEGER): Lot => ({
  pool: poolId,
  lot: id,
  quantity,
  expiresAt,
})

export const snapshot = (more: Partial<LedgerSnapshot>): LedgerSnapshot => ({
  pools: [],
  units: [],
  lots: [],
  calendars: [],
  requests: [],
  held: [],
  nextSequence: 0,
  ...more,
})
