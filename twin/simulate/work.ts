/** What people and systems do in the twin: how long a task lasts, and what it writes. */

import type { Effect } from '../../pathways/engine/contract.ts'
import { type Executable, NEXT } from '../../pathways/engine/index.ts'
import type { Instance } from '../../pathways/engine/instance.ts'
import { VisibleScope } from '../../pathways/engine/variables.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { isLeftToChance, type Program, type ProgramDuration } from '../../pathways/language/program.ts'
import { flowsByChance, nextByChance } from './branching.ts'
import { type ChanceKey, Purpose, uniform, within, wordOf } from './chance.ts'
import { sample } from './distributions.ts'
import { classOf, UnnamedClass } from './lasting.ts'
import type { ElementConduct, Pace } from './options.ts'
import type { SimulatedRun, TaskUnderWay } from './state.ts'

/** A pathway ready to be simulated. */
export interface Simulated {
  executable: Executable
  program: Program
  scope: VisibleScope
  /** By node: its id as a word of chance. */
  words: number[]
  /** By node: a gateway that chance decides. */
  byChance: boolean[]
  /** By node: what may happen to it besides being done. */
  conduct: (ElementConduct | undefined)[]
}

/** @param conduct by element id. */
export const prepare = (executable: Executable, conduct: Record<string, ElementConduct>): Simulated => ({
  executable,
  program: executable.program,
  scope: new VisibleScope(executable.site),
  words: executable.program.nodes.map((node) => wordOf(node.id)),
  byChance: executable.program.nodes.map((node) => isLeftToChance(executable.program, node)),
  conduct: executable.program.nodes.map(({ id }) => conduct[id]),
})

/**
 * The task that a `perform` begins; it lasts 0 when the pathway gives no duration.
 * @param attributesOf what a unit is, by its id: how long work takes may depend on who does it.
 */
export const beginTask = (
  simulated: Simulated,
  run: SimulatedRun,
  effect: Extract<Effect, { type: 'perform' }>,
  at: number,
  attributesOf: (unit: string) => Variables,
): TaskUnderWay => {
  const { wait, node, activation, inputs } = effect
  const conduct = run.conduct[activation]
  if (conduct?.begun && conduct.leftMs !== null) {
    const done = at + conduct.leftMs
    conduct.leftMs = null
    return { wait, node, activation, begun: at, done, inputs, key: conduct.begun.key }
  }
  const key = keyOf(simulated, run, node, activation)
  const duration = durationOf(simulated, run, effect, at, attributesOf)
  const pace = paceOf(simulated.conduct[node]?.paces, at)
  const lasts = duration ? Math.round(sample(duration, key, Purpose.duration) * pace) : 0
  if (conduct) conduct.begun = { lastsMs: lasts, key }
  return { wait, node, activation, begun: at, done: at + lasts, inputs, key }
}

/** How many times as long work takes that begins at a time. */
export const paceOf = (paces: Pace[] = [], at: number): number =>
  paces.reduce((pace, { from, until, factor }) => (at >= from && at < until ? pace * factor : pace), 1)

/** When a timer elapses: as the pathway says, `at`, or after a sampled time where a scenario gives its event a duration, which the wait is then told. */
export const dueOf = (simulated: Simulated, run: SimulatedRun, waitId: number, at: number, now: number): number => {
  const wait = run.instance.marking.waits.find(({ id }) => id === waitId)
  const node = wait && simulated.program.nodes[wait.node]
  if (!node || node.event === null || (!node.duration && !node.durationBy)) return at
  const duration = durationOf(simulated, run, wait, now, () => ({}))
  if (!duration) return at
  wait.due = now + Math.round(sample(duration, keyOf(simulated, run, wait.node, wait.activation), Purpose.duration))
  return wait.due
}

const NONE: readonly number[] = []

/** The flows that chance takes out of a gateway, none when it is not asked. */
export const branch = (simulated: Simulated, run: SimulatedRun, node: number, activation: number): readonly number[] => {
  if (!simulated.byChance[node]) return NONE
  const key = keyOf(simulated, run, node, activation)
  return flowsByChance(simulated.program, simulated.program.nodes[node]!, (draw) => uniform(key, Purpose.branch, draw))
}

/** How long the work of an element lasts, for a run and whoever does it; null when the pathway does not say. */
export const durationOf = (
  simulated: Simulated,
  run: SimulatedRun,
  { node, activation }: { node: number; activation: number },
  at: number,
  attributesOf: (unit: string) => Variables,
): ProgramDuration | null => {
  const of = simulated.program.nodes[node]!
  const { duration, durationBy } = of
  if (!durationBy) return duration
  aim(simulated, run, activation, at)
  const unit = run.instance.marking.holds.find((hold) => hold.activation === activation && hold.declaration < 0)?.units[0]
  simulated.scope.extras = unit === undefined ? null : { doneBy: attributesOf(unit) }
  const value = simulated.executable.expressions[durationBy.expression]!(simulated.scope)
  const named = durationBy.durations[classOf(value)] ?? duration
  if (!named && of.event === null) throw new UnnamedClass(of, value)
  return named
}

/** Aims what expressions see at an activation of a run. */
const aim = ({ scope }: Simulated, { instance }: SimulatedRun, activation: number, at: number): void => {
  scope.at = at
  scope.frames = instance.variables
  scope.activations = instance.marking.activations
  scope.activation = activation
}

/** What it writes when done: each outcome with luck of its own, seeing those before it. */
export const outcomesOf = (simulated: Simulated, run: SimulatedRun, task: TaskUnderWay, at: number): Variables => {
  const { executable, program, scope } = simulated
  const { outcomes, adHoc } = program.nodes[task.node]!
  const result: Variables = {}
  if (outcomes.length === 0 && !adHoc) return result
  aim(simulated, run, task.activation, at)
  const offered = adHoc && { enabled: task.inputs.enabled! }
  for (let index = 0; index < outcomes.length; index++) {
    const { variable, expression } = outcomes[index]!
    const luck = uniform(task.key, Purpose.outcome, index)
    scope.extras = index === 0 && !offered ? { luck } : { ...result, ...offered, luck }
    result[variable] = executable.expressions[expression]!(scope)
  }
  if (offered)
    result[NEXT] = nextByChance(result[NEXT], offered.enabled as string[], uniform(task.key, Purpose.outcome, outcomes.length))
  return result
}

/** Chance of one element of one run: by its id, the multi-instance counters around it, and how often it has drawn before. */
const keyOf = (simulated: Simulated, run: SimulatedRun, node: number, activation: number): ChanceKey => {
  let key = within(run.key, simulated.words[node]!)
  let place = `${node}`
  for (const counter of countersAround(run.instance, activation)) {
    key = within(key, counter)
    place += `.${counter}`
  }
  return within(key, iterationOf(run, place))
}

/** 0 the first time, then one more each time. */
export const iterationOf = (run: SimulatedRun, place: string): number => {
  const iteration = run.iterations[place] ?? 0
  run.iterations[place] = iteration + 1
  return iteration
}

const countersAround = ({ marking: { activations } }: Instance, from: number): number[] => {
  const counters: number[] = []
  for (let id = from; id > 0; ) {
    const activation = activations.find((open) => open.id === id)
    if (!activation) break
    if (activation.instance > 0) counters.push(activation.instance)
    id = activation.scope
  }
  return counters
}
