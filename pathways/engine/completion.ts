/** The end of an activity's work (BPMN 2.0.2, 13.3.2). */
import type { Value } from '../language/feel/value.ts'
import { close } from './activation.ts'
import { completesAdHoc } from './ad-hoc.ts'
import { undoNext } from './compensation.ts'
import { leave } from './flow.ts'
import type { Activation } from './instance.ts'
import type { Machine } from './machine.ts'
import { instanceCompleted } from './multi-instance.ts'
import { occupyTaken } from './resources.ts'
import { roundCompleted } from './standard-loop.ts'

/** The work of an activity, or of one of its instances, is done. `result` is what an output collection may gather from. */
export function finish(m: Machine, activation: Activation, result: Value): void {
  occupyTaken(m, activation)
  if (activation.whole >= 0) {
    if (m.nodes[activation.node]!.loop!.standard) return roundCompleted(m, activation)
    return instanceCompleted(m, activation, result)
  }
  goOn(m, activation)
}

/** An activity, or the whole of its instances, has completed: the pathway goes on after it. */
export function goOn(m: Machine, activation: Activation, detail: { instances: number } | null = null): void {
  const { node, scope, undoes } = activation
  close(m, activation, 'completed', detail)
  if (undoes) undoNext(m, undoes.by, scope)
  else if (!completesAdHoc(m, node, scope)) leave(m, node, scope)
}
