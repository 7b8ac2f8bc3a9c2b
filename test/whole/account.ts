/** What must hold when all is over, asked of the records, of the partners and of Temporal. */
import { uuidOf } from '../../activities/documents/identifiers.ts'
import type { Instance } from '../../pathways/engine/instance.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import type { Records } from '../../records/database.ts'
import type { Flow } from './flow.ts'
import type { WholeHospital } from './hospital.ts'

export interface Figures {
  patients: number
  /** Runs by pathway. */
  runs: Record<string, number>
  tasks: number
  letters: number
  deposits: number
  mails: number
  /** Transmissions by SMTP; more than mails when an acknowledgement was lost. */
  deliveries: number
  facts: number
  hospitalDays: number
}

interface Discharge {
  run: string
  patient: string
  uniqueId: string
  qualified: boolean
}

/** @returns everything that is wrong, in words, and the figures. */
export async function account(hospital: WholeHospital, flow: Flow): Promise<{ wrong: string[]; figures: Figures }> {
  const wrong: string[] = []
  const { records } = hospital
  const letters = await lettersOf(records)
  wrong.push(...(await runsWrong(records, flow)), ...(await tasksWrong(records)), ...(await ledgerWrong(records)))
  if (flow.refused.length > 0) wrong.push(`refused completions: ${[...new Set(flow.refused)].join(', ')}`)
  const deposits = await depositsWrong(hospital, flow, letters)
  const mails = await mailsWrong(hospital, letters)
  wrong.push(...deposits.wrong, ...mails.wrong, ...(await temporalWrong(hospital)))
  const { sql } = records
  const runs = await sql<
    { pathway: string; count: number }[]
  >`select pathway, count(*)::int as count from runs group by 1 order by 1`
  const [row] = await sql<{ tasks: number; facts: number; days: number }[]>`
    select (select count(*)::int from tasks where state = 'completed') as tasks, (select count(*)::int from facts) as facts,
      (select (max(ended_at) - min(started_at)) / 86400000.0 from runs)::float8 as days`
  const figures: Figures = {
    patients: flow.arriving.length,
    runs: Object.fromEntries(runs.map(({ pathway, count }) => [pathway, count])),
    tasks: row!.tasks,
    letters: letters.length,
    deposits: deposits.count,
    mails: mails.count,
    deliveries: mails.deliveries,
    facts: row!.facts,
    hospitalDays: Math.round(row!.days * 10) / 10,
  }
  return { wrong, figures }
}

/** Units that two holders have at this moment: none, ever. */
export async function heldTwice({ sql }: Records): Promise<string[]> {
  const rows = await sql<{ unit: string }[]>`
    select unit from held, jsonb_array_elements_text(units) as unit group by unit having count(*) > 1`
  return rows.map(({ unit }) => unit)
}

async function runsWrong({ sql }: Records, { arriving }: Flow): Promise<string[]> {
  const wrong: string[] = []
  const open = await sql<{ id: string; state: string }[]>`select id, state from runs where ended_at is null`
  wrong.push(...open.map(({ id, state }) => `${id} is ${state}`))
  const failed = await sql<{ id: string; state: string; code: string | null }[]>`
    select id, state, error_code as code from runs
    where state <> 'completed' and not (pathway = 'surgery' and state = 'failed' and error_code = 'NoGo')`
  wrong.push(...failed.map(({ id, state, code }) => `${id} ended ${state} ${code ?? ''}`))
  const began = await sql<{ patient: string; count: number }[]>`
    select runs.patient, count(*)::int as count from facts join runs on runs.id = facts.run
    where facts.pathway = 'admission' and facts.element = 'Arrival' and facts.event = 'completed' group by 1`
  for (const { patient } of arriving) {
    const count = began.find((row) => row.patient === patient.id)?.count ?? 0
    if (count !== 1) wrong.push(`${patient.id} was admitted ${count} times`)
  }
  if (began.length !== arriving.length) wrong.push(`${began.length} patients were admitted instead of ${arriving.length}`)
  const twice = await sql<{ run: string; sequence: number }[]>`
    select run, sequence from facts group by run, sequence, ordinal having count(*) > 1`
  wrong.push(...twice.map(({ run, sequence }) => `step ${sequence} of ${run} was written twice`))
  const incidents = await sql<{ run: string; activity: string }[]>`select run, activity from incidents where state = 'open'`
  wrong.push(...incidents.map(({ run, activity }) => `an open incident: ${activity} of ${run}`))
  const [outbox] = await sql<{ count: number }[]>`select count(*)::int as count from outbox where wall_delivered is null`
  if (outbox!.count > 0) wrong.push(`${outbox!.count} rows of the outbox were not delivered`)
  return wrong
}

