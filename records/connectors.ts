/**
 * What connectors ask of the records. Each is safe to repeat: an effect on the outside world may be carried out twice, and must leave here
 * what carrying it out once leaves.
 */
import type { IdentityStatus } from '../pathways/identity/status.ts'
import { restock } from '../pathways/resources/index.ts'
import { raiseAlerts } from './alerts.ts'
import { hospitalNow } from './clock.ts'
import type { Queries, Records } from './database.ts'
import { RecordsError } from './errors.ts'
import { openLedger, saveLedger } from './ledger.ts'
import { addToOutbox, type OutboxEntry } from './outbox.ts'
import { endReorder, listPools } from './resources.ts'
import { allocateAndTell } from './telling.ts'

/** The traits of a patient as they stand, encrypted, in `patients.traits`. */
export interface PatientTraits {
  birthFamily: string
  /** Separated by spaces, as on the birth record. */
  birthGivens: string
  firstBirthGiven: string
  usedFamily: string
  usedGiven?: string
  sex: 'M' | 'F' | 'UN'
  /** `1979-03-28` */
  birthDate: string
  birthPlace: { insee: string; name: string }
  ins: { value: string; oid: string } | null
  /** Document of high trust presented at the desk: `CN`, `PA`, `CS`. */
  evidence?: string
  /** `DOUT`, `FICT`, …: what is said against the identity. */
  identityAttributes?: string[]
}

/** In `patients.general_practitioner`, encrypted. */
export interface GeneralPractitioner {
  family: string
  given: string
  rpps?: string
  mailbox: string
}

interface NewDocument {
  id: string
  patient: string
  run: string
  typeCode: string
  title: string
  uniqueId: string
  cda: string
  createdAt: number
}

const CONSULTATION_MS = 20 * 60_000
const HOUR_MS = 3_600_000
/** How the levels of the telesurveillance's decision table are answered. */
const ALERT_LEVELS: Record<string, { level: 'critical' | 'warning'; dueMs: number }> = {
  red: { level: 'critical', dueMs: HOUR_MS },
  orange: { level: 'warning', dueMs: 4 * HOUR_MS },
}

/** The records as connectors know them. */
export const connectorRecords = (records: Records) => ({
  readPatient: (patient: string) => readPatient(records, patient),
  recordIdentityStatus: (patient: string, status: IdentityStatus) => recordIdentityStatus(records, patient, status),
  readStayStart: (run: string) => readStayStart(records, run),
  keepDocument: (document: NewDocument) => keepDocument(records, document),
  readDocument: (id: string) => readDocument(records, id),
  markDocument: (id: string, mark: 'deposited' | 'mailed', at: number) => markDocument(records, id, mark, at),
  receiveLot: (lot: ReceivedLot) => receiveLot(records, lot),
  readAvailability: (pool: string) => readAvailability(records, pool),
  openAlert: (alert: RaisedAlert) => openAlert(records, alert),
  bookAppointment: (appointment: WantedAppointment) => bookAppointment(records, appointment),
})

async function readPatient(records: Records, id: string) {
  const [row] = await records.sql<{ traits: Buffer; identityStatus: IdentityStatus; practitioner: Buffer | null }[]>`
    select traits, ins_status as "identityStatus", general_practitioner as practitioner from patients where id = ${id}`
  if (!row) return null
  const traits = records.encryption.decryptJson<PatientTraits>(row.traits)
  const practitioner = row.practitioner && records.encryption.decryptJson<GeneralPractitioner>(row.practitioner)
  const { birthFamily, birthGivens, firstBirthGiven, usedFamily, sex, birthDate, ins } = traits
  return {
    ...{ id, localId: id, birthFamily, birthGivens, firstBirthGiven, usedFamily, sex, birthDate, ins },
    usedGiven: traits.usedGiven ?? firstBirthGiven,
    birthPlace: traits.birthPlace.insee,
    identityStatus: row.identityStatus,
    evidence: traits.evidence ?? '',
    identityAttributes: traits.identityAttributes ?? [],
    generalPractitioner: practitioner && { rpps: '', ...practitioner },
  }
}

async function recordIdentityStatus({ sql }: Records, patient: string, status: IdentityStatus): Promise<void> {
  await sql`update patients set ins_status = ${status} where id = ${patient}`
}

/** When the outermost run that called this one began. @throws RecordsError `unknownRun`. */
async function readStayStart({ sql }: Records, run: string): Promise<number> {
  const [row] = await sql<{ startedAt: number }[]>`
    with recursive callers as (
      select id, caller_run, started_at, 0 as depth from runs where id = ${run}
      union all select runs.id, runs.caller_run, runs.started_at, depth + 1 from runs join callers on runs.id = callers.caller_run)
    select started_at as "startedAt" from callers order by depth desc limit 1`
  if (!row) throw new RecordsError('unknownRun', `There is no run "${run}".`)
  return row.startedAt
}

