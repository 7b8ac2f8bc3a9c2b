// Goal: a hospital that is alive goes on in the twin as it is: the state that is taken of it is the state that it has. Method: the demonstration hospital, played for days in memory, is put into Postgres and taken
// from it again; then what it does next is held against its forecast.
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { liveData } from '../../command/live-hospital.ts'
import { startClock, stopClock } from '../../records/clock.ts'
import { type Cut, takeCut } from '../../records/cut.ts'
import { saveDemand } from '../../records/forecasts.ts'
import { importHospital } from '../../records/import.ts'
import { listen, sendMessage } from '../../records/messages.ts'
import { startRun } from '../../records/starting.ts'
import { readScenario } from '../../scenarios/read.ts'
import { playOpening } from '../../start/demo/opening.ts'
import { People } from '../../start/demo/people.ts'
import { askedOf } from '../../twin/forecast/asked.ts'
import { questionOf } from '../../twin/forecast/data.ts'
import { ensembleOf, pathOf, prepareForecast, replicateFork, sumAt } from '../../twin/forecast/forecast.ts'
import { stateOfLive } from '../../twin/forecast/live.ts'
import { createHospital, type HospitalState, standardActivities } from '../../twin/simulate/index.ts'
import { programs } from '../pathways/library/library.ts'
import { KEY, publish, type TestRecords, testRecords } from '../records/support.ts'

const scenario = readScenario(fileURLToPath(new URL('../../scenarios/hopital-demo', import.meta.url)))
const STREAMS = fileURLToPath(new URL('../../scenarios/hopital-demo/streams.yaml', import.meta.url))
const all = [...programs.values()]
let opened: TestRecords
let played: HospitalState
let cut: Cut
let taken: HospitalState

beforeAll(async () => {
  opened = await testRecords()
  const { records } = opened
  await records.sql`update sites set epoch = ${scenario.site.epoch}, time_zone = ${scenario.site.timeZone}`
  for (const program of all) await publish(records, { program, bpmn: '' })
  const opening = playOpening({ scenario, people: new People(scenario, 7), programs: all, until: 60 * 3_600_000 })
  played = opening.state
  await startClock(records, 1e-6, { from: opening.at })
  await stopClock(records)
  await importHospital(records, { ...played, at: opening.at })
  cut = await takeCut(records)
  taken = stateOfLive(cut)
}, 120_000)
afterAll(() => opened.close())

const byId = <T extends { id: string }>(items: T[]) => [...items].sort((one, other) => (one.id < other.id ? -1 : 1))

