/** Embedded and event subprocesses, and the process itself: scopes (BPMN 2.0.2, 10.3.5, 13.3.4). */

import { hasInside } from './activation.ts'
import { goesOn } from './ad-hoc.ts'
import { listenInScope } from './catching.ts'
import { finish } from './completion.ts'
import type { Activation } from './instance.ts'
import { find, isEmptyScope, type Machine, push, Work } from './machine.ts'
import { completeWhole } from './multi-instance.ts'
import { complete } from './outcome.ts'

export function startScope(m: Machine, activation: Activation): void {
  listenInScope(m, activation)
  for (const start of m.executable.entries[activation.node]!) push(m, Work.enter, start, activation.id)
  push(m, Work.settle, activation.id, activation.id)
}

/** Something ended in here: a scope completes when no token and no activation is left in it. */
export function settle(m: Machine, id: number): void {
  const activation = find(m, id)
  if (activation?.state !== 'active') return
  if (activation.planned > 0 && activation.whole < 0 && m.nodes[activation.node]!.loop) {
    if (!hasInside(m, activation)) completeWhole(m, activation)
    return
  }
  const { adHoc } = m.nodes[activation.node]!
  if (adHoc && goesOn(m, activation, adHoc)) return
  if (!isEmptyScope(m, id)) return
  if (id === 0) complete(m)
  else finish(m, activation, null)
}
