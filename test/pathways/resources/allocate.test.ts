import { describe, expect, it } from 'vitest'
import {
  allocate,
  applyCalendars,
  createLedger,
  drainOutcomes,
  explain,
  ImpossibleRequest,
  type Ledger,
  nextCalendarChange,
  occupy,
  release,
  request,
  restock,
  setClosed,
  setPriority,
  snapshotOf,
  transfer,
  turnedOver,
  turnoverBegun,
  withdraw,
} from '../../../pathways/resources/index.ts'
import { lot, pool, site, snapshot, unit, units } from './build.ts'

type Need = Parameters<typeof request>[1]['needs'][number]
const need = (poolId: string, quantity = 1, where: Need['where'] = [], hold = 1): Need => ({
  hold,
  pool: poolId,
  quantity,
  where,
})

const ask = (
  ledger: Ledger,
  holder: string,
  needs: Need[],
  at: number,
  more: { priority?: number; slot?: { unit: string; start: number } } = {},
) =>
  request(ledger, {
    holder,
    wait: 1,
    needs: needs.map((one, index) => ({ ...one, hold: index + 1 })),
    priority: more.priority ?? 0,
    slot: more.slot ?? null,
    at,
  })

/** Who was granted what, in order, as `holder:unit+unit`. */
const granted = (ledger: Ledger, at: number): string[] => {
  allocate(ledger, at)
  return drainOutcomes(ledger).flatMap((outcome) =>
    outcome.type === 'granted' ? [`${outcome.holder}:${outcome.grants.flatMap((grant) => grant.units).join('+')}`] : [],
  )
}
const stateOf = (ledger: Ledger, id: string) => snapshotOf(ledger).units.find((candidate) => candidate.id === id)!.state

describe('order', () => {
  it('serves the more urgent first, then in order of arrival', () => {
    const ledger = createLedger(snapshot({ pools: [pool('doctor')], units: units('doctor', 1) }), site)
    for (const [holder, priority] of [
      ['a', 0],
      ['b', 5],
      ['c', 5],
      ['d', 9],
    ] as const)
      ask(ledger, holder, [need('doctor')], 0, { priority })
    const order: string[] = []
    for (let at = 0; at < 4; at++) {
      const [who] = granted(ledger, at)
      order.push(who!)
      release(ledger, who!.split(':')[0]!, 1, at)
    }
    expect(order).toEqual(['d:doctor-1', 'b:doctor-1', 'c:doctor-1', 'a:doctor-1'])
  })

  it('grants all needs together or none', () => {
    const ledger = createLedger(
      snapshot({ pools: [pool('theatre'), pool('nurse')], units: [...units('theatre', 1), ...units('nurse', 2)] }),
      site,
    )
    ask(ledger, 'a', [need('nurse')], 0)
    ask(ledger, 'b', [need('theatre'), need('nurse', 2)], 1)
    expect(granted(ledger, 1)).toEqual(['a:nurse-1'])
    expect(stateOf(ledger, 'theatre-1')).toBe('free')
    release(ledger, 'a', 1, 2)
    expect(granted(ledger, 2)).toEqual(['b:theatre-1+nurse-1+nurse-2'])
  })

  it('lets a later request pass only as often as the pool allows, then sets aside what the earlier one could use', () => {
    const ledger = createLedger(snapshot({ pools: [pool('nurse', { passesMax: 2 })], units: units('nurse', 2) }), site)
    ask(ledger, 'one', [need('nurse')], 0)
    granted(ledger, 0)
    ask(ledger, 'two', [need('nurse', 2)], 1)
    for (const [index, holder] of ['c', 'd'].entries()) {
      ask(ledger, holder, [need('nurse')], 2 + index)
      expect(granted(ledger, 2 + index)).toEqual([`${holder}:nurse-2`])
      release(ledger, holder, 1, 2 + index)
    }
    ask(ledger, 'e', [need('nurse')], 5, { priority: 100 })
    expect(granted(ledger, 5)).toEqual([])
    expect(explain(ledger, 'e', 1, 5)).toMatchObject({
      position: 2,
      ahead: [{ holder: 'two' }],
      needs: [{ suitable: { free: 0, kept: 1 } }],
    })
    release(ledger, 'one', 1, 6)
    expect(granted(ledger, 6)).toEqual(['two:nurse-1+nurse-2'])
  })

  it('withdraws, and frees what was set aside', () => {
    const ledger = createLedger(snapshot({ pools: [pool('nurse', { passesMax: 0 })], units: units('nurse', 2) }), site)
    ask(ledger, 'a', [need('nurse')], 0)
    granted(ledger, 0)
    ask(ledger, 'b', [need('nurse', 2)], 1)
    ask(ledger, 'c', [need('nurse')], 2)
    expect(granted(ledger, 2)).toEqual([])
    expect(withdraw(ledger, 'b', 1)).toBe(true)
    expect(withdraw(ledger, 'b', 1)).toBe(false)
    expect(granted(ledger, 3)).toEqual(['c:nurse-2'])
  })

  it('follows a change of priority', () => {
    const ledger = createLedger(snapshot({ pools: [pool('bed')], units: units('bed', 1) }), site)
    for (const holder of ['a', 'b', 'c']) ask(ledger, holder, [need('bed')], 0)
    expect(granted(ledger, 0)).toEqual(['a:bed-1'])
    expect(setPriority(ledger, 'c', 1, 3)).toBe(true)
    release(ledger, 'a', 1, 1)
    expect(granted(ledger, 1)).toEqual(['c:bed-1'])
  })
})

