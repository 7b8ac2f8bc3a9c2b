/** Waits: what the host was asked for. Each has one id, is answered once (cycles and standing subscriptions apart), or is withdrawn. */
import type { ProgramEvent } from '../language/program.ts'
import type { WaitKind } from './contract.ts'
import type { Wait } from './instance.ts'
import { type Machine, newId } from './machine.ts'

export function openWait(m: Machine, kind: WaitKind, node: number, activation: number, part = -1): Wait {
  const wait: Wait = { id: newId(m), kind, node, activation, due: 0, repeats: 0, period: '', name: '', key: null }
  if (part >= 0) wait.part = part
  m.marking.waits.push(wait)
  return wait
}

/** What a wait for an event waits for: of a multiple event one part. */
export function awaited(m: Machine, { node, part }: Wait): ProgramEvent {
  const event = m.nodes[node]!.event!
  return part === undefined ? event : event.parts![part]!
}

/** The wait is answered. */
export function closeWait(m: Machine, wait: Wait): void {
  const { waits } = m.marking
  waits.splice(waits.indexOf(wait), 1)
}

/** The wait is over without an answer. A call is only asked to end: its wait stays until the called run has ended. */
export function withdraw(m: Machine, wait: Wait): void {
  if (wait.kind !== 'call') closeWait(m, wait)
  if (wait.kind === 'condition') return
  m.host.emit({ type: 'cancel', wait: wait.id, kind: wait.kind })
}

/** Withdraws every wait of an activation but its call. */
export function withdrawAll(m: Machine, activation: number): void {
  const { waits } = m.marking
  for (let index = 0; index < waits.length; ) {
    const wait = waits[index]!
    if (wait.activation === activation && wait.kind !== 'call') withdraw(m, wait)
    else index++
  }
}

export function findWait(waits: Wait[], id: number): Wait | undefined {
  for (let index = 0; index < waits.length; index++) if (waits[index]!.id === id) return waits[index]
  return undefined
}
