/**
 * Activities of the world outside that cannot be taken back: what is deposited in Mon Espace Santé has been seen by the patient, and a message
 * to a colleague's MSSanté address has been read. A later document may correct it; nothing makes it undone. By the names that `hospital:activity` gives.
 */
export const irreversibleActivities: ReadonlySet<string> = new Set(['monEspaceSante.deposit', 'mail.generalPractitioner'])