describe('choice of units', () => {
  const beds = () =>
    createLedger(
      snapshot({
        pools: [pool('bed')],
        units: [
          unit('bed-a', 'bed', { attributes: { isolation: true, specialty: 'cardiology' } }),
          unit('bed-b', 'bed', { attributes: { specialty: 'cardiology' } }),
          unit('bed-c', 'bed', { attributes: {} }),
        ],
      }),
      site,
    )

  it('takes the unit with the fewest attributes beyond what was asked', () => {
    const ledger = beds()
    ask(ledger, 'x', [need('bed')], 0)
    ask(ledger, 'y', [need('bed', 1, [{ attribute: 'specialty', operator: '=', value: 'cardiology' }])], 0)
    ask(ledger, 'z', [need('bed', 1, [{ attribute: 'isolation', operator: '=', value: true }])], 0)
    expect(granted(ledger, 0)).toEqual(['x:bed-c', 'y:bed-b', 'z:bed-a'])
  })

  it('finds the one way to satisfy several needs of one pool', () => {
    const ledger = beds()
    ask(
      ledger,
      'x',
      [
        need('bed', 2),
        need('bed', 1, [
          { attribute: 'isolation', operator: '!=', value: true },
          { attribute: 'specialty', operator: '!=', value: 'cardiology' },
        ]),
      ],
      0,
    )
    expect(granted(ledger, 0)).toEqual(['x:bed-a+bed-b+bed-c'])
  })

  it.each([
    [[need('nowhere')], 'unknown pool'],
    [[need('bed', 4)], 'more than there are'],
    [[need('bed', 1.5)], 'bad quantity'],
    [[need('bed', 2, [{ attribute: 'isolation', operator: '=', value: true } as const])], 'more than there are'],
  ])('refuses what can never be', (needs, reason) => {
    const ledger = beds()
    ask(ledger, 'x', needs, 0)
    const [outcome] = drainOutcomes(ledger)
    expect(outcome).toMatchObject({ type: 'refused', holder: 'x', error: { reason } })
    expect(outcome?.type === 'refused' && outcome.error).toBeInstanceOf(ImpossibleRequest)
    expect(snapshotOf(ledger).requests).toEqual([])
  })
})

