/** Identifiers that a repetition finds again: each is a function of what it names, so nothing has to remember them. */
import { createHash } from 'node:crypto'

/** A UUID (RFC 9562 version 8) made of the text's SHA-256. */
export function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** An OID under 2.25, the arc of UUIDs (ITU-T X.667): unique without asking anybody. */
export const oidOf = (text: string): string => `2.25.${BigInt(`0x${uuidOf(text).replaceAll('-', '')}`)}`
