/**
 * The working state of one step: where it reads and writes, and a queue of what is still to be done. Handlers of one concept never call
 * those of another node: they put work in the queue, so loops need no stack and equal events give equal orders.
 */
import type { Variables } from '../language/feel/value.ts'
import type { ProgramNode } from '../language/program.ts'
import type { Host, RecordedEvent } from './contract.ts'
import { InvariantError } from './errors.ts'
import type { Executable } from './executable.ts'
import type { Activation, Instance, Marking } from './instance.ts'
import { VisibleScope } from './variables.ts'

/** What the queue holds, three integers an entry: the work, its subject, the scope activation it belongs to. */
export const Work = {
  /** A token on a sequence flow reaches its target. */
  arrive: 0,
  /** A node begins without a flow: a start event. */
  enter: 1,
  /** An activity has what it needs and begins its work. */
  start: 2,
  /** Something ended in a scope or a multi-instance whole: is it over? */
  settle: 3,
  /** Somebody is asked which activity of an ad-hoc subprocess comes next. */
  ask: 4,
  /** What listens in this run hears a signal of its own: the subject is its place in `heard`. */
  hear: 5,
} as const

export interface Machine {
  executable: Executable
  nodes: ProgramNode[]
  instance: Instance
  marking: Marking
  host: Host
  at: number
  scope: VisibleScope
  queue: number[]
  head: number
  tail: number
  /** Signals on their way to what listens in this very run. */
  heard: { wait: number; payload: Variables }[]
  /** Whether variables were set, or a condition waited for, since conditions were looked at. */
  changed: boolean
}

export function newMachine(executable: Executable): Machine {
  return {
    executable,
    nodes: executable.program.nodes,
    instance: null as unknown as Instance,
    marking: null as unknown as Marking,
    host: null as unknown as Host,
    at: 0,
    scope: new VisibleScope(executable.site),
    queue: [],
    head: 0,
    tail: 0,
    heard: [],
    changed: false,
  }
}

export const push = (m: Machine, work: number, subject: number, scope: number): void => {
  const { queue, tail } = m
  queue[tail] = work
  queue[tail + 1] = subject
  queue[tail + 2] = scope
  m.tail = tail + 3
}

export const newId = (m: Machine): number => m.instance.bookkeeping.nextId++

/** The open activation of that id, or undefined. */
export function find(m: Machine, id: number): Activation | undefined {
  const { activations } = m.marking
  for (let index = 0; index < activations.length; index++) if (activations[index]!.id === id) return activations[index]
  return undefined
}

export function get(m: Machine, id: number): Activation {
  const activation = find(m, id)
  if (!activation) throw new InvariantError(`Activation ${id} is not open`)
  return activation
}

export function record(
  m: Machine,
  event: RecordedEvent,
  element: number,
  activation: number,
  instance = 0,
  detail: Variables | null = null,
): void {
  m.host.emit({ type: 'record', event, element, at: m.at, activation, instance, detail })
}

/** Drops every token of a scope, at rest or moving, and what waits for its turn there; `starts`: also the start of what was entered already. */
export function dropTokens(m: Machine, scope: number, starts = true): void {
  if (m.marking.enabled) {
    m.marking.enabled = m.marking.enabled.filter((each) => each.scope !== scope)
    if (m.marking.enabled.length === 0) delete m.marking.enabled
  }
  const { tokens } = m.marking
  for (let index = tokens.length - 1; index >= 0; index--) if (tokens[index]!.scope === scope) tokens.splice(index, 1)
  const { queue } = m
  let kept = m.head
  for (let index = m.head; index < m.tail; index += 3) {
    const work = queue[index]
    if (queue[index + 2] === scope && work !== Work.settle && (starts || work !== Work.start)) continue
    queue.copyWithin(kept, index, index + 3)
    kept += 3
  }
  m.tail = kept
}

/** Forgets all that was still to be done. */
export function clearQueue(m: Machine): void {
  m.head = 0
  m.tail = 0
  m.heard.length = 0
}

/** True when nothing moves, rests or is open inside a scope activation, but what is to be ignored. */
export function isEmptyScope(m: Machine, scope: number, isIgnored?: (open: Activation) => boolean): boolean {
  const { activations, tokens } = m.marking
  for (let index = 0; index < activations.length; index++) {
    const open = activations[index]!
    if (open.scope === scope && !isIgnored?.(open)) return false
  }
  for (let index = 0; index < tokens.length; index++) if (tokens[index]!.scope === scope) return false
  const { queue } = m
  for (let index = m.head; index < m.tail; index += 3) {
    if (queue[index + 2] === scope && queue[index] !== Work.settle) return false
  }
  return true
}
