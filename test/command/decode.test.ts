// Goal: files as other tools save them are read, and what is no text is refused. Method: one text in each encoding, with and without its mark.
import { describe, expect, it } from 'vitest'
import { decode } from '../../command/decode.ts'

const text = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a name="Évaluation"/>`
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16()
const mark = (bytes: Buffer, ...of: number[]) => Buffer.concat([Buffer.from(of), bytes])

describe('a file’s bytes', () => {
  const utf16 = Buffer.from(text('UTF-16'), 'utf16le')
  it.each([
    ['UTF-8', Buffer.from(text('UTF-8'))],
    ['UTF-8 with a mark', mark(Buffer.from(text('UTF-8')), 0xef, 0xbb, 0xbf)],
    ['UTF-16 with a mark, little end first', mark(utf16, 0xff, 0xfe)],
    ['UTF-16 with a mark, big end first', mark(swapped(utf16), 0xfe, 0xff)],
    ['UTF-16 without a mark, little end first', utf16],
    ['UTF-16 without a mark, big end first', swapped(utf16)],
    ['ISO-8859-1, as it declares', Buffer.from(text('ISO-8859-1'), 'latin1')],
    ['windows-1252, as it declares', Buffer.from(text('windows-1252'), 'latin1')],
  ])('in %s are text, said to be UTF-8', (_, bytes) => {
    expect(decode('a.bpmn', bytes)).toBe(text('UTF-8'))
  })

  it.each([
    ['in no encoding at all', Buffer.from([0x3c, 0x61, 0xff, 0xfe, 0x00, 0x80])],
    ['in one that nobody knows', Buffer.from(text('x-none'), 'latin1')],
    ['of half a UTF-16 character', mark(Buffer.from([0x3c]), 0xff, 0xfe)],
    ['with zeros', Buffer.from('<a>\0</a>')],
  ])('%s are refused', (_, bytes) => {
    expect(() => decode('a.bpmn', bytes)).toThrow('a.bpmn: it is no text in UTF-8')
  })
})
