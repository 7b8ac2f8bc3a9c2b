/** Patients, by pseudonym; identities only for roles that may see them, and names never in an address. */
import { createRoute, z } from '@hono/zod-openapi'
import { type AccessRow, listAccesses, recordAccess } from '../../records/accesses.ts'
import { allergiesOf } from '../../records/allergies.ts'
import { hospitalNow } from '../../records/clock.ts'
import { listContacts } from '../../records/contacts.ts'
import { listDocuments } from '../../records/documents.ts'
import { listFactsOfPatient } from '../../records/facts.ts'
import { listMeasurements } from '../../records/measurements.ts'
import { listPatients, patientExists, readPatient, searchPatients } from '../../records/patients.ts'
import { loadProgram } from '../../records/programs.ts'
import { listPools } from '../../records/resources.ts'
import { listRuns } from '../../records/runs.ts'
import { situationOf } from '../../records/waiting.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { LIMIT_MAX, PageQuery, pageOf } from '../pages.ts'
import { searchOf } from '../patient-search.ts'
import { documentItem, factItem, measurementItem, runItem, timeOf } from '../presenting.ts'
import { contactItem, patientItem, waitItem } from '../presenting-patients.ts'
import { ProblemError } from '../problems.ts'
import { FLOW, seesClinical, seesIdentity } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { IdPath } from '../schemas/common.ts'
import { AccessItem, PatientDetail, PatientItem, PatientQuery, Situation } from '../schemas/patients.ts'
import { FactItem } from '../schemas/runs.ts'
import type { Session } from '../sessions.ts'

const tag = 'patients'
/** More than fit on a screen: type another letter. */
const FOUND_MAX = 30

const list = createRoute({
  method: 'get',
  path: '/patients',
  ...declared({ id: 'listPatients', tag, summary: 'Patients, newest first', admits: FLOW }),
  request: { query: PageQuery },
  responses: answers(pageOf(PatientItem), 'Newest first'),
})
const search = createRoute({
  method: 'post',
  path: '/patients/search',
  ...declared({ id: 'searchPatients', tag, summary: 'Find patients by names, birth date or INS', admits: FLOW }),
  request: bodyOf(PatientQuery),
  responses: answers(
    z.object({ items: z.array(PatientItem) }),
    `Those under way first, ${FOUND_MAX} at most; beginnings of names are found among those under way. Kept in the trail of accesses`,
  ),
})
const one = createRoute({
  method: 'get',
  path: '/patients/{id}',
  ...declared({
    id: 'readPatient',
    tag,
    summary: 'One patient: runs, documents, measurements, contacts',
    admits: [...FLOW, 'patient'],
  }),
  request: { params: IdPath },
  responses: answers(PatientDetail, 'A patient sees only themself; a reading by others is kept in the trail of accesses'),
})
const situation = createRoute({
  method: 'get',
  path: '/patients/{id}/situation',
  ...declared({
    id: 'readSituation',
    tag,
    summary: 'What a patient waits for, since when, who has it, what comes next',
    admits: FLOW,
  }),
  request: { params: IdPath },
  responses: answers(Situation, 'What counts most first'),
})
const timeline = createRoute({
  method: 'get',
  path: '/patients/{id}/timeline',
  ...declared({ id: 'readTimeline', tag, summary: 'What happened to a patient in all their pathways', admits: FLOW }),
  request: { params: IdPath, query: PageQuery },
  responses: answers(pageOf(FactItem), 'Newest first'),
})
const accesses = createRoute({
  method: 'get',
  path: '/patients/{id}/accesses',
  ...declared({ id: 'listAccesses', tag, summary: 'Who looked for, or at, a file', admits: ['administrator', 'patient'] }),
  request: { params: IdPath, query: PageQuery },
  responses: answers(pageOf(AccessItem), 'Newest first; a patient sees only their own'),
})

