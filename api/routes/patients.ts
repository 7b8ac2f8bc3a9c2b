/** Patients, by pseudonym; identities only for roles that may see them. */
import { createRoute, z } from '@hono/zod-openapi'
import type { SiteTime } from '../../pathways/time/site.ts'
import { listDocuments } from '../../records/documents.ts'
import { listMeasurements } from '../../records/measurements.ts'
import { listPatients, type PatientRow, readPatient } from '../../records/patients.ts'
import { loadProgram } from '../../records/programs.ts'
import { listRuns } from '../../records/runs.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { LIMIT_MAX, PageQuery, pageOf } from '../pages.ts'
import { documentItem, measurementItem, runItem, timeOf } from '../presenting.ts'
import { ProblemError } from '../problems.ts'
import { FLOW, seesClinical, seesIdentity } from '../roles.ts'
import { answers, callerOf, declared, newRouter } from '../route.ts'
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
export function patientRoutes({ records }: Dependencies) {
  return newRouter()
    .openapi(list, async (context) => {
      const page = await listPatients(records, context.req.valid('query'))
      const isSeen = seesIdentity(callerOf(context).role)
      const site = await siteOf(records)
      return context.json({ ...page, items: page.items.map((row) => patientItem(row, isSeen, site)) }, 200)
    })
    .openapi(one, async (context) => {
      const { id } = context.req.valid('param')
      const { role, patient: self } = callerOf(context)
      const isSelf = role === 'patient' && self === id
      const row = role === 'patient' && !isSelf ? null : await readPatient(records, id)
      if (!row) throw new ProblemError('unknown-patient')
      const site = await siteOf(records)
      const everything = { patient: id, limit: LIMIT_MAX }
      const isClinical = isSelf || seesClinical(role)
      const [runs, documents, measurements] = await Promise.all([
        listRuns(records, everything),
        isClinical ? listDocuments(records, everything) : { items: [] },
        isClinical ? listMeasurements(records, everything) : { items: [] },
      ])
      return context.json(
        {
          ...patientItem(row, isSelf || seesIdentity(role), site),
          runs: await Promise.all(runs.items.map(async (run) => runItem(run, await loadProgram(records, run.hash), site, role))),
          documents: documents.items.map((document) => documentItem(document, site)),
          measurements: measurements.items.map((measurement) => measurementItem(measurement, site)),
        },
        200,
      )
    })
}

function patientItem({ id, traits, insStatus, createdAt, running }: PatientRow, isSeen: boolean, site: SiteTime) {
  const { usedFamily, birthFamily, usedGiven, firstBirthGiven, birthDate, sex, ins } = traits
  const shown = {
    ...{ familyName: usedFamily, birthName: birthFamily, givenName: usedGiven ?? firstBirthGiven, birthDate, sex },
    ins: insStatus === 'QUAL' ? (ins?.value ?? '') : '',
    identityStatus: insStatus,
    insQualified: insStatus === 'QUAL',
  }
  return { id, traits: isSeen ? shown : null, createdAt: timeOf(createdAt, site), running }
}
