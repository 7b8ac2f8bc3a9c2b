/** French first. The choice is kept in the browser and said to assistive technology by the document's language. */
import { i18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { en } from '../locales/en.ts'
import { fr, type MessageKey } from '../locales/fr.ts'

export type Language = 'fr' | 'en'
const STORAGE_KEY = 'parcours.language'

i18n.setMessagesCompiler(compileMessage)
i18n.load({ fr, en })

export function storedLanguage(): Language {
  return localStorage.getItem(STORAGE_KEY) === 'en' ? 'en' : 'fr'
}

export function activateLanguage(language: Language): void {
  localStorage.setItem(STORAGE_KEY, language)
  document.documentElement.lang = language
  i18n.activate(language)
}

/** The text of a key in the active language, with its values put in. */
export function text(key: MessageKey, values?: Record<string, string | number>): string {
  return i18n._(key, values)
}
