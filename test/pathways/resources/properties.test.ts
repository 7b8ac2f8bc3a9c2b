/**
 * The allocator against what must always hold. Method: random operations on small ledgers, allocation after each, and after each
 * allocation a slow oracle that knows nothing of queues, kinds or sets of free units.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allocate,
  applyCalendars,
  createLedger,
  drainChanges,
  drainOutcomes,
  type HeldUnits,
  type Ledger,
  type LedgerSnapshot,
  nextCalendarChange,
  type Request,
  release,
  request,
  snapshotOf,
  type Unit,
} from '../../../pathways/resources/index.ts'
import { pool, site, snapshot, unit } from './build.ts'
import {
  contended,
  contendedStep,
  findable,
  hospital,
  hourMs,
  isDue,
  kitsOf,
  meetsAll,
  perform,
  type Step,
  sinceOf,
  stepOf,
  unitNeeds,
  usable,
} from './random.ts'

const invariants = (state: LedgerSnapshot, delivered: number, consumed: number): void => {
  const owners = new Map<string, HeldUnits>()
  for (const row of state.held)
    for (const id of row.units) {
      expect(owners.has(id)).toBe(false)
      owners.set(id, row)
    }
  for (const one of state.units) {
    const owner = owners.get(one.id)
    if (one.state === 'reserved' || one.state === 'occupied')
      expect([one.holder, one.hold, one.state]).toEqual([owner?.holder, owner?.hold, owner?.state])
    else expect([one.holder, one.hold, owner]).toEqual(['', -1, undefined])
    if (one.outOfService) expect(one.state).not.toBe('free')
  }
  expect(state.units.length).toBe(7)
  for (const one of state.lots) expect(one.quantity).toBeGreaterThan(0)
  expect(state.lots.reduce((sum, one) => sum + one.quantity, 0)).toBe(delivered - consumed)
}

const run = (steps: Step[], start: LedgerSnapshot, check: (ledger: Ledger, at: number) => void): string => {
  let ledger = createLedger(start, site)
  const tracked = createLedger(start, site, { trackChanges: true })
  const database = new Map<string, unknown>()
  const history: unknown[] = []
  let at = 0
  let delivered = 7
  let consumed = 0
  steps.forEach((step, serial) => {
    at += step.what === 'wait' ? (step.pick % 12) * hourMs : step.pick % 3
    if (step.what === 'restock') delivered += 1 + (step.pick % 3)
    for (const one of [ledger, tracked]) {
      applyCalendars(one, at)
      perform(one, step, at, serial)
      allocate(one, at)
    }
    const outcomes = drainOutcomes(ledger)
    expect(drainOutcomes(tracked)).toEqual(outcomes)
    for (const outcome of outcomes)
      if (outcome.type === 'granted') for (const grant of outcome.grants) for (const used of grant.lots) consumed += used.quantity
    history.push(outcomes)
    const state = snapshotOf(ledger)
    const text = JSON.stringify(state)
    expect(JSON.stringify(snapshotOf(tracked))).toBe(text)
    invariants(state, delivered, consumed)
    check(ledger, at)
    store(database, tracked)
    expectStored(database, state)
    expect(nextCalendarChange(ledger, at)).toBeGreaterThan(at)
    // Saved and loaded at every step; the other ledger never is.
    ledger = createLedger(JSON.parse(text) as LedgerSnapshot, site)
    allocate(ledger, at)
    expect(drainOutcomes(ledger)).toEqual([])
  })
  history.push(snapshotOf(ledger))
  return JSON.stringify(history)
}

/** What a database would do with the changes. */
const store = (database: Map<string, unknown>, ledger: Ledger): void => {
  const changes = drainChanges(ledger)
  const copy = (row: unknown) => JSON.parse(JSON.stringify(row)) as unknown
  for (const one of changes.requestsGone) database.delete(`request ${one.holder} ${one.wait}`)
  for (const one of changes.heldGone) database.delete(`held ${one.holder} ${one.hold}`)
  for (const one of changes.lotsGone) database.delete(`lot ${one.lot}`)
  for (const one of changes.units) database.set(`unit ${one.id}`, copy(one))
  for (const one of changes.requests) database.set(`request ${one.holder} ${one.wait}`, copy(one))
  for (const one of changes.held) database.set(`held ${one.holder} ${one.hold}`, copy(one))
  for (const one of changes.lots) database.set(`lot ${one.lot}`, copy(one))
}

const expectStored = (database: Map<string, unknown>, state: LedgerSnapshot): void => {
  for (const one of state.requests) expect(database.get(`request ${one.holder} ${one.wait}`)).toEqual(one)
  for (const one of state.held) expect(database.get(`held ${one.holder} ${one.hold}`)).toEqual(one)
  for (const one of state.units) if (database.has(`unit ${one.id}`)) expect(database.get(`unit ${one.id}`)).toEqual(one)
  for (const one of state.lots) if (database.has(`lot ${one.lot}`)) expect(database.get(`lot ${one.lot}`)).toEqual(one)
  const rows = [...database.keys()].filter((key) => key.startsWith('request ') || key.startsWith('held ')).length
  expect(rows).toBe(state.requests.length + state.held.length)
}

