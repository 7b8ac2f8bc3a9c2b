// Goal: every mandatory element is checked and named. Method: a right transaction, one thing changed at a time.
import { describe, expect, it } from 'vitest'
import { dischargeLetterCda } from '../../../activities/documents/discharge-letter.ts'
import type { Bundle } from '../../../partners/mon-espace-sante/resources.ts'
import { hasRightKey } from '../../../partners/mon-espace-sante/rules/national-identifier.ts'
import { checkShape, checkTransaction } from '../../../partners/mon-espace-sante/rules/transaction.ts'
import { sampleBundle, sampleLetter } from '../samples.ts'

// biome-ignore lint/suspicious/noExplicitAny: the table reaches into any place of a resource.
type Any = any
const LIST = 0
const REFERENCE = 1
const BINARY = 2

const changed = (change: (resources: Any[], bundle: Any) => void): Bundle => {
  const bundle = structuredClone(sampleBundle()) as Any
  change(
    bundle.entry.map(({ resource }: Any) => resource),
    bundle,
  )
  return bundle as Bundle
}
const problemsOf = (bundle: Bundle) => checkTransaction(bundle).problems
const expressionsOf = (bundle: Bundle) => problemsOf(bundle).map(({ expression }) => expression)
const withoutIns = (resource: Any) => {
  resource.contained.find(({ id }: Any) => id === 'patient').identifier = []
}

it('a right transaction has no problem', () => {
  expect(checkShape(sampleBundle() as unknown as Bundle)).toEqual([])
  expect(problemsOf(sampleBundle() as unknown as Bundle)).toEqual([])
})

describe('a body that is no transaction', () => {
  it.each([
    ['nothing', null, ''],
    ['another resource', { resourceType: 'Patient' }, ''],
    ['a batch', { ...sampleBundle(), type: 'batch' }, 'Bundle.type'],
    ['an empty bundle', { ...sampleBundle(), entry: [] }, 'Bundle.entry'],
    ['an entry without resource', { ...sampleBundle(), entry: [{}] }, 'Bundle.entry[0].resource'],
  ])('%s is refused', (_, body, expression) => {
    expect(checkShape(body as Bundle)[0]).toMatchObject({ code: 'structure', expression })
  })
})

