/** One closure for each operator of a tree. */
import { comparedEarly } from './approximate.ts'
import { add, divide, multiply, negate, raise, subtract } from './arithmetic.ts'
import { isIn, within } from './compare.ts'
import { comparison } from './comparison.ts'
import { conversionTo, convertedClosure } from './declared.ts'
import { filterClosure } from './filter.ts'
import { callClosure, callNamedClosure, functionClosure } from './function.ts'
import { type Context, FeelRange, type Inner, kindOf, type Run, setMember } from './inner.ts'
import { isInstance } from './instance.ts'
import { forClosure, quantifiedClosure } from './iteration.ts'
import { addNumbers, divideNumbers, type FeelNumber, isNumber, multiplyNumbers, raiseNumber, subtractNumbers } from './number.ts'
import { pathOf } from './path.ts'
import { EntryScope, InputScope, LocalScope } from './scope.ts'
import { tableClosure } from './table.ts'
import type { FeelTree, NamedTree } from './tree.ts'
import type { Value } from './value.ts'

/** A closure that may give functions and ranges: for use inside expressions. */
export const closureOf = (tree: FeelTree): Run => {
  switch (tree[0]) {
    case 'value':
      return constant(tree[1])
    case 'name':
      return nameClosure(tree[1])
    case 'path': {
      const source = closureOf(tree[1])
      const name = tree[2]
      return (scope) => pathOf(source(scope), name, scope)
    }
    case 'filter':
      return filterClosure(tree[1], tree[2], tree[3] === 'boxed')
    case 'call':
      return callClosure(tree[1], tree[2])
    case 'callNamed':
      return callNamedClosure(tree[1], tree[2])
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparedEarly(tree[0], tree[1], tree[2], comparison(tree[0], closureOf(tree[1]), closureOf(tree[2]), tree[2]))
    case '+':
    case '-':
    case '*':
    case '/':
    case '**': {
      const known = numberAlready(tree)
      return known === undefined ? arithmetic(tree[0], closureOf(tree[1]), closureOf(tree[2])) : constant(known)
    }
    case 'negate': {
      const operand = closureOf(tree[1])
      return (scope) => negate(operand(scope))
    }
    case 'and':
      return junction(closureOf(tree[1]), closureOf(tree[2]), false)
    case 'or':
      return junction(closureOf(tree[1]), closureOf(tree[2]), true)
    case 'not': {
      const operand = closureOf(tree[1])
      return (scope) => {
        const value = operand(scope)
        return typeof value === 'boolean' ? !value : null
      }
    }
    case 'between':
      return betweenClosure(closureOf(tree[1]), closureOf(tree[2]), closureOf(tree[3]))
    case 'in':
      return inClosure(tree[1], tree[2])
    case 'with':
      return withClosure(closureOf(tree[1]), closureOf(tree[2]))
    case 'if': {
      const [condition, then, otherwise] = [closureOf(tree[1]), closureOf(tree[2]), closureOf(tree[3])]
      if (tree[4] !== 'boxed') return (scope) => (condition(scope) === true ? then(scope) : otherwise(scope))
      return (scope) => {
        const verdict = condition(scope)
        if (typeof verdict !== 'boolean' && verdict !== null) return null
        return verdict === true ? then(scope) : otherwise(scope)
      }
    }
    case 'for':
      return forClosure(tree[1], tree[2])
    case 'some':
      return quantifiedClosure(tree[1], tree[2], true, tree[3] === 'boxed')
    case 'every':
      return quantifiedClosure(tree[1], tree[2], false, tree[3] === 'boxed')
    case 'list': {
      const items = tree[1].map(closureOf)
      return (scope) => items.map((item) => item(scope))
    }
    case 'context':
      return contextClosure(tree[1])
    case 'function':
      return functionClosure(tree[1], tree[2])
    case 'only': {
      const [operator, value] = [tree[1], closureOf(tree[2])]
      return (scope) => {
        const only = value(scope)
        return new FeelRange(only, only, operator === '=', operator === '=', operator)
      }
    }
    case 'range':
      return rangeClosure(tree)
    case 'instance': {
      const operand = closureOf(tree[1])
      const type = tree[2]
      return (scope) => isInstance(operand(scope), type)
    }
    case 'let':
      return letClosure(tree[1], tree[2])
    case 'arguments':
      return argumentsClosure(tree)
    case 'as':
      if (tree[1][0] === 'value' && (tree[1][1] === null || typeof tree[1][1] === tree[2])) return constant(tree[1][1])
      return convertedClosure(closureOf(tree[1]), tree[2], tree[3])
    case 'table':
      return tableClosure(tree[1])
  }
}

const constant = (value: Value): Run => {
  const inner = value as Inner
  return () => inner
}

/** What arithmetic with nothing but numbers written out comes to, once for all; undefined for anything else. */
const numberAlready = (tree: FeelTree): FeelNumber | null | undefined => {
  switch (tree[0]) {
    case 'value':
      return isNumber(tree[1]) ? tree[1] : undefined
    case '+':
    case '-':
    case '*':
    case '/':
    case '**': {
      const [left, right] = [numberAlready(tree[1]), numberAlready(tree[2])]
      if (left === undefined || right === undefined) return undefined
      return left === null || right === null ? null : arithmeticOf[tree[0]](left, right)
    }
    default:
      return undefined
  }
}

const arithmeticOf = { '+': addNumbers, '-': subtractNumbers, '*': multiplyNumbers, '/': divideNumbers, '**': raiseNumber }