async function keepDocument({ sql, encryption, site }: Records, document: NewDocument): Promise<void> {
  const { id, patient, run, typeCode, title, uniqueId, cda, createdAt } = document
  await sql`
    insert into documents (id, site, patient, run, type_code, title, unique_id, cda, state, created_at)
    values (${id}, ${site}, ${patient}, ${run}, ${typeCode}, ${title}, ${uniqueId}, ${encryption.encrypt(Buffer.from(cda))}, 'created', ${createdAt})
    on conflict (id) do nothing`
}

type DocumentRow = Omit<NewDocument, 'cda'> & { cda: Buffer; depositedAt: number | null; mailedAt: number | null }

async function readDocument({ sql, encryption }: Records, id: string) {
  const [row] = await sql<DocumentRow[]>`
    select id, patient, run, type_code as "typeCode", title, unique_id as "uniqueId", cda, created_at as "createdAt",
      deposited_at as "depositedAt", mailed_at as "mailedAt" from documents where id = ${id}`
  return row ? { ...row, cda: encryption.decrypt(row.cda).toString('utf8') } : null
}

async function markDocument({ sql }: Records, id: string, mark: 'deposited' | 'mailed', at: number): Promise<void> {
  if (mark === 'mailed') await sql`update documents set mailed_at = ${at} where id = ${id} and mailed_at is null`
  else await sql`update documents set deposited_at = ${at}, state = 'deposited' where id = ${id} and deposited_at is null`
}

interface ReceivedLot {
  pool: string
  lot: string
  quantity: number
  expiresAt: number
  at: number
}

/** Brings a lot into a stock, ends the order under way, and grants what waited for it, in one transaction. */
async function readAvailability(records: Records, id: string) {
  const [pool] = (await listPools(records)).filter((row) => row.id === id)
  if (!pool) return null
  const { kind, capacity, free, reserved, occupied, queue, lots } = pool
  const now = kind === 'stock' ? await hospitalNow(records) : 0
  const usable = lots.reduce((sum, { quantity, expiresAt }) => (expiresAt > now ? sum + quantity : sum), 0)
  return kind === 'stock'
    ? { free: usable, waiting: queue, inUse: 0, units: usable }
    : { free, waiting: queue, inUse: reserved + occupied, units: capacity }
}

async function receiveLot(records: Records, { pool, lot, quantity, expiresAt, at }: ReceivedLot): Promise<void> {
  const { site, sql, encryption } = records
  await sql.begin(async (tx) => {
    // A lot that is used up is forgotten by the ledger, so the delivery itself has to be remembered.
    const remembered = await tx`
      insert into idempotency_keys (route, actor, key, fingerprint, status)
      values ('stock.order', ${site}, ${lot}, ${encryption.blindIndex(`${pool}/${quantity}`)}, 200) on conflict do nothing returning key`
    if (remembered.length === 0) return
    const open = await openLedger(records, tx, site)
    restock(open.ledger, pool, lot, quantity, expiresAt)
    await endReorder(tx, site, pool, at)
    const outbox: OutboxEntry[] = []
    const telling = { records, tx, at, outbox, alerts: [], incidents: [] }
    await allocateAndTell(telling, open)
    await raiseAlerts(records, tx, telling.alerts)
    await addToOutbox(records, tx, outbox)
    await saveLedger(records, tx, open)
  })
}

interface RaisedAlert {
  id: string
  run: string
  patient: string
  level: string
  reason: string
  at: number
}

function openAlert(
  records: Records,
  { id, run, patient, level, reason, at }: RaisedAlert,
  sql: Queries = records.sql,
): Promise<void> {
  const answer = ALERT_LEVELS[level] ?? { level: 'info' as const, dueMs: 24 * HOUR_MS }
  const alert = { kind: 'telesurveillance', cause: id, run, patient, reason, level: answer.level, owner: 'nurse' }
  return raiseAlerts(records, sql, [{ ...alert, site: records.site, openedAt: at, dueAt: at + answer.dueMs }])
}

interface WantedAppointment {
  id: string
  run: string
  patient: string
  kind: string
  /** Hospital times, the preferred one first. */
  starts: number[]
  at: number
}

/** Whoever books for the same kind waits for this transaction, so that no slot is given twice. */
function bookAppointment(
  { sql, site }: Records,
  { id, run, patient, kind, starts, at }: WantedAppointment,
): Promise<number | null> {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`appointments/${site}/${kind}`}, 0))`
    const [known] = await tx<{ start: number }[]>`select start_at as start from appointments where id = ${id}`
    if (known) return known.start
    const taken = await tx<{ start: number }[]>`
      select start_at as start from appointments
      where site = ${site} and kind = ${kind} and state = 'booked' and start_at = any(${starts})`
    const start = starts.find((one) => !taken.some((row) => row.start === one))
    if (start === undefined) return null
    await tx`
      insert into appointments (id, site, patient, run, kind, unit, start_at, end_at, state, created_at)
      values (${id}, ${site}, ${patient}, ${run}, ${kind}, ${kind}, ${start}, ${start + CONSULTATION_MS}, 'booked', ${at})`
    return start
  })
}
