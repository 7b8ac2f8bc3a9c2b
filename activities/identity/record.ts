/** identity.record: what the desk found of a patient's identity, kept for the whole hospital. */
import { type IdentityStatus, isIdentityStatus } from '../../pathways/identity/status.ts'
import { type Connector, ConnectorError, requiredText } from '../connector.ts'
import type { ActivityDependencies } from '../dependencies.ts'

/** What only INSi together with a document gives: see `identity.check`. */
const NOT_BY_HAND: IdentityStatus = 'QUAL'

/** Inputs `patient` and `status`: PROV, RECUP or VALI. Gives `status`. */
export const recordIdentity =
  ({ records, clock }: ActivityDependencies): Connector =>
  async (input) => {
    const status = requiredText(input, 'status')
    if (!isIdentityStatus(status) || status === NOT_BY_HAND)
      throw new ConnectorError('The identity status to record is none that a desk may give.', { retryable: false })
    const patient = await records.readPatient(requiredText(input, 'patient'))
    if (!patient)
      throw new ConnectorError('The identity to record is that of a patient who is not in the records.', { retryable: false })
    if (status !== patient.identityStatus) await records.recordIdentityStatus(patient.id, status, await clock.hospitalNow())
    return { status }
  }
