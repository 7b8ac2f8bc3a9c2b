/**
 * The whole ITI-65 transaction (pdsm-comprehensive-provide-document-bundle): its entries, each resource, each Binary against its
 * DocumentReference, and each CDA against what the metadata say of it.
 */
import { createHash } from 'node:crypto'
import type { Binary, Bundle, BundleEntry, DocumentReference, List, Problem } from '../resources.ts'
import { checkCda } from './cda.ts'
import { checkDocumentReference, subjectOf } from './document-reference.ts'
import { oidOf, testInsOf } from './national-identifier.ts'
import { given } from './rule.ts'
import { checkSubmissionSet, LIST_TYPES, listTypeOf } from './submission-set.ts'
import { all, attribute, type Element } from './xml.ts'

/** A DocumentReference of the transaction with the content that goes with it. */
export interface SubmittedDocument {
  entry: number
  binaryEntry: number
  resource: DocumentReference
  content: Buffer
}

export interface CheckedTransaction {
  problems: Problem[]
  documents: SubmittedDocument[]
  submissionSetEntry: number
}

/** What must hold before anything else can be read: an HTTP 400 when it does not. */
export function checkShape(bundle: Bundle | null): Problem[] {
  const problem = (expression: string, diagnostics: string): Problem[] => [{ code: 'structure', expression, diagnostics }]
  if (typeof bundle !== 'object' || bundle?.resourceType !== 'Bundle') return problem('', 'Send a FHIR Bundle as JSON.')
  if (bundle.type !== 'transaction') return problem('Bundle.type', 'Bundle.type must be "transaction".')
  if (!Array.isArray(bundle.entry) || bundle.entry.length === 0) return problem('Bundle.entry', 'The Bundle has no entry.')
  const bad = bundle.entry.findIndex((entry) => typeof entry !== 'object' || !entry?.resource?.resourceType)
  return bad < 0 ? [] : problem(`Bundle.entry[${bad}].resource`, 'The entry has no resource.')
}

/** Every problem of a transaction whose shape is right. */
export function checkTransaction(bundle: Bundle): CheckedTransaction {
  const entries = bundle.entry ?? []
  const problems: Problem[] = []
  const documents: SubmittedDocument[] = []
  for (const [index, entry] of entries.entries()) problems.push(...checkEntry(entry, index))
  for (const [index, { resource }] of entries.entries()) {
    if (resource?.resourceType !== 'DocumentReference') continue
    const found = checkDocument(resource as DocumentReference, index, entries)
    problems.push(...found.problems)
    if (found.document) documents.push(found.document)
  }
  const submissionSetEntry = entries.findIndex(({ resource }) => isList(resource) && listTypeOf(resource) === 'submissionset')
  problems.push(...checkComposition(entries), ...checkSubmission(entries, submissionSetEntry))
  return { problems, documents, submissionSetEntry }
}

const isList = (resource: BundleEntry['resource']): resource is List => resource?.resourceType === 'List'
const place = (index: number) => `Bundle.entry[${index}].resource`

function checkEntry({ fullUrl, request, resource }: BundleEntry, index: number): Problem[] {
  const problems: Problem[] = []
  const at = `Bundle.entry[${index}]`
  const uuid = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
  if (!uuid.test(fullUrl ?? '')) {
    problems.push({ code: 'value', expression: `${at}.fullUrl`, diagnostics: 'fullUrl must be a urn:uuid:.' })
  }
  if (request?.method !== 'POST' || request.url !== resource?.resourceType) {
    const diagnostics = 'request must be POST, with the resource type as its url.'
    problems.push({ code: 'value', expression: `${at}.request`, diagnostics })
  }
  if (!['DocumentReference', 'List', 'Binary'].includes(resource?.resourceType ?? '')) {
    const diagnostics = 'Only DocumentReference, List and Binary are accepted; people and structures are contained.'
    problems.push({ code: 'not-supported', expression: `${at}.resource`, diagnostics })
  }
  if (isList(resource) && !['submissionset', 'folder'].includes(listTypeOf(resource) ?? '')) {
    const diagnostics = `code is mandatory: submissionset or folder of ${LIST_TYPES}.`
    problems.push({ code: 'required', expression: `${at}.resource.code`, diagnostics })
  }
  return problems
}

function checkComposition(entries: BundleEntry[]): Problem[] {
  const problems: Problem[] = []
  const sets = entries.filter(({ resource }) => isList(resource) && listTypeOf(resource) === 'submissionset').length
  if (sets !== 1) {
    const diagnostics = 'Exactly one List of code submissionset is mandatory.'
    problems.push({ code: 'required', expression: 'Bundle.entry', diagnostics })
  }
  if (!entries.some(({ resource }) => resource?.resourceType === 'DocumentReference')) {
    problems.push({ code: 'required', expression: 'Bundle.entry', diagnostics: 'At least one DocumentReference is mandatory.' })
  }
  const uniqueIds = entries.flatMap(({ resource }) => (resource as DocumentReference | undefined)?.masterIdentifier?.value ?? [])
  if (new Set(uniqueIds).size !== uniqueIds.length) {
    const diagnostics = 'Two documents have the same masterIdentifier.'
    problems.push({ code: 'invariant', expression: 'Bundle.entry.resource.masterIdentifier', diagnostics })
  }
  const urls = entries.map(({ fullUrl }) => fullUrl)
  if (new Set(urls).size !== urls.length) {
    problems.push({ code: 'invariant', expression: 'Bundle.entry.fullUrl', diagnostics: 'Two entries have the same fullUrl.' })
  }
  return problems
}

