/** What patients at home measure: stored, and told to the pathway that waits for it, in one transaction. */
import { createRoute } from '@hono/zod-openapi'
import { currentTraceparent } from '../../activities/traced.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { hospitalMsOfIso } from '../../pathways/time/site.ts'
import { hospitalNow } from '../../records/clock.ts'
import { addMeasurement } from '../../records/measurements.ts'
import { sendMessage } from '../../records/messages.ts'
import { patientExists } from '../../records/patients.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { once } from '../idempotency.ts'
import { timeOf } from '../presenting.ts'
import { ProblemError } from '../problems.ts'
import { CARE } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { IdempotencyHeader } from '../schemas/common.ts'
import { MeasurementAnswer, MeasurementIn } from '../schemas/patients.ts'

const receive = createRoute({
  method: 'post',
  path: '/measurements',
  ...declared({ id: 'receiveMeasurement', tag: 'measurements', summary: 'A reading comes in', admits: [...CARE, 'patient'] }),
  request: { headers: IdempotencyHeader, ...bodyOf(MeasurementIn) },
  responses: answers(MeasurementAnswer, 'Stored, and on its way to the pathway'),
})
/** The message that telesurveillance waits for, correlated by the patient. */
const MESSAGE = 'measurement'

export function measurementRoutes({ records }: Dependencies) {
  return newRouter().openapi(receive, async (context) => {
    const reading = context.req.valid('json')
    const { patient, kind, value, unit } = reading
    const answers = reading.answers as Variables
    const { role, patient: self } = callerOf(context)
    if (role === 'patient' && self !== patient) throw new ProblemError('unknown-patient')
    const site = await siteOf(records)
    const now = await hospitalNow(records)
    const at = reading.at === undefined ? now : hospitalMsOfIso(reading.at, site)!
    if (at > now) throw new ProblemError('not-in-the-future')
    const answer = await once(records, context, reading, async (transaction) => {
      if (!(await patientExists(records, patient, transaction))) throw new ProblemError('unknown-patient')
      const { id } = await addMeasurement(records, { patient, kind, value, unit, answers, at }, transaction)
      const payload = { ...answers, kind, value, unit, at: timeOf(at, site) }
      await sendMessage(
        records,
        { name: MESSAGE, key: patient, payload, patient, traceparent: currentTraceparent() },
        transaction,
      )
      return { id: String(id) }
    })
    return context.json(answer, 200)
  })
}