export function patientRoutes({ records }: Dependencies) {
  const keep = async ({ actor, role, synthetic }: Session, what: AccessRow['what'], patients: string[], query: string | null) => {
    if (synthetic || role === 'patient') return
    await recordAccess(records, { actor, role, what, patients, query, at: await hospitalNow(records) })
  }
  const known = async (id: string) => {
    if (!(await patientExists(records, id))) throw new ProblemError('unknown-patient')
  }
  return newRouter()
    .openapi(list, async (context) => {
      const caller = callerOf(context)
      const page = await listPatients(records, context.req.valid('query'))
      const isSeen = seesIdentity(caller.role)
      const site = await siteOf(records)
      await keep(
        caller,
        'searched',
        page.items.map(({ id }) => id),
        '',
      )
      return context.json({ ...page, items: page.items.map((row) => patientItem(row, isSeen, site)) }, 200)
    })
    .openapi(search, async (context) => {
      const caller = callerOf(context)
      const { query } = context.req.valid('json')
      const asked = searchOf(query)
      if (!asked) throw new ProblemError('search-too-short')
      const found = await searchPatients(records, asked, FOUND_MAX)
      await keep(
        caller,
        'searched',
        found.map(({ id }) => id),
        query,
      )
      const site = await siteOf(records)
      context.header('cache-control', 'no-store')
      return context.json({ items: found.map((row) => patientItem(row, seesIdentity(caller.role), site)) }, 200)
    })
    .openapi(one, async (context) => {
      const { id } = context.req.valid('param')
      const caller = callerOf(context)
      const { role, patient: self } = caller
      const isSelf = role === 'patient' && self === id
      const row = role === 'patient' && !isSelf ? null : await readPatient(records, id)
      if (!row) throw new ProblemError('unknown-patient')
      await keep(caller, 'read', [id], null)
      const site = await siteOf(records)
      const everything = { patient: id, limit: LIMIT_MAX }
      const isClinical = isSelf || seesClinical(role)
      const nothing = { items: [] }
      const [runs, documents, measurements, contacts, allergies] = await Promise.all([
        listRuns(records, everything),
        isClinical ? listDocuments(records, everything) : nothing,
        isClinical ? listMeasurements(records, everything) : nothing,
        isClinical ? listContacts(records, isSelf ? { ...everything, kinds: ['message'] } : everything) : nothing,
        isClinical ? allergiesOf(records, id) : '',
      ])
      return context.json(
        {
          ...patientItem(row, isSelf || seesIdentity(role), site),
          allergies,
          contacts: contacts.items.map((contact) => contactItem(contact, site)),
          runs: await Promise.all(runs.items.map(async (run) => runItem(run, await loadProgram(records, run.hash), site, role))),
          documents: documents.items.map((document) => documentItem(document, site)),
          measurements: measurements.items.map((measurement) => measurementItem(measurement, site)),
        },
        200,
      )
    })
    .openapi(situation, async (context) => {
      const { id } = context.req.valid('param')
      await known(id)
      const [{ waits, holds }, pools] = await Promise.all([situationOf(records, id), listPools(records)])
      const names = new Map(pools.map((pool) => [pool.id, pool.name]))
      const site = await siteOf(records)
      return context.json({ waits: waits.map((wait) => waitItem(wait, names, site)), holds }, 200)
    })
    .openapi(timeline, async (context) => {
      const { id } = context.req.valid('param')
      await known(id)
      const page = await listFactsOfPatient(records, { patient: id, ...context.req.valid('query') })
      const site = await siteOf(records)
      return context.json({ ...page, items: page.items.map((fact) => factItem(fact.position, fact, site)) }, 200)
    })
    .openapi(accesses, async (context) => {
      const { id } = context.req.valid('param')
      const { role, patient: self } = callerOf(context)
      if (role === 'patient' && self !== id) throw new ProblemError('unknown-patient')
      await known(id)
      const page = await listAccesses(records, { patient: id, ...context.req.valid('query') })
      const site = await siteOf(records)
      const items = page.items.map((row) => ({ ...row, id: String(row.id), at: timeOf(row.at, site) }))
      return context.json({ ...page, items }, 200)
    })
}
