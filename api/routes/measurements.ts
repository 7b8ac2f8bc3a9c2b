/** What patients at home measure: stored, and told to the pathway that waits for it, in one transaction. */
import { createRoute } from '@hono/zod-openapi'
import { CARE } from '../roles.ts'
import { answers, bodyOf, declared } from '../route.ts'
import { IdempotencyHeader } from '../schemas/common.ts'
import { MeasurementAnswer, MeasurementIn } from '../schemas/patients.ts'

const receive = createRoute({
  method: 'post',
  path: '/measurements',
  ...declared({ id: 'receiveMeasurement', tag: 'measurements', summary: 'A reading comes in', admits: [...CARE, 'patient'] }),
  request: { headers: IdempotencyHeader, ...bodyOf(MeasurementIn) },
  responses: answers(MeasurementAnswer, 'Stored, and on its way to the pathway'),
})
export const measurementRouteDefinitions = { receive }
