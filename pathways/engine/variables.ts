/** Variables by scope: an expression sees those of its activation and of every scope around it, the inner ones first. */
import type { Value, Variables } from '../language/feel/value.ts'
import type { Assignment } from '../language/program.ts'
import { find, type Machine } from './machine.ts'

/** Names the engine adds while outputs and assignments are evaluated. */
export type Extras = Variables | null

/** What an expression at this activation sees. The process's own variables are not copied when nothing hides them. */
export function visible(m: Machine, activation: number, extras: Extras): Variables {
  const frames = m.instance.variables
  let merged: Variables | null = null as Variables | null
  for (let id = activation; id > 0; id = outer(m, id)) {
    const frame = frames[id]
    if (frame) merged = merged ? { ...frame, ...merged } : frame
  }
  const process = frames[0]!
  if (!merged && !extras) return process
  return { ...process, ...merged, ...extras }
}

/** The activation whose variables come next: the multi-instance whole, else the scope. */
function outer(m: Machine, id: number): number {
  const activation = find(m, id)
  if (!activation) return 0
  return activation.whole >= 0 ? activation.whole : activation.scope
}

export function evaluate(m: Machine, expression: number, activation: number, extras: Extras = null): Value {
  return m.executable.expressions[expression]!(visible(m, activation, extras))
}

/** Sets the nearest variable of that name, else the process's. */
export function assign(m: Machine, activation: number, name: string, value: Value): void {
  const frames = m.instance.variables
  for (let id = activation; id > 0; id = outer(m, id)) {
    const frame = frames[id]
    if (frame && Object.hasOwn(frame, name)) {
      frame[name] = value
      return
    }
  }
  frames[0]![name] = value
}

/** Evaluates and sets one after another: a later assignment sees the earlier ones. */
export function assignAll(m: Machine, assignments: Assignment[], activation: number, extras: Extras): void {
  for (const { variable, expression } of assignments) assign(m, activation, variable, evaluate(m, expression, activation, extras))
}

/** Sets every variable of an object, as it is. */
export function merge(m: Machine, activation: number, values: Variables): void {
  for (const name in values) assign(m, activation, name, values[name]!)
}

/** A result or a payload: through the assignments when there are any, else merged as it is. */
export function absorb(
  m: Machine,
  assignments: Assignment[],
  activation: number,
  name: 'result' | 'payload',
  value: Value,
): void {
  if (assignments.length > 0) assignAll(m, assignments, activation, { [name]: value })
  else if (isContext(value)) merge(m, activation, value)
}

const noVariables: Variables = {}

/** A new object of evaluated values: inputs, payloads. */
export function collect(m: Machine, assignments: Assignment[], activation: number): Variables {
  if (assignments.length === 0) return noVariables
  const values: Variables = {}
  for (const { variable, expression } of assignments) values[variable] = evaluate(m, expression, activation)
  return values
}

/** True for a FEEL context, not for a list, a tagged number or a tagged temporal value. */
export function isContext(value: Value): value is Variables {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('@' in value) && !('@number' in value)
}

/** The text of a string or of a tagged temporal value, else null. */
export function textOf(value: Value): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const tag = (value as { '@'?: Value })['@']
    if (typeof tag === 'string') return tag
  }
  return null
}
