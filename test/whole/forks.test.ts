// Goal: five forks of a hospital that is alive, each the state that it has. Method: real Postgres, Temporal, worker and relay; a hospital that was played in memory goes on in both, in lock-step: what is done in
// memory is done alive, at the same hospital time, and each time the state taken is the state in memory. What then happens lies within the forecast of each fork.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Program } from '../../pathways/language/program.ts'
import { advanceClock, startClock, stopClock } from '../../records/clock.ts'
import { takeCut } from '../../records/cut.ts'
import { importHospital } from '../../records/import.ts'
import { askedOf } from '../../twin/forecast/asked.ts'
import { ensembleOf, pathOf, prepareForecast, replicateFork, sumAt } from '../../twin/forecast/forecast.ts'
import { stateOfLive } from '../../twin/forecast/live.ts'
import { createHospital, type Hospital, type HospitalState } from '../../twin/simulate/index.ts'
import { publish, SITE } from '../records/support.ts'
import { ledger, visit } from '../twin/forecast/models.ts'
import { eventually, LiveHospital } from '../workflows/support.ts'

const minuteMs = 60_000
const FORKS = 5
let alive: LiveHospital
let program: Program
let played: Hospital

beforeAll(async () => {
  program = await visit()
  alive = await LiveHospital.open()
  await publish(alive.records, { program, bpmn: '' })
  played = createHospital({ programs: [program], site: SITE, seed: 3, start: 0, ledger: ledger() })
  for (let index = 0; index < 12; index++)
    played.admit('visit', index * 5 * minuteMs, `patient-${index}`, { admitted: index % 3 === 0 })
  played.run(40 * minuteMs)
  // Those who are still to come stay outside: from here on nobody arrives.
  const state = played.state()
  const here = {
    ...state,
    agenda: state.agenda.filter(({ item }) => item.type !== 'start').sort((one, other) => one.at - other.at),
  }
  played = createHospital({ programs: [program], site: SITE, seed: 3, start: 0, ledger: here.ledger, state: here })
  await startClock(alive.records, 1e-6, { from: here.at, heartbeats: false })
  await stopClock(alive.records)
  await importHospital(alive.records, here)
  await alive.drained()
}, 60_000)
afterAll(() => alive.close())

/** All that a fork needs to be right. */
const known = ({ at, runs, ledger: { units, held, requests }, listeners }: HospitalState) => ({
  at,
  runs: runs
    .map(({ id, instance, tasks }) => ({ id, instance, tasks: tasks.map(({ wait, begun }) => ({ wait, begun })) }))
    .sort((one, other) => (one.id < other.id ? -1 : 1)),
  units: [...units].sort((one, other) => (one.id < other.id ? -1 : 1)),
  held: held.map((each) => JSON.stringify(Object.entries(each).sort())).sort(),
  waiting: requests.map(({ holder, wait }) => `${holder} ${wait}`).sort(),
  listeners,
})
const plain = (state: HospitalState) => JSON.parse(JSON.stringify(known(state))) as ReturnType<typeof known>

it(`${FORKS} forks are the hospital as it is, and hold what happens next`, async () => {
  let outside = 0
  for (let fork = 0; fork < FORKS; fork++) {
    const now = played.state()
    const taken = await eventually(
      'the same state',
      async () => {
        const state = stateOfLive(await takeCut(alive.records))
        const isSame = JSON.stringify(plain(state)) === JSON.stringify(plain(now))
        return isSame ? state : undefined
      },
      10_000,
    ).catch(async () => stateOfLive(await takeCut(alive.records)))
    expect(plain(taken)).toEqual(plain(now))
    const model = { programs: [program], site: SITE, seed: 50 + fork }
    const prepared = prepareForecast({ state: taken, model, timersAreKnown: true, hours: 2, whatIf: null })
    const truth = pathOf({ ...model, seed: 3, start: 0, ledger: now.ledger, state: now }, prepared)
    const paths = Array.from({ length: 400 }, (_, replication) => replicateFork(prepared, prepared.base, replication))
    for (const asked of askedOf(['visit.inside', 'pool.cubicle.occupied', 'pool.bed.occupied'], prepared.series.names))
      ensembleOf(paths, asked, 2).forEach((ensemble, hour) => {
        const happened = sumAt(truth, asked.places, hour, 2)
        if (happened < ensemble[0]! || happened > ensemble.at(-1)!) outside++
      })
    await goOn(played.at + 25 * minuteMs)
  }
  // Of 30 looks, each at the whole of 400 replications: one that is beyond all of them is chance, more are not.
  expect(outside).toBeLessThanOrEqual(1)
}, 120_000)

/** What is done in memory is done alive. */
async function goOn(until: number): Promise<void> {
  for (;;) {
    const due = played.state().runs.flatMap(({ id, tasks }) => tasks.map(({ wait, done }) => ({ run: id, wait, done })))
    const next = due.filter(({ done }) => done <= until).sort((one, other) => one.done - other.done)[0]
    if (!next) break
    await advanceClock(alive.records, next.done)
    await alive.update(next.run, { wait: next.wait, at: next.done })
    await alive.drained()
    played.run(next.done)
  }
  await advanceClock(alive.records, until)
  played.run(until)
}
