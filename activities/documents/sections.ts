/**
 * The sections of LDL-SES 2022.01 that this letter has: status, reason, synthesis, discharge treatments, follow-up. What the model wants
 * said and nobody recorded is said to be unknown (nullFlavor NI), never made up.
 */
import { cdaTime, LOINC, SNOMED, TA_ASIP, type XmlObject, type XmlValue } from './cda.ts'
import { uuidOf } from './identifiers.ts'
import type { DischargeLetter } from './letter.ts'

const UNKNOWN = 'Non renseigné'

export const sections = (letter: DischargeLetter): XmlObject[] =>
  [status(letter), reason(letter), synthesis(letter), treatments(letter), ...followUp(letter)].map((section) => ({ section }))

interface Section {
  name: string
  templates: string[]
  code: string
  label: string
  title: string
  text: XmlObject
  entries?: XmlObject[]
}

const section = (
  { uniqueId }: DischargeLetter,
  { name, templates, code, label, title, text, entries = [] }: Section,
): XmlObject => ({
  templateId: roots(templates),
  id: { '@root': uuidOf(`${uniqueId}/${name}`) },
  code: { '@code': code, '@displayName': label, ...LOINC },
  title,
  text,
  ...(entries.length > 0 ? { entry: entries } : {}),
})

const roots = (templates: string[]): XmlObject[] => templates.map((root) => ({ '@root': root }))

/** A table of rows; a cell may carry an ID that an entry refers to. */
const table = (rows: { cells: XmlValue[] }[]): XmlObject => ({
  table: { '@border': '0', tbody: { tr: rows.map(({ cells }) => ({ td: cells })) } },
})
const marked = (id: string, text: string): XmlObject => ({ content: { '@ID': id, '#': text } })

interface Observation {
  name: string
  /** The model's own template, below IHE's and CI-SIS's simple observation. */
  templates: string[]
  code: string
  label: string
  /** ID of the narrative. */
  reference: string
  at: string
  value: XmlObject
}

const observation = (
  { uniqueId }: DischargeLetter,
  { name, templates, code, label, reference, at, value }: Observation,
): XmlObject => ({
  observation: {
    '@classCode': 'OBS',
    '@moodCode': 'EVN',
    templateId: roots(['1.3.6.1.4.1.19376.1.5.3.1.4.13', '1.2.250.1.213.1.1.3.48', ...templates]),
    id: { '@root': uuidOf(`${uniqueId}/${name}`) },
    code: { '@code': code, '@displayName': label, ...TA_ASIP },
    text: { reference: { '@value': `#${reference}` } },
    statusCode: { '@code': 'completed' },
    effectiveTime: { '@value': cdaTime(at) },
    value,
  },
})

const text = (value: string): XmlObject => ({ '@xsi:type': 'ST', '#': value })
/** A mode that the national list codes and this site only writes in words. */
const words = (value: string): XmlObject => ({ '@xsi:type': 'CE', '@nullFlavor': 'OTH', originalText: value })
const unknownBoolean: XmlObject = { '@xsi:type': 'BL', '@nullFlavor': 'NI' }

const status = (letter: DischargeLetter): XmlObject =>
  section(letter, {
    name: 'status',
    templates: ['1.2.250.1.213.1.1.2.35', '1.2.250.1.213.1.1.2.35.1'],
    code: '33557-0',
    label: "Etat d'achèvement",
    title: 'Statut du document',
    text: table([{ cells: ['Statut du document', marked('statutDoc', 'Validé')] }]),
    entries: [
      observation(letter, {
        name: 'status/value',
        templates: ['1.2.250.1.213.1.1.3.48.16', '1.2.250.1.213.1.1.3.48.16.1'],
        code: 'GEN-065',
        label: 'Statut du document',
        reference: 'statutDoc',
        at: letter.createdAt,
        value: { '@xsi:type': 'CD', '@code': '385658003', '@displayName': 'terminé', ...SNOMED },
      }),
    ],
  })

const reason = (letter: DischargeLetter): XmlObject =>
  section(letter, {
    name: 'reason',
    templates: ['1.3.6.1.4.1.19376.1.5.3.1.3.1', '1.2.250.1.213.1.1.2.127'],
    code: '42349-1',
    label: 'Raison de la recommandation',
    title: "Motif de l'hospitalisation",
    text: table([{ cells: [letter.reason || UNKNOWN] }]),
  })

