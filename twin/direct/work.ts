/** What people and systems do: how long work takes, and what it writes. `twin/simulate/work.ts`. */
import type { Variables } from '../../pathways/language/feel/value.ts'
import { availabilityOf, unitIn } from '../../pathways/resources/index.ts'
import { Purpose, uniformOf, withinHigh, withinLow } from '../simulate/chance.ts'
import type { Sampler } from '../simulate/distributions.ts'
import { classOf } from '../simulate/lasting.ts'
import { PlannedKind } from '../simulate/state.ts'
import { paceOf } from '../simulate/work.ts'
import { type Machine, scopeOf } from './machine.ts'
import { type Wait, WaitKind } from './run.ts'

const { round } = Math

/** Work begins, or a timer runs, when the step that asked for it is over. */
export const beginWaiting = (m: Machine, wait: Wait): void => {
  const { node, run } = wait
  const { agenda } = m.world
  if (wait.kind === WaitKind.timer) {
    if (!wait.isOpen) return
    const sampler = samplerOf(m, wait)
    if (sampler) {
      draw(wait)
      wait.due = m.at + round(sampler(wait.low, wait.high, Purpose.duration))
    }
    return agenda.push(Math.max(wait.due, m.at), PlannedKind.timer, { type: 'wait', wait })
  }
  draw(wait)
  const sampler = samplerOf(m, wait)
  const lasts = sampler ? round(sampler(wait.low, wait.high, Purpose.duration) * paceOf(node.paces, m.at)) : 0
  if (!run.isOver && wait.isOpen) agenda.push(m.at + lasts, PlannedKind.task, { type: 'wait', wait })
}

/** The chance of one element of one run: by its id, and how often it has drawn before. */
const draw = (wait: Wait): void => {
  const { run, node } = wait
  const iteration = run.counts[node.counter]!++
  wait.low = withinLow(withinLow(run.low, node.word), iteration)
  wait.high = withinHigh(withinHigh(run.high, node.word), iteration)
}

const samplerOf = (m: Machine, { node: { duration, durationBy }, activation, run }: Wait): Sampler | null => {
  if (durationBy === null) return duration
  const scope = scopeOf(m, run)
  const unit = run.holds.find((held) => held.activation === activation && held.declaration === null)?.units[0]
  if (unit !== undefined) {
    const { place, attributes } = unitIn(m.world.ledger, unit)
    scope.name = 'doneBy'
    scope.given = { place, ...attributes }
  }
  const value = durationBy.value(scope)
  scope.name = ''
  scope.given = null
  return durationBy.samplers.get(classOf(value)) ?? duration
}

/** What a task writes when it is done: each outcome with luck of its own, seeing those before it; null for nothing. */
export const resultOf = (m: Machine, wait: Wait): Variables | null => {
  const { node, run, low, high } = wait
  const { outcomes, activity, reads } = node
  if (outcomes.length === 0 && activity === null && reads.length === 0) return null
  const { ledger } = m.world
  const result: Variables = {}
  if (outcomes.length > 0) {
    const scope = scopeOf(m, run)
    scope.name = 'luck'
    scope.results = result
    for (let index = 0; index < outcomes.length; index++) {
      scope.given = uniformOf(low, high, Purpose.outcome, index)
      const { variable, value } = outcomes[index]!
      result[variable] = value(scope)
    }
    scope.results = null
    scope.name = ''
    scope.given = null
  }
  if (activity !== null)
    Object.assign(result, activity({ inputs: wait.inputs ?? {}, at: m.at, run: run.id, wait: wait.id, ledger }))
  for (const [variable, pool] of reads) result[variable] = availabilityOf(ledger, pool, m.at)
  return result
}
