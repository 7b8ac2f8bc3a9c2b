/** Queues whose means are known in closed form, as one-task BPMN models run by the general engine; seeds are fixed. */
import { describe, expect, it } from 'vitest'
import type { Program } from '../../../pathways/language/program.ts'
import { createHospital, type HospitalOptions, type SimulatedRun } from '../../../twin/simulate/index.ts'
import { pool, site, snapshot, units } from '../../pathways/resources/build.ts'
import { oneTask } from './models.ts'

const hourMs = 3_600_000
const always = (perHour: number) => ({ perHourOfWeek: new Array<number>(168).fill(perHour), candidatesPerHour: perHour })

/** Waits in minutes between asking and being granted, by run. */
const waitsOf = (program: Program, servers: number, perHour: number, hours: number, more: Partial<HospitalOptions> = {}) => {
  const asked = new Map<string, number>()
  const waits: number[] = []
  const hospital = createHospital({
    programs: [program],
    ledger: snapshot({ pools: [pool('server', { passesMax: Number.MAX_SAFE_INTEGER })], units: units('server', servers) }),
    site,
    seed: 7,
    start: 0,
    streams: [{ id: 'patients', pathway: program.process, arrivals: { rates: always(perHour) }, variables: () => ({}) }],
    observer: {
      recorded: (run: SimulatedRun, { event }, at) => {
        if (event === 'requested') asked.set(run.id, at)
        if (event === 'granted') waits.push((at - asked.get(run.id)!) / 60_000)
      },
    },
    ...more,
  })
  hospital.run(hours * hourMs)
  return { waits, hospital }
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('closed forms', () => {
  const served = (minutes: number) =>
    oneTask(
      'queue',
      `<hospital:need pool="server" quantity="1"/><hospital:duration distribution="exponential" mean="PT${minutes}M"/>`,
    )

  it('M/M/1 at 0.7: the mean wait is rho / (mu - lambda)', async () => {
    const { waits } = waitsOf(await served(7), 1, 6, 4_000)
    const expected = 0.7 / (1 / 7 - 1 / 10)
    expect(waits.length).toBeGreaterThan(23_000)
    expect(Math.abs(mean(waits) / expected - 1)).toBeLessThan(0.08)
  })

  it('M/M/5 at 0.9: the mean wait is that of Erlang C, 1.52499 mean services', async () => {
    const { waits } = waitsOf(await served(10), 5, 27, 1_000)
    expect(waits.length).toBeGreaterThan(26_000)
    expect(Math.abs(mean(waits) / 15.2499 - 1)).toBeLessThan(0.12)
  })

  it('counts nobody twice and nobody out: begun = over + inside', async () => {
    const { hospital } = waitsOf(await served(10), 5, 27, 100)
    expect(hospital.counts.started.queue! - (hospital.counts.ended.queue ?? 0)).toBe(hospital.runs.size)
    expect(hospital.runs.size).toBeGreaterThan(0)
  })
})
