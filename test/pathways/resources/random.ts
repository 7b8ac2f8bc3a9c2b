/** Random operations on small ledgers, and the slow answers to what may be granted: nothing here knows of queues or free sets. */
import fc from 'fast-check'
import { expect } from 'vitest'
import type { RequestedNeed } from '../../../pathways/engine/contract.ts'
import {
  type Ledger,
  type LedgerSnapshot,
  occupy,
  type Request,
  release,
  request,
  restock,
  setClosed,
  setPriority,
  snapshotOf,
  transfer,
  turnedOver,
  type Unit,
  withdraw,
} from '../../../pathways/resources/index.ts'
import { lot, pool, snapshot, unit } from './build.ts'

export const hourMs = 3_600_000

export interface Step {
  what:
    | 'request'
    | 'request'
    | 'withdraw'
    | 'occupy'
    | 'release'
    | 'transfer'
    | 'close'
    | 'restock'
    | 'priority'
    | 'turnover'
    | 'wait'
  pick: number
  needs: Omit<RequestedNeed, 'hold'>[]
  priority: number
  slot: { unit: string; start: number } | null
}

const where = fc.oneof(
  { weight: 3, arbitrary: fc.constant<RequestedNeed['where']>([]) },
  fc.constantFrom<RequestedNeed['where'][]>(
    [{ attribute: 'isolation', operator: '=', value: true }],
    [{ attribute: 'sex', operator: '=', value: 'F' }],
    [{ attribute: 'sex', operator: '!=', value: 'M' }],
    [{ attribute: 'level', operator: '>=', value: 2 }],
    [{ attribute: 'sex', operator: 'in', value: ['M', 'F'] }],
  ),
)
const need = fc.oneof(
  fc.record({ pool: fc.constant('bed'), quantity: fc.integer({ min: 0, max: 2 }), where }),
  fc.record({
    pool: fc.constant('nurse'),
    quantity: fc.integer({ min: 1, max: 2 }),
    where: fc.constant<RequestedNeed['where']>([]),
  }),
  fc.record({
    pool: fc.constant('kit'),
    quantity: fc.integer({ min: 1, max: 3 }),
    where: fc.constant<RequestedNeed['where']>([]),
  }),
)
export const stepOf = (needsMax: number, onePerPool: boolean): fc.Arbitrary<Step> =>
  fc.record({
    what: fc.constantFrom<Step['what']>(
      'request',
      'request',
      'request',
      'request',
      'withdraw',
      'occupy',
      'occupy',
      'release',
      'release',
      'release',
      'transfer',
      'close',
      'restock',
      'priority',
      'turnover',
      'turnover',
      'wait',
    ),
    pick: fc.nat(1000),
    needs: onePerPool
      ? fc.uniqueArray(need, { minLength: 1, maxLength: needsMax, selector: (one) => one.pool })
      : fc.array(need, { minLength: 1, maxLength: needsMax }),
    priority: fc.integer({ min: 0, max: 2 }),
    slot: fc.option(
      fc.record({
        unit: fc.constantFrom('bed-1', 'bed-3', ''),
        start: fc.integer({ min: 0, max: 30 }).map((hours) => hours * hourMs),
      }),
      { freq: 6 },
    ),
  })

export const hospital = (passesMax: number): LedgerSnapshot =>
  snapshot({
    pools: [
      pool('bed', { turnover: 'Cleaning', passesMax }),
      pool('nurse', { passesMax: passesMax + 1 }),
      pool('kit', { kind: 'stock', reorderThreshold: 2, reorderQuantity: 5, passesMax: 50 }),
    ],
    units: [
      unit('bed-1', 'bed', { attributes: { isolation: true, sex: 'F' } }),
      unit('bed-2', 'bed', { attributes: { sex: 'F', level: 1 } }),
      unit('bed-3', 'bed', { attributes: { sex: 'M', level: 3 } }),
      unit('bed-4', 'bed', {}),
      unit('nurse-1', 'nurse', { calendar: 'day' }),
      unit('nurse-2', 'nurse', {}),
      unit('nurse-3', 'nurse', {}),
    ],
    lots: [lot('kit', 'a', 4, 20 * hourMs), lot('kit', 'b', 3)],
    calendars: [{ id: 'day', open: [{ fromMinute: 480, toMinute: 1200 }] }],
  })

