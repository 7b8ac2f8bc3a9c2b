// Goal: a published model gives its published results. Method: the example as it stands, against figures of 400 replications of treat-sim 3.0.0 (docs/published-models.md).
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
