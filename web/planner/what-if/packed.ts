/** A scenario's text small enough for an address. */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate'

export const packed = (text: string): string => {
  const bytes = deflateSync(strToU8(text), { level: 9 })
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** @returns null for what was not packed. */
export const unpacked = (word: string): string | null => {
  try {
    const binary = atob(word.replaceAll('-', '+').replaceAll('_', '/'))
    return strFromU8(inflateSync(Uint8Array.from(binary, (letter) => letter.charCodeAt(0))))
  } catch {
    // A link that was cut short, or written by hand.
    return null
  }
}