describe('the state that is taken', () => {
  it('is where everybody is, and what they do since when', () => {
    const known = ({ runs }: HospitalState) =>
      byId(runs).map(({ id, pathway, hash, instance, patient, startedAt, tasks, caller, called, turnsOver }) => ({
        ...{ id, pathway, hash, instance, patient, startedAt, caller, called, turnsOver },
        tasks: tasks
          .map(({ wait, node, activation, begun, inputs }) => ({ wait, node, activation, begun, inputs }))
          .sort((one, other) => one.wait - other.wait),
      }))
    expect(taken.at).toBe(played.at)
    expect(taken.runs.length).toBeGreaterThan(60)
    expect(taken.runs.flatMap(({ tasks }) => tasks).length).toBeGreaterThan(5)
    expect(JSON.parse(JSON.stringify(known(taken)))).toEqual(JSON.parse(JSON.stringify(known(played))))
  })

  it('is who has and who waits for what, and who listens for what', () => {
    expect(taken.ledger.held.length).toBeGreaterThan(10)
    expect(taken.ledger.nextSequence).toBe(played.ledger.nextSequence)
    const others = ({ ledger: { pools, lots, calendars } }: HospitalState) => [byId(pools), byId(calendars), lots.length]
    expect(others(taken)).toEqual(others(played))
    const of = (state: HospitalState) => new Map(state.ledger.units.map((unit) => [unit.id, unit]))
    expect(of(taken)).toEqual(of(played))
    const held = (state: HospitalState) => new Map(state.ledger.held.map((each) => [`${each.holder} ${each.hold}`, each]))
    expect(held(taken)).toEqual(held(played))
    const requests = (state: HospitalState) => new Map(state.ledger.requests.map((each) => [each.sequence, each]))
    expect(requests(taken)).toEqual(requests(played))
    const listeners = (state: HospitalState) =>
      state.listeners.map((each) => JSON.stringify(each, Object.keys(each).sort())).sort()
    expect(taken.listeners.length).toBeGreaterThan(20)
    expect(listeners(taken)).toEqual(listeners(played))
    expect(taken.unread).toEqual(played.unread)
  })

  it('is when timers elapse', () => {
    const open = (state: HospitalState) => {
      const waits = new Map(state.runs.map((run) => [run.id, run.instance.marking.waits]))
      return state.agenda
        .flatMap(({ at, item }) =>
          item.type === 'timer' && waits.get(item.run)?.some(({ id, due }) => id === item.wait && due === at)
            ? [`${item.run} ${item.wait} ${at}`]
            : [],
        )
        .sort()
    }
    expect(open(taken).length).toBeGreaterThan(20)
    expect(open(taken)).toEqual(open(played))
  })

  it('is what the command line reads, with who comes as the hospital was told or a file says', async () => {
    const asked = { seed: 1, hours: 2, whatIf: null }
    const environment = { PARCOURS_DATABASE_URL: opened.url, PARCOURS_KEY: KEY }
    await expect(liveData({}, undefined, asked)).rejects.toThrow('PARCOURS_DATABASE_URL is not set')
    await expect(liveData(environment, undefined, asked)).rejects.toThrow('nobody has said who comes')
    const data = await liveData(environment, STREAMS, asked)
    expect(data.state.runs.map(({ id }) => id)).toEqual(taken.runs.map(({ id }) => id))
    const prepared = prepareForecast(questionOf(data))
    const started = askedOf(['admission.started'], prepared.series.names)[0]!
    const path = replicateFork(prepared, prepared.base, 0)
    expect(sumAt(path, started.places, 0, 2) + sumAt(path, started.places, 1, 2)).toBeGreaterThan(0)
    await saveDemand(opened.records, { streams: data.demand, saidBy: 'planner/1', saidAt: 0 })
    expect((await liveData(environment, undefined, asked)).demand).toEqual(data.demand)
  })

  it('has a forecast that holds what happens in the first hours', () => {
    const options = { programs: all, site: scenario.site, activities: standardActivities, reorder: { pathway: 'restock' } }
    const model = { ...options, seed: 99 }
    const prepared = prepareForecast({ state: taken, model, timersAreKnown: true, hours: 3, whatIf: null })
    const truth = pathOf({ ...options, seed: 7, start: 0, ledger: played.ledger, state: played }, prepared)
    const paths = Array.from({ length: 40 }, (_, replication) => replicateFork(prepared, prepared.base, replication))
    const names = ['admission.inside', 'pool.cubicle.occupied', 'pool.ward-bed.occupied', 'pool.laboratory.occupied']
    let outside = 0
    for (const asked of askedOf(names, prepared.series.names))
      ensembleOf(paths, asked, 3).forEach((ensemble, hour) => {
        const happened = sumAt(truth, asked.places, hour, 3)
        if (happened < ensemble[0]! || happened > ensemble.at(-1)!) outside++
      })
    // Of 12 looks, each at the whole of 40 replications: one that is beyond all of them is chance.
    expect(outside).toBeLessThanOrEqual(1)
  }, 60_000)
})

describe('what is on its way', () => {
  it('is heard in the twin: a run that begins, a message that is kept, and one that was sent to a run', async () => {
    const { records } = opened
    const { run } = await startRun(records, { pathway: 'restock', variables: { pool: 'surgical-set', quantity: 3 }, at: cut.at })
    await sendMessage(records, { name: 'nobodyListens', key: { who: 'me' }, payload: { a: 1 } })
    const listener = taken.listeners.find(({ kind }) => kind === 'message')!
    await sendMessage(records, { name: listener.name, key: listener.key, payload: { kind: 'weight', value: 80, level: 'green' } })
    const state = stateOfLive(await takeCut(records))
    expect(state.runs.find(({ id }) => id === run)?.instance.marking.outcome).toBe('running')
    expect(state.unread.at(-1)).toMatchObject({ name: 'nobodyListens', key: { who: 'me' }, payload: { a: 1 } })
    const events = state.agenda.flatMap(({ item }) => (item.type === 'event' ? [item] : []))
    expect(events.map(({ run: to, event }) => [to, event.type])).toEqual(
      expect.arrayContaining([
        [run, 'started'],
        [listener.run, 'received'],
      ]),
    )
    // Delivered, and not stepped yet: still on its way. Stepped, the run listens again and says so.
    await records.sql`update outbox set wall_delivered = now()`
    const later = () =>
      takeCut(records).then((next) =>
        stateOfLive(next).agenda.filter(({ item }) => item.type === 'event' && item.run === listener.run),
      )
    expect(await later()).toHaveLength(1)
    await records.sql.begin((tx) => listen(records, tx, { ...listener, site: records.site, at: cut.at }))
    expect(await later()).toHaveLength(0)
    const hospital = createHospital({
      programs: all,
      site: scenario.site,
      seed: 1,
      start: 0,
      ledger: state.ledger,
      activities: standardActivities,
      reorder: { pathway: 'restock' },
      state,
    })
    hospital.run(state.at + 3 * 86_400_000)
    expect(hospital.counts.ended.restock).toBeGreaterThan(0)
  }, 60_000)
})
