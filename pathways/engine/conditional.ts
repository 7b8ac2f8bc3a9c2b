/**
 * Conditional events (BPMN 2.0.2, 10.5.5.3): looked at whenever variables may have changed, and when nothing moves any more in a step. One that
 * does not interrupt happens again once its condition has been false in between.
 */
import { happen } from './catching.ts'
import type { Machine } from './machine.ts'
import { evaluate } from './variables.ts'
import { awaited, openWait } from './waits.ts'

/** Waits for the condition of a node to become true, on behalf of an activation. `repeats` is 1 while it has been true already. */
export function awaitCondition(m: Machine, node: number, activation: number, part: number): void {
  openWait(m, 'condition', node, activation, part)
  m.changed = true
}

/** Lets one condition happen that has become true. @returns false when there is none. */
export function noticeConditions(m: Machine): boolean {
  for (const wait of m.marking.waits) {
    if (wait.kind !== 'condition') continue
    const isTrue = evaluate(m, awaited(m, wait).expression, wait.activation) === true
    const wasTrue = wait.repeats === 1
    wait.repeats = isTrue ? 1 : 0
    if (!isTrue || wasTrue) continue
    happen(m, wait, {})
    return true
  }
  return false
}
