/** Timers: a date, a duration from now, or a cycle (BPMN 2.0.2, 10.5.5.8: ISO 8601). Months and days by the site's time zone. */
import type { ProgramEvent } from '../language/program.ts'
import { addDuration, parseCycle, parseDuration } from '../time/duration.ts'
import { hospitalMsOfIso } from '../time/site.ts'
import { RunFault } from './errors.ts'
import type { Wait } from './instance.ts'
import type { Machine } from './machine.ts'
import { evaluate, textOf } from './variables.ts'
import { openWait } from './waits.ts'

/** Arms the timer of a node, on behalf of an activation. */
export function armTimer(m: Machine, node: number, activation: number, { timer, expression }: ProgramEvent, part: number): void {
  const text = textOf(evaluate(m, expression, activation))
  if (text === null) throw fault(m, node)
  const wait = openWait(m, 'timer', node, activation, part)
  if (timer === 'date') wait.due = dateOf(m, text, node)
  else if (timer === 'duration') wait.due = later(m, m.at, text, node)
  else armCycle(m, wait, text)
  // What is already past is due now.
  if (wait.due < m.at) wait.due = m.at
  m.host.emit({ type: 'wake', wait: wait.id, at: wait.due })
}

function armCycle(m: Machine, wait: Wait, text: string): void {
  const cycle = parseCycle(text)
  if (!cycle || cycle.repeats === 0) throw fault(m, wait.node)
  wait.repeats = cycle.repeats < 0 ? -1 : cycle.repeats - 1
  wait.period = cycle.period
  const { start, end, period } = cycle
  if (end !== undefined) return armBefore(m, wait, dateOf(m, end, wait.node), cycle.repeats)
  wait.due = start === '' ? later(m, m.at, period, wait.node) : dateOf(m, start, wait.node)
  if (parseDuration(period)!.months > 0) wait.counted = start === '' ? { from: m.at, times: 1 } : { from: wait.due, times: 0 }
}

/** A cycle that ends at a date fires then for the last time, and a period before, and so on back, as long as that is still to come. */
function armBefore(m: Machine, wait: Wait, end: number, repeats: number): void {
  const period = parseDuration(wait.period)!
  const { site } = m.executable
  let before = 0
  for (let due = end; due > m.at && before + 1 !== repeats && before < BEFORE_MAX; ) {
    due = addDuration(end, period, site, -(before + 1))
    if (due >= m.at) before++
  }
  wait.repeats = before
  wait.due = addDuration(end, period, site, -before)
  wait.counted = { from: end, times: -before }
}

/** Periods that are counted back from the end of a cycle, at most. */
const BEFORE_MAX = 100_000

/** A cycle that has fired arms itself again under the same wait; false when it has fired for the last time. */
export function rearm(m: Machine, wait: Wait): boolean {
  if (wait.period === '' || wait.repeats === 0) return false
  if (wait.repeats > 0) wait.repeats--
  if (wait.counted) {
    const { from, times } = wait.counted
    wait.counted = { from, times: times + 1 }
    wait.due = Math.max(m.at, addDuration(from, parseDuration(wait.period)!, m.executable.site, times + 1))
  } else wait.due = later(m, m.at, wait.period, wait.node)
  m.host.emit({ type: 'wake', wait: wait.id, at: wait.due })
  return true
}

/** The hospital time a duration from now, null for null: when a task is overdue. */
export function dueOf(m: Machine, expression: number, activation: number, node: number): number | null {
  if (expression < 0) return null
  const text = textOf(evaluate(m, expression, activation))
  return text === null ? null : later(m, m.at, text, node)
}

function later(m: Machine, from: number, text: string, node: number): number {
  const duration = parseDuration(text)
  if (!duration) throw fault(m, node)
  return addDuration(from, duration, m.executable.site)
}

function dateOf(m: Machine, text: string, node: number): number {
  const at = hospitalMsOfIso(text, m.executable.site)
  if (at === null) throw fault(m, node)
  return at
}

const fault = (m: Machine, node: number) =>
  new RunFault(
    'timer',
    `The time of "${m.nodes[node]!.id}" is not an ISO 8601 ${m.nodes[node]!.event?.timer ?? 'duration'}`,
    node,
  )