describe('whatever is done', () => {
  it('grants everything that can be granted when nobody reserves, planned units apart', () => {
    fc.assert(
      fc.property(fc.array(stepOf(3, false), { maxLength: 30 }), (steps) => {
        run(steps, hospital(1_000_000), (ledger, at) => {
          const state = snapshotOf(ledger)
          const due = state.requests.filter((one) => isDue(one, at))
          const free = state.units.filter((one) => one.state === 'free')
          const keptFor = new Map<string, Request>()
          const inOrder = [...due].sort(
            (left, right) => right.priority - left.priority || sinceOf(left) - sinceOf(right) || left.sequence - right.sequence,
          )
          for (const one of inOrder)
            if (one.slot && one.slot.unit !== '' && !keptFor.has(one.slot.unit)) keptFor.set(one.slot.unit, one)
          for (const one of due) {
            const open = free.filter((candidate) => (keptFor.get(candidate.id) ?? one) === one)
            const forced = one.slot?.unit ?? ''
            const grantable = findable(unitNeeds(one.needs), open, forced) && kitsOf(one.needs) <= usable(state, at)
            expect(grantable).toBe(false)
          }
        })
      }),
      { numRuns: 150 },
    )
  })

  it('sets aside in order of arrival for those passed often enough, and grants what is left', () => {
    fc.assert(
      fc.property(
        fc.array(contendedStep, { minLength: 20, maxLength: 60 }),
        fc.integer({ min: 0, max: 2 }),
        (steps, passesMax) => {
          run(steps, contended(passesMax), (ledger, at) => {
            const state = snapshotOf(ledger)
            const limit = (one: Request) =>
              Math.min(
                ...one.needs
                  .filter((each) => each.quantity > 0)
                  .map((each) => state.pools.find((candidate) => candidate.id === each.pool)!.passesMax),
              )
            let free = state.units.filter((one) => one.state === 'free')
            let kits = usable(state, at)
            const reserving = state.requests
              .filter((one) => one.passed >= limit(one))
              .sort((left, right) => left.sequence - right.sequence)
            for (const one of reserving) {
              expect(one.passed).toBe(limit(one))
              expect(findable(unitNeeds(one.needs), free, '') && kitsOf(one.needs) <= kits).toBe(false)
              const lacksKits = kitsOf(one.needs) > kits
              for (const each of lacksKits ? [] : unitNeeds(one.needs)) {
                const extra = (candidate: Unit) =>
                  Object.keys(candidate.attributes).filter((name) => !each.where.some((filter) => filter.attribute === name))
                    .length
                const fitting = free.filter(
                  (candidate) => candidate.pool === each.pool && meetsAll(candidate.attributes, each.where),
                )
                const kept = fitting
                  .sort((left, right) => extra(left) - extra(right) || (left.id < right.id ? -1 : 1))
                  .slice(0, each.quantity)
                free = free.filter((candidate) => !kept.includes(candidate))
              }
              kits -= Math.min(kits, kitsOf(one.needs))
            }
            for (const one of state.requests)
              if (!reserving.includes(one))
                expect(findable(unitNeeds(one.needs), free, '') && kitsOf(one.needs) <= kits).toBe(false)
          })
        },
      ),
      { numRuns: 60 },
    )
  })

  it('gives the same bytes for the same operations', () => {
    fc.assert(
      fc.property(fc.array(stepOf(3, false), { maxLength: 25 }), fc.integer({ min: 0, max: 3 }), (steps, passesMax) => {
        expect(run(steps, hospital(passesMax), () => {})).toBe(run(steps, hospital(passesMax), () => {}))
      }),
      { numRuns: 60 },
    )
  })

  it('lets no more pass a request for everything than the pool allows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), fc.infiniteStream(fc.nat(100)), fc.boolean(), (passesMax, luck, urgent) => {
        const ledger = createLedger(
          snapshot({
            pools: [pool('nurse', { passesMax })],
            units: [unit('a', 'nurse'), unit('b', 'nurse'), unit('c', 'nurse')],
          }),
          site,
        )
        const ask = (holder: string, quantity: number, at: number, priority: number) =>
          request(ledger, { holder, wait: 1, needs: [{ hold: 1, pool: 'nurse', quantity, where: [] }], priority, slot: null, at })
        const inside: string[] = []
        let passed = 0
        for (let at = 0; at < 200; at++) {
          if (at === 5) ask('all', 3, at, 0)
          ask(`small-${at}`, 1, at, urgent ? 1 : 0)
          // Somebody is always inside, so that all three are never free at once by themselves.
          if (inside.length > 1) release(ledger, inside.splice(luck.next().value! % inside.length, 1)[0]!, 1, at)
          else if (inside.length === 1 && at > 150) release(ledger, inside.pop()!, 1, at)
          allocate(ledger, at)
          for (const outcome of drainOutcomes(ledger)) {
            if (outcome.type !== 'granted') continue
            if (outcome.holder === 'all') return
            inside.push(outcome.holder)
            if (Number(outcome.holder.slice(6)) >= 5) passed++
            expect(passed).toBeLessThanOrEqual(passesMax)
          }
        }
        expect.unreachable('starved')
      }),
      { numRuns: 60 },
    )
  })
})