describe('a DocumentReference', () => {
  const without: [string, (reference: Any) => void][] = [
    ['masterIdentifier', (r) => delete r.masterIdentifier],
    ['status', (r) => delete r.status],
    ['contained', (r) => delete r.contained],
    ['type', (r) => delete r.type],
    ['category', (r) => delete r.category],
    ['subject', (r) => delete r.subject],
    ['custodian', (r) => delete r.custodian],
    ['date', (r) => delete r.date],
    ['author', (r) => delete r.author],
    ['authenticator', (r) => delete r.authenticator],
    ['securityLabel', (r) => delete r.securityLabel],
    ['content.attachment', (r) => delete r.content],
    ['content.attachment.contentType', (r) => delete r.content[0].attachment.contentType],
    ['content.attachment.language', (r) => delete r.content[0].attachment.language],
    ['content.attachment.url', (r) => delete r.content[0].attachment.url],
    ['content.attachment.size', (r) => delete r.content[0].attachment.size],
    ['content.attachment.hash', (r) => delete r.content[0].attachment.hash],
    ['content.attachment.title', (r) => delete r.content[0].attachment.title],
    ['content.attachment.creation', (r) => delete r.content[0].attachment.creation],
    ['content.format', (r) => delete r.content[0].format],
    ['context.period.start', (r) => delete r.context.period.start],
    ['context.facilityType', (r) => delete r.context.facilityType],
    ['context.practiceSetting', (r) => delete r.context.practiceSetting],
    ['context.sourcePatientInfo', (r) => delete r.context.sourcePatientInfo],
  ]
  it.each(without)('without %s is refused, by that name', (path, remove) => {
    expect(expressionsOf(changed((resources) => remove(resources[REFERENCE])))).toContain(`Bundle.entry[1].resource.${path}`)
  })

  const wrong: [string, string, (reference: Any) => void][] = [
    ['a masterIdentifier that is no URI', 'masterIdentifier', (r) => (r.masterIdentifier.value = '42')],
    ['a superseded status', 'status', (r) => (r.status = 'superseded')],
    ['a bare Practitioner as author', 'author', (r) => (r.author = [{ reference: '#practitioner' }])],
    ['an author outside of it', 'author', (r) => (r.author = [{ reference: 'PractitionerRole/1' }])],
    ['a custodian who is a person', 'custodian', (r) => (r.custodian = { reference: '#practitioner' })],
    ['a date without an offset', 'date', (r) => (r.date = '2026-11-23T08:15:00')],
    ['another language', 'content.attachment.language', (r) => (r.content[0].attachment.language = 'en')],
    ['the hash of something else', 'content.attachment.hash', (r) => (r.content[0].attachment.hash = 'AAAA')],
    ['a wrong size', 'content.attachment.size', (r) => (r.content[0].attachment.size += 1)],
    ['a url to nothing', 'content.attachment.url', (r) => (r.content[0].attachment.url = 'urn:uuid:0')],
    ['a confidentiality of its own', 'securityLabel', (r) => (r.securityLabel[0].coding[0].code = 'X')],
    ['two confidentialities', 'securityLabel', (r) => r.securityLabel.push(r.securityLabel[0])],
    ['a patient without INS', 'subject', withoutIns],
    ['another subject than its source patient', 'subject', (r) => (r.subject = { reference: '#author' })],
    ['a replacement of nothing', 'relatesTo', (r) => (r.relatesTo = [{ code: 'replaces' }])],
    ['an addendum', 'relatesTo', (r) => (r.relatesTo = [{ code: 'appends', target: { reference: 'DocumentReference/1' } }])],
  ]
  it.each(wrong)('with %s is refused', (_, path, change) => {
    expect(expressionsOf(changed((resources) => change(resources[REFERENCE])))).toContain(`Bundle.entry[1].resource.${path}`)
  })

  it('of a living person is refused: this is a sandbox', () => {
    const real = changed(([, reference]) => {
      reference.contained[0].identifier[0].system = 'urn:oid:1.2.250.1.213.1.4.8'
    })
    expect(problemsOf(real).some(({ diagnostics }) => diagnostics.includes('never send it a real INS'))).toBe(true)
  })
})

describe('a submission set', () => {
  const extension = (name: string) => (list: Any) => {
    list.extension = list.extension.filter(({ url }: Any) => !url.endsWith(name))
  }
  const without: [string, (list: Any) => void][] = [
    ['identifier', (r) => delete r.identifier],
    ['status', (r) => delete r.status],
    ['mode', (r) => delete r.mode],
    ['code', (r) => delete r.code],
    ['subject', (r) => delete r.subject],
    ['date', (r) => delete r.date],
    ['source', (r) => delete r.source],
    ["extension('ihe-designationType')", extension('ihe-designationType')],
    ["extension('ihe-sourceId')", extension('ihe-sourceId')],
    ["extension('ihe-sourcePatientId')", extension('ihe-sourcePatientId')],
    ['entry.item', (r) => delete r.entry],
  ]
  it.each(without)('without %s is refused, by that name', (path, remove) => {
    expect(expressionsOf(changed((resources) => remove(resources[LIST])))).toContain(`Bundle.entry[0].resource.${path}`)
  })

  it('that names something else than the documents is refused', () => {
    const stray = changed(([list]) => (list.entry[0].item.reference = 'urn:uuid:00000000-0000-4000-8000-000000000000'))
    expect(problemsOf(stray).map(({ code }) => code)).toEqual(['invariant', 'not-found'])
  })
})

