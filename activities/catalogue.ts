/** What each connector takes and gives, for those who draw: a task that is given its name starts with these. */
export interface ConnectorDescription {
  /** As `hospital:activity` names it. */
  name: string
  label: { fr: string; en: string }
  /** What it does, in a sentence. */
  help: { fr: string; en: string }
  /** Names of its inputs, those that it cannot do without first. */
  inputs: string[]
  /** Variables that are usually written, from FEEL over its `result`. */
  outputs: Record<string, string>
}

export const CONNECTORS: ConnectorDescription[] = [
  {
    name: 'identity.check',
    label: { fr: 'Identité : vérifier', en: 'Identity: check' },
    help: {
      fr: 'Compare la pièce présentée aux traits du dossier, et donne le statut INS.',
      en: 'Compares the document presented with the record’s traits, and gives the INS status.',
    },
    inputs: ['patient', 'identityDocument'],
    outputs: { identityStatus: '=result.status' },
  },
  {
    name: 'identity.record',
    label: { fr: 'Identité : enregistrer le statut', en: 'Identity: record its status' },
    help: {
      fr: 'Écrit dans le dossier le statut d’identité qu’une personne a décidé.',
      en: 'Writes into the record the identity status that somebody decided.',
    },
    inputs: ['patient', 'status'],
    outputs: {},
  },
  {
    name: 'documents.dischargeLetter',
    label: { fr: 'Document : lettre de liaison', en: 'Document: discharge letter' },
    help: {
      fr: 'Rédige la lettre de liaison en CDA, prête à être déposée ou envoyée.',
      en: 'Writes the discharge letter as CDA, ready to be deposited or sent.',
    },
    inputs: ['patient', 'reasonForStay', 'synthesis', 'dischargeTreatment', 'followUpPlan', 'place', 'mode', 'destination'],
    outputs: { document: '=result.document' },
  },
  {
    name: 'monEspaceSante.deposit',
    label: { fr: 'Mon Espace Santé : déposer', en: 'Mon Espace Santé: deposit' },
    help: {
      fr: 'Dépose le document dans Mon Espace Santé du patient, une seule fois.',
      en: 'Deposits the document in the patient’s Mon Espace Santé, once.',
    },
    inputs: ['document'],
    outputs: { deposit: '=result' },
  },
  {
    name: 'mail.generalPractitioner',
    label: { fr: 'Messagerie : médecin traitant', en: 'Mail: general practitioner' },
    help: {
      fr: 'Envoie le document au médecin traitant par messagerie sécurisée (MSSanté).',
      en: 'Sends the document to the general practitioner by secure mail (MSSanté).',
    },
    inputs: ['document'],
    outputs: { mail: '=result' },
  },
  {
    name: 'stock.order',
    label: { fr: 'Stock : commander', en: 'Stock: order' },
    help: {
      fr: 'Commande une quantité d’un article ; elle arrive quand elle est livrée.',
      en: 'Orders a quantity of an article; it is there when it is delivered.',
    },
    inputs: ['pool', 'quantity'],
    outputs: { delivery: '=result' },
  },
  {
    name: 'resources.availability',
    label: { fr: 'Ressources : ce qui est libre', en: 'Resources: what is free' },
    help: {
      fr: 'Dit combien d’unités d’une ressource sont libres maintenant.',
      en: 'Says how many units of a resource are free now.',
    },
    inputs: ['pool'],
    outputs: { availability: '=result' },
  },
  {
    name: 'alerts.raise',
    label: { fr: 'Alerte : signaler', en: 'Alert: raise' },
    help: {
      fr: 'Met une alerte sur l’écran de télésurveillance, avec son délai.',
      en: 'Puts an alert on the telesurveillance screen, with its limit.',
    },
    inputs: ['patient', 'level', 'reason'],
    outputs: { alertId: '=result.alertId' },
  },
  {
    name: 'appointments.book',
    label: { fr: 'Rendez-vous : réserver', en: 'Appointment: book' },
    help: {
      fr: 'Réserve un rendez-vous dans tant de jours.',
      en: 'Books an appointment in so many days.',
    },
    inputs: ['patient', 'kind', 'inDays'],
    outputs: { appointment: '=result' },
  },
]
