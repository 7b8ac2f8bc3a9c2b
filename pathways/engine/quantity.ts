/** Start quantities (BPMN 2.0.2, 10.3.2): an activity that begins with several tokens lets them rest at its flows until they are enough. */
import { enterActivity } from './activity.ts'
import { consume, rest, resting } from './gateway.ts'
import type { Machine } from './machine.ts'

export function gather(m: Machine, node: number, flow: number, scope: number): void {
  const { incoming, startQuantity = 1 } = m.nodes[node]!
  rest(m, flow, scope)
  const count = incoming.reduce((sum, each) => sum + (m.marking.tokens[resting(m, each, scope)]?.count ?? 0), 0)
  if (count < startQuantity) return
  let missing = startQuantity
  for (const each of incoming)
    while (missing > 0 && resting(m, each, scope) >= 0) {
      consume(m, each, scope)
      missing--
    }
  enterActivity(m, node, scope)
}