describe('a bundle', () => {
  const wrong: [string, string, (bundle: Any) => void][] = [
    ['a fullUrl that is no urn:uuid:', 'Bundle.entry[1].fullUrl', (b) => (b.entry[1].fullUrl = 'https://example.org/1')],
    ['a PUT', 'Bundle.entry[1].request', (b) => (b.entry[1].request.method = 'PUT')],
    ['a Practitioner among its entries', 'Bundle.entry[1].resource', (b) => (b.entry[1].resource.resourceType = 'Practitioner')],
    ['no submission set', 'Bundle.entry', (b) => b.entry.splice(LIST, 1)],
    ['no document', 'Bundle.entry', (b) => b.entry.splice(REFERENCE, 2)],
    [
      'the same document twice',
      'Bundle.entry.resource.masterIdentifier',
      (b) => b.entry.push(structuredClone(b.entry[REFERENCE])),
    ],
    ['an empty Binary', 'Bundle.entry[2].resource.data', (b) => (b.entry[BINARY].resource.data = '')],
    ['a PDF', 'Bundle.entry[2].resource.contentType', (b) => (b.entry[BINARY].resource.contentType = 'application/pdf')],
  ]
  it.each(wrong)('with %s is refused', (_, expression, change) => {
    expect(expressionsOf(changed((_resources, bundle) => change(bundle)))).toContain(expression)
  })

  it('has all its problems listed at once', () => {
    const bad = changed(([list, reference]) => {
      delete list.source
      delete reference.custodian
      delete reference.content[0].attachment.hash
    })
    expect(problemsOf(bad)).toHaveLength(3)
  })

  it('is told its problems without a word about the patient', () => {
    const bad = changed(([list, reference, binary]) => {
      for (const key of Object.keys(list)) if (key !== 'resourceType' && key !== 'contained' && key !== 'code') delete list[key]
      reference.subject = { reference: '#nobody' }
      binary.data = Buffer.from('<ClinicalDocument xmlns="urn:hl7-org:v3"/>').toString('base64')
    })
    const said = JSON.stringify(problemsOf(bad))
    expect(said.length).toBeGreaterThan(1000)
    for (const trait of ['279035121518989', 'PAT-TROIS', 'DOMINIQUE', '1979']) expect(said).not.toContain(trait)
  })
})

const HEADER = 'Bundle.entry[2].resource.data.ClinicalDocument'
const withCda = (change: (cda: string) => string) => {
  const cda = dischargeLetterCda(sampleLetter())
  const bad = change(cda)
  expect(bad, 'the change must change something').not.toBe(cda)
  return expressionsOf(sampleBundle('sample', bad) as unknown as Bundle)
}
/** The CDA without the first element of this name, its content included. */
const removed = (name: string) => (cda: string) => cda.replace(new RegExp(`<${name}(\\s[^>]*?)?(/>|>[\\s\\S]*?</${name}>)`), '')

