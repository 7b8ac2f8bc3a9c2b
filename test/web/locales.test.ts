import { compileMessage } from '@lingui/message-utils/compileMessage'
import { describe, expect, it } from 'vitest'
import { en } from '../../web/locales/en.ts'
import { fr } from '../../web/locales/fr.ts'

const placeholders = (message: string) => [...new Set(message.match(/\{\w+(?=[,}])/g) ?? [])].sort()

describe('catalogues', () => {
  it('have the same keys, none empty', () => {
    expect(Object.keys(en)).toEqual(Object.keys(fr))
    expect([...Object.values(fr), ...Object.values(en)].filter((message) => message.trim() === '')).toEqual([])
  })

  it('use the same values, and are ICU messages', () => {
    for (const [key, message] of Object.entries(fr)) {
      expect(placeholders(en[key as keyof typeof fr]), key).toEqual(placeholders(message))
      expect(() => compileMessage(message), key).not.toThrow()
    }
  })
})
