/** One row of the conformance table: a model, what happens to it, and all that must come of it, in order. */
import type { Script } from '../../twin/rehearse/script.ts'

export interface ConformanceCase {
  /** What of BPMN or of the hospital extension it is about; cases of one file share it. */
  concept: string
  name: string
  bpmn: string
  script?: Script
  /** Process to rehearse; `main` unless given. */
  process?: string
  also?: string[]
  until?: string
  /** Units by pool; without it every request is granted at once. */
  resources?: Record<string, number>
  /** Shows sequence flows too. */
  flows?: true
  /**
   * A line for each thing that happens: time since the start, event, element; `#k` is the k-th instance, `×n` a whole of n; elements of
   * other processes as `process:element`. Then `=>` and the outcome, its time, the error's code and element, what is open.
   */
  expected: string
  /** Variables at the end; only those named are compared. */
  variables?: Record<string, unknown>
}
