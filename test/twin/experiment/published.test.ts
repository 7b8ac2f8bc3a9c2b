// Goal: a published model gives its published results. Method: the example as it stands, against the figures of docs/published-models.md.
import { expect, it } from 'vitest'
import { experimentOf, readNamedScenario } from '../../../command/scenario.ts'
import { replicate } from '../../../twin/experiment/replicate.ts'

it('the treatment centre of Nelson, Monks and Harper', async () => {
  const experiment = experimentOf(await readNamedScenario('scenarios/examples/treatment-centre.yaml'))
  const runs = Array.from({ length: 200 }, (_, replication) => replicate(experiment, replication)!)
  const mean = (name: string) => runs.reduce((sum, run) => sum + run.find((each) => each.name === name)!.value, 0) / runs.length
  for (const [name, published] of [
    ['treatment-centre.started', 227.2],
    ['treatment-centre.completed', 163.7],
    ['treatment-centre.Triage.waitMinutesMean', 30.8],
    ['treatment-centre.Registration.waitMinutesMean', 104.1],
    ['treatment-centre.Examination.waitMinutesMean', 25.5],
    ['treatment-centre.Treatment.waitMinutesMean', 133.5],
    ['treatment-centre.Stabilisation.waitMinutesMean', 149.7],
    ['treatment-centre.TraumaTreatment.waitMinutesMean', 17.4],
    ['pool.triage-bay.occupancyMean', 0.598],
    ['pool.clerk.occupancyMean', 0.839],
    ['pool.examination-room.occupancyMean', 0.851],
    ['pool.cubicle.occupancyMean', 0.868],
  ] as const)
    expect(Math.abs(mean(name) / published - 1), name).toBeLessThan(0.1)
})

it('the call centre of Monks and Harper', async () => {
  const experiment = experimentOf(await readNamedScenario('scenarios/examples/call-centre.yaml'))
  const runs = Array.from({ length: 100 }, (_, replication) => replicate(experiment, replication)!)
  const mean = (name: string) => runs.reduce((sum, run) => sum + run.find((each) => each.name === name)!.value, 0) / runs.length
  for (const [name, published, tolerance] of [
    ['call-centre.Call.waitMinutesMean', 3.33, 0.6],
    ['call-centre.CallBack.waitMinutesMean', 14.98, 3],
    ['pool.operator.occupancyMean', 0.933, 0.008],
    ['pool.nurse.occupancyMean', 0.954, 0.01],
  ] as const)
    expect(Math.abs(mean(name) - published), name).toBeLessThan(tolerance)
})

it('the orthopaedic lists of Harper and Monks: operations a day, by beds', async () => {
  for (const [beds, published] of [
    [30, 5.11],
    [70, 10.55],
  ] as const) {
    const named = await readNamedScenario('scenarios/examples/orthopaedics.yaml')
    const [pool] = named.scenario.hospital.pools
    pool!.units = beds
    const experiment = experimentOf(named)
    const served = Array.from(
      { length: 12 },
      (_, replication) => replicate(experiment, replication)!.find(({ name }) => name === 'joint.Wait.served')!.value,
    )
    expect(served.reduce((sum, each) => sum + each, 0) / served.length / 70 / published).toBeCloseTo(1, 1)
  }
})

it('the stroke units of Monks and others: how likely a patient finds no bed', async () => {
  const experiment = experimentOf(await readNamedScenario('scenarios/examples/stroke-units.yaml'))
  const runs = Array.from({ length: 12 }, (_, replication) => replicate(experiment, replication)!)
  const mean = (name: string) => runs.reduce((sum, run) => sum + run.find((each) => each.name === name)!.value, 0) / runs.length
  for (const [name, published] of [
    ['pool.acute-bed.delayProbability@9', 0.19],
    ['pool.acute-bed.delayProbability@10', 0.14],
    ['pool.acute-bed.delayProbability@12', 0.06],
    ['pool.acute-bed.delayProbability@14', 0.02],
    ['pool.rehabilitation-bed.delayProbability@10', 0.2],
    ['pool.rehabilitation-bed.delayProbability@12', 0.11],
    ['pool.rehabilitation-bed.delayProbability@14', 0.05],
  ] as const)
    expect(Math.abs(mean(name) - published), name).toBeLessThan(0.015)
})
