/** Closures for comparisons: the hot path of every simulation, so a constant integer or string is compared without a call or an allocation. */
import { compare, equal } from './compare.ts'
import type { Inner, Run } from './inner.ts'
import type { ComparisonOperator, FeelTree } from './tree.ts'

type Compare = (left: Inner, right: Inner, scope: Parameters<Run>[0]) => Inner

const general: Record<ComparisonOperator, Compare> = {
  '=': (left, right, scope) => equal(left, right, scope.site),
  '!=': (left, right, scope) => {
    const same = equal(left, right, scope.site)
    return same === null ? null : !same
  },
  '<': (left, right, scope) => ordered(left, right, scope, (order) => order < 0),
  '<=': (left, right, scope) => ordered(left, right, scope, (order) => order <= 0),
  '>': (left, right, scope) => ordered(left, right, scope, (order) => order > 0),
  '>=': (left, right, scope) => ordered(left, right, scope, (order) => order >= 0),
}

const ordered = (left: Inner, right: Inner, scope: Parameters<Run>[0], holds: (order: number) => boolean): Inner => {
  const order = compare(left, right, scope.site)
  return order === null ? null : holds(order)
}

export const comparison = (operator: ComparisonOperator, left: Run, right: Run, constant: FeelTree): Run => {
  if (constant[0] === 'value' && typeof constant[1] === 'number') return withNumber(operator, left, constant[1])
  if (constant[0] === 'value' && typeof constant[1] === 'string') return withString(operator, left, constant[1])
  const slow = general[operator]
  return (scope) => slow(left(scope), right(scope), scope)
}

/** Two JS numbers compare as the decimals they stand for, whole or not. */
const withNumber = (operator: ComparisonOperator, left: Run, right: number): Run => {
  const slow = general[operator]
  switch (operator) {
    case '=':
      return (scope) => {
        const value = left(scope)
        return typeof value === 'number' ? value === right : slow(value, right, scope)
      }
    case '!=':
      return (scope) => {
        const value = left(scope)
        return typeof value === 'number' ? value !== right : slow(value, right, scope)
      }
    case '<':
      return (scope) => {
        const value = left(scope)
        return typeof value === 'number' ? value < right : slow(value, right, scope)
      }
    case '<=':
      return (scope) => {
        const value = left(scope)
        return typeof value === 'number' ? value <= right : slow(value, right, scope)
      }
    case '>':
      return (scope) => {
        const value = left(scope)
        return typeof value === 'number' ? value > right : slow(value, right, scope)
      }
    case '>=':
      return (scope) => {
        const value = left(scope)
        return typeof value === 'number' ? value >= right : slow(value, right, scope)
      }
  }
}

const withString = (operator: ComparisonOperator, left: Run, right: string): Run => {
  const slow = general[operator]
  if (operator === '=') {
    return (scope) => {
      const value = left(scope)
      return typeof value === 'string' ? value === right : slow(value, right, scope)
    }
  }
  if (operator === '!=') {
    return (scope) => {
      const value = left(scope)
      return typeof value === 'string' ? value !== right : slow(value, right, scope)
    }
  }
  return (scope) => slow(left(scope), right, scope)
}
