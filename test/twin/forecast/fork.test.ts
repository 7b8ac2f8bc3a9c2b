// Goal: a fork knows what is known of a hospital, and nothing else; two forks that differ by a what-if have the same luck.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Program } from '../../../pathways/language/program.ts'
import { askedOf } from '../../../twin/forecast/asked.ts'
import { type Path, pathOf, prepareForecast, replicateFork } from '../../../twin/forecast/forecast.ts'
import { forkOf, type Model, prepareFork } from '../../../twin/forecast/fork.ts'
import { Series, Watch } from '../../../twin/forecast/watch.ts'
import { WhatIf } from '../../../twin/forecast/what-if.ts'
import { createHospital, type HospitalState, type Stream } from '../../../twin/simulate/index.ts'
import { pool, site, snapshot, units } from '../../pathways/resources/build.ts'
import { oneTask } from '../simulate/models.ts'
import { always, hourMs, ledger, model, visit } from './models.ts'

const minuteMs = 60_000
const now = 30 * hourMs
let program: Program
let state: HospitalState
const stateOf = (arrivals: Stream['arrivals'] = always(3)): HospitalState => {
  const hospital = createHospital({ ...model(program, 5, arrivals), ledger: ledger(), start: 0 })
  hospital.run(now)
  return hospital.state()
}
beforeAll(async () => {
  program = await visit()
  state = stateOf()
})

const prepared = (interventions: unknown[] = [], hours = 24, of = state, arrivals: Stream['arrivals'] = always(3)) => {
  const whatIf = interventions.length > 0 ? WhatIf.parse({ interventions }) : null
  return prepareForecast({ state: of, model: model(program, 9, arrivals), timersAreKnown: false, hours, whatIf })
}
const place = (name: string) => askedOf([name], new Series([program], ledger()).names)[0]!.places[0]!
const series = (path: Path, name: string, hours = 24) => [...path.slice(place(name) * hours, (place(name) + 1) * hours)]

describe('a state', () => {
  it('that nothing is drawn anew of goes on as the hospital that it was taken from', () => {
    const names = new Series([program], ledger())
    const watch = new Watch(names)
    const straight = createHospital({ ...model(program, 5), ledger: ledger(), start: 0, observer: watch.observer })
    watch.begin(straight)
    straight.run(now)
    watch.read()
    const hours = 20
    const path = pathOf({ ...model(program, 5), ledger: ledger(), start: 0, state }, { series: names, at: now, hours })
    for (let hour = 1; hour <= hours; hour++) {
      straight.run(now + hour * hourMs)
      expect([...watch.read()]).toEqual(names.names.map((_, index) => path[index * hours + hour - 1]))
    }
    expect(series(path, 'visit.completed', hours).some((value) => value > 0)).toBe(true)
  })

  it('is not changed by a fork', () => {
    const before = JSON.stringify(state)
    const one = prepared()
    replicateFork(one, one.base, 0)
    expect(JSON.stringify(state)).toBe(before)
  })
})

describe('a fork', () => {
  it('keeps who is where and what has begun, and draws anew when it ends', () => {
    const fork = prepareFork(state, model(program, 9), false)
    const [one, other] = [forkOf(fork, 0).state!, forkOf(fork, 1).state!]
    const known = ({ runs, ledger: resources }: HospitalState) =>
      JSON.stringify([runs.map(({ instance }) => instance), resources])
    expect(known(one)).toBe(known(state))
    expect(one.ledger.held.length).toBeGreaterThan(5)
    const ends = (of: HospitalState) => of.runs.flatMap(({ tasks }) => tasks.map(({ done }) => done))
    expect(ends(one).every((done) => done >= now)).toBe(true)
    expect(ends(one)).not.toEqual(ends(other))
    expect(ends(one)).not.toEqual(ends(state))
    expect(forkOf(fork, 1).state).toEqual(other)
  })

  it('does not know who comes next', () => {
    const fork = prepareFork(state, model(program, 9), false)
    const first = Array.from({ length: 150 }, (_, replication) => {
      const hospital = createHospital(forkOf(fork, replication))
      hospital.run(now + hourMs)
      return hospital.counts.started.visit! - state.started.visit!
    })
    // Poisson, 3 in the mean: within four standard errors.
    const mean = first.reduce((sum, count) => sum + count, 0) / first.length
    expect(Math.abs(mean - 3)).toBeLessThan(4 * Math.sqrt(3 / 150))
  })

  it('draws the distance to the next patient given how long nobody has come', () => {
    const minutes = (min: number, max: number) => ({ min: min * minuteMs, max: max * minuteMs })
    for (const open of [undefined, [{ fromMinute: 0, toMinute: 10_080 }]]) {
      const arrivals = { interarrival: { distribution: 'uniform' as const, parameters: minutes(50, 70) }, ...(open && { open }) }
      const taken = stateOf(arrivals)
      const last = taken.positions.patients!.at
      const fork = prepareFork(taken, model(program, 9, arrivals), false)
      const next = Array.from({ length: 200 }, (_, replication) => {
        const planned = forkOf(fork, replication).state!.agenda.find(({ item }) => item.type === 'arrival')!
        return (planned.at - last) / minuteMs
      })
      const [least, most] = [Math.max(50, (now - last) / minuteMs), 70]
      expect(Math.min(...next)).toBeGreaterThanOrEqual(least)
      expect(Math.max(...next)).toBeLessThanOrEqual(most)
      const mean = next.reduce((sum, each) => sum + each, 0) / next.length
      expect(Math.abs(mean - (least + most) / 2)).toBeLessThan((4 * (most - least)) / Math.sqrt(12 * next.length))
    }
  })
})