const nameClosure = (name: string): Run => {
  if (!name.includes('.')) return (scope) => scope.get(name) ?? null
  // A parameter may be called `Person.Age`; where nothing is, the same text is a path.
  const [first, ...members] = name.split('.').map((part) => part.trim())
  return (scope) => {
    const own = scope.get(name)
    if (own !== undefined) return own
    return members.reduce<Inner>((value, part) => pathOf(value, part, scope), scope.get(first!) ?? null)
  }
}

const arithmetic = (operator: '+' | '-' | '*' | '/' | '**', left: Run, right: Run): Run => {
  switch (operator) {
    case '+':
      return (scope) => add(left(scope), right(scope))
    case '-':
      return (scope) => subtract(left(scope), right(scope), scope.site)
    case '*':
      return (scope) => multiply(left(scope), right(scope))
    case '/':
      return (scope) => divide(left(scope), right(scope))
    case '**':
      return (scope) => raise(left(scope), right(scope))
  }
}

/** Three-valued and/or (DMN 1.5, table 48): `deciding` is the value that settles it alone. */
const junction =
  (left: Run, right: Run, deciding: boolean): Run =>
  (scope) => {
    const first = left(scope)
    if (first === deciding) return deciding
    const second = right(scope)
    if (second === deciding) return deciding
    return typeof first === 'boolean' && typeof second === 'boolean' ? !deciding : null
  }

const betweenClosure =
  (value: Run, low: Run, high: Run): Run =>
  (scope) => {
    const [middle, start, end] = [value(scope), low(scope), high(scope)]
    if (typeof middle === 'number' && typeof start === 'number' && typeof end === 'number')
      return middle >= start && middle <= end
    return start === null || end === null ? null : within(middle, new FeelRange(start, end, true, true), scope.site)
  }

const hasValue = (tree: FeelTree | null): tree is ['value', Value] => tree?.[0] === 'value' && tree[1] !== null

const inClosure = (subject: FeelTree, test: FeelTree): Run => {
  const value = closureOf(subject)
  if (test[0] === 'value' && (typeof test[1] === 'string' || typeof test[1] === 'number')) {
    const wanted = test[1]
    return (scope) => {
      const found = value(scope)
      return typeof found === typeof wanted ? found === wanted : isIn(found, wanted, scope.site)
    }
  }
  if (test[0] === 'range' && hasValue(test[1]) && hasValue(test[2])) {
    const range = new FeelRange(test[1][1] as Inner, test[2][1] as Inner, test[3], test[4])
    const { start, end, startIncluded, endIncluded } = range
    return (scope) => {
      const found = value(scope)
      if (typeof found !== 'number' || typeof start !== 'number' || typeof end !== 'number') return isIn(found, range, scope.site)
      return (startIncluded ? found >= start : found > start) && (endIncluded ? found <= end : found < end)
    }
  }
  const tests = closureOf(test)
  if (test[0] !== 'range') return (scope) => isIn(value(scope), tests(scope), scope.site)
  return (scope) => {
    const range = tests(scope)
    return range === null ? null : isIn(value(scope), range, scope.site)
  }
}

const withClosure =
  (subject: Run, body: Run): Run =>
  (scope) => {
    const inner = new InputScope(scope)
    inner.input = subject(scope)
    return body(inner)
  }

const contextClosure = (entries: NamedTree[]): Run => {
  const closures = entries.map(([name, tree]) => [name, closureOf(tree)] as const)
  const isTwice = new Set(entries.map(([name]) => name)).size < entries.length
  return (scope) => {
    const context: Context = {}
    const inner = new EntryScope(scope)
    for (let index = 0; index < closures.length; index++) {
      const [name, closure] = closures[index]!
      const value = closure(inner)
      if (isTwice && inner.names.includes(name)) return null
      inner.names.push(name)
      inner.values.push(value)
      setMember(context, name, value)
    }
    return context
  }
}

const letClosure = (entries: NamedTree[], body: FeelTree): Run => {
  const closures = entries.map(([name, tree]) => [name, closureOf(tree)] as const)
  const run = closureOf(body)
  return (scope) => {
    const names = new Map<string, Inner>()
    const inner = new LocalScope(scope, names)
    for (const [name, closure] of closures) names.set(name, closure(inner))
    return run(inner)
  }
}

const argumentsClosure = (tree: FeelTree & ['arguments', ...unknown[]]): Run => {
  const converted = tree[1].map(([name, type, declaredBy]) => [name, conversionTo(type, declaredBy)] as const)
  const run = closureOf(tree[2])
  return (scope) => {
    const names = new Map<string, Inner>()
    for (const [name, convert] of converted) {
      const given = scope.get(name) ?? null
      const value = convert(given, scope)
      if (value === null && given !== null) return null
      names.set(name, value)
    }
    return run(new LocalScope(scope, names))
  }
}

const rangeClosure = (tree: FeelTree & ['range', ...unknown[]]): Run => {
  const start = tree[1] && closureOf(tree[1])
  const end = tree[2] && closureOf(tree[2])
  const [startIncluded, endIncluded] = [tree[3], tree[4]]
  return (scope) => {
    const [from, to] = [start ? start(scope) : null, end ? end(scope) : null]
    if ((start && from === null) || (end && to === null)) return null
    if (start && end && kindOf(from) !== kindOf(to)) return null
    return new FeelRange(from, to, startIncluded, endIncluded)
  }
}