function checkSubmission(entries: BundleEntry[], index: number): Problem[] {
  if (index < 0) return []
  const set = entries[index]!.resource as List
  const problems = checkSubmissionSet(set, place(index))
  const members = (set.entry ?? []).map(({ item }) => item?.reference)
  for (const [position, { fullUrl, resource }] of entries.entries()) {
    if (resource?.resourceType !== 'DocumentReference' || members.includes(fullUrl)) continue
    const diagnostics = `The submission set must refer to the document of Bundle.entry[${position}].`
    problems.push({ code: 'invariant', expression: `${place(index)}.entry.item`, diagnostics })
  }
  const known = new Set(entries.map(({ fullUrl }) => fullUrl))
  if (members.some((member) => given(member) && !known.has(member))) {
    const diagnostics = 'The submission set refers to something that is not in the Bundle.'
    problems.push({ code: 'not-found', expression: `${place(index)}.entry.item`, diagnostics })
  }
  return problems
}

function checkDocument(resource: DocumentReference, entry: number, entries: BundleEntry[]) {
  const problems = checkDocumentReference(resource, place(entry))
  const attachment = resource.content?.[0]?.attachment
  if (!given(attachment?.url)) return { problems, document: null }
  const binaryEntry = entries.findIndex(({ fullUrl }) => fullUrl === attachment!.url)
  const binary = entries[binaryEntry]?.resource as Binary | undefined
  if (binary?.resourceType !== 'Binary') {
    const diagnostics = 'content.attachment.url must be the fullUrl of a Binary of the Bundle.'
    problems.push({ code: 'not-found', expression: `${place(entry)}.content.attachment.url`, diagnostics })
    return { problems, document: null }
  }
  const content = Buffer.from(binary.data ?? '', 'base64')
  problems.push(...checkContent(resource, binary, content, entry, binaryEntry))
  return { problems, document: { entry, binaryEntry, resource, content } }
}

function checkContent(
  resource: DocumentReference,
  binary: Binary,
  content: Buffer,
  entry: number,
  binaryEntry: number,
): Problem[] {
  const problems: Problem[] = []
  const attachment = resource.content![0]!.attachment!
  const at = `${place(entry)}.content.attachment`
  if (content.length === 0) {
    problems.push({ code: 'required', expression: `${place(binaryEntry)}.data`, diagnostics: 'data is mandatory: base64.' })
    return problems
  }
  if (attachment.size !== undefined && attachment.size !== content.length) {
    problems.push({ code: 'invariant', expression: `${at}.size`, diagnostics: 'size is not that of the Binary.' })
  }
  if (attachment.hash !== undefined && attachment.hash !== createHash('sha1').update(content).digest('base64')) {
    const diagnostics = 'hash is not the SHA-1, in base64, of the Binary.'
    problems.push({ code: 'invariant', expression: `${at}.hash`, diagnostics })
  }
  if (binary.contentType !== attachment.contentType) {
    const diagnostics = 'contentType of the Binary and of the attachment must be the same.'
    problems.push({ code: 'invariant', expression: `${place(binaryEntry)}.contentType`, diagnostics })
  }
  if (binary.contentType !== 'text/xml' && binary.contentType !== 'application/xml') {
    const diagnostics = 'Only CDA R2 documents are accepted: contentType text/xml.'
    problems.push({ code: 'not-supported', expression: `${place(binaryEntry)}.contentType`, diagnostics })
    return problems
  }
  const where = `${place(binaryEntry)}.data.ClinicalDocument`
  const { document, problems: found } = checkCda(content.toString('utf8'), where)
  problems.push(...found)
  if (document) problems.push(...checkAgreement(resource, document, where))
  return problems
}

/** The metadata must say what the document says: the same identifier, type and patient. */
function checkAgreement(resource: DocumentReference, document: Element, where: string): Problem[] {
  const problems: Problem[] = []
  const root = attribute(document, 'id', 'root')
  const extension = attribute(document, 'id', 'extension')
  const uniqueId = (resource.masterIdentifier?.value ?? '').replace(/^urn:(oid|uuid):/, '')
  if (uniqueId && root && uniqueId.toLowerCase() !== (extension ? `${root}.${extension}` : root).toLowerCase()) {
    problems.push({
      code: 'invariant',
      expression: `${where}.id`,
      diagnostics: 'id is not the masterIdentifier of the metadata.',
    })
  }
  const type = resource.type?.coding?.[0]?.code
  if (type && attribute(document, 'code', 'code') !== '' && type !== attribute(document, 'code', 'code')) {
    problems.push({ code: 'invariant', expression: `${where}.code`, diagnostics: 'code is not the type of the metadata.' })
  }
  const patient = testInsOf(subjectOf(resource)?.identifier)
  const ids = all(document, 'recordTarget/patientRole/id').map(({ attributes }) => `${attributes.root}|${attributes.extension}`)
  if (patient && ids.length > 0 && !ids.includes(`${oidOf(patient.system)}|${patient.value}`)) {
    const diagnostics = 'The patient of the document is not the patient of the metadata.'
    problems.push({ code: 'invariant', expression: `${where}.recordTarget`, diagnostics })
  }
  return problems
}
