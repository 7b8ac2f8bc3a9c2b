/**
 * Standard loops (BPMN 2.0.2, 10.3.8.1 and 13.3.6): a whole, which carries the boundary events, and one instance after another for as long as the
 * condition is true, tested before each instance or after it, at most `loopMaximum` times.
 */
import type { ProgramLoop } from '../language/program.ts'
import { close, open } from './activation.ts'
import { goOn } from './completion.ts'
import type { Activation } from './instance.ts'
import { get, type Machine, push, record, Work } from './machine.ts'
import { request } from './resources.ts'
import { evaluate } from './variables.ts'

export function enterLoop(m: Machine, whole: Activation, loop: ProgramLoop): void {
  whole.planned = 1
  record(m, 'entered', whole.node, whole.id)
  if (loop.testBefore && !goesOn(m, whole, loop, whole.scope)) completeLoop(m, whole)
  else begin(m, whole)
}

function begin(m: Machine, whole: Activation): void {
  const counter = whole.completed + 1
  whole.planned = counter
  const instance = open(m, whole.node, whole.scope, whole.id, counter)
  m.instance.variables[instance.id] = { loopCounter: counter, instance: counter }
  record(m, 'entered', whole.node, instance.id, counter)
  if (request(m, instance)) push(m, Work.start, instance.id, whole.scope)
}

/** One round is done: goes round again, or on. */
export function roundCompleted(m: Machine, instance: Activation): void {
  const whole = get(m, instance.whole)
  const loop = m.nodes[whole.node]!.loop!
  whole.completed++
  const again = goesOn(m, whole, loop, instance.id)
  close(m, instance, 'completed')
  if (again) begin(m, whole)
  else completeLoop(m, whole)
}

function goesOn(m: Machine, whole: Activation, { condition, maximum }: ProgramLoop, at: number): boolean {
  if (maximum >= 0 && whole.completed >= maximum) return false
  return condition < 0 || evaluate(m, condition, at, { loopCounter: whole.completed }) === true
}

function completeLoop(m: Machine, whole: Activation): void {
  goOn(m, whole, { instances: whole.completed })
}
