/**
 * A state of the exploration: where the runs stand and what is on its way between them, without numbers, times and data. Two Instances that differ
 * only in how their activations are numbered, or in which of several equal instances is where, are one state (`numbering.ts`).
 */
import type { Activation, Hold, Instance, Marking, Wait } from '../engine/instance.ts'

export interface State {
  /** One for each process; null while it has not begun. */
  instances: (Instance | null)[]
  /** End events reached, by process, scope activation and node: how often, 2 at most. */
  ends: Map<number, number>[]
  /** Messages on their way, by name: how many, 2 at most. */
  messages: Map<string, number>
}

/** No pathway has more elements. */
export const NODES_MAX = 100_000

/** The key of an end event in a scope activation. */
export const endKey = (scope: number, node: number): number => scope * NODES_MAX + node
export const scopeOfEnd = (key: number): number => Math.floor(key / NODES_MAX)
export const nodeOfEnd = (key: number): number => key % NODES_MAX

/** A copy whose parts a step may change. Written out by hand: a proof spends most of its time here. */
export function copyInstance({ program, marking, variables, bookkeeping }: Instance): Instance {
  const { tokens, activations, waits, holds, compensables, enabled, outcome } = marking
  const copied: Marking = {
    tokens: tokens.map(copyToken),
    activations: activations.map(copyActivation),
    waits: waits.map(copyWait),
    holds: holds.map(copyHold),
    outcome,
  }
  if (enabled) copied.enabled = enabled.map((each) => ({ ...each }))
  if (compensables) copied.compensables = compensables.map((work) => ({ ...work }))
  const frames: Instance['variables'] = {}
  for (const id in variables) frames[id] = { ...variables[id] }
  const { nextId, startedAt, at, items, error } = bookkeeping
  return {
    program,
    marking: copied,
    variables: frames,
    bookkeeping: { nextId, startedAt, at, since: {}, items: { ...items }, error },
  }
}

type Token = Marking['tokens'][number]
const copyToken = ({ flow, scope, count }: Token): Token => ({ flow, scope, count })

function copyActivation(from: Activation): Activation {
  const { id, node, scope, whole, instance, state, planned, completed, interruptedBy } = from
  const copy: Activation = { id, node, scope, whole, instance, state, planned, completed, interruptedBy }
  if (from.undoes) copy.undoes = from.undoes
  return copy
}

function copyWait(from: Wait): Wait {
  const { id, kind, node, activation, due, repeats, period, name, key } = from
  const copy: Wait = { id, kind, node, activation, due, repeats, period, name, key }
  if (from.part !== undefined) copy.part = from.part
  if (from.counted) copy.counted = { ...from.counted }
  return copy
}

function copyHold({ id, declaration, activation, state, units, lots, lent }: Hold): Hold {
  return { id, declaration, activation, state, units, lots, lent }
}
