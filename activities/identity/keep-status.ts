/** What both identity activities do in the end. */
import type { IdentityStatus } from '../../pathways/identity/status.ts'
import { ConnectorError } from '../connector.ts'
import type { ActivityDependencies, PatientRecord } from '../dependencies.ts'

type Keeping = Pick<ActivityDependencies, 'records' | 'clock'>

/** @throws ConnectorError, not to be tried again, when the records do not know the patient. */
export async function patientOf({ records }: Keeping, id: string): Promise<PatientRecord> {
  const patient = await records.readPatient(id)
  if (!patient) throw new ConnectorError('The identity is that of a patient who is not in the records.', { retryable: false })
  return patient
}

/** Written only when it differs from what the records say. */
export async function keepStatus({ records, clock }: Keeping, patient: PatientRecord, status: IdentityStatus): Promise<void> {
  if (status !== patient.identityStatus) await records.recordIdentityStatus(patient.id, status, await clock.hospitalNow())
}
