/**
 * The mailboxes: each message a file, `<hash of its Message-ID>.eml`, and one journal line for each delivery. A mailbox shows a message
 * once, however often a sender that heard no answer delivered it: it goes by Message-ID, as the operators of MSSanté mailboxes do.
 */
import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Journal } from '../journal.ts'

interface Delivery {
  at: string
  messageId: string
  recipients: string[]
  sizeBytes: number
}

export interface Message {
  messageId: string
  recipients: string[]
  file: string
  sizeBytes: number
  receivedAt: string
  /** How often it was delivered: more than 1 when the sender repeated itself. */
  deliveries: number
}

export class MailStore {
  readonly #folder: string
  readonly #messages = new Map<string, Message>()
  #journal!: Journal<Delivery>

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async open(folder: string): Promise<MailStore> {
    const store = new MailStore(folder)
    await mkdir(join(folder, 'messages'), { recursive: true })
    store.#journal = await Journal.open<Delivery>(join(folder, 'deliveries.jsonl'), (delivery) => store.#index(delivery))
    return store
  }

  get count(): number {
    return this.#messages.size
  }

  /** Resolves when the message and its delivery are on the disk. */
  async deliver(messageId: string, recipients: string[], bytes: Buffer): Promise<void> {
    const delivery: Delivery = { at: new Date().toISOString(), messageId, recipients, sizeBytes: bytes.length }
    if (!this.#messages.has(messageId)) await this.#write(fileOf(messageId), bytes)
    const { durable } = this.#journal.append(delivery)
    this.#index(delivery)
    await durable
  }

  list(filter: { messageId?: string | null; recipient?: string | null }): Message[] {
    return [...this.#messages.values()].filter(
      ({ messageId, recipients }) =>
        (!filter.messageId || messageId === filter.messageId) &&
        (!filter.recipient || recipients.includes(filter.recipient.toLowerCase())),
    )
  }

  /** The message as it was sent; null when there is none. */
  async read(file: string): Promise<Buffer | null> {
    const known = [...this.#messages.values()].some((message) => message.file === file)
    return known ? readFile(join(this.#folder, 'messages', file)) : null
  }

  close(): Promise<void> {
    return this.#journal.close()
  }

  #index({ at, messageId, recipients, sizeBytes }: Delivery): void {
    const known = this.#messages.get(messageId)
    this.#messages.set(messageId, {
      messageId,
      recipients: [...new Set([...(known?.recipients ?? []), ...recipients.map((recipient) => recipient.toLowerCase())])],
      file: fileOf(messageId),
      sizeBytes: known?.sizeBytes ?? sizeBytes,
      receivedAt: known?.receivedAt ?? at,
      deliveries: (known?.deliveries ?? 0) + 1,
    })
  }

  async #write(name: string, bytes: Buffer): Promise<void> {
    const path = join(this.#folder, 'messages', name)
    const half = `${path}.${process.hrtime.bigint()}.half`
    const file = await open(half, 'w')
    await file.writeFile(bytes)
    await file.sync()
    await file.close()
    await rename(half, path)
    const folder = await open(join(this.#folder, 'messages'), 'r')
    await folder.sync()
    await folder.close()
  }
}

const fileOf = (messageId: string): string => `${createHash('sha256').update(messageId).digest('hex').slice(0, 32)}.eml`
