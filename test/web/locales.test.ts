import { compileMessage } from '@lingui/message-utils/compileMessage'
import { describe, expect, it } from 'vitest'
import { en } from '../../web/locales/en.ts'
import { boards } from '../../web/locales/fr/boards.ts'
import { care } from '../../web/locales/fr/care.ts'
import { designer } from '../../web/locales/fr/designer.ts'
import { frame } from '../../web/locales/fr/frame.ts'
import { hospital } from '../../web/locales/fr/hospital.ts'
import { operations } from '../../web/locales/fr/operations.ts'
import { planner } from '../../web/locales/fr/planner.ts'
import { shared } from '../../web/locales/fr/shared.ts'
import { fr } from '../../web/locales/fr.ts'

/** Values to be put in: words of a plural's branches stand in braces too. */
const placeholders = (message: string) =>
  [...new Set(message.match(/(?<!(?:=\d+|zero|one|two|few|many|other) )\{\w+(?=[,}])/g) ?? [])].sort()

describe('catalogues', () => {
  it('say each thing in one area', () => {
    const keys = [boards, care, designer, frame, hospital, operations, planner, shared].flatMap((area) => Object.keys(area))
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
    expect(keys.sort()).toEqual(Object.keys(fr).sort())
  })

  it('have the same keys, none empty', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(fr).sort())
    expect([...Object.values(fr), ...Object.values(en)].filter((message) => message.trim() === '')).toEqual([])
  })

  it('use the same values, and are ICU messages', () => {
    for (const [key, message] of Object.entries(fr)) {
      expect(placeholders(en[key as keyof typeof fr]), key).toEqual(placeholders(message))
      expect(() => compileMessage(message), key).not.toThrow()
    }
  })
})
