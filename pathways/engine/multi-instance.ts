/**
 * Multi-instance activities (BPMN 2.0.2, 13.3.7): a whole, which carries the boundary events, and its instances, each with variables of its
 * own. How many there are is fixed at the start; the completion condition is tested after each instance, and cancels the rest.
 */
import type { Value, Variables } from '../language/feel/value.ts'
import { EventKind, type LoopBehaviour, type ProgramEvent, type ProgramLoop } from '../language/program.ts'
import { close, open } from './activation.ts'
import { goOn } from './completion.ts'
import { RunFault } from './errors.ts'
import { throwEscalationFrom } from './escalation.ts'
import type { Activation } from './instance.ts'
import { interrupt } from './interruption.ts'
import { find, get, type Machine, push, record, Work } from './machine.ts'
import { sendOne } from './message.ts'
import { request } from './resources.ts'
import { assign, evaluate } from './variables.ts'

export function enterWhole(m: Machine, whole: Activation, loop: ProgramLoop): void {
  const items = loop.collection >= 0 ? itemsOf(m, whole, loop) : null
  whole.planned = items ? items.length : cardinalityOf(m, whole, loop)
  record(m, 'entered', whole.node, whole.id, 0, { instances: whole.planned })
  if (loop.outputCollection !== '') {
    m.instance.variables[whole.id] = {
      ...m.instance.variables[whole.id],
      [loop.outputCollection]: new Array<Value>(whole.planned).fill(null),
    }
  }
  if (whole.planned === 0) return completeWhole(m, whole)
  if (loop.sequential && items) m.instance.bookkeeping.items[whole.id] = items
  const first = loop.sequential ? 1 : whole.planned
  for (let counter = 1; counter <= first; counter++) begin(m, whole, loop, counter, items)
}

function begin(m: Machine, whole: Activation, loop: ProgramLoop, counter: number, items: Value[] | null): void {
  const instance = open(m, whole.node, whole.scope, whole.id, counter)
  const variables: Variables = { loopCounter: counter, instance: counter }
  if (items && loop.elementVariable !== '') variables[loop.elementVariable] = items[counter - 1]!
  m.instance.variables[instance.id] = variables
  record(m, 'entered', whole.node, instance.id, counter)
  if (request(m, instance)) push(m, Work.start, instance.id, whole.scope)
}

/** One instance is done: gathers its result, and goes on to the next one, or to the end of the whole. */
export function instanceCompleted(m: Machine, instance: Activation, result: Value): void {
  const whole = get(m, instance.whole)
  const loop = m.nodes[whole.node]!.loop!
  if (loop.outputCollection !== '' && loop.outputElement >= 0) {
    // Replaced, never changed: an expression may have shared the list with another variable.
    const variables = m.instance.variables[whole.id]!
    const gathered = [...(variables[loop.outputCollection] as Value[])]
    gathered[instance.instance - 1] = evaluate(m, loop.outputElement, instance.id, { result })
    variables[loop.outputCollection] = gathered
  }
  whole.completed++
  const enough =
    loop.completionCondition >= 0 && evaluate(m, loop.completionCondition, instance.id, counts(m, whole, result)) === true
  const events = (loop.behaviour ?? []).filter((each) => isThrown(m, each, whole, instance, result))
  close(m, instance, 'completed')
  for (const { event } of events) throwAs(m, whole, event)
  // An interrupting boundary event may have caught it.
  if (find(m, whole.id)?.state !== 'active') return
  if (enough) return interrupt(m, whole, whole.node)
  if (whole.completed === whole.planned) return completeWhole(m, whole)
  if (loop.sequential) begin(m, whole, loop, whole.completed + 1, m.instance.bookkeeping.items[whole.id] ?? null)
}

/** Whether the completion of an instance throws something (BPMN 2.0.2, table 10.30). */
function isThrown(
  m: Machine,
  { first, condition }: LoopBehaviour,
  whole: Activation,
  instance: Activation,
  result: Value,
): boolean {
  if (first) return whole.completed === 1
  return condition < 0 || evaluate(m, condition, instance.id, counts(m, whole, result)) === true
}

function throwAs(m: Machine, whole: Activation, event: ProgramEvent): void {
  if (find(m, whole.id)?.state !== 'active') return
  if (event.kind !== EventKind.escalation) return sendOne(m, whole.node, whole.id, event)
  record(m, 'thrown', whole.node, whole.id)
  throwEscalationFrom(m, whole, event.name)
}

export function completeWhole(m: Machine, whole: Activation): void {
  const { outputCollection } = m.nodes[whole.node]!.loop!
  if (outputCollection !== '') assign(m, whole.scope, outputCollection, m.instance.variables[whole.id]![outputCollection]!)
  goOn(m, whole, { instances: whole.planned })
}

/** The attributes of BPMN 2.0.2, table 10.31, while the completion condition is evaluated. */
function counts(m: Machine, whole: Activation, result: Value): Variables {
  const open = m.marking.activations.filter((activation) => activation.whole === whole.id).length
  return {
    result,
    numberOfInstances: whole.planned,
    numberOfActiveInstances: open - 1,
    numberOfCompletedInstances: whole.completed,
    numberOfTerminatedInstances: 0,
  }
}

function itemsOf(m: Machine, whole: Activation, loop: ProgramLoop): Value[] {
  const items = evaluate(m, loop.collection, whole.scope)
  if (Array.isArray(items)) return items
  throw new RunFault('collection', `The collection of "${m.nodes[whole.node]!.id}" is not a list`, whole.node)
}

function cardinalityOf(m: Machine, whole: Activation, loop: ProgramLoop): number {
  const count = evaluate(m, loop.cardinality, whole.scope)
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count
  throw new RunFault('cardinality', `The number of instances of "${m.nodes[whole.node]!.id}" is not a whole number`, whole.node)
}
