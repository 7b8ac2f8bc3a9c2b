/** What a host must carry out again for an Instance it took from storage. */

import { calling } from './call.ts'
import type { Effect, Host } from './contract.ts'
import type { Executable } from './executable.ts'
import type { Instance, Wait } from './instance.ts'
import type { Machine } from './machine.ts'
import { acquireAgain } from './resources.ts'
import { performance } from './task.ts'

/**
 * One effect for each open wait, in the order of their ids, each with the id it had: a host that has carried one out already does nothing.
 * Changes nothing. What a call hands over has left the Instance and is not named again.
 */
export function reopen(executable: Executable, instance: Instance): Effect[] {
  const copy: Instance = { ...instance, marking: { ...instance.marking, holds: [...instance.marking.holds] } }
  const host: Host = { emit: () => {} }
  const m: Machine = {
    ...executable.machine,
    instance: copy,
    marking: copy.marking,
    host,
    at: instance.bookkeeping.at,
    queue: [],
    head: 0,
  }
  const asked = instance.marking.waits.filter(({ kind }) => kind !== 'condition')
  const waits = asked.sort((one, other) => one.id - other.id)
  return waits.map((wait) => effectOf(m, wait))
}

function effectOf(m: Machine, wait: Wait): Effect {
  switch (wait.kind) {
    case 'request':
      return acquireAgain(m, wait)
    case 'task':
      return performance(m, wait)
    case 'timer':
      return { type: 'wake', wait: wait.id, at: wait.due }
    case 'call':
      return calling(m, wait)
    default:
      return { type: 'subscribe', wait: wait.id, kind: wait.kind as 'message' | 'signal', name: wait.name, key: wait.key }
  }
}
