/** What people decide by hand. Method: small ledgers; what is decided must hold after the next allocation too, and be the same after a snapshot. */
import { describe, expect, it } from 'vitest'
import {
  allocate,
  createLedger,
  drainChanges,
  drainOutcomes,
  explain,
  ImpossibleByHand,
  type Ledger,
  move,
  occupy,
  plan,
  proposals,
  release,
  request,
  snapshotOf,
  soil,
  turnedOver,
  type Unit,
} from '../../../pathways/resources/index.ts'
import { pool, site, snapshot, unit } from './build.ts'

const bed = (id: string, attributes: Unit['attributes'] = {}) => unit(id, 'bed', { attributes })
const beds = (...units: Unit[]) =>
  createLedger(snapshot({ pools: [pool('bed', { turnover: 'cleaning' })], units }), site, { trackChanges: true })
const ask = (
  ledger: Ledger,
  holder: string,
  at: number,
  where: { attribute: string; value: boolean | string }[] = [],
  priority = 0,
) => {
  const needs = [{ hold: 1, pool: 'bed', quantity: 1, where: where.map((one) => ({ operator: '=' as const, ...one })) }]
  request(ledger, { holder, wait: 1, needs, priority, slot: null, at })
}
const granted = (ledger: Ledger, at: number): string[] => {
  allocate(ledger, at)
  return drainOutcomes(ledger).flatMap((one) => (one.type === 'granted' ? [`${one.holder}:${one.grants[0]!.units}`] : []))
}
const stateOf = (ledger: Ledger, id: string) => ledger.units.get(id)!.unit.state
const isolated = [{ attribute: 'isolation', value: true }]

describe('a unit chosen for who waits', () => {
  it('is kept for it while it is being cleaned, before more urgent ones, and granted once it is free', () => {
    const ledger = beds(bed('a'))
    ask(ledger, 'before', 0)
    expect(granted(ledger, 0)).toEqual(['before:a'])
    ask(ledger, 'chosen', 1)
    ask(ledger, 'urgent', 2, [], 9)
    expect(plan(ledger, 'chosen', 1, { unit: 'a', start: 1, chosen: 'fitting' })).toBeNull()
    expect(explain(ledger, 'chosen', 1, 3)!.planned).toEqual({ unit: 'a', state: 'reserved', start: 1, chosen: true })
    occupy(ledger, 'before', 1, 3)
    const again = createLedger(snapshotOf(ledger), site)
    for (const one of [ledger, again]) {
      release(one, 'before', 1, 4)
      expect(granted(one, 4)).toEqual([])
      turnedOver(one, 'a', true, 5)
      expect(granted(one, 5)).toEqual(['chosen:a'])
    }
  })

  it('may lack what was asked for when a person says so, and only then', () => {
    const ledger = beds(bed('plain'), bed('single', { isolation: true }))
    ask(ledger, 'first', 0, isolated)
    granted(ledger, 0)
    ask(ledger, 'second', 1, isolated)
    expect(granted(ledger, 1)).toEqual([])
    drainChanges(ledger)
    const refusal = plan(ledger, 'second', 1, { unit: 'plain', start: 1, chosen: 'fitting' })
    expect(refusal?.reason).toBe('planned unit does not fit')
    expect(drainChanges(ledger).requests).toEqual([])
    expect(plan(ledger, 'second', 1, { unit: 'plain', start: 1, chosen: 'despite' })).toBeNull()
    expect(granted(ledger, 2)).toEqual(['second:plain'])
  })

  it('is written as the one row that the request is, and can be left open again', () => {
    const ledger = beds(bed('a'), bed('b'))
    ask(ledger, 'x', 0)
    ask(ledger, 'y', 0)
    granted(ledger, 0)
    ask(ledger, 'z', 1)
    granted(ledger, 1)
    drainChanges(ledger)
    plan(ledger, 'z', 1, { unit: 'b', start: 1, chosen: 'fitting' })
    const { requests, requestsGone } = drainChanges(ledger)
    expect(requestsGone).toEqual([{ holder: 'z', wait: 1 }])
    expect(requests).toMatchObject([{ holder: 'z', sequence: 2, at: 1, slot: { unit: 'b' } }])
    plan(ledger, 'z', 1, null)
    expect(snapshotOf(ledger).requests[0]!.slot).toBeNull()
  })
})

