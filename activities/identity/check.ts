/** identity.check: what a patient's identity is worth, by the rules of the RNIV, and whether the INS may leave the hospital. */
import { hasRightInsKey, insOids } from '../../pathways/identity/ins.ts'
import type { IdentityStatus } from '../../pathways/identity/status.ts'
import { type Connector, optionalText, requiredText } from '../connector.ts'
import type { ActivityDependencies, PatientRecord } from '../dependencies.ts'
import { keepStatus, patientOf } from './keep-status.ts'

/** Identity card, passport, residence permit: documents of high trust. */
const HIGH_TRUST = ['CN', 'PA', 'CS']
/** Doubtful, fictitious, homonyms: they forbid anything better than a provisional identity, and sending the INS. */
const AGAINST = ['DOUT', 'FICT', 'HOMD', 'HOMA', 'DOUB', 'DPOT', 'DOUA', 'COLP', 'COLV', 'USUR']

/**
 * Input `patient`; `identityDocument` when the desk has just seen one. Gives `status` (PROV, RECUP, VALI or QUAL) and `reasons`, the codes of
 * what stands in the way of a better one.
 */
export const checkIdentity =
  (dependencies: ActivityDependencies): Connector =>
  async (input) => {
    const patient = await patientOf(dependencies, requiredText(input, 'patient'))
    const { status, reasons } = identityStatus(patient, optionalText(input.inputs.identityDocument))
    await keepStatus(dependencies, patient, status)
    return { status, reasons }
  }

export type IdentityFacts = Pick<PatientRecord, 'ins' | 'evidence' | 'identityAttributes' | 'sex' | 'birthDate'>

/**
 * Recovered: the INS that INSi answered has a right key and agrees with the traits. Validated: strict traits read on a document of high trust.
 * Qualified: both, and nothing said against the identity. Only test identities are accepted: this system is not in production.
 */
export function identityStatus(patient: IdentityFacts, seen = ''): { status: IdentityStatus; reasons: string[] } {
  const against = patient.identityAttributes.filter((attribute) => AGAINST.includes(attribute))
  const withoutDocument = HIGH_TRUST.includes(seen || patient.evidence) ? [] : ['noHighTrustDocument']
  const withoutIns = insProblems(patient)
  const reasons = [...withoutDocument, ...against.map((attribute) => `attribute${attribute}`)]
  if (against.length > 0) return { status: 'PROV', reasons }
  if (withoutDocument.length > 0)
    return { status: withoutIns.length > 0 ? 'PROV' : 'RECUP', reasons: [...reasons, ...withoutIns] }
  return { status: withoutIns.length > 0 ? 'VALI' : 'QUAL', reasons: withoutIns }
}

function insProblems({ ins, sex, birthDate }: IdentityFacts): string[] {
  if (!ins) return ['noIns']
  if (ins.oid !== insOids.nirTest && ins.oid !== insOids.nirDemo) return ['insNotOnTestOid']
  if (!hasRightInsKey(ins.value)) return ['insKeyWrong']
  return agrees(ins.value, sex, birthDate) ? [] : ['insDisagreesWithTraits']
}

/** A NIR begins with the sex, the year and the month of birth; months above 12 stand for an unknown one. */
function agrees(matricule: string, sex: PatientRecord['sex'], birthDate: string): boolean {
  const [year, month] = [matricule.slice(1, 3), Number(matricule.slice(3, 5))]
  const sexAgrees = sex === 'UN' || (matricule[0] === '1') === (sex === 'M')
  const monthAgrees = month > 12 || month === Number(birthDate.slice(5, 7))
  return sexAgrees && year === birthDate.slice(2, 4) && monthAgrees
}
