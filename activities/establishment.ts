/** The establishment of the demonstration: made up, with numbers whose check digits are right, in ranges that nobody holds. */
import type { Establishment } from './documents/letter.ts'

export const DEMONSTRATION_ESTABLISHMENT: Establishment = {
  finess: '990000010',
  name: 'Centre hospitalier de Parcours',
  patientsOid: '2.25.236718472010462180152434637520385122841',
  sector: 'SA01',
  sectorLabel: 'Etablissement public de santé',
  street: '1 rue du Parcours',
  postalCode: '99000',
  city: 'PARCOURS',
  telephone: '0199000000',
  signatory: {
    family: 'SIGNATAIRE',
    given: 'CAMILLE',
    rpps: '10999900003',
    profession: 'G15_10/SM27',
    professionLabel: 'Médecin - Médecine interne (SM)',
  },
  sourceOid: '2.25.236718472010462180152434637520385122842',
  mailbox: 'sortie@parcours.mssante.example',
  softwareNumber: 'DEMO-0000',
}
