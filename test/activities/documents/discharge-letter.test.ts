// Goal: the letter is what LDL-SES wants, for any patient and any text, and can be read back. Method: its own sandbox's rules, properties.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cdaTime } from '../../../activities/documents/cda.ts'
import { dischargeLetterCda } from '../../../activities/documents/discharge-letter.ts'
import { oidOf, uuidOf } from '../../../activities/documents/identifiers.ts'
import type { DischargeLetter } from '../../../activities/documents/letter.ts'
import { readDischargeLetter } from '../../../activities/documents/read-discharge-letter.ts'
import { DEMONSTRATION_ESTABLISHMENT } from '../../../activities/establishment.ts'
import { checkCda } from '../../../partners/mon-espace-sante/rules/cda.ts'
import { all, attribute, first } from '../../../partners/mon-espace-sante/rules/xml.ts'
import { sampleLetter } from '../../partners/samples.ts'

const documentOf = (letter: DischargeLetter) => checkCda(dischargeLetterCda(letter), '').document!

describe('the letter', () => {
  const document = documentOf(sampleLetter())

  it('keeps every rule of the minimal structure and of its model', () => {
    expect(checkCda(dischargeLetterCda(sampleLetter()), '').problems).toEqual([])
  })

  it.each([
    ['realmCode', 'code', 'FR'],
    ['typeId', 'extension', 'POCD_HD000040'],
    ['code', 'code', '11490-0'],
    ['code', 'codeSystem', '2.16.840.1.113883.6.1'],
    ['id', 'root', sampleLetter().uniqueId],
    ['setId', 'root', sampleLetter().setId],
    ['effectiveTime', 'value', '20261123081500+0100'],
    ['confidentialityCode', 'code', 'N'],
    ['languageCode', 'code', 'fr-FR'],
    ['recordTarget/patientRole/id', 'root', '1.2.250.1.213.1.4.10'],
    ['recordTarget/patientRole/patient/birthTime', 'value', '19790328'],
    ['author/assignedAuthor/id', 'extension', '810999900003'],
    ['custodian/assignedCustodian/representedCustodianOrganization/id', 'extension', '1990000010'],
    ['legalAuthenticator/signatureCode', 'code', 'S'],
    ['documentationOf/serviceEvent/effectiveTime/low', 'value', '20261119224000+0100'],
    ['componentOf/encompassingEncounter/location/healthCareFacility/code', 'code', 'SA01'],
    ['participant/functionCode', 'code', 'PCP'],
  ])('says %s @%s = %s', (path, name, value) => {
    expect(attribute(document, path, name)).toBe(value)
  })

  it('has its three templates', () => {
    expect(all(document, 'templateId').map(({ attributes }) => attributes.root)).toEqual([
      '2.16.840.1.113883.2.8.2.1',
      '1.2.250.1.213.1.1.1.1',
      '1.2.250.1.213.1.1.1.29',
    ])
  })

  it('says in French what the physician wrote', () => {
    const sections = all(document, 'component/structuredBody/component/section')
    expect(sections.map((section) => first(section, 'title')!.text)).toEqual([
      'Statut du document',
      "Motif de l'hospitalisation",
      'Synthèse médicale du séjour',
      'Traitements à la sortie',
      'Suites à donner',
    ])
    const cells = all(sections[3]!, 'text/table/tbody/tr/td/content').map(({ text }) => text)
    expect(cells).toEqual(sampleLetter().treatments)
    expect(all(sections[3]!, 'entry/substanceAdministration')).toHaveLength(2)
  })

  it('refers from every entry to a text that is there', () => {
    const text = dischargeLetterCda(sampleLetter())
    const marks = new Set([...text.matchAll(/ ID="([^"]+)"/g)].map(([, id]) => id))
    const references = [...text.matchAll(/<reference value="#([^"]+)"/g)].map(([, id]) => id)
    expect(references.length).toBeGreaterThan(8)
    for (const reference of references) expect(marks).toContain(reference)
  })

  it('names no INS when none is qualified, and still has the traits', () => {
    const { patient } = sampleLetter()
    const without = documentOf(sampleLetter('x', { patient: { ...patient, ins: null } }))
    expect(all(without, 'recordTarget/patientRole/id').map(({ attributes }) => attributes.extension)).toEqual(['8000042'])
    expect(attribute(without, 'recordTarget/patientRole/patient/birthTime', 'value')).toBe('19790328')
  })

  it('says that nothing was written where nothing was', () => {
    const empty = sampleLetter('x', { reason: '', synthesis: '', treatments: [], followUp: [] })
    expect(checkCda(dischargeLetterCda(empty), '').problems).toEqual([])
    expect(dischargeLetterCda(empty).match(/Non renseigné/g)!.length).toBeGreaterThan(4)
  })
})

const word = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
  fc.constantFrom('&amp;', '&lt; <b>', ']]>', '"\''),
)
const name = word.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '')
const letters = fc
  .record({
    birthFamily: name,
    birthGivens: name,
    firstBirthGiven: name,
    usedFamily: name,
    usedGiven: name,
    sex: fc.constantFrom('M' as const, 'F' as const, 'UN' as const),
    hasIns: fc.boolean(),
    synthesis: fc.string({ unit: 'binary' }),
    treatments: fc.array(word),
    practitioner: fc.option(fc.record({ family: name, given: name, rpps: fc.constantFrom('', '10000023084') })),
  })
  .map(({ synthesis, treatments, practitioner, hasIns, ...traits }) => {
    const letter = sampleLetter('any', { synthesis, treatments })
    letter.patient = { ...letter.patient, ...traits, ins: hasIns ? letter.patient.ins : null }
    letter.generalPractitioner = practitioner && { ...practitioner, mailbox: 'cabinet@medecin.mssante.example' }
    return letter
  })

