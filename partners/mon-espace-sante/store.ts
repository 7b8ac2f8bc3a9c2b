/**
 * What the sandbox keeps: one line of the journal for each accepted submission. A document is known by its uniqueId; the same again is
 * answered as the first time and stores nothing, the same uniqueId with another content is refused.
 */
import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Journal, type Position } from '../journal.ts'
import type { Binary, Bundle, DocumentReference, Problem, Resource } from './resources.ts'
import { subjectOf } from './rules/document-reference.ts'
import { oidOf, testInsOf } from './rules/national-identifier.ts'
import type { CheckedTransaction } from './rules/transaction.ts'

interface StoredDocument {
  uniqueId: string
  /** SHA-256 of the content, in hex. */
  content: string
  /** `oid|value` of the INS. */
  patient: string
  documentId: string
  binaryId: string
  listId: string
}

interface Submission {
  at: string
  documents: StoredDocument[]
  /** By `Type/id`. */
  resources: Record<string, Resource>
}

export type Deposit = { type: 'accepted'; response: Resource } | { type: 'conflict'; problems: Problem[] }

export class Store {
  readonly #byUniqueId = new Map<string, StoredDocument & { at: string }>()
  readonly #byPatient = new Map<string, string[]>()
  readonly #positions = new Map<string, Position>()
  #journal!: Journal<Submission>

  private constructor() {}

