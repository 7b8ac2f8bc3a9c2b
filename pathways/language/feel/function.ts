/** Function definitions and calls, of the model's functions and of the built-in ones. */

import { roundedEarly } from './approximate.ts'
import type { Builtin } from './builtins/define.ts'
import { builtinCall, builtinFunction } from './builtins/index.ts'
import { closureOf } from './closure.ts'
import { FeelFunction, type Inner, type Run, type Scope } from './inner.ts'
import { coerce } from './instance.ts'
import { bounded } from './limits.ts'
import { signaturesOf } from './names.ts'
import { LocalScope } from './scope.ts'
import type { FeelTree, NamedTree, Parameter } from './tree.ts'

export const functionClosure = (parameters: Parameter[], body: FeelTree): Run => {
  const names = parameters.map(([name]) => name)
  const run = closureOf(body)
  return (scope) =>
    new FeelFunction(names, (values) => {
      const local = new Map<string, Inner>()
      for (const [index, [name, type]] of parameters.entries()) {
        const given = values[index] ?? null
        const value = coerce(given, type)
        // An argument that does not conform leaves the call without a result (DMN 1.5, section 10.3.2.13.2).
        if (value === null && given !== null) return null
        local.set(name, value)
      }
      return bounded(() => run(new LocalScope(scope, local)), true)
    })
}

/**
 * An argument: the name of a built-in function stands for it where a function may be wanted, and only there, so that an absent
 * variable called `mode` or `range` is null everywhere else.
 */
const argumentClosure = (tree: FeelTree, callee: FeelTree): Run => {
  const wantsFunction = callee[0] !== 'name' || !builtinCall(callee[1]) || callee[1] === 'sort' || callee[1] === 'list replace'
  const builtin = tree[0] === 'name' && wantsFunction ? builtinFunction(tree[1]) : null
  const run = closureOf(tree)
  return builtin ? (scope) => run(scope) ?? builtin(scope) : run
}

/** What a name or expression in the place of a function gives: the model's function, a built-in one, or null. */
const calleeOf = (callee: FeelTree): ((scope: Scope) => FeelFunction | null) => {
  const run = closureOf(callee)
  return (scope) => {
    const value = run(scope)
    return value instanceof FeelFunction ? value : null
  }
}

export const callClosure = (callee: FeelTree, given: FeelTree[]): Run => {
  const values = given.map((tree) => argumentClosure(tree, callee))
  const builtin = callee[0] === 'name' ? builtinCall(callee[1]) : null
  if (builtin && callee[0] === 'name') {
    const name = callee[1]
    const exact: Run = (scope) => {
      const own = scope.get(name)
      const computed = values.map((value) => value(scope))
      return own instanceof FeelFunction ? own.call(computed) : builtin(computed, scope)
    }
    const early = roundedEarly(name, given, exact)
    return early ? (scope) => (scope.get(name) instanceof FeelFunction ? exact(scope) : early(scope)) : exact
  }
  const target = calleeOf(callee)
  return (scope) => {
    const found = target(scope)
    if (!found || found.parameters.length !== values.length) return null
    return found.call(values.map((value) => value(scope)))
  }
}

export const callNamedClosure = (callee: FeelTree, given: NamedTree[]): Run => {
  const names = given.map(([name]) => name)
  const values = given.map(([, tree]) => argumentClosure(tree, callee))
  const builtin = callee[0] === 'name' ? builtinCall(callee[1]) : null
  const form = callee[0] === 'name' ? formOf(callee[1], names) : undefined
  const target = calleeOf(callee)
  const ordered = (parameters: string[], scope: Scope): Inner[] =>
    parameters.map((parameter) => {
      const index = names.indexOf(parameter)
      return index < 0 ? null : values[index]!(scope)
    })
  const builtinNamed = (run: Builtin, parameters: string[], scope: Scope): Inner => {
    const computed = ordered(parameters, scope)
    // `context put(context, key, value)` and `(context, keys, value)` are told apart by the name.
    const fits = parameters.every(
      (name, index) =>
        !/^keys?$/.test(name) || callee[1] !== 'context put' || Array.isArray(computed[index]) === (name === 'keys'),
    )
    return fits ? run(computed, scope) : null
  }
  return (scope) => {
    const own = callee[0] === 'name' ? scope.get(callee[1]) : undefined
    if (builtin && !(own instanceof FeelFunction)) return form ? builtinNamed(builtin, form, scope) : null
    const found = target(scope)
    if (!found || !names.every((name) => found.parameters.includes(name))) return null
    return found.call(ordered(found.parameters, scope))
  }
}

/** The form of a built-in function that takes these names; `is` takes null for the one that is left out. */
const formOf = (callee: string, names: string[]): string[] | undefined =>
  signaturesOf(callee).find(
    (parameters) => sameNames(parameters, names) || (callee === 'is' && names.every((name) => parameters.includes(name))),
  )

const sameNames = (parameters: string[], names: string[]) =>
  parameters.length === names.length && names.every((name) => parameters.includes(name))
