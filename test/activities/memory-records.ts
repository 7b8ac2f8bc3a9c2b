/** The few records that connectors call, in memory: enough to see what a connector asks for, and how often. */

import type { ActivityDependencies, ActivityRecords, KeptDocument, PatientRecord } from '../../activities/dependencies.ts'
import { DEMONSTRATION_ESTABLISHMENT } from '../../activities/establishment.ts'
import { samplePatient } from '../partners/samples.ts'

export const patientRecord = (changes: Partial<PatientRecord> = {}): PatientRecord => ({
  ...samplePatient,
  id: 'patient-1',
  identityStatus: 'QUAL',
  evidence: 'CN',
  identityAttributes: [],
  generalPractitioner: { family: 'MEDIONI', given: 'STÉPHANE', rpps: '', mailbox: 'cabinet@medecin.mssante.example' },
  ...changes,
})

export class MemoryRecords implements ActivityRecords {
  readonly patients = new Map<string, PatientRecord>()
  readonly documents = new Map<string, KeptDocument>()
  readonly lots = new Map<string, number>()
  readonly alerts = new Map<string, string>()
  readonly appointments = new Map<string, number>()
  /** Marks asked for, in order. */
  readonly marks: string[] = []

  constructor(...patients: PatientRecord[]) {
    for (const patient of patients) this.patients.set(patient.id, patient)
  }

  async readPatient(id: string) {
    return this.patients.get(id) ?? null
  }
  async recordIdentityStatus(id: string, identityStatus: PatientRecord['identityStatus']) {
    this.patients.set(id, { ...this.patients.get(id)!, identityStatus })
  }
  async readStayStart() {
    return 1_000
  }
  async keepDocument(document: Omit<KeptDocument, 'depositedAt' | 'mailedAt'>) {
    if (!this.documents.has(document.id)) this.documents.set(document.id, { ...document, depositedAt: null, mailedAt: null })
  }
  async readDocument(id: string) {
    return this.documents.get(id) ?? null
  }
  async markDocument(id: string, mark: 'deposited' | 'mailed', at: number) {
    this.marks.push(mark)
    const kept = this.documents.get(id)!
    if (mark === 'deposited') kept.depositedAt ??= at
    else kept.mailedAt ??= at
  }
  async receiveLot({ pool, lot, quantity }: { pool: string; lot: string; quantity: number }) {
    this.lots.set(`${pool}/${lot}`, quantity)
  }
  async readAvailability(pool: string) {
    return pool === 'bed' ? { free: 2, waiting: 0, inUse: 5, units: 8 } : null
  }
  async openAlert({ id, level }: { id: string; level: string }) {
    this.alerts.set(id, level)
  }
  async bookAppointment({ id, starts }: { id: string; starts: number[] }) {
    const known = this.appointments.get(id)
    if (known !== undefined) return known
    const taken = new Set(this.appointments.values())
    const start = starts.find((one) => !taken.has(one)) ?? null
    if (start !== null) this.appointments.set(id, start)
    return start
  }
}

/** A Monday at noon in Paris. */
export const NOON = 26 * 86_400_000 + 11 * 3_600_000

export const dependenciesWith = (
  records: ActivityRecords,
  partners: Partial<ActivityDependencies['partners']> = {},
): ActivityDependencies => ({
  records,
  partners: { monEspaceSanteUrl: 'http://127.0.0.1:9/fhir', smtpUrl: 'smtp://127.0.0.1:9', ...partners },
  clock: { site: { epoch: '2026-10-28T00:00:00Z', timeZone: 'Europe/Paris' }, hospitalNow: async () => NOON },
  establishment: DEMONSTRATION_ESTABLISHMENT,
})
