/** The text of a file's bytes: UTF-8 unless a byte order mark or an XML declaration says otherwise. */
import { InputError } from './command.ts'

/** @throws InputError when the bytes are no text in the encoding that they are said to be in. */
export function decode(file: string, bytes: Buffer): string {
  const encoding = marked(bytes) ?? 'utf-8'
  const text = decoded(bytes, encoding)
  if (text !== null && !text.includes('\0')) return inUtf8(text, encoding)
  const declared = declaredIn(bytes)
  const otherwise = declared === null ? null : decoded(bytes, declared)
  if (otherwise !== null && !otherwise.includes('\0')) return inUtf8(otherwise, declared!)
  throw new InputError(`${file}: it is no text in UTF-8; check that it is the right file, or save it as UTF-8`)
}

/** By a byte order mark, or by how `<` is written in two bytes (XML 1.0, appendix F). */
function marked(bytes: Buffer): string | null {
  const start = bytes.subarray(0, 2).toString('latin1')
  if (start === '\xff\xfe' || start === '<\0') return 'utf-16le'
  if (start === '\xfe\xff' || start === '\0<') return 'utf-16be'
  return null
}

const DECLARATION = /^(<\?xml\s[^>]*?encoding\s*=\s*["'])([\w.:-]+)(["'])/

const declaredIn = (bytes: Buffer): string | null => DECLARATION.exec(bytes.subarray(0, 200).toString('latin1'))?.[2] ?? null

/** Null when the bytes are none of that encoding, or nobody knows it. */
function decoded(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** What was in another encoding is from here on in UTF-8, and says so; plain ASCII is UTF-8 in whatever encoding it says it is. */
const inUtf8 = (text: string, encoding: string): string =>
  encoding === 'utf-8' && Buffer.byteLength(text) > text.length
    ? text
    : text.replace(DECLARATION, (_, before: string, __, after: string) => `${before}UTF-8${after}`)
