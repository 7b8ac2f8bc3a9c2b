/** documents.dischargeLetter: writes the lettre de liaison of a patient who leaves, and keeps it. */
import { isoOf } from '../../pathways/time/site.ts'
import { type Connector, ConnectorError, type ConnectorInput, optionalText, requiredText } from '../connector.ts'
import type { ActivityDependencies, PatientRecord } from '../dependencies.ts'
import { dischargeLetterCda } from './discharge-letter.ts'
import { oidOf, uuidOf } from './identifiers.ts'
import { type DischargeLetter, LETTER_CODE, LETTER_TITLE, type LetterPatient } from './letter.ts'

const EXIT_MODES: Record<string, string> = {
  home: 'Domicile',
  rehabilitation: 'Soins médicaux et de réadaptation',
  other: 'Autre établissement ou structure',
}
const ENTRY_MODES: Record<string, string> = { emergency: 'Urgences', planned: 'Programmée' }

/**
 * Input `patient`; `reasonForStay`, `synthesis`, `dischargeTreatment` and `followUpPlan` (one item a line), `destination`, `mode` and
 * `place` when the pathway has them. Gives `document`, the id under which the letter is kept: the same for a repetition.
 */
export const writeDischargeLetter =
  ({ records, clock, establishment }: ActivityDependencies): Connector =>
  async (input) => {
    const id = uuidOf(`${input.run}/${input.wait}/discharge-letter`)
    const patient = await records.readPatient(requiredText(input, 'patient'))
    if (!patient) throw new ConnectorError('The letter was asked for a patient who is not in the records.', { retryable: false })
    const at = await clock.hospitalNow()
    const from = Math.min(await records.readStayStart(input.run), at)
    const letter: DischargeLetter = {
      uniqueId: oidOf(`${id}/1`),
      setId: oidOf(id),
      version: 1,
      createdAt: instant(at, clock.site),
      patient: letterPatient(patient),
      author: establishment.signatory,
      establishment,
      generalPractitioner: patient.generalPractitioner,
      stay: { from: instant(from, clock.site), to: instant(at, clock.site), ...modes(input, establishment.name) },
      reason: optionalText(input.inputs.reasonForStay),
      synthesis: optionalText(input.inputs.synthesis),
      treatments: linesOf(optionalText(input.inputs.dischargeTreatment)),
      followUp: linesOf(optionalText(input.inputs.followUpPlan)),
    }
    await records.keepDocument({
      id,
      run: input.run,
      patient: patient.id,
      typeCode: LETTER_CODE,
      title: LETTER_TITLE,
      uniqueId: letter.uniqueId,
      cda: dischargeLetterCda(letter),
      createdAt: at,
    })
    return { document: id }
  }

/** Whole seconds: CDA and FHIR then say the same. */
const instant = (at: number, site: ActivityDependencies['clock']['site']) => isoOf(Math.floor(at / 1000) * 1000, site)
const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

function modes({ inputs }: ConnectorInput, establishmentName: string) {
  return {
    unit: optionalText(inputs.place) || establishmentName,
    entryMode: ENTRY_MODES[optionalText(inputs.mode)] ?? 'Non renseignée',
    exitMode: EXIT_MODES[optionalText(inputs.destination)] ?? 'Non renseignée',
  }
}

/** The traits that a letter carries; the INS only when it is qualified (RNIV). */
function letterPatient(patient: PatientRecord): LetterPatient {
  const { localId, birthFamily, birthGivens, firstBirthGiven, usedFamily, usedGiven, sex, birthDate, birthPlace } = patient
  const ins = patient.identityStatus === 'QUAL' ? patient.ins : null
  return { localId, ins, birthFamily, birthGivens, firstBirthGiven, usedFamily, usedGiven, sex, birthDate, birthPlace }
}
