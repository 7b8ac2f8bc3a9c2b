/** Timers: `pathways/engine/timer.ts`. */
import { textOf } from '../../pathways/engine/variables.ts'
import { addDuration, parseCycle, parseDuration } from '../../pathways/time/duration.ts'
import { hospitalMsOfIso } from '../../pathways/time/site.ts'
import { evaluate, failed, type Machine } from './machine.ts'
import type { Awaited } from './model.ts'
import type { Wait } from './run.ts'

/** Arms a timer. @throws Beyond for a time that is none: its run fails. */
export const armTimer = (m: Machine, wait: Wait, { timer, fixed, value }: Awaited): void => {
  const { site } = m.scope
  if (fixed !== null) wait.due = addDuration(m.at, fixed, site)
  else {
    const text = textOf(evaluate(m, value!, wait.run))
    if (text === null) throw failed(wait.node)
    if (timer === 'date') wait.due = dateOf(m, wait, text)
    else if (timer === 'duration') wait.due = later(m, wait, text)
    else armCycle(m, wait, text)
  }
  // What is already past is due now.
  if (wait.due < m.at) wait.due = m.at
  m.beginning.push(wait)
}

const armCycle = (m: Machine, wait: Wait, text: string): void => {
  const cycle = parseCycle(text)
  if (!cycle || cycle.repeats === 0) throw failed(wait.node)
  wait.repeats = cycle.repeats < 0 ? -1 : cycle.repeats - 1
  wait.period = cycle.period
  wait.due = cycle.start === '' ? later(m, wait, cycle.period) : dateOf(m, wait, cycle.start)
}

/** A cycle that has fired is armed again under the same wait; false when it has fired for the last time. */
export const rearm = (m: Machine, wait: Wait): boolean => {
  if (wait.period === '' || wait.repeats === 0) return false
  if (wait.repeats > 0) wait.repeats--
  wait.due = later(m, wait, wait.period)
  m.beginning.push(wait)
  return true
}

const later = (m: Machine, wait: Wait, text: string): number => {
  const duration = parseDuration(text)
  if (!duration) throw failed(wait.node)
  return addDuration(m.at, duration, m.scope.site)
}

const dateOf = (m: Machine, wait: Wait, text: string): number => {
  const at = hospitalMsOfIso(text, m.scope.site)
  if (at === null) throw failed(wait.node)
  return at
}
