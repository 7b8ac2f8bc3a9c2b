/** The language in which a command speaks: the one that is asked for, else that of the environment. */
import type { Language } from '../pathways/language/finding.ts'
import { InputError } from './command.ts'

/** @throws InputError when another language is asked for. */
export function languageOf(asked: string | undefined, environment: Record<string, string | undefined>): Language {
  if (asked === 'fr' || asked === 'en') return asked
  if (asked !== undefined) throw new InputError(`--language ${asked}: expected fr or en`)
  const { LC_ALL, LC_MESSAGES, LANG } = environment
  return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('fr') ? 'fr' : 'en'
}
