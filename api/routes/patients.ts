/** Patients, by pseudonym; identities only for roles that may see them. */
import { createRoute, z } from '@hono/zod-openapi'
import { PageQuery, pageOf } from '../pages.ts'
import { FLOW } from '../roles.ts'
import { answers, declared } from '../route.ts'
import { IdPath } from '../schemas/common.ts'
import { PatientDetail, PatientItem } from '../schemas/patients.ts'

const tag = 'patients'

const list = createRoute({
  method: 'get',
  path: '/patients',
  ...declared({ id: 'listPatients', tag, summary: 'Patients; finds by exact family name or INS', admits: FLOW }),
  request: {
    query: PageQuery.extend({
      familyName: z.string().trim().min(2).max(100).optional(),
      ins: z.string().trim().min(13).max(15).optional(),
    }),
  },
  responses: answers(pageOf(PatientItem), 'Newest first'),
})
const one = createRoute({
  method: 'get',
  path: '/patients/{id}',
  ...declared({ id: 'readPatient', tag, summary: 'One patient: runs, documents, measurements', admits: [...FLOW, 'patient'] }),
  request: { params: IdPath },
  responses: answers(PatientDetail, 'A patient sees only themself'),
})
export const patientRouteDefinitions = { list, one }
