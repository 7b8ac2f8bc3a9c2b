/** Numbers among the options of a command. */
import { InputError } from './command.ts'

/** The whole number that an option was given, undefined when it was not. @throws InputError when it is none, or less than `least`. */
export function wholeNumber(option: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value
  throw new InputError(`--${option} ${text}: expected a whole number from ${least}`)
}
