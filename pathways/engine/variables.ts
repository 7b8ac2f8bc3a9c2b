/** Variables by scope: an expression sees those of its activation and of every scope around it, the inner ones first. */

import type { FeelScope } from '../language/feel/evaluate.ts'
import type { Value, Variables } from '../language/feel/value.ts'
import type { Assignment } from '../language/program.ts'
import type { SiteTime } from '../time/site.ts'
import type { Activation } from './instance.ts'
import type { Machine } from './machine.ts'

/** Names the engine adds while outputs and assignments are evaluated. */
export type Extras = Variables | null

/** What an expression sees, looked up name by name: one object for each machine, aimed anew for every evaluation. */
export class VisibleScope implements FeelScope {
  at = 0
  site: SiteTime
  frames: Record<number, Variables> = {}
  activations: Activation[] = []
  activation = 0
  extras: Extras = null

  constructor(site: SiteTime) {
    this.site = site
  }

  get(name: string): Value | undefined {
    const { frames, extras } = this
    if (extras && Object.hasOwn(extras, name)) return extras[name]
    for (let id = this.activation; id > 0; id = outer(this.activations, id)) {
      const frame = frames[id]
      if (frame && Object.hasOwn(frame, name)) return frame[name]
    }
    return ownValue(frames[0]!, name)
  }
}

/** A variable, undefined where there is none. What every object inherits, functions and its prototype, is no variable. */
export const ownValue = (variables: Variables, name: string): Value | undefined => {
  const value = variables[name]
  return (typeof value === 'function' || name === '__proto__') && !Object.hasOwn(variables, name) ? undefined : value
}

/** Aims the machine's scope at an activation. */
export function scopeAt(m: Machine, activation: number, extras: Extras = null): VisibleScope {
  const { scope } = m
  scope.at = m.at
  scope.frames = m.instance.variables
  scope.activations = m.marking.activations
  scope.activation = activation
  scope.extras = extras
  return scope
}

/** A copy of all that is visible at an activation, inner variables hiding outer ones. */
export function visibleAt(m: Machine, activation: number): Variables {
  const frames: Variables[] = []
  for (let id = activation; id > 0; id = outer(m.marking.activations, id)) frames.unshift(m.instance.variables[id] ?? {})
  return Object.assign({}, m.instance.variables[0], ...frames)
}

const isSnapshot = (activations: Activation[], id: number) => activations.find((open) => open.id === id)?.undoes !== undefined

/** The activation whose variables come next: the multi-instance whole, else the scope. */
function outer(activations: Activation[], id: number): number {
  for (let index = 0; index < activations.length; index++) {
    const activation = activations[index]!
    if (activation.id === id) return activation.whole >= 0 ? activation.whole : activation.scope
  }
  return 0
}

export function evaluate(m: Machine, expression: number, activation: number, extras: Extras = null): Value {
  return m.executable.expressions[expression]!(scopeAt(m, activation, extras))
}

/** Sets the nearest variable of that name, else the process's. */
export function assign(m: Machine, activation: number, name: string, value: Value): void {
  m.changed = true
  const frames = m.instance.variables
  let isCopy = false
  for (let id = activation; id > 0; id = outer(m.marking.activations, id)) {
    const frame = frames[id]
    if (frame && Object.hasOwn(frame, name)) {
      frame[name] = value
      // What a compensation handler sees is a copy: it writes to the variable of today as well, when there still is one.
      if (!isSnapshot(m.marking.activations, id)) return
      isCopy = true
    }
  }
  if (!isCopy || Object.hasOwn(frames[0]!, name)) frames[0]![name] = value
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
