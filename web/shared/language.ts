/** French first. The choice is kept in the browser and said to assistive technology by the document's language. */
import { i18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { useLingui } from '@lingui/react'
import { first } from '../locales/fr/first.ts'
import type { MessageKey } from '../locales/fr.ts'

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
i18n.load({ fr: first })

export function storedLanguage(): Language {
  return localStorage.getItem(STORAGE_KEY) === 'en' ? 'en' : 'fr'
}

/** What is said in one area of the page; French of the first comes with the page, all else when somebody looks at it. */
export type TextArea = 'first' | 'boards' | 'care' | 'designer' | 'hospital' | 'planner'

const CATALOGUES: Record<Language, Record<TextArea, () => Promise<Record<string, string>>>> = {
  fr: {
    first: async () => first,
    boards: async () => (await import('../locales/fr/boards.ts')).boards,
    care: async () => (await import('../locales/fr/care.ts')).care,
    designer: async () => (await import('../locales/fr/designer.ts')).designer,
    hospital: async () => (await import('../locales/fr/hospital.ts')).hospital,
    planner: async () => (await import('../locales/fr/planner.ts')).planner,
  },
  en: {
    first: async () => (await import('../locales/en/first.ts')).first,
    boards: async () => (await import('../locales/en/boards.ts')).boards,
    care: async () => (await import('../locales/en/care.ts')).care,
    designer: async () => (await import('../locales/en/designer.ts')).designer,
    hospital: async () => (await import('../locales/en/hospital.ts')).hospital,
    planner: async () => (await import('../locales/en/planner.ts')).planner,
  },
}

const needed = new Set<TextArea>(['first'])

const loadTexts = async (language: Language, areas: Iterable<TextArea>): Promise<void> => {
  const messages = await Promise.all([...areas].map((area) => CATALOGUES[language][area]()))
  for (const each of messages) i18n.load(language, each)
}

/** A part of the page that comes when it is looked at, together with what it says. */
export const withTexts =
  <Module>(areas: readonly TextArea[], load: () => Promise<Module>) =>
  async (): Promise<Module> => {
    for (const area of areas) needed.add(area)
    const [module] = await Promise.all([load(), loadTexts(activeLanguage(), areas)])
    return module
  }

/** What is shown already is said in the new language too. */
export async function activateLanguage(language: Language): Promise<void> {
  await loadTexts(language, needed)
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

export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(i18n.messages, key)

/** Draws its component again when the language changes. */
export function useText(): Language {
  return useLingui().i18n.locale === 'en' ? 'en' : 'fr'
}