it('any letter is right, and reads back as it was written', () => {
  fc.assert(
    fc.property(letters, (letter) => {
      const cda = dischargeLetterCda(letter)
      expect(checkCda(cda, '').problems.filter(({ diagnostics }) => !diagnostics.startsWith('The INS is mandatory'))).toEqual([])
      const { uniqueId, createdAt, patient, author, generalPractitioner, stay } = letter
      expect(readDischargeLetter(cda, DEMONSTRATION_ESTABLISHMENT)).toEqual({
        uniqueId,
        createdAt,
        patient,
        author,
        generalPractitioner,
        stay: { from: stay.from, to: stay.to },
      })
    }),
    { numRuns: 40 },
  )
})

it('a text that looks like XML means itself', () => {
  const cda = dischargeLetterCda(sampleLetter('x', { synthesis: '&#65; &amp; <b> ]]> \u0007' }))
  expect(cda).toContain('&amp;#65; &amp;amp; &lt;b&gt; ]]&gt; <')
})

it('refuses to read another document back', () => {
  expect(() => readDischargeLetter('<a/>', DEMONSTRATION_ESTABLISHMENT)).toThrow('not a discharge letter')
})

it.each([
  ['2026-11-23T08:15:00+01:00', '20261123081500+0100'],
  ['2026-11-23T08:15:00.250Z', '20261123081500+0000'],
  ['1979-03-28', '19790328'],
])('%s is %s in CDA', (iso, cda) => {
  expect(cdaTime(iso)).toBe(cda)
})

it('identifiers are the same for the same thing, and are what they say', () => {
  expect(uuidOf('a')).toBe(uuidOf('a'))
  expect(uuidOf('a')).not.toBe(uuidOf('b'))
  expect(uuidOf('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(oidOf('a')).toMatch(/^2\.25\.[1-9]\d{20,38}$/)
  expect(oidOf('a').length).toBeLessThanOrEqual(64)
})
