/** `for … return`, `some … satisfies` and `every … satisfies`. */
import { closureOf } from './closure.ts'
import { type FeelRange, type Inner, isTemporal, type Run, type Scope } from './inner.ts'
import { bounded, countRound, refuseLength } from './limits.ts'
import { asRange } from './range.ts'
import { LocalScope } from './scope.ts'
import { parseDate, tagged } from './temporal.ts'
import type { FeelTree, Iteration } from './tree.ts'

type Source = (scope: Scope) => Inner[] | null

const sourceOf = ([, from, to]: Iteration): Source => {
  const first = closureOf(from)
  const last = to && closureOf(to)
  return (scope) => {
    const start = first(scope)
    if (last) return between(start, last(scope), true, true)
    const range = asRange(start)
    if (range) return rising(range)
    return start === null ? null : Array.isArray(start) ? start : [start]
  }
}

/** The members of a range, which rises: `[2..1]` is none, while `2..1` counts down. */
const rising = ({ start, end, startIncluded, endIncluded }: FeelRange): Inner[] | null => {
  const [first, last] = [dayOf(start) ?? start, dayOf(end) ?? end]
  return typeof first === 'number' && typeof last === 'number' && first > last
    ? null
    : between(start, end, startIncluded, endIncluded)
}

const dayOf = (value: Inner): number | null => {
  const date = isTemporal(value) ? parseDate(value['@']) : null
  return date?.kind === 'date' ? date.days : null
}

/** Every whole number, or every date, from one to the other, up or down. */
const between = (from: Inner, to: Inner, fromIncluded: boolean, toIncluded: boolean): Inner[] | null => {
  if (Number.isSafeInteger(from) && Number.isSafeInteger(to)) {
    return steps(from as number, to as number, fromIncluded, toIncluded, (value) => value)
  }
  const [first, last] = [dayOf(from), dayOf(to)]
  if (first === null || last === null) return null
  return steps(first, last, fromIncluded, toIncluded, (days) => tagged({ kind: 'date', days }))
}

const steps = (
  from: number,
  to: number,
  fromIncluded: boolean,
  toIncluded: boolean,
  valueAt: (step: number) => Inner,
): Inner[] | null => {
  refuseLength(Math.abs(to - from))
  const direction = to < from ? -1 : 1
  const first = fromIncluded ? from : from + direction
  const last = toIncluded ? to : to - direction
  const found: Inner[] = []
  for (let step = first; direction > 0 ? step <= last : step >= last; step += direction) found.push(valueAt(step))
  return found
}

/** Visits every combination of the iterations until `visit` gives true; false when a source is no list. */
const iterate = (names: string[], sources: Source[], scope: Scope, local: Map<string, Inner>, visit: () => boolean): boolean => {
  const inner = new LocalScope(scope, local)
  const level = (index: number): 'go on' | 'stop' | 'refused' => {
    if (index === sources.length) {
      countRound()
      return visit() ? 'stop' : 'go on'
    }
    const items = sources[index]!(inner)
    if (items === null) return 'refused'
    for (const item of items) {
      local.set(names[index]!, item)
      const next = level(index + 1)
      if (next !== 'go on') return next
    }
    local.delete(names[index]!)
    return 'go on'
  }
  return level(0) !== 'refused'
}

export const forClosure = (iterations: Iteration[], body: FeelTree): Run => {
  const names = iterations.map(([name]) => name)
  const sources = iterations.map(sourceOf)
  const result = closureOf(body)
  const run = (scope: Scope): Inner => {
    const results: Inner[] = []
    const local = new Map<string, Inner>([['partial', results]])
    const inner = new LocalScope(scope, local)
    const done = iterate(names, sources, scope, local, () => {
      results.push(result(inner))
      return false
    })
    return done ? results : null
  }
  return (scope) => bounded(() => run(scope), false)
}

/** `some` is settled by the first true, `every` by the first false; a null in between leaves null. */
export const quantifiedClosure = (iterations: Iteration[], body: FeelTree, deciding: boolean, boxed = false): Run => {
  const names = iterations.map(([name]) => name)
  const sources = iterations.map(sourceOf)
  const condition = closureOf(body)
  const run = (scope: Scope): Inner => {
    const local = new Map<string, Inner>()
    const inner = new LocalScope(scope, local)
    let verdict: boolean | null = !deciding
    let strange = false
    const done = iterate(names, sources, scope, local, () => {
      const holds = condition(inner)
      if (boxed && typeof holds !== 'boolean' && holds !== null) strange = true
      if (holds === deciding) verdict = deciding
      else if (typeof holds !== 'boolean') verdict = null
      return strange || verdict === deciding
    })
    return done && !strange ? verdict : null
  }
  return (scope) => bounded(() => run(scope), false)
}
