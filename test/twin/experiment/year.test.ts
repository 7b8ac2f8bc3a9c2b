// Goal: the hospital of 500 beds runs by the library's pathways as they are. Method: its first three days, for what must happen in them and what must not.
import { expect, it } from 'vitest'
import { experimentOf, readNamedScenario } from '../../../command/scenario.ts'
import { replicate } from '../../../twin/experiment/replicate.ts'

it('admits, operates, discharges, cleans, restocks and follows at home', async () => {
  const named = await readNamedScenario('scenarios/hopital-500/year.yaml')
  named.scenario.horizon = 'P3D'
  const failed: string[] = []
  const measures = replicate(experimentOf(named), 0, undefined, {
    ended: ({ id, instance: { marking, bookkeeping } }) => {
      // A No-Go is how the surgery pathway says that there is no operation.
      if (marking.outcome === 'failed' && bookkeeping.error?.code !== 'NoGo') failed.push(`${id}: ${bookkeeping.error?.message}`)
    },
  })!
  const value = (name: string) => measures.find((each) => each.name === name)!.value
  expect(failed).toEqual([])
  expect(value('admission.started')).toBeGreaterThan(550)
  expect(value('surgery.completed')).toBeGreaterThan(50)
  expect(value('bed-cleaning.completed')).toBe(value('admission.Discharged.reached'))
  expect(value('consultation.completed')).toBeGreaterThan(450)
  expect(value('telesurveillance.started')).toBeGreaterThanOrEqual(1500)
  expect(value('telesurveillance.Stopped.reached')).toBe(0)
  expect(value('pool.remote-nurse.occupancyMean')).toBeGreaterThan(0.2)
  expect(value('circularWaits@end')).toBe(0)
}, 60_000)