describe('another unit for who has one', () => {
  it('changes the unit under the same hold, and leaves the old one dirty', () => {
    const ledger = beds(bed('a'), bed('b'))
    ask(ledger, 'patient', 0)
    granted(ledger, 0)
    occupy(ledger, 'patient', 1, 1)
    expect(move(ledger, 'a', 'b', 5)).toBe('patient')
    expect(drainOutcomes(ledger)).toMatchObject([{ type: 'turnoverDue', unit: 'a', after: 'patient' }])
    expect([stateOf(ledger, 'a'), stateOf(ledger, 'b')]).toEqual(['dirty', 'occupied'])
    expect(snapshotOf(ledger).held).toMatchObject([{ holder: 'patient', hold: 1, units: ['b'], state: 'occupied' }])
    expect(snapshotOf(createLedger(snapshotOf(ledger), site))).toEqual(snapshotOf(ledger))
  })

  it('takes what is set aside for another, who then waits for the next', () => {
    const ledger = beds(bed('a'), bed('b'))
    ask(ledger, 'patient', 0)
    granted(ledger, 0)
    occupy(ledger, 'patient', 1, 1)
    // Planned on both: `b` is set aside while `a`, the other half, is in use.
    const needs = [{ hold: 1, pool: 'bed', quantity: 2, where: [] }]
    request(ledger, { holder: 'two', wait: 1, needs, priority: 0, slot: { unit: 'b', start: 1 }, at: 1 })
    expect(granted(ledger, 2)).toEqual([])
    move(ledger, 'a', 'b', 3)
    turnedOver(ledger, 'a', true, 4)
    expect(granted(ledger, 4)).toEqual([])
    expect(explain(ledger, 'two', 1, 4)!.planned).toMatchObject({ unit: 'b', state: 'occupied' })
  })

  it('is refused where it cannot be, and changes nothing', () => {
    const ledger = createLedger(
      snapshot({ pools: [pool('bed'), pool('chair')], units: [bed('a'), bed('b'), unit('c', 'chair')] }),
      site,
    )
    ask(ledger, 'one', 0)
    ask(ledger, 'two', 0)
    granted(ledger, 0)
    const before = snapshotOf(ledger)
    for (const [from, to, reason] of [
      ['c', 'a', 'not held'],
      ['a', 'b', 'not free'],
      ['a', 'c', 'other pool'],
    ] as const) {
      const refused = (): unknown => {
        try {
          return move(ledger, from, to, 1)
        } catch (error) {
          return error
        }
      }
      expect(refused()).toMatchObject({ reason, name: ImpossibleByHand.name })
    }
    expect(snapshotOf(ledger)).toEqual(before)
  })
})

describe('a cleaning asked for by hand', () => {
  it('begins for a free unit and for one whose cleaning came to nothing, not for one in use', () => {
    const ledger = beds(bed('a'), bed('b'))
    ask(ledger, 'patient', 0)
    granted(ledger, 0)
    soil(ledger, 'b', 1)
    expect(drainOutcomes(ledger)).toMatchObject([{ type: 'turnoverDue', unit: 'b', pathway: 'cleaning' }])
    turnedOver(ledger, 'b', false, 2)
    soil(ledger, 'b', 3)
    expect(drainOutcomes(ledger)).toHaveLength(1)
    expect(() => soil(ledger, 'a', 3)).toThrow(ImpossibleByHand)
    ask(ledger, 'next', 4)
    expect(granted(ledger, 4)).toEqual([])
    turnedOver(ledger, 'b', true, 5)
    expect(granted(ledger, 5)).toEqual(['next:b'])
  })
})

describe('proposals', () => {
  it('give each who waits, in the order served, the unit that is usable soonest, then the best fit', () => {
    const ledger = beds(bed('a', { isolation: true }), bed('b'), bed('c'))
    for (const holder of ['x', 'y', 'z']) ask(ledger, holder, 0)
    granted(ledger, 0)
    for (const holder of ['x', 'y', 'z']) occupy(ledger, holder, 1, 1)
    ask(ledger, 'later', 3)
    ask(ledger, 'urgent', 4, [], 5)
    ask(ledger, 'isolated', 5, isolated)
    granted(ledger, 5)
    const usableAt = ({ id }: { id: string }) => ({ a: 100, b: 100, c: 200 })[id]!
    expect(proposals(ledger, 'bed', usableAt, 6).map(({ holder, unit, extra }) => [holder, unit, extra])).toEqual([
      ['urgent', 'b', []],
      ['later', 'a', ['isolation']],
    ])
    plan(ledger, 'urgent', 1, { unit: 'c', start: 4, chosen: 'fitting' })
    expect(proposals(ledger, 'bed', usableAt, 6).map(({ holder, unit }) => `${holder}:${unit}`)).toEqual([
      'later:b',
      'isolated:a',
    ])
  })
})
