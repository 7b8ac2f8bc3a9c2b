/** The desk of those who follow patients at home: alerts by colour, and what is done about them. */
import { createRoute } from '@hono/zod-openapi'
import { currentTraceparent } from '../../activities/traced.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { recordAct } from '../../records/acts.ts'
import { closeAlert } from '../../records/alerts.ts'
import { hospitalNow } from '../../records/clock.ts'
import { addContact } from '../../records/contacts.ts'
import { FOLLOW_UP, type FollowUpRow, listFollowUps } from '../../records/follow-ups.ts'
import { measurementsSince } from '../../records/measurements.ts'
import { addToOutbox } from '../../records/outbox.ts'
import { patientExists, traitsOf } from '../../records/patients.ts'
import { loadProgram } from '../../records/programs.ts'
import { readRun } from '../../records/runs.ts'
import { type Dependencies, siteOf } from '../dependencies.ts'
import { once } from '../idempotency.ts'
import { limitsOf } from '../limits.ts'
import { PageQuery } from '../pages.ts'
import { nameOf } from '../presenting.ts'
import { followUpItem } from '../presenting-follow-ups.ts'
import { ProblemError } from '../problems.ts'
import { CARE } from '../roles.ts'
import { answers, bodyOf, callerOf, declared, newRouter } from '../route.ts'
import { Id, IdempotencyHeader, IdPath } from '../schemas/common.ts'
import { Colour, ContactIn, FollowUpPage } from '../schemas/follow-ups.ts'
import { Accepted } from '../schemas/runs.ts'

const tag = 'follow-ups'
const TREND_DAYS = 30
const DAY_MS = 86_400_000

const list = createRoute({
  method: 'get',
  path: '/follow-ups',
  ...declared({ id: 'listFollowUps', tag, summary: 'Patients followed at home, red first', admits: CARE }),
  request: { query: PageQuery.extend({ colour: Colour.optional(), patient: Id.optional() }) },
  responses: answers(FollowUpPage, 'Red, orange, green; among them whose clock ends first'),
})
const contact = createRoute({
  method: 'post',
  path: '/patients/{id}/contacts',
  ...declared({ id: 'addContact', tag, summary: 'A call, a message, a visit, new thresholds; may close an alert', admits: CARE }),
  request: { params: IdPath, headers: IdempotencyHeader, ...bodyOf(ContactIn) },
  responses: answers(Accepted, 'Kept in the file; new thresholds count from the next reading on'),
})

export function followUpRoutes({ records }: Dependencies) {
  const limitsFor = async ({ version, hash, instance }: FollowUpRow) =>
    limitsOf(records, await siteOf(records), { pathway: FOLLOW_UP, version, hash }, instance?.variables[0] ?? {})
  return newRouter()
    .openapi(list, async (context) => {
      const { items, ...page } = await listFollowUps(records, context.req.valid('query'))
      const site = await siteOf(records)
      const now = await hospitalNow(records)
      const patients = items.map(({ patient }) => patient)
      const [traits, measurements] = await Promise.all([
        traitsOf(records, patients),
        measurementsSince(records, patients, now - TREND_DAYS * DAY_MS),
      ])
      const answered = await Promise.all(
        items.map(async (row) => {
          const known = traits.get(row.patient)
          const name = known ? nameOf(known) : null
          const own = measurements.filter(({ patient }) => patient === row.patient)
          const [program, limits] = await Promise.all([loadProgram(records, row.hash), limitsFor(row)])
          return followUpItem(row, { name, program, limits, measurements: own }, now, site)
        }),
      )
      return context.json({ ...page, items: answered }, 200)
    })
    .openapi(contact, async (context) => {
      const patient = context.req.valid('param').id
      const asked = context.req.valid('json')
      const { actor: by } = callerOf(context)
      const answer = await once(records, context, asked, async (tx) => {
        if (!(await patientExists(records, patient, tx))) throw new ProblemError('unknown-patient')
        const { kind, note, run = null, alert, closes, thresholds = null } = asked
        const followed = run === null ? null : await readRun(records, run)
        if (run !== null && followed?.patient !== patient) throw new ProblemError('unknown-run')
        const at = await hospitalNow(records)
        if ((closes || kind === 'close') && !(await closeAlert(records, tx, alert!, { by, at, note })))
          throw new ProblemError('unknown-alert')
        const kept = { patient, run, alert: alert === undefined ? null : Number(alert), kind, note, thresholds, by, at }
        const id = await addContact(records, kept, tx)
        if (run === null) return { accepted: true as const }
        await recordAct(records, tx, {
          act: 'contacted',
          run,
          element: '',
          name: '',
          type: '',
          at,
          by,
          detail: { contact: id, kind },
        })
        if (thresholds) {
          if (followed!.endedAt !== null) throw new ProblemError('run-over')
          const variables: Variables = { ownThresholds: { ...thresholds } }
          const event = { type: 'variablesChanged' as const, at, variables }
          await addToOutbox(records, tx, [{ target: run, kind: 'event', payload: event }], currentTraceparent())
        }
        return { accepted: true as const }
      })
      return context.json(answer, 200)
    })
}
