/** A plan is changed from outside: what waits for a planned date waits for the new one, what asks for a planned unit asks for the new one. */
import { namesIn } from '../language/feel/names-in.ts'
import type { Variables } from '../language/feel/value.ts'
import { EventKind } from '../language/program.ts'
import { get, type Machine, push, Work } from './machine.ts'
import { forget, request } from './resources.ts'
import { armTimer } from './timer.ts'
import { merge } from './variables.ts'
import { awaited, withdraw } from './waits.ts'

/** Only what follows from one of these variables is asked for anew, a name that an expression binds itself included; a wait that is asked for anew has another number. */
export function reschedule(m: Machine, variables: Variables): void {
  merge(m, 0, variables)
  const follows = (expression: number) => {
    const names = namesIn(m.executable.program.expressions[expression] ?? ['value', null])
    return Object.keys(variables).some((name) => names.has(name))
  }
  for (const wait of [...m.marking.waits]) {
    const { node, activation, part = -1, kind } = wait
    if (kind === 'timer') {
      const event = awaited(m, wait)
      if (event.kind !== EventKind.timer || event.timer !== 'date' || !follows(event.expression)) continue
      withdraw(m, wait)
      armTimer(m, node, activation, event, part)
    } else if (kind === 'request') {
      const { slot } = m.nodes[node]!
      if (!slot || !(follows(slot.unit) || follows(slot.start))) continue
      forget(m, wait)
      withdraw(m, wait)
      const asking = get(m, activation)
      if (request(m, asking)) push(m, Work.start, asking.id, asking.scope)
    }
  }
}
