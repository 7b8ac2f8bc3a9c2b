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

it('the stroke units of Monks and others: how likely a patient finds no bed', async () => {
  const experiment = experimentOf(await readNamedScenario('scenarios/examples/stroke-units.yaml'))
  const runs = Array.from({ length: 20 }, (_, replication) => replicate(experiment, replication)!)
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
