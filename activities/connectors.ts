/** Every connector, by the name that a pathway's `hospital:activity` gives it. */
import { raiseAlert } from './alerts/raise.ts'
import { bookAppointment } from './appointments/book.ts'
import type { Connector } from './connector.ts'
import type { ActivityDependencies } from './dependencies.ts'
import { writeDischargeLetter } from './documents/write-discharge-letter.ts'
import { DEMONSTRATION_ESTABLISHMENT } from './establishment.ts'
import { checkIdentity } from './identity/check.ts'
import { recordIdentity } from './identity/record.ts'
import { mailGeneralPractitioner } from './mail/general-practitioner.ts'
import { depositInMonEspaceSante } from './mon-espace-sante/deposit.ts'
import { readAvailability } from './resources/availability.ts'
import { orderStock } from './stock/order.ts'

/** Makes all connectors with what they need; without an establishment they are the demonstration's. */
export function createActivities(
  given: Omit<ActivityDependencies, 'establishment'> & Partial<Pick<ActivityDependencies, 'establishment'>>,
): Record<string, Connector> {
  const dependencies: ActivityDependencies = { establishment: DEMONSTRATION_ESTABLISHMENT, ...given }
  return {
    'identity.check': checkIdentity(dependencies),
    'identity.record': recordIdentity(dependencies),
    'documents.dischargeLetter': writeDischargeLetter(dependencies),
    'monEspaceSante.deposit': depositInMonEspaceSante(dependencies),
    'mail.generalPractitioner': mailGeneralPractitioner(dependencies),
    'stock.order': orderStock(dependencies),
    'resources.availability': readAvailability(dependencies),
    'alerts.raise': raiseAlert(dependencies),
    'appointments.book': bookAppointment(dependencies),
  }
}