describe('a what-if', () => {
  it('has the same luck until it begins', () => {
    const both = prepared([{ at: 'PT10H', pool: 'bed', close: 5 }])
    const [base, changed] = [replicateFork(both, both.base, 3), replicateFork(both, both.changed!, 3)]
    const names = ['visit.inside', 'visit.completed', 'pool.bed.occupied', 'pool.nurse.occupied']
    for (const name of names) expect(series(changed, name).slice(0, 10)).toEqual(series(base, name).slice(0, 10))
    expect(series(changed, 'pool.bed.closed').at(-1)).toBe(5)
    expect(series(base, 'pool.bed.closed').at(-1)).toBe(0)
  })

  it('opens beds, those that a person closed first, and closes them again', () => {
    const closed = structuredClone(state)
    for (const unit of closed.ledger.units.filter(({ id }) => id === 'bed-9')) Object.assign(unit, { outOfService: true })
    const both = prepared([{ pool: 'bed', open: 3, until: 'PT5H' }], 24, closed)
    const path = replicateFork(both, both.changed!, 0)
    const base = replicateFork(both, both.base, 0)
    expect(series(base, 'visit.Move.waiting').some((value) => value > 0)).toBe(true)
    expect(series(path, 'pool.bed.occupied')[3]).toBeGreaterThan(series(base, 'pool.bed.occupied')[3]!)
  })

  it('turns patients away: all of a day, or some by luck of their own', () => {
    const started = (interventions: unknown[], replication: number) => {
      const both = prepared(interventions, 24)
      const sum = (path: Path) => series(path, 'visit.started').reduce((total, each) => total + each, 0)
      return [sum(replicateFork(both, both.base, replication)), sum(replicateFork(both, both.changed!, replication))] as const
    }
    expect(started([{ stream: 'patients', cancel: true }], 0)[1]).toBe(0)
    const [base, half] = started([{ stream: 'patients', factor: 0.5 }], 1)
    expect(half).toBeLessThan(base)
    expect(half).toBeGreaterThan(0)
    const [, more] = started([{ stream: 'patients', factor: 2 }], 1)
    expect(more).toBeGreaterThan(base)
    // Now is 6 h on the second day: tomorrow begins in 18 hours.
    const both = prepared([{ stream: 'patients', cancel: true, day: 'tomorrow' }], 24)
    const path = series(replicateFork(both, both.changed!, 0), 'visit.started')
    expect(path.slice(18).every((value) => value === 0)).toBe(true)
    expect(path.slice(0, 18).some((value) => value > 0)).toBe(true)
  })

  it('of what there is not names what is near', () => {
    expect(() => prepared([{ stream: 'patient', cancel: true }])).toThrow('Did you mean "patients"?')
    expect(() => prepared([{ pool: 'beds', open: 1 }])).toThrow('there is no pool with units "beds". Did you mean "bed"?')
    expect(() => prepared([{ pool: 'bed', close: 10 }])).toThrow('only 9 of them are open')
    expect(() => prepared([{ pool: 'bed', close: 1, where: { specialty: 'surgery' } }])).toThrow('no unit of "bed" is like that')
    expect(() => prepared([{ stream: 'patients', cancel: true, day: '2020-01-01' }])).toThrow('that day is over')
    expect(() => prepared([{ pool: 'bed', open: 1, at: 'PT4H', until: 'PT2H' }])).toThrow('it ends before it begins')
    expect(() => askedOf(['pool.bed.occupid'], new Series([program], ledger()).names)).toThrow(
      'did you mean "pool.bed.occupied"?',
    )
  })
})

