/** The built-in functions by name. */
import { FeelFunction, type Inner, type Scope } from '../inner.ts'
import { signaturesOf } from '../names.ts'
import { calendar } from './calendar.ts'
import { contexts } from './contexts.ts'
import { conversion } from './conversion.ts'
import { type Builtin, takes } from './define.ts'
import { java } from './java.ts'
import { lists } from './lists.ts'
import { numbers } from './numbers.ts'
import { ranges } from './ranges.ts'
import { strings } from './strings.ts'

const builtins: Record<string, Builtin> = {
  ...conversion,
  ...strings,
  ...numbers,
  ...lists,
  ...contexts,
  ...calendar,
  ...ranges,
  ...java,
  not: takes(['any'], ([negand]) => (typeof negand === 'boolean' ? !negand : null)),
}

/** What a call of this name runs, or null when no built-in function has it. */
export const builtinCall = (name: string): Builtin | null => (Object.hasOwn(builtins, name) ? builtins[name]! : null)

/** A built-in function as a value, to be passed on: `sort(list, before)`. Null when there is none. */
export const builtinFunction = (name: string): ((scope: Scope) => FeelFunction) | null => {
  const call = builtinCall(name)
  if (!call) return null
  const parameters = signaturesOf(name)[0] ?? []
  return (scope) => new FeelFunction(parameters, (values: Inner[]) => call(values, scope))
}
