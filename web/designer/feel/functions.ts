/** The built-in functions that the engine has, as the FEEL editor offers them: with their parameters, and what they give. */
import { functionNames, signaturesOf } from '../../../pathways/language/feel/names.ts'
import type { Language } from '../../shared/language.ts'
import { FUNCTION_HELP } from './help.ts'

export interface OfferedFunction {
  name: string
  type: 'function'
  params: { name: string }[]
  info: string
}

/** One for each form of each function. `@` is written before a text, not called. */
export const offeredFunctions = (language: Language): OfferedFunction[] =>
  functionNames
    .filter((name) => name !== '@')
    .flatMap((name) =>
      signaturesOf(name).map(
        (parameters): OfferedFunction => ({
          ...{ name, type: 'function', info: FUNCTION_HELP[name]?.[language] ?? '' },
          params: parameters.map((parameter) => ({ name: parameter })),
        }),
      ),
    )
