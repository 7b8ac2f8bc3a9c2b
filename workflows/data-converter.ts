/**
 * How data travel to and from Temporal: JSON, encrypted with AES-256-GCM, so that the server never holds a health datum in clear. In
 * histories a Program is only its hash; on a worker, decoding puts its text back in (a claim check).
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common'
import proto from '@temporalio/proto'
import type { ProgramReference } from './messages.ts'

export const FAILURE_CONVERTER_PATH = fileURLToPath(new URL('./failure-converter.cjs', import.meta.url))
const ENCODING = 'binary/parcours-aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const REFERENCE_START = new TextEncoder().encode('{"$program":')

/** Gives the canonical JSON text of a Program by its hash. */
export type ProgramText = (hash: string) => Promise<string>

/** @param key 32 bytes. @param programText on a worker only: where a reference to a Program is resolved. */
export function createDataConverter(key: Uint8Array, programText?: ProgramText): DataConverter {
  if (key.length !== 32) throw new Error('The Temporal payload key must be 32 bytes: check PARCOURS_KEY')
  const payloadKey = new Uint8Array(hkdfSync('sha256', key, '', 'parcours temporal payloads', 32))
  return { payloadCodecs: [new Codec(payloadKey, programText)], failureConverterPath: FAILURE_CONVERTER_PATH }
}

class Codec implements PayloadCodec {
  readonly #key: Uint8Array
  readonly #programText: ProgramText | undefined
  /** References by hash, with their text: what a hash names never changes. */
  readonly #expanded = new Map<string, Uint8Array>()

  constructor(key: Uint8Array, programText: ProgramText | undefined) {
    this.#key = key
    this.#programText = programText
  }

  async encode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => ({
      metadata: { encoding: new TextEncoder().encode(ENCODING) },
      data: this.#encrypt(proto.temporal.api.common.v1.Payload.encode(payload).finish()),
    }))
  }

  async decode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.all(payloads.map((payload) => this.#decodeOne(payload)))
  }

  async #decodeOne(payload: Payload): Promise<Payload> {
    const encoding = payload.metadata?.encoding
    if (!encoding || new TextDecoder().decode(encoding) !== ENCODING) return payload
    const clear = proto.temporal.api.common.v1.Payload.decode(this.#decrypt(payload.data!))
    return this.#programText && startsWith(clear.data, REFERENCE_START) ? this.#expand(clear, this.#programText) : clear
  }

  async #expand(payload: Payload, programText: ProgramText): Promise<Payload> {
    const reference = JSON.parse(new TextDecoder().decode(payload.data!)) as ProgramReference
    let data = this.#expanded.get(reference.$program)
    if (!data) {
      const text = await programText(reference.$program)
      data = new TextEncoder().encode(JSON.stringify({ ...reference, text }))
      this.#expanded.set(reference.$program, data)
    }
    return { metadata: payload.metadata ?? {}, data }
  }

  #encrypt(clear: Uint8Array): Uint8Array {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce)
    return Buffer.concat([nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()])
  }

  #decrypt(sealed: Uint8Array): Uint8Array {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, NONCE_BYTES))
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)), decipher.final()])
  }
}

function startsWith(data: Uint8Array | null | undefined, prefix: Uint8Array): boolean {
  return data != null && data.length >= prefix.length && prefix.every((byte, index) => data[index] === byte)
}