describe('life of a unit', () => {
  it('is free again when only reserved, dirty when used, free when turned over', () => {
    const ledger = createLedger(
      snapshot({ pools: [pool('theatre', { turnover: 'Cleaning' })], units: units('theatre', 1) }),
      site,
    )
    ask(ledger, 'a', [need('theatre')], 0)
    granted(ledger, 0)
    release(ledger, 'a', 1, 1)
    expect(stateOf(ledger, 'theatre-1')).toBe('free')
    ask(ledger, 'b', [need('theatre')], 2)
    granted(ledger, 2)
    occupy(ledger, 'b', 1, 3)
    release(ledger, 'b', 1, 4)
    expect(drainOutcomes(ledger)).toEqual([
      { type: 'turnoverDue', at: 4, unit: 'theatre-1', pool: 'theatre', pathway: 'Cleaning', after: 'b' },
    ])
    ask(ledger, 'c', [need('theatre')], 5)
    expect(granted(ledger, 5)).toEqual([])
    turnoverBegun(ledger, 'theatre-1', 'cleaning-1')
    turnedOver(ledger, 'theatre-1', false, 6)
    expect(granted(ledger, 6)).toEqual([])
    turnedOver(ledger, 'theatre-1', true, 7)
    expect(granted(ledger, 7)).toEqual(['c:theatre-1'])
  })

  it('changes hands without being free in between', () => {
    const ledger = createLedger(snapshot({ pools: [pool('bed')], units: units('bed', 1) }), site)
    ask(ledger, 'admission', [need('bed')], 0)
    granted(ledger, 0)
    ask(ledger, 'other', [need('bed')], 1)
    transfer(ledger, 'admission', 1, 'discharge', 7)
    expect(granted(ledger, 1)).toEqual([])
    expect(() => release(ledger, 'admission', 1, 2)).toThrow('hold 1 of run "admission"')
    release(ledger, 'discharge', 7, 2)
    expect(granted(ledger, 2)).toEqual(['other:bed-1'])
  })

  it('closes by hand when given back, and opens again', () => {
    const ledger = createLedger(snapshot({ pools: [pool('bed')], units: units('bed', 1) }), site)
    ask(ledger, 'a', [need('bed')], 0)
    granted(ledger, 0)
    setClosed(ledger, 'bed-1', true, 1)
    expect(stateOf(ledger, 'bed-1')).toBe('reserved')
    release(ledger, 'a', 1, 2)
    expect(stateOf(ledger, 'bed-1')).toBe('closed')
    ask(ledger, 'b', [need('bed')], 3)
    expect(granted(ledger, 3)).toEqual([])
    setClosed(ledger, 'bed-1', false, 4)
    expect(granted(ledger, 4)).toEqual(['b:bed-1'])
  })

  it('follows its calendar, through the change of clocks', () => {
    const calendars = [{ id: 'day', open: [{ fromMinute: 8 * 60, toMinute: 18 * 60 }] }]
    const ledger = createLedger(
      snapshot({ pools: [pool('doctor')], units: [unit('d', 'doctor', { calendar: 'day' })], calendars }),
      site,
    )
    const hour = 3_600_000
    applyCalendars(ledger, 0)
    expect(stateOf(ledger, 'd')).toBe('closed')
    expect(nextCalendarChange(ledger, 0)).toBe(8 * hour)
    applyCalendars(ledger, 8 * hour)
    ask(ledger, 'a', [need('doctor')], 9 * hour)
    expect(granted(ledger, 9 * hour)).toEqual(['a:d'])
    applyCalendars(ledger, 18 * hour)
    release(ledger, 'a', 1, 19 * hour)
    expect(stateOf(ledger, 'd')).toBe('closed')
    // Monday 30 March 2026, the day after clocks went forward: eight o'clock comes an hour earlier.
    const weeks = 12 * 168 * hour
    let at = weeks - 24 * hour
    const changes: number[] = []
    while (changes.length < 2) {
      at = nextCalendarChange(ledger, at)
      const before = stateOf(ledger, 'd')
      applyCalendars(ledger, at)
      if (stateOf(ledger, 'd') !== before) changes.push(at)
    }
    expect(changes).toEqual([weeks + 7 * hour, weeks + 17 * hour])
  })
})