/** Nothing closes, nothing has to be cleaned, and people ask for much: here requests pass one another. */
export const contended = (passesMax: number): LedgerSnapshot => {
  const plain = hospital(passesMax)
  return {
    ...plain,
    pools: plain.pools.map((one) => ({ ...one, turnover: '', passesMax: one.kind === 'stock' ? passesMax + 2 : one.passesMax })),
    units: plain.units.map((one) => ({ ...one, calendar: '' })),
  }
}
export const contendedStep = stepOf(3, true).map((step): Step => {
  const what = step.what === 'close' || step.what === 'turnover' || step.what === 'transfer' ? 'withdraw' : step.what
  const needs = step.pick % 3 === 0 ? step.needs : step.needs.slice(0, 1)
  return { ...step, what: what === 'wait' ? 'request' : what, needs, slot: null }
})

/** Does one step to a ledger; what cannot be done is not tried, by the same rule for equal ledgers. */
export const perform = (ledger: Ledger, step: Step, at: number, serial: number): void => {
  const { requests, held, units } = snapshotOf(ledger)
  const pickOf = <T>(items: T[]): T | undefined => items[step.pick % items.length]
  switch (step.what) {
    case 'request':
      return request(ledger, {
        holder: `run-${serial}`,
        wait: 1,
        needs: step.needs.map((one, index) => ({ ...one, hold: index + 1 })),
        priority: step.priority,
        slot: step.slot,
        at,
      })
    case 'withdraw': {
      const one = pickOf(requests)
      if (one) expect(withdraw(ledger, one.holder, one.wait)).toBe(true)
      return
    }
    case 'occupy': {
      const one = pickOf(held)
      return one && occupy(ledger, one.holder, one.hold, at)
    }
    case 'release': {
      const one = pickOf(held)
      return one && release(ledger, one.holder, one.hold, at)
    }
    case 'transfer': {
      const one = pickOf(held)
      return one && transfer(ledger, one.holder, one.hold, `heir-${serial}`, 1)
    }
    case 'close': {
      const one = pickOf(units)!
      return setClosed(ledger, one.id, !one.outOfService, at)
    }
    case 'restock':
      return restock(ledger, 'kit', `lot-${step.pick % 4}`, 1 + (step.pick % 3), (20 + (step.pick % 40)) * hourMs)
    case 'priority': {
      const one = pickOf(requests)
      if (one) expect(setPriority(ledger, one.holder, one.wait, step.priority)).toBe(true)
      return
    }
    case 'turnover': {
      const one = pickOf(units.filter((candidate) => candidate.state === 'dirty'))
      return one && turnedOver(ledger, one.id, step.pick % 3 > 0, at)
    }
    case 'wait':
      return
  }
}

export const meetsAll = (attributes: Unit['attributes'], filters: RequestedNeed['where']): boolean =>
  filters.every(({ attribute, operator, value }) => {
    const own = attributes[attribute] ?? (value === true || value === false ? false : null)
    if (operator === '=') return own === value
    if (operator === '!=') return own !== value
    if (operator === '>=') return own !== null && own >= value!
    if (operator === '<=') return own !== null && own <= value!
    return (value as unknown[]).includes(own)
  })

/** Tries every way to give the needs units; `forced` must be among them. */
export const findable = (needs: RequestedNeed[], free: Unit[], forced: string): boolean => {
  const places = needs.flatMap((one) => new Array<RequestedNeed>(one.quantity).fill(one))
  const attempt = (index: number, left: Unit[]): boolean => {
    if (index === places.length) return forced === '' || !left.some((one) => one.id === forced)
    return left.some(
      (one) =>
        one.pool === places[index]!.pool &&
        meetsAll(one.attributes, places[index]!.where) &&
        attempt(
          index + 1,
          left.filter((other) => other !== one),
        ),
    )
  }
  return (forced === '' || free.some((one) => one.id === forced)) && attempt(0, free)
}

export const usable = (state: LedgerSnapshot, at: number) =>
  state.lots.reduce((sum, one) => sum + (one.expiresAt > at ? one.quantity : 0), 0)
export const kitsOf = (needs: RequestedNeed[]) => needs.reduce((sum, one) => sum + (one.pool === 'kit' ? one.quantity : 0), 0)
export const unitNeeds = (needs: RequestedNeed[]) => needs.filter((one) => one.pool !== 'kit')
export const sinceOf = (one: Request) => Math.max(one.at, one.slot?.start ?? 0)
export const isDue = (one: Request, at: number) => sinceOf(one) <= at
