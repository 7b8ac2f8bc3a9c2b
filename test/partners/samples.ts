/** A right transaction for the sandbox, made as this hospital makes it. */
import { dischargeLetterCda } from '../../activities/documents/discharge-letter.ts'
import { oidOf } from '../../activities/documents/identifiers.ts'
import {
  type DischargeLetter,
  LETTER_CODE,
  LETTER_CODE_LABEL,
  LETTER_FORMAT,
  LETTER_TITLE,
} from '../../activities/documents/letter.ts'
import { DEMONSTRATION_ESTABLISHMENT } from '../../activities/establishment.ts'
import { type DocumentToDeposit, provideDocumentBundle } from '../../activities/mon-espace-sante/bundle.ts'

export const samplePatient = {
  localId: '8000042',
  ins: { value: '279035121518989', oid: '1.2.250.1.213.1.4.10' },
  birthFamily: 'PAT-TROIS',
  birthGivens: 'DOMINIQUE MARIE-LOUISE',
  firstBirthGiven: 'DOMINIQUE',
  usedFamily: 'D\'ÉTÉ <&> "FILS"',
  usedGiven: 'DOMINIQUE',
  sex: 'F' as const,
  birthDate: '1979-03-28',
  birthPlace: '63220',
}

export const sampleLetter = (name = 'sample', changes: Partial<DischargeLetter> = {}): DischargeLetter => ({
  uniqueId: oidOf(`${name}/1`),
  setId: oidOf(name),
  version: 1,
  createdAt: '2026-11-23T08:15:00+01:00',
  patient: samplePatient,
  author: DEMONSTRATION_ESTABLISHMENT.signatory,
  establishment: DEMONSTRATION_ESTABLISHMENT,
  generalPractitioner: { family: 'MEDIONI', given: 'STÉPHANE', rpps: '10000023084', mailbox: 'cabinet@medecin.mssante.example' },
  stay: {
    from: '2026-11-19T22:40:00+01:00',
    to: '2026-11-23T08:15:00+01:00',
    unit: 'Cardiologie',
    entryMode: 'Urgences',
    exitMode: 'Domicile',
  },
  reason: 'Décompensation cardiaque',
  synthesis: 'Évolution favorable sous diurétiques.',
  treatments: ['Furosémide 40 mg, 1 comprimé le matin', 'Bisoprolol 2,5 mg, 1 comprimé le matin'],
  followUp: ['Consultation du médecin traitant dans 8 jours'],
  ...changes,
})

export const sampleDocument = (letter: DischargeLetter, cda: string = dischargeLetterCda(letter)): DocumentToDeposit => ({
  uniqueId: letter.uniqueId,
  title: LETTER_TITLE,
  type: LETTER_CODE,
  typeLabel: LETTER_CODE_LABEL,
  format: LETTER_FORMAT,
  createdAt: letter.createdAt,
  stay: letter.stay,
  content: Buffer.from(cda),
  patient: letter.patient as DocumentToDeposit['patient'],
  author: letter.author,
  establishment: letter.establishment,
})

/** `cda` replaces the letter's own text; size and hash follow it. */
export const sampleBundle = (name = 'sample', cda?: string) => {
  const letter = sampleLetter(name)
  return provideDocumentBundle(sampleDocument(letter, cda ?? dischargeLetterCda(letter)))
}