function synthesis(letter: DischargeLetter): XmlObject {
  const { stay } = letter
  const entry = (name: string, template: string, code: string, label: string, at: string, value: XmlObject) =>
    observation(letter, {
      name: `synthesis/${name}`,
      templates: [`1.2.250.1.213.1.1.3.48.${template}`],
      code,
      label,
      reference: name,
      at,
      value,
    })
  return section(letter, {
    name: 'synthesis',
    templates: [
      '1.3.6.1.4.1.19376.1.5.3.1.1.21.2.9',
      '1.3.6.1.4.1.19376.1.7.3.1.1.13.7',
      '1.2.250.1.213.1.1.2.163',
      '1.2.250.1.213.1.1.2.163.1',
    ],
    code: '42545-4',
    label: 'Evènements observés',
    title: 'Synthèse médicale du séjour',
    text: table([
      { cells: ["Modalité et date d'entrée", marked('modaliteE', `${frenchDay(stay.from)}, ${stay.entryMode}`)] },
      { cells: ['Modalité et date de sortie', marked('modaliteS', `${frenchDay(stay.to)}, ${stay.exitMode}`)] },
      { cells: ['Synthèse médicale', marked('synthese', letter.synthesis || UNKNOWN)] },
      { cells: ['Recherche de microorganismes multi-résistants ou émergents', marked('microorganismes', UNKNOWN)] },
      { cells: ['Transfusion de produits sanguins', marked('transfusion', UNKNOWN)] },
      { cells: ['Administration de dérivés du sang', marked('derivesSang', UNKNOWN)] },
    ]),
    entries: [
      entry('modaliteE', '6', 'ORG-070', "Modalité d'entrée", stay.from, words(stay.entryMode)),
      entry('modaliteS', '7', 'ORG-074', 'Modalité de sortie', stay.to, words(stay.exitMode)),
      entry('synthese', '9', 'MED-142', 'Synthèse médicale', stay.to, text(letter.synthesis || UNKNOWN)),
      entry(
        'microorganismes',
        '8',
        'MED-309',
        'Recherche de microorganismes multi-résistants ou émergents effectuée',
        stay.to,
        unknownBoolean,
      ),
      entry('transfusion', '10', 'MED-145', 'Transfusion de produits sanguins', stay.to, unknownBoolean),
      entry('derivesSang', '2', 'MED-147', 'Administration de dérivés du sang', stay.to, unknownBoolean),
    ],
  })
}

function treatments(letter: DischargeLetter): XmlObject {
  const lines = letter.treatments.length > 0 ? letter.treatments : [UNKNOWN]
  const isKnown = letter.treatments.length > 0
  return section(letter, {
    name: 'treatments',
    templates: ['1.3.6.1.4.1.19376.1.5.3.1.3.22', '1.2.250.1.213.1.1.2.146'],
    code: '10183-2',
    label: 'Traitements à la sortie',
    title: 'Traitements à la sortie',
    text: table(lines.map((line, index) => ({ cells: [marked(`traitement${index + 1}`, line)] }))),
    entries: lines.map((line, index) => treatment(letter, line, index + 1, isKnown)),
  })
}

/** A treatment written in words: its product is not coded, and says so. */
const treatment = ({ uniqueId, stay }: DischargeLetter, line: string, number: number, isKnown: boolean): XmlObject => ({
  substanceAdministration: {
    '@classCode': 'SBADM',
    '@moodCode': isKnown ? 'INT' : 'EVN',
    templateId: roots([
      '1.2.250.1.213.1.1.3.42',
      '2.16.840.1.113883.10.20.1.24',
      '1.3.6.1.4.1.19376.1.5.3.1.4.7',
      '1.3.6.1.4.1.19376.1.5.3.1.4.7.1',
    ]),
    id: { '@root': uuidOf(`${uniqueId}/treatment/${number}`) },
    code: isKnown
      ? {
          '@code': 'DRUG',
          '@displayName': 'Médicament',
          '@codeSystem': '2.16.840.1.113883.5.4',
          '@codeSystemName': 'HL7:ActCode',
        }
      : { '@code': '182904002', '@displayName': 'traitement médicamenteux inconnu', ...SNOMED },
    text: { reference: { '@value': `#traitement${number}` } },
    statusCode: { '@code': 'completed' },
    effectiveTime: { '@xsi:type': 'IVL_TS', low: { '@value': cdaTime(stay.to) }, high: { '@nullFlavor': 'UNK' } },
    doseQuantity: { '@nullFlavor': 'UNK' },
    consumable: {
      manufacturedProduct: {
        templateId: roots(['1.2.250.1.213.1.1.3.43', '2.16.840.1.113883.10.20.1.53', '1.3.6.1.4.1.19376.1.5.3.1.4.7.2']),
        manufacturedMaterial: {
          code: { '@nullFlavor': isKnown ? 'OTH' : 'NI', originalText: { reference: { '@value': `#traitement${number}` } } },
          name: line,
        },
      },
    },
  },
})

const followUp = (letter: DischargeLetter): XmlObject[] =>
  letter.followUp.length === 0
    ? []
    : [
        section(letter, {
          name: 'followUp',
          templates: ['2.16.840.1.113883.10.20.1.10', '1.3.6.1.4.1.19376.1.5.3.1.3.36', '1.2.250.1.213.1.1.2.158'],
          code: '18776-5',
          label: 'Plan de soins',
          title: 'Suites à donner',
          text: table(letter.followUp.map((line) => ({ cells: [line] }))),
        }),
      ]

const frenchDay = (iso: string): string => iso.slice(0, 10).split('-').reverse().join('/')
