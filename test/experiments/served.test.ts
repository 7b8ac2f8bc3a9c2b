// Goal: an experiment on the server gives what the command line gives, whoever works on it and whatever is done to it meanwhile. Method: real Postgres, real Temporal, simulation workers in this process.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { QUEUE, scenarioText } from '../api/scenario.ts'
import { file, folder, parcours } from '../command/parcours.ts'
import { eventually } from '../workflows/support.ts'
import { Simulation } from './simulation.ts'

let simulation: Simulation
beforeAll(async () => {
  simulation = await Simulation.prepare()
  await Promise.all([simulation.work(), simulation.work()])
})
afterAll(() => simulation?.close())

/** What takes minutes unless it is stopped. */
const long = scenarioText({ horizon: 'P2000D', replications: '400' })

describe('an experiment on the server', () => {
  it('gives the bytes that one thread of the command line gives, compared with another one too', async () => {
    const [base, third] = [
      scenarioText(),
      scenarioText({ name: 'three doctors', hospital: '{ pools: [{ id: doctor, units: 3 }] }' }),
    ]
    const ids = [await simulation.begin(base), await simulation.begin(third)]
    for (const id of ids) expect(await simulation.over(id)).toMatchObject({ state: 'done', finished: 7, enough: 7, progress: 1 })
    file('served/queue.bpmn', QUEUE)
    const out = join(folder, 'served/out')
    const said = await parcours(
      ...['simulate', file('served/base.yaml', base), '--against', file('served/third.yaml', third)],
      ...['--workers', '1', '--out', out],
    )
    expect(said.err).toBe('')
    const against = `?against=${ids[1]}`
    expect(await simulation.results(ids[0]!, against)).toBe(readFileSync(join(out, 'results.json'), 'utf8'))
    expect(await simulation.results(ids[0]!, `${against}&format=csv`)).toBe(readFileSync(join(out, 'results.csv'), 'utf8'))
    expect(await simulation.results(ids[0]!, `${against}&format=stress`)).toBe(readFileSync(join(out, 'stress.md'), 'utf8'))
  })

  it('makes as many replications as a measure needs, after a warm-up that it finds', async () => {
    const replications = { measure: 'visit.stayMinutesMean', precision: 0.1, from: 5, most: 40 }
    const precise = scenarioText({ horizon: 'P3D', warmUp: 'auto', replications: JSON.stringify(replications) })
    const experiment = await simulation.over(await simulation.begin(precise))
    expect(experiment).toMatchObject({ state: 'done', replications, warmUpFound: { days: expect.any(Number) } })
    expect(experiment.finished).toBeGreaterThanOrEqual(experiment.enough)
    file('precise/queue.bpmn', QUEUE)
    const said = await parcours('simulate', file('precise/base.yaml', precise), '--workers', '2', '--json')
    expect(await simulation.results(experiment.id)).toBe(said.out)
  })

  it('stops at once, keeps what is finished, and goes on when it is extended', async () => {
    const id = await simulation.begin(scenarioText({ horizon: 'P100D', replications: '5000' }))
    await simulation.until(id, 'begun', ({ finished }) => finished > 3)
    const before = Date.now()
    await simulation.api.ask('planner', `/api/experiments/${id}/stop`, { method: 'POST', actor: 'two' })
    const stopped = await simulation.read(id)
    expect(stopped).toMatchObject({ state: 'stopped', underWay: 0 })
    // Another one is worked on at once: the threads are free.
    await simulation.over(await simulation.begin(scenarioText({ horizon: 'P2D', replications: '1' })))
    expect(Date.now() - before).toBeLessThan(15_000)
    expect((await simulation.read(id)).finished).toBe(stopped.finished)

    const fewer = await simulation.api.ask('planner', `/api/experiments/${id}/extend`, { body: { replications: 1 } })
    expect(fewer).toMatchObject({ status: 409, body: { type: 'urn:parcours:problem:not-more-replications' } })
    const replications = stopped.finished + 2
    await simulation.api.ask('planner', `/api/experiments/${id}/extend`, { body: { replications } })
    const done = await simulation.over(id)
    expect(done).toMatchObject({ state: 'done', finished: replications, replications })
    expect(done.actions.map(({ action, by }: { action: string; by: string }) => `${action} ${by}`)).toEqual([
      'started planner/one',
      'stopped planner/two',
      'extended planner/one',
    ])
  })

  it('is begun again by a newer release, when nobody of the older one is left', async () => {
    const id = await simulation.begin(scenarioText({ replications: '3' }))
    const { engine } = await simulation.over(id)
    const before = await simulation.results(id)
    await simulation.hospital.records.sql`
      update experiments set engine = 'older+1', state = 'running', enough = null, begun = generation where id = ${id}`
    await simulation.hospital.records.sql`update experiment_replications set values[1] = -1 where experiment = ${id}`
    await simulation.hospital.records.sql`select pg_notify('experiments', ${id})`
    expect(await simulation.over(id)).toMatchObject({ state: 'done', engine, finished: 3 })
    expect(await simulation.results(id)).toBe(before)
  })

  it('says why, when it cannot be simulated after all', async () => {
    const id = await simulation.begin(long)
    const { records } = simulation.hospital
    // As if a release had kept what this one cannot read.
    await records.sql`update experiments set generation = generation + 1, programs = '[["queue.bpmn", []]]' where id = ${id}`
    await records.sql`select pg_notify('experiments', ${id})`
    const failed = await eventually('a failure', async () => {
      const experiment = await simulation.read(id)
      return experiment.state === 'failed' ? experiment : undefined
    })
    expect(failed.reason).toContain('visit')
  })

  it('is stopped by Temporal too', async () => {
    const id = await simulation.begin(long)
    await simulation.until(id, 'under way', ({ underWay }) => underWay > 0)
    await simulation.hospital.client.workflow.getHandle(`${id}/1`).cancel()
    expect(await simulation.over(id)).toMatchObject({ state: 'stopped' })
  })
})
