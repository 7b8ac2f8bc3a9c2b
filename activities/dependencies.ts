/** What connectors are made with. They know records by the few functions they call, and hospital time by a reading of the site's clock. */
import type { IdentityStatus } from '../pathways/identity/status.ts'
import type { SiteTime } from '../pathways/time/site.ts'
import type { Establishment, LetterPatient, Recipient } from './documents/letter.ts'

export interface PatientRecord extends Omit<LetterPatient, 'ins'> {
  id: string
  /** What INSi answered, whether it may be used or not; null when it found nobody or several. */
  ins: { value: string; oid: string } | null
  identityStatus: IdentityStatus
  /** Document presented at the desk: `CN` identity card, `PA` passport, `CS` residence permit, …; '' for none. */
  evidence: string
  /** `DOUT`, `FICT`, `HOMD`, …: what is said against the identity. */
  identityAttributes: string[]
  generalPractitioner: Recipient | null
}

export interface KeptDocument {
  id: string
  patient: string
  run: string
  /** LOINC. */
  typeCode: string
  title: string
  /** OID. */
  uniqueId: string
  cda: string
  createdAt: number
  /** Hospital times, or null: each is set once. */
  depositedAt: number | null
  mailedAt: number | null
}

export interface ActivityRecords {
  /** Null when there is no such patient. */
  readPatient(patient: string): Promise<PatientRecord | null>
  recordIdentityStatus(patient: string, status: IdentityStatus, at: number): Promise<void>
  /** Hospital time at which the stay that this run belongs to began. */
  readStayStart(run: string): Promise<number>
  /** Keeps the document encrypted, unless one with its id is there: then nothing changes. */
  keepDocument(document: Omit<KeptDocument, 'depositedAt' | 'mailedAt'>): Promise<void>
  readDocument(id: string): Promise<KeptDocument | null>
  /** Marks the document once: a later call changes nothing. */
  markDocument(id: string, mark: 'deposited' | 'mailed', at: number): Promise<void>
  /** Adds a lot to a stock through the site's ledger, once for each lot. */
  receiveLot(lot: { pool: string; lot: string; quantity: number; expiresAt: number; at: number }): Promise<void>
  /** How full a pool is now, closed units counted in `units`; null when there is no such pool. */
  readAvailability(pool: string): Promise<{ free: number; waiting: number; inUse: number; units: number } | null>
  /** Opens an alert, once for each id. */
  openAlert(alert: { id: string; run: string; patient: string; level: string; reason: string; at: number }): Promise<void>
  /** Books the first free slot among `starts`, once for each id; answers its start, or null when all are taken. */
  bookAppointment(appointment: {
    id: string
    run: string
    patient: string
    kind: string
    starts: number[]
    at: number
  }): Promise<number | null>
}

export interface ActivityDependencies {
  records: ActivityRecords
  partners: {
    /** Base address of the FHIR service: `http://127.0.0.1:4001/fhir`. */
    monEspaceSanteUrl: string
    /** `smtp://127.0.0.1:4002`. */
    smtpUrl: string
  }
  clock: {
    site: SiteTime
    /** Hospital time now, in milliseconds. */
    hospitalNow(): Promise<number>
  }
  establishment: Establishment
}
