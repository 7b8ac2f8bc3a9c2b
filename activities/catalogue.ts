/** What each connector takes and gives, for those who draw: a task that is given its name starts with these. */
export interface ConnectorDescription {
  /** As `hospital:activity` names it. */
  name: string
  label: { fr: string; en: string }
  /** Names of its inputs, those that it cannot do without first. */
  inputs: string[]
  /** Variables that are usually written, from FEEL over its `result`. */
  outputs: Record<string, string>
}

export const CONNECTORS: ConnectorDescription[] = [
  {
    name: 'identity.check',
    label: { fr: 'Identité : vérifier', en: 'Identity: check' },
    inputs: ['patient', 'identityDocument'],
    outputs: { identityStatus: '=result.status' },
  },
  {
    name: 'identity.record',
    label: { fr: 'Identité : enregistrer le statut', en: 'Identity: record its status' },
    inputs: ['patient', 'status'],
    outputs: {},
  },
  {
    name: 'documents.dischargeLetter',
    label: { fr: 'Document : lettre de liaison', en: 'Document: discharge letter' },
    inputs: ['patient', 'reasonForStay', 'synthesis', 'dischargeTreatment', 'followUpPlan', 'place', 'mode', 'destination'],
    outputs: { document: '=result.document' },
  },
  {
    name: 'monEspaceSante.deposit',
    label: { fr: 'Mon Espace Santé : déposer', en: 'Mon Espace Santé: deposit' },
    inputs: ['document'],
    outputs: { deposit: '=result' },
  },
  {
    name: 'mail.generalPractitioner',
    label: { fr: 'Messagerie : médecin traitant', en: 'Mail: general practitioner' },
    inputs: ['document'],
    outputs: { mail: '=result' },
  },
  {
    name: 'stock.order',
    label: { fr: 'Stock : commander', en: 'Stock: order' },
    inputs: ['pool', 'quantity'],
    outputs: { delivery: '=result' },
  },
  {
    name: 'resources.availability',
    label: { fr: 'Ressources : ce qui est libre', en: 'Resources: what is free' },
    inputs: ['pool'],
    outputs: { availability: '=result' },
  },
  {
    name: 'alerts.raise',
    label: { fr: 'Alerte : signaler', en: 'Alert: raise' },
    inputs: ['patient', 'level', 'reason'],
    outputs: { alertId: '=result.alertId' },
  },
  {
    name: 'appointments.book',
    label: { fr: 'Rendez-vous : réserver', en: 'Appointment: book' },
    inputs: ['patient', 'kind', 'inDays'],
    outputs: { appointment: '=result' },
  },
]
