/** The Identité Nationale de Santé: a NIR or NIA of 13 characters and its key of two digits (RNIV; NIR of the INSEE). */

/** OIDs under which an INS may travel. The last two are for tests and demonstrations, and are never accepted in production. */
export const insOids = {
  nir: '1.2.250.1.213.1.4.8',
  nia: '1.2.250.1.213.1.4.9',
  nirTest: '1.2.250.1.213.1.4.10',
  nirDemo: '1.2.250.1.213.1.4.11',
} as const

const numberPattern = /^[0-9]{5}(?:[0-9]{2}|2[AB])[0-9]{6}$/
const lengthWithoutKey = 13

/**
 * The two digits of the key: 97 - N mod 97, where Corsica's departments count as 19 (2A) and 18 (2B).
 * @param ins the 13 characters of a NIR or NIA, with or without its key, which is not read.
 * @throws RangeError when it is not such a number; the message does not repeat it.
 */
export function insKey(ins: string): string {
  const number = ins.slice(0, lengthWithoutKey)
  if (!numberPattern.test(number)) {
    throw new RangeError('An INS has 13 digits, of which 2A or 2B may stand for a department of Corsica, and a key of 2 digits.')
  }
  const digits = number.replace('2A', '19').replace('2B', '18')
  return String(97 - (Number(digits) % 97)).padStart(2, '0')
}

/** Whether the 15 characters are an INS with the right key. Strict: no space, no lower case. */
export function hasRightInsKey(ins: string): boolean {
  return (
    ins.length === lengthWithoutKey + 2 &&
    numberPattern.test(ins.slice(0, lengthWithoutKey)) &&
    ins.slice(lengthWithoutKey) === insKey(ins)
  )
}