describe('planned slots', () => {
  it('keeps the unit from its start on, not before, and takes no other', () => {
    const ledger = createLedger(snapshot({ pools: [pool('theatre')], units: units('theatre', 2) }), site)
    ask(ledger, 'planned', [need('theatre')], 0, { slot: { unit: 'theatre-1', start: 100 } })
    ask(ledger, 'early', [need('theatre')], 1)
    expect(granted(ledger, 1)).toEqual(['early:theatre-1'])
    expect(nextCalendarChange(ledger, 1)).toBe(100)
    expect(granted(ledger, 100)).toEqual([])
    ask(ledger, 'late', [need('theatre')], 101, { priority: 9 })
    expect(granted(ledger, 101)).toEqual(['late:theatre-2'])
    ask(ledger, 'urgent', [need('theatre')], 102, { priority: 9 })
    release(ledger, 'early', 1, 103)
    expect(granted(ledger, 103)).toEqual(['planned:theatre-1'])
    release(ledger, 'planned', 1, 104)
    expect(granted(ledger, 104)).toEqual(['urgent:theatre-1'])
  })
})

describe('stock', () => {
  it('uses the earliest expiry first, never what expired, and orders once', () => {
    const ledger = createLedger(
      snapshot({
        pools: [pool('kit', { kind: 'stock', reorderThreshold: 3, reorderQuantity: 10 })],
        lots: [lot('kit', 'late', 4, 900), lot('kit', 'soon', 2, 500), lot('kit', 'gone', 5, 10)],
      }),
      site,
    )
    ask(ledger, 'a', [need('kit', 3)], 20)
    allocate(ledger, 20)
    expect(drainOutcomes(ledger)).toEqual([
      {
        type: 'granted',
        at: 20,
        holder: 'a',
        wait: 1,
        grants: [
          {
            hold: 1,
            units: [],
            lots: [
              { lot: 'soon', quantity: 2 },
              { lot: 'late', quantity: 1 },
            ],
          },
        ],
      },
      { type: 'reorderDue', at: 20, pool: 'kit', quantity: 10, remaining: 3 },
    ])
    release(ledger, 'a', 1, 21)
    ask(ledger, 'b', [need('kit', 4)], 22)
    allocate(ledger, 22)
    expect(drainOutcomes(ledger)).toEqual([])
    restock(ledger, 'kit', 'new', 10, 2000)
    allocate(ledger, 23)
    expect(drainOutcomes(ledger)).toMatchObject([{ type: 'granted', holder: 'b' }])
    expect(snapshotOf(ledger).lots).toMatchObject([
      { lot: 'gone', quantity: 5 },
      { lot: 'new', quantity: 9 },
    ])
  })

  it('notices what expires: for those for whom it was set aside, and to order more', () => {
    const pools = [
      pool('kit', { kind: 'stock', reorderThreshold: 1, reorderQuantity: 5, passesMax: 0 }),
      pool('nurse', { passesMax: 0 }),
    ]
    const ledger = createLedger(snapshot({ pools, units: units('nurse', 1), lots: [lot('kit', 'old', 2, 100)] }), site)
    ask(ledger, 'a', [need('nurse')], 0)
    granted(ledger, 0)
    ask(ledger, 'b', [need('nurse'), need('kit', 2)], 1)
    expect(granted(ledger, 1)).toEqual([])
    allocate(ledger, 100)
    expect(drainOutcomes(ledger)).toMatchObject([{ type: 'reorderDue', pool: 'kit', remaining: 0 }])
    release(ledger, 'a', 1, 101)
    expect(granted(ledger, 101)).toEqual([])
    restock(ledger, 'kit', 'new', 5, 900)
    expect(granted(ledger, 102)).toEqual(['b:nurse-1'])
  })
})