  static async open(folder: string): Promise<Store> {
    const store = new Store()
    store.#journal = await Journal.open<Submission>(join(folder, 'submissions.jsonl'), (submission, position) =>
      store.#index(submission, position),
    )
    return store
  }

  get count(): number {
    return this.#byUniqueId.size
  }

  /** Stores what is new of a checked transaction; resolves when it is on the disk. */
  async deposit(bundle: Bundle, { documents, submissionSetEntry }: CheckedTransaction): Promise<Deposit> {
    const submitted = documents.map((document) => ({ ...document, ...identityOf(document.resource, document.content) }))
    const problems = submitted.flatMap(({ uniqueId, content, patient, entry }) => {
      const known = this.#byUniqueId.get(uniqueId)
      if (!known || (known.content === hashOf(content) && known.patient === patient)) return []
      const diagnostics = 'A document with this masterIdentifier is already here, with another content.'
      return [{ code: 'conflict' as const, expression: `Bundle.entry[${entry}].resource.masterIdentifier`, diagnostics }]
    })
    if (problems.length > 0) return { type: 'conflict', problems }
    const fresh = submitted.filter(({ uniqueId }) => !this.#byUniqueId.has(uniqueId))
    if (fresh.length > 0) await this.#add(bundle, fresh, submissionSetEntry)
    // What is known may still be on its way to the disk, sent by a request that is not answered yet.
    else await this.#journal.settled()
    return { type: 'accepted', response: this.#response(bundle, documents, submissionSetEntry) }
  }

  /** ITI-67: the references of a patient's documents, oldest first. `identifier` is `system|value`, or a value alone. */
  async search(identifier: string): Promise<DocumentReference[]> {
    const bar = identifier.lastIndexOf('|')
    const system = oidOf(bar < 0 ? '' : identifier.slice(0, bar))
    const value = identifier.slice(bar + 1)
    const keys = [...this.#byPatient.keys()].filter((key) => (system ? key === `${system}|${value}` : key.endsWith(`|${value}`)))
    const found: DocumentReference[] = []
    for (const id of keys.flatMap((key) => this.#byPatient.get(key) ?? [])) {
      found.push((await this.read(`DocumentReference/${id}`)) as DocumentReference)
    }
    return found
  }

  /** A resource by `Type/id`; null when there is none. */
  async read(reference: string): Promise<Resource | null> {
    const position = this.#positions.get(reference)
    if (!position) return null
    return (await this.#journal.read(position)).resources[reference] ?? null
  }

  /** ITI-68: a document's bytes. */
  async content(binaryId: string): Promise<{ contentType: string; bytes: Buffer } | null> {
    const binary = (await this.read(`Binary/${binaryId}`)) as Binary | null
    return (
      binary && { contentType: binary.contentType ?? 'application/octet-stream', bytes: Buffer.from(binary.data ?? '', 'base64') }
    )
  }

  close(): Promise<void> {
    return this.#journal.close()
  }

  #index(submission: Submission, position: Position): void {
    for (const document of submission.documents) {
      this.#byUniqueId.set(document.uniqueId, { ...document, at: submission.at })
      this.#byPatient.set(document.patient, [...(this.#byPatient.get(document.patient) ?? []), document.documentId])
    }
    for (const reference of Object.keys(submission.resources)) this.#positions.set(reference, position)
  }

  async #add(bundle: Bundle, fresh: Identified[], submissionSetEntry: number): Promise<void> {
    const entries = bundle.entry ?? []
    const ids = entries.map(() => randomUUID())
    const placed = new Map(
      entries.map(({ fullUrl, resource }, index) => [fullUrl ?? '', `${resource!.resourceType}/${ids[index]}`]),
    )
    const skipped = new Set(
      entries.flatMap(({ resource }, index) => {
        const isDocument = resource?.resourceType === 'DocumentReference' || resource?.resourceType === 'Binary'
        return isDocument && !fresh.some(({ entry, binaryEntry }) => entry === index || binaryEntry === index) ? [index] : []
      }),
    )
    const at = new Date().toISOString()
    const submission: Submission = {
      at,
      documents: fresh.map(({ uniqueId, content, patient, entry, binaryEntry }) => ({
        uniqueId,
        content: hashOf(content),
        patient,
        documentId: ids[entry]!,
        binaryId: ids[binaryEntry]!,
        listId: ids[submissionSetEntry]!,
      })),
      resources: Object.fromEntries(
        entries.flatMap(({ resource }, index) =>
          skipped.has(index) ? [] : [[`${resource!.resourceType}/${ids[index]}`, stored(resource!, ids[index]!, at, placed)]],
        ),
      ),
    }
    const { position, durable } = this.#journal.append(submission)
    this.#index(submission, position)
    await durable
  }

  /** A transaction-response in the order of the request. */
  #response(bundle: Bundle, documents: CheckedTransaction['documents'], submissionSetEntry: number): Resource {
    const known = documents.map((document) => ({
      ...document,
      ...this.#byUniqueId.get(identityOf(document.resource, document.content).uniqueId)!,
    }))
    const entry = (bundle.entry ?? []).map(({ resource }, index) => {
      const document = known.find((one) => one.entry === index || one.binaryEntry === index)
      const id =
        index === submissionSetEntry
          ? known.at(-1)!.listId
          : document && (document.entry === index ? document.documentId : document.binaryId)
      const lastModified = document?.at ?? known.at(-1)!.at
      const location = id ? { location: `${resource!.resourceType}/${id}`, etag: 'W/"1"' } : {}
      return { response: { status: '201 Created', ...location, lastModified } }
    })
    return { resourceType: 'Bundle', type: 'transaction-response', entry } as Resource
  }
}

type Identified = CheckedTransaction['documents'][number] & { uniqueId: string; patient: string }

const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex')

function identityOf(resource: DocumentReference, content: Buffer) {
  const patient = testInsOf(subjectOf(resource)?.identifier)
  return { uniqueId: resource.masterIdentifier!.value!, content, patient: `${oidOf(patient?.system)}|${patient?.value}` }
}

/** The resource as it is kept: with its id, and with references to its neighbours instead of the transaction's urn:uuid:. */
function stored(resource: Resource, id: string, at: string, placed: Map<string, string>): Resource {
  const text = JSON.stringify(resource, (key, value: unknown) =>
    (key === 'reference' || key === 'url') && typeof value === 'string' ? (placed.get(value) ?? value) : value,
  )
  return { ...(JSON.parse(text) as Resource), id, meta: { ...resource.meta, versionId: '1', lastUpdated: at } }
}