describe('work that may be interrupted, batches and breakdowns', () => {
  const nurse = { pools: [pool('nurse')], units: units('nurse', 1) }
  const lasts = '<hospital:duration distribution="exponential" mean="PT2H"/>'
  const replicate = (of: HospitalState, more: Partial<Model>, programs: Program[]) => {
    const fork = prepareFork(of, { programs, site, seed: 9, ...more }, false)
    return Array.from({ length: 20 }, (_, replication) => forkOf(fork, replication).state!)
  }

  it('what is interrupted goes on for a time that is drawn given how long it was done', async () => {
    const programs = [
      await oneTask('visit', `<hospital:need pool="nurse" quantity="1"/><hospital:priority value="=urgent"/>${lasts}`),
    ]
    const elements = { visit: { Work: { interruptible: 'resume' as const } } }
    const hospital = createHospital({ programs, site, seed: 2, start: 0, ledger: snapshot(nurse), elements })
    hospital.admit('visit', 0, 'a', { urgent: 0 })
    hospital.admit('visit', 20 * minuteMs, 'b', { urgent: 1 })
    hospital.run(30 * minuteMs)
    const of = hospital.state()
    const conduct = (each: HospitalState) => Object.values(each.runs.find(({ patient }) => patient === 'a')!.conduct)[0]!
    expect(conduct(of).leftMs).not.toBeNull()
    const states = replicate(of, { elements }, programs)
    for (const each of states) expect(conduct(each).begun!.lastsMs - conduct(each).leftMs!).toBe(20 * minuteMs)
    expect(new Set(states.map((each) => conduct(each).leftMs)).size).toBe(20)
    // All are done in the end, whoever interrupted whom.
    const forked = createHospital(forkOf(prepareFork(of, { programs, site, seed: 9, elements }, false), 0))
    forked.run(1000 * hourMs)
    expect(forked.counts.ended.visit).toBe(2)
  })

  it('a batch at work ends once, for all of its members', async () => {
    const programs = [await oneTask('visit', lasts)]
    const elements = {
      visit: { Work: { batch: { size: 2, waitMs: hourMs, needs: [{ pool: 'nurse', quantity: 1, where: [] }] } } },
    }
    const hospital = createHospital({ programs, site, seed: 2, start: 0, ledger: snapshot(nurse), elements })
    for (const patient of ['a', 'b', 'c']) hospital.admit('visit', 0, patient, {})
    hospital.run(minuteMs)
    const of = hospital.state()
    expect(of.batches.map(({ state: is }) => is)).toEqual(['working', 'gathering'])
    const ends = replicate(of, { elements }, programs).map(
      ({ agenda }) => agenda.filter(({ item }) => item.type === 'batchDone').map(({ at }) => at)[0]!,
    )
    expect(new Set(ends).size).toBe(20)
    const forked = createHospital(forkOf(prepareFork(of, { programs, site, seed: 9, elements }, false), 1))
    forked.run(1000 * hourMs)
    expect(forked.counts.ended.visit).toBe(3)
  })

  it('a unit that is broken is repaired, and breaks again, by chance of its own', async () => {
    const programs = [await oneTask('visit', `<hospital:need pool="nurse" quantity="1"/>${lasts}`)]
    const exponential = (hours: number) => ({ distribution: 'exponential' as const, parameters: { mean: hours * hourMs } })
    const pools = {
      nurse: { breakdowns: { every: exponential(10), repair: { lasts: exponential(3) }, work: 'resume' as const } },
    }
    const hospital = createHospital({ programs, site, seed: 2, start: 0, ledger: snapshot(nurse), pools })
    const planned = (each: HospitalState, type: string) =>
      each.agenda.filter(({ item }) => item.type === type).map(({ at }) => at)
    while (planned(hospital.state(), 'repair').length === 0) hospital.run(hospital.at + hourMs)
    const repairs = replicate(hospital.state(), { pools }, programs).map((each) => planned(each, 'repair'))
    for (const each of repairs) expect(each).toHaveLength(1)
    expect(Math.min(...repairs.flat())).toBeGreaterThanOrEqual(hospital.at)
    expect(new Set(repairs.flat()).size).toBe(20)
  })
})