/** Each task is completed or was needed no more, and what was completed was so once. */
async function tasksWrong({ sql }: Records): Promise<string[]> {
  const undone = await sql<
    { id: string; state: string }[]
  >`select id, state from tasks where state not in ('completed', 'cancelled')`
  const twice = await sql<{ run: string; element: string }[]>`
    select run, element from facts where event = 'completed' and type in ('bpmn:UserTask', 'bpmn:ManualTask')
    group by run, element, activation having count(*) > 1`
  const [counts] = await sql<{ tasks: number; facts: number }[]>`
    select (select count(*)::int from tasks where state = 'completed') as tasks,
      (select count(*)::int from facts where event = 'completed' and type in ('bpmn:UserTask', 'bpmn:ManualTask')) as facts`
  const wrong = undone.map(({ id, state }) => `task ${id} is ${state}`)
  wrong.push(...twice.map(({ run, element }) => `${element} of ${run} was completed twice`))
  if (counts!.tasks !== counts!.facts) wrong.push(`${counts!.tasks} tasks were completed, and ${counts!.facts} are in the log`)
  return wrong
}

async function ledgerWrong({ sql }: Records): Promise<string[]> {
  const units = await sql<{ id: string; state: string; holder: string }[]>`
    select id, state, holder from units where state not in ('free', 'closed') or holder <> ''`
  const holds = await sql<{ holder: string; pool: string }[]>`select holder, pool from held`
  const requests = await sql<{ holder: string }[]>`select holder from requests`
  return [
    ...units.map(({ id, state, holder }) => `${id} is ${state} for ${holder || 'nobody'}`),
    ...holds.map(({ holder, pool }) => `${holder} still holds of ${pool}`),
    ...requests.map(({ holder }) => `${holder} still asks`),
  ]
}

/** The letters that discharges made; whether each may be deposited stands in its run. */
async function lettersOf({ sql, encryption }: Records): Promise<Discharge[]> {
  const rows = await sql<{ run: string; patient: string; uniqueId: string; instance: Uint8Array }[]>`
    select documents.run, documents.patient, documents.unique_id as "uniqueId", runs.instance
    from documents join runs on runs.id = documents.run`
  return rows.map(({ run, patient, uniqueId, instance }) => {
    const variables: Variables = encryption.decryptJson<Instance>(instance).variables[0] ?? {}
    return { run, patient, uniqueId, qualified: variables.identityStatus === 'QUAL' }
  })
}

async function depositsWrong({ monEspaceSanteUrl, records }: WholeHospital, { arriving }: Flow, letters: Discharge[]) {
  const wrong: string[] = []
  let count = 0
  for (const { patient } of arriving) {
    const { oid, value } = patient.identity.ins
    const identifier = encodeURIComponent(`urn:oid:${oid}|${value}`)
    const answer = await fetch(`${monEspaceSanteUrl}/fhir/DocumentReference?patient.identifier=${identifier}`)
    const { entry } = (await answer.json()) as { entry: { resource: { masterIdentifier: { value: string } } }[] }
    const there = entry.map(({ resource }) => resource.masterIdentifier.value.replace(/^urn:\w+:/, '')).sort()
    const due = letters.filter((letter) => letter.patient === patient.id && letter.qualified)
    const expected = due.map(({ uniqueId }) => uniqueId.replace(/^urn:\w+:/, '')).sort()
    count += there.length
    if (there.join() !== expected.join()) {
      wrong.push(`${patient.id} has ${there.length} documents in Mon Espace Santé instead of ${expected.length}`)
    }
  }
  const [marked] = await records.sql<
    { count: number }[]
  >`select count(*)::int as count from documents where deposited_at is not null`
  if (marked!.count !== count) wrong.push(`${marked!.count} documents are marked as deposited, ${count} are`)
  return { wrong, count }
}

async function mailsWrong({ mailUrl, records }: WholeHospital, letters: Discharge[]) {
  const wrong: string[] = []
  const answer = await fetch(`${mailUrl}/messages`)
  const { items } = (await answer.json()) as { items: { messageId: string; deliveries: number }[] }
  const there = items.map(({ messageId }) => /^<([^@]+)@/.exec(messageId)?.[1] ?? messageId).sort()
  const expected = letters.map(({ uniqueId }) => uuidOf(`${uniqueId}/mail`)).sort()
  if (there.join() !== expected.join()) wrong.push(`${there.length} letters are in the mailboxes instead of ${expected.length}`)
  const made = await records.sql<{ run: string; count: number }[]>`
    select run, count(*)::int as count from documents group by run having count(*) > 1`
  wrong.push(...made.map(({ run, count }) => `${run} made ${count} letters`))
  return { wrong, count: items.length, deliveries: items.reduce((sum, { deliveries }) => sum + deliveries, 0) }
}

/** Visibility is eventual: it is given some seconds. */
async function temporalWrong({ client }: WholeHospital): Promise<string[]> {
  for (let attempt = 0; ; attempt++) {
    const { count } = await client.workflow.count("ExecutionStatus = 'Running'")
    if (count === 0) return []
    if (attempt === 50) return [`Temporal still runs ${count} workflows`]
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