describe('a CDA header', () => {
  const name = 'recordTarget/patientRole/patient/name'
  const without: [string, (cda: string) => string][] = [
    ['realmCode', removed('realmCode')],
    ['typeId', removed('typeId')],
    ['templateId[HL7 France]', (cda) => cda.replace('<templateId root="2.16.840.1.113883.2.8.2.1"/>', '')],
    ['templateId[CI-SIS]', (cda) => cda.replace('<templateId root="1.2.250.1.213.1.1.1.1"/>', '')],
    ['templateId[model]', (cda) => cda.replace('<templateId root="1.2.250.1.213.1.1.1.29" extension="2022.01"/>', '')],
    ['id', (cda) => cda.replace(/<id root="2\.25\.\d+"\/>/, '')],
    ['code', (cda) => cda.replace(/<code code="11490-0"[^>]*>/, '')],
    ['title', removed('title')],
    ['effectiveTime', removed('effectiveTime')],
    ['confidentialityCode', removed('confidentialityCode')],
    ['languageCode', removed('languageCode')],
    ['setId', removed('setId')],
    ['versionNumber', removed('versionNumber')],
    ['recordTarget', removed('recordTarget')],
    ['recordTarget/patientRole/id[INS]', (cda) => cda.replace('279035121518989', '279035121518988')],
    [`${name}/family[BR]`, (cda) => cda.replace(/<family qualifier="BR">.*<\/family>/, '')],
    [`${name}/given`, (cda) => cda.replace(/<given>DOMINIQUE MARIE-LOUISE<\/given>/, '')],
    [`${name}/given[BR]`, (cda) => cda.replace(/<given qualifier="BR">.*<\/given>/, '')],
    ['recordTarget/patientRole/patient/administrativeGenderCode', removed('administrativeGenderCode')],
    ['recordTarget/patientRole/patient/birthTime', removed('birthTime')],
    ['recordTarget/patientRole/patient/birthplace/place/addr/county', removed('county')],
    ['author', removed('author')],
    ['author/time', (cda) => cda.replace(/<author>\s*<time [^>]*>/, '<author>')],
    ['author/assignedAuthor/id', (cda) => cda.replace(/<assignedAuthor>\s*<id [^>]*>/, '<assignedAuthor>')],
    ['author/assignedAuthor/assignedPerson/name', removed('assignedPerson')],
    ['custodian', (cda) => cda.replace(/<representedCustodianOrganization>\s*<id [^>]*>/, '<representedCustodianOrganization>')],
    ['legalAuthenticator', removed('legalAuthenticator')],
    ['legalAuthenticator/signatureCode', removed('signatureCode')],
    ['documentationOf/serviceEvent', removed('documentationOf')],
    ['documentationOf/serviceEvent/effectiveTime/low', (cda) => cda.replace(/<low value="[^"]*"\/>/, '')],
    ['documentationOf/serviceEvent/performer', removed('performer')],
    ['componentOf/encompassingEncounter', removed('componentOf')],
    [
      'componentOf/encompassingEncounter/effectiveTime',
      (cda) => cda.replace(/(<encompassingEncounter>\s*)<effectiveTime>[\s\S]*?<\/effectiveTime>/, '$1'),
    ],
    ['componentOf/encompassingEncounter/location/healthCareFacility/code', removed('healthCareFacility')],
    [
      'relatedDocument',
      (cda) => cda.replace('<componentOf>', '<relatedDocument typeCode="APND"><parentDocument/></relatedDocument><componentOf>'),
    ],
  ]
  it.each(without)('without a right %s is refused, by that name', (path, change) => {
    expect(withCda(change)).toContain(`${HEADER}.${path}`)
  })

  it.each(['33557-0', '42349-1', '42545-4', '10183-2'])('of a letter without its section %s is refused', (code) => {
    expect(withCda((cda) => cda.replace(`<code code="${code}"`, '<code code="0"'))).toContain(
      `${HEADER}.component/structuredBody/component/section[${code}]`,
    )
  })

  it.each([
    ['another uniqueId', 'id', (cda: string) => cda.replace(/<id root="2\.25\.\d+"\/>/, '<id root="2.25.1"/>')],
    ['another type', 'code', (cda: string) => cda.replace('code="11490-0"', 'code="34112-3"')],
    ['another patient', 'recordTarget', (cda: string) => cda.replace('279035121518989', '274075176079430')],
  ])('that says %s than the metadata is refused', (_, path, change) => {
    expect(withCda(change)).toContain(`${HEADER}.${path}`)
  })

  it.each([
    ['text that is no XML', 'Bonjour'],
    ['another XML', '<letter xmlns="urn:x"/>'],
    [
      'an external entity',
      '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><ClinicalDocument xmlns="urn:hl7-org:v3">&b;</ClinicalDocument>',
    ],
  ])('is not found in %s', (_, cda) => {
    expect(problemsOf(sampleBundle('sample', cda) as unknown as Bundle)).toMatchObject([
      { code: 'structure', expression: HEADER },
    ])
  })
})

it.each([
  ['279035121518989', true],
  ['274075176079430', true],
  ['123456789012244', false],
  ['279032A21518955', false],
  ['27903512151898', false],
])('the key of %s is right: %s', (matricule, right) => {
  expect(hasRightKey(matricule)).toBe(right)
})
