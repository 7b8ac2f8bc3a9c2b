/** Who is asked which activity of a sequential ad-hoc subprocess comes next (BPMN 2.0.2, 13.3.5: its performers decide). */
import type { Variables } from '../language/feel/value.ts'
import { begin, choiceIn, enabledIn } from './ad-hoc.ts'
import type { Effect } from './contract.ts'
import type { Activation, Wait } from './instance.ts'
import { find, type Machine, push, Work } from './machine.ts'
import { performance } from './task.ts'
import { dueOf } from './timer.ts'
import { closeWait, openWait } from './waits.ts'

/** What the answer names: the id of an activity. */
export const NEXT = 'next'

/** Asks, or, when somebody was asked already, says anew what there is to choose from. */
export function ask(m: Machine, scope: number): void {
  const around = find(m, scope)
  if (around?.state !== 'active' || enabledIn(m.marking, scope).length === 0) return
  const asked = choiceIn(m, scope)
  const offered = enabledIn(m.marking, scope).join(' ')
  if (asked) {
    if (asked.name === offered) return
    asked.name = offered
    const { node, inputs, priority, due, place } = performance(m, asked) as Extract<Effect, { type: 'perform' }>
    return m.host.emit({ type: 'revise', wait: asked.id, node, inputs, priority, due, place })
  }
  const wait = openWait(m, 'task', around.node, scope)
  wait.name = offered
  const { task } = m.nodes[around.node]!
  if (task && task.due >= 0) wait.due = dueOf(m, task.due, scope, around.node) ?? 0
  m.host.emit(performance(m, wait))
}

/** Somebody has chosen; who names nothing that waits for its turn leaves it to the order of the document. */
export function chosen(m: Machine, wait: Wait, { id, scope }: Activation, result: Variables): void {
  closeWait(m, wait)
  const enabled = enabledIn(m.marking, id)
  const next = enabled.find((node) => m.nodes[node]!.id === result[NEXT]) ?? enabled[0]
  if (next === undefined) return push(m, Work.settle, id, scope)
  begin(m, id, next)
}
