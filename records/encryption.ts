/**
 * Columns that hold identities, health data or what a run knows: AES-256-GCM. A sealed value is one byte that names the key, a 12-byte
 * nonce, the ciphertext and a 16-byte tag. Each use has a key of its own, derived by HKDF.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { RecordsError } from './errors.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16
const REMEDY = 'Set PARCOURS_KEY to the key this database was first used with: 32 bytes in base64, or 64 hexadecimal digits.'

export class Encryption {
  readonly #key: Uint8Array
  readonly #indexKey: Uint8Array
  readonly #keyId: number

  /** @param key 32 bytes. */
  constructor(key: Uint8Array) {
    if (key.length !== 32) throw new RecordsError('keyMissing', `The key has ${key.length} bytes instead of 32. ${REMEDY}`)
    this.#key = new Uint8Array(hkdfSync('sha256', key, '', 'parcours records', 32))
    this.#indexKey = new Uint8Array(hkdfSync('sha256', key, '', 'parcours blind index', 32))
    this.#keyId = createHash('sha256').update(this.#key).digest()[0]!
  }

  encrypt(clear: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce)
    return Buffer.concat([Buffer.of(this.#keyId), nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()])
  }

  encryptJson(value: unknown): Buffer {
    return this.encrypt(Buffer.from(JSON.stringify(value)))
  }

  /** @throws RecordsError `keyWrong` when it was sealed with another key, or was changed since. */
  decrypt(sealed: Uint8Array): Buffer {
    if (sealed[0] !== this.#keyId) throw new RecordsError('keyWrong', `These data were encrypted with another key. ${REMEDY}`)
    const end = sealed.length - TAG_BYTES
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(1, 1 + NONCE_BYTES))
      decipher.setAuthTag(sealed.subarray(end))
      return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES, end)), decipher.final()])
    } catch (cause) {
      throw new RecordsError('keyWrong', `These data were encrypted with another key, or damaged. ${REMEDY}`, { cause })
    }
  }

  decryptJson<T>(sealed: Uint8Array): T {
    return JSON.parse(this.decrypt(sealed).toString()) as T
  }

  /** Equal for equal texts, and says nothing else: to find encrypted values by. */
  blindIndex(text: string): Buffer {
    return createHmac('sha256', this.#indexKey).update(text.normalize('NFC')).digest()
  }
}

/**
 * The key from its text: base64 or hexadecimal.
 * @throws RecordsError `keyMissing` when there is none, or it is not 32 bytes.
 */
export function keyOf(text: string | undefined): Uint8Array {
  if (!text) throw new RecordsError('keyMissing', `There is no key to encrypt health data with. ${REMEDY}`)
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  if (key.length !== 32) throw new RecordsError('keyMissing', `PARCOURS_KEY does not hold 32 bytes. ${REMEDY}`)
  return key
}
