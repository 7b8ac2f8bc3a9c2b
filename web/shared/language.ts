/** French first. The choice is kept in the browser and said to assistive technology by the document's language. */
import { i18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { useLingui } from '@lingui/react'
import { fr, type MessageKey } from '../locales/fr.ts'

export type Language = 'fr' | 'en'
const STORAGE_KEY = 'parcours.language'

/** Lingui asks for a message anew each time that it is said. */
const compiled = new Map<string, ReturnType<typeof compileMessage>>()
i18n.setMessagesCompiler((message) => {
  const known = compiled.get(message)
  if (known !== undefined) return known
  const result = compileMessage(message)
  compiled.set(message, result)
  return result
})
i18n.load({ fr })

export function storedLanguage(): Language {
  return localStorage.getItem(STORAGE_KEY) === 'en' ? 'en' : 'fr'
}

/** French comes with the page; what others say is fetched when somebody asks for it. */
export async function activateLanguage(language: Language): Promise<void> {
  if (language === 'en') i18n.load({ en: (await import('../locales/en.ts')).en })
  localStorage.setItem(STORAGE_KEY, language)
  document.documentElement.lang = language
  i18n.activate(language)
}

export const activeLanguage = (): Language => (i18n.locale === 'en' ? 'en' : 'fr')

/** The text of a key in the active language, with its values put in. */
export function text(key: MessageKey, values?: Record<string, string | number>): string {
  return i18n._(key, values)
}

/** The text of a key made of a prefix and a word from the API (`role.` + `nurse`); the word itself when we have no text for it. */
export function textOf(prefix: string, word: string): string {
  const key = `${prefix}.${word}`
  return isMessageKey(key) ? text(key) : word
}

export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(fr, key)

/** Draws its component again when the language changes. */
export function useText(): Language {
  return useLingui().i18n.locale === 'en' ? 'en' : 'fr'
}
