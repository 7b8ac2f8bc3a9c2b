/**
 * Arithmetic in doubles, with a bound of how far off it may be: where a comparison or a rounding comes out the same however the decimals
 * turn out within it, they need not be worked out. A filter as in J. R. Shewchuk, "Adaptive precision floating-point arithmetic" (1997).
 */
import { closureOf } from './closure.ts'
import type { Run, Scope } from './inner.ts'
import type { ComparisonOperator, FeelTree } from './tree.ts'

/** A double near the value, NaN where that is no plain number; how near it is says `bound` afterwards. */
type Approximate = (scope: Scope) => number

let bound = 0

/** More than half the distance to the next double, as a share of a double: a decimal's nearest double is no further from it. */
const STEP = 2 ** -52
/** More than is lost where doubles have no more digits to give. */
const LEAST = 1e-300
const VALUE_MAX = 1e15

/** Null where it is no arithmetic: nothing would be gained. */
const approximateOf = (tree: FeelTree): Approximate | null => {
  switch (tree[0]) {
    case '+':
    case '-':
    case '*':
    case '/':
      return operation(tree[0], partOf(tree[1]), partOf(tree[2]))
    case 'negate': {
      const operand = partOf(tree[1])
      return operand && ((scope) => -operand(scope))
    }
    case 'if': {
      const [then, otherwise] = [partOf(tree[2]), partOf(tree[3])]
      if (tree[4] === 'boxed' || then === null || otherwise === null) return null
      if (!isArithmetic(tree[2]) && !isArithmetic(tree[3])) return null
      const condition = closureOf(tree[1])
      return (scope) => (condition(scope) === true ? then(scope) : otherwise(scope))
    }
    default:
      return null
  }
}

const isArithmetic = (tree: FeelTree): boolean => approximateOf(tree) !== null

/** Arithmetic, or what stands in it: what a name or a path gives is looked at as it is. Calls are not worked out twice. */
const partOf = (tree: FeelTree): Approximate | null => {
  if (tree[0] !== 'value' && tree[0] !== 'name' && tree[0] !== 'path' && tree[0] !== 'if') return approximateOf(tree)
  const arithmetic = approximateOf(tree)
  if (arithmetic || tree[0] === 'if') return arithmetic
  const run = closureOf(tree)
  return (scope) => {
    const value = run(scope)
    if (typeof value !== 'number') return Number.NaN
    bound = Number.isSafeInteger(value) ? 0 : Math.abs(value) * STEP + LEAST
    return value
  }
}

const operation = (operator: '+' | '-' | '*' | '/', left: Approximate | null, right: Approximate | null): Approximate | null => {
  if (left === null || right === null) return null
  return (scope) => {
    const first = left(scope)
    const firstBound = bound
    const second = right(scope)
    const secondBound = bound
    let result: number
    switch (operator) {
      case '+':
        result = first + second
        bound = firstBound + secondBound
        break
      case '-':
        result = first - second
        bound = firstBound + secondBound
        break
      case '*':
        result = first * second
        bound = Math.abs(first) * secondBound + Math.abs(second) * firstBound + firstBound * secondBound
        break
      default: {
        const least = Math.abs(second) - secondBound
        if (!(least > 0)) return Number.NaN
        result = first / second
        bound = (firstBound + Math.abs(result) * secondBound) / least
      }
    }
    if (!(Math.abs(result) < VALUE_MAX)) return Number.NaN
    // Whole numbers come out exactly, but for quotients; all else is rounded once more.
    if (operator === '/' || bound > 0 || !Number.isInteger(result)) bound = bound * (1 + STEP) + Math.abs(result) * STEP + LEAST
    return result
  }
}

/** A comparison that works out decimals only where it must; `exact` as it is where nothing would be gained. */
export const comparedEarly = (operator: ComparisonOperator, left: FeelTree, right: FeelTree, exact: Run): Run => {
  const [first, second] = [partOf(left), partOf(right)]
  if (!first || !second || (!isArithmetic(left) && !isArithmetic(right))) return exact
  return (scope) => {
    const one = first(scope)
    const oneBound = bound
    const other = second(scope)
    const difference = one - other
    if (!(Math.abs(difference) > 2 * (oneBound + bound))) return exact(scope)
    switch (operator) {
      case '=':
        return false
      case '!=':
        return true
      case '<':
      case '<=':
        return difference < 0
      default:
        return difference > 0
    }
  }
}

const SCALED_MAX = 1e12
const units = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]

/** A call that rounds arithmetic, to a whole number or to a scale that is written out, the same way; null for any other call. */
export const roundedEarly = (name: string, given: FeelTree[], exact: Run): Run | null => {
  const [operand, scale] = given
  if (!operand || given.length > 2 || !isArithmetic(operand)) return null
  const unit = scale === undefined ? 1 : scale[0] === 'value' ? units[scale[1] as number] : undefined
  if (unit === undefined) return null
  const approximate = approximateOf(operand)!
  if (name === 'round half up' && scale !== undefined)
    return (scope) => {
      const scaled = approximate(scope) * unit
      const off = bound * unit + Math.abs(scaled) * STEP
      const below = Math.floor(scaled)
      const part = scaled - below
      // Near a half it may turn either way; near a whole number it is that either way.
      if (!(Math.abs(scaled) < SCALED_MAX && Math.abs(part - 0.5) > 2 * off)) return exact(scope)
      return (part < 0.5 ? below : below + 1) / unit + 0
    }
  if ((name !== 'floor' && name !== 'ceiling') || unit !== 1) return null
  const turn = name === 'floor' ? Math.floor : Math.ceil
  return (scope) => {
    const value = approximate(scope)
    const [low, high] = [turn(value - 2 * bound), turn(value + 2 * bound)]
    return low === high && Math.abs(value) < SCALED_MAX ? low + 0 : exact(scope)
  }
}
