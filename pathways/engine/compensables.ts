/**
 * Completed work that can still be undone (BPMN 2.0.2, 13.5.5.4): what a compensation may reach belongs to the marking, in the order of
 * completion; what the handler will see of that moment stands among the variables, under the id of the activation that has ended.
 */
import type { Variables } from '../language/feel/value.ts'
import { NodeKind } from '../language/program.ts'
import type { Activation, Compensable } from './instance.ts'
import type { Machine } from './machine.ts'
import { visibleAt } from './variables.ts'

/**
 * An activation ends. What it completed is kept, when something can undo it; else all that was kept of its inside is forgotten: a failed
 * or cancelled activity is never compensated (13.5.5.3). Gives the snapshot to keep, or null.
 */
export function keep(m: Machine, activation: Activation, how: 'completed' | 'cancelled' | 'failed'): Variables | null {
  const { undoes, id } = activation
  if (id === 0) {
    for (const work of m.marking.compensables ?? []) delete m.instance.variables[work.id]
    delete m.marking.compensables
  } else if (undoes) {
    forgetInside(m, undoes.work)
    remove(m, undoes.work)
    if (how !== 'completed') release(m, undoes.by)
  } else if (how === 'completed' && isKept(m, activation)) return enlist(m, activation)
  forgetInside(m, id)
  release(m, id)
  return null
}

/** A multi-instance task or call is undone once, as a whole; each instance of a multi-instance subprocess by itself (13.5.5.2, 13.5.5.4). */
function isKept(m: Machine, activation: Activation): boolean {
  const { node, whole, id, completed } = activation
  const { kind, loop } = m.nodes[node]!
  const hasInside = m.marking.compensables?.some((inner) => inner.scope === id) ?? false
  if (loop && kind === NodeKind.subProcess && whole < 0) return hasInside
  if (loop && kind !== NodeKind.subProcess && (whole >= 0 || completed === 0)) return false
  return m.executable.undoneBy[node]! >= 0 || hasInside
}

function enlist(m: Machine, activation: Activation): Variables | null {
  const { id, node, whole, scope } = activation
  const { kind, loop } = m.nodes[node]!
  const isWholeOfScopes = loop !== null && kind === NodeKind.subProcess && whole < 0
  const handler = isWholeOfScopes ? -1 : m.executable.undoneBy[node]!
  // An activity that undoes it from outside knows nothing of what was done inside.
  if (handler >= 0 && m.nodes[handler]!.kind !== NodeKind.eventSubProcess) forgetInside(m, id)
  m.marking.compensables ??= []
  m.marking.compensables.push({ id, node, scope: whole >= 0 ? whole : scope, handler, by: -1 })
  return handler >= 0 ? visibleAt(m, id) : null
}

/**
 * Claims what is still to be undone at the given levels: of one activity, or of all (-1). A completed subprocess without a handler of
 * its own is undone through what is inside. Nothing is claimed twice.
 */
export function claim(m: Machine, levels: number[], activity: number, by: number): void {
  for (const work of m.marking.compensables?.filter(({ scope }) => levels.includes(scope)) ?? [])
    if (work.by < 0 && (activity < 0 || work.node === activity)) claimOne(m, work, work.scope, by)
}

/** Claims all that completed inside an activation, in what is still under way there too, but what is being undone at this moment. */
export function claimInside(m: Machine, activation: Activation): void {
  const { activations, compensables = [] } = m.marking
  const inside = new Set([activation.id])
  // An activation is older than all inside it.
  for (const { id, whole, scope } of activations) if (inside.has(whole >= 0 ? whole : scope)) inside.add(id)
  const underWay = new Set(activations.map(({ undoes }) => undoes?.work))
  for (const work of compensables.filter(({ id, scope }) => inside.has(scope) && !underWay.has(id)))
    claimOne(m, work, activation.id, activation.id)
}

function claimOne(m: Machine, work: Compensable, level: number, by: number): void {
  if (work.handler >= 0) {
    work.by = by
    work.scope = level
    return
  }
  const inside = m.marking.compensables!.filter(({ scope }) => scope === work.id)
  remove(m, work.id)
  for (const inner of inside) claimOne(m, inner, level, by)
}

/** The latest of what somebody has claimed: it is undone first. */
export const latestClaimed = (m: Machine, by: number): Compensable | undefined =>
  m.marking.compensables?.findLast((work) => work.by === by)

/** Whoever claimed it undoes no more: what is left may be claimed again. */
function release(m: Machine, by: number): void {
  for (const work of m.marking.compensables ?? []) if (work.by === by) work.by = -1
}

function forgetInside(m: Machine, id: number): void {
  for (const work of m.marking.compensables?.filter(({ scope }) => scope === id) ?? []) {
    forgetInside(m, work.id)
    remove(m, work.id)
  }
}

function remove(m: Machine, id: number): void {
  const { marking, instance } = m
  marking.compensables = marking.compensables?.filter((work) => work.id !== id)
  if (!marking.compensables?.length) delete marking.compensables
  delete instance.variables[id]
}
