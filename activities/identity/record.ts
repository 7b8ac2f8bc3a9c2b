/** identity.record: what the desk found of a patient's identity, kept for the whole hospital. */
import { type IdentityStatus, isIdentityStatus } from '../../pathways/identity/status.ts'
import { type Connector, ConnectorError, requiredText } from '../connector.ts'
import type { ActivityDependencies } from '../dependencies.ts'
import { keepStatus, patientOf } from './keep-status.ts'

/** What only INSi together with a document gives: see `identity.check`. */
const NOT_BY_HAND: IdentityStatus = 'QUAL'

/** Inputs `patient` and `status`: PROV, RECUP or VALI. Gives `status`. */
export const recordIdentity =
  (dependencies: ActivityDependencies): Connector =>
  async (input) => {
    const status = requiredText(input, 'status')
    if (!isIdentityStatus(status) || status === NOT_BY_HAND)
      throw new ConnectorError('The identity status to record is none that a desk may give.', { retryable: false })
    await keepStatus(dependencies, await patientOf(dependencies, requiredText(input, 'patient')), status)
    return { status }
  }
