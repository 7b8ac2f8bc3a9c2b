/** A run of another hospital, of which `HospitalState` tells, as one that is stepped directly. */
import type { Activation as Marked, Hold as MarkedHold, Wait as MarkedWait } from '../../pathways/engine/instance.ts'
import { Beyond } from '../compiled/beyond.ts'
import type { ProgramGauges } from '../compiled/index.ts'
import type { SimulatedRun } from '../simulate/state.ts'
import type { Model } from './model.ts'
import { Activation, Held, HeldState, Run, State, Wait, WaitKind } from './run.ts'

/**
 * Without the runs that it called, or was called by.
 * @param models by process.
 * @throws Beyond where it holds something that only the engine does.
 */
export const restoredRun = (
  of: SimulatedRun,
  models: ReadonlyMap<string, Model>,
  gauges: ReadonlyMap<string, ProgramGauges>,
): Run => {
  const model = models.get(of.pathway)
  const { marking, variables, bookkeeping } = of.instance
  if (model?.program.hash !== of.hash) throw new Beyond(of.id, 'another version of its pathway')
  const isKnown =
    marking.outcome === 'running' &&
    marking.activations.length > 0 &&
    !marking.enabled?.length &&
    !marking.compensables?.length &&
    Object.keys(variables).every((scope) => scope === '0') &&
    Object.keys(of.conduct).length === 0 &&
    of.repairs === undefined
  if (!isKnown) throw new Beyond(of.id, 'a run of which not all is known here')
  const run = new Run(of.id, model, gauges.get(of.pathway)!, of.patient, of.startedAt, of.key.low, of.key.high)
  run.variables = variables[0] ?? {}
  run.nextId = bookkeeping.nextId
  run.error = bookkeeping.error
  run.turnsOver = of.turnsOver
  for (const [place, times] of Object.entries(of.iterations)) {
    if (/^\d+$/.test(place)) run.counts[model.nodes[Number(place)]!.counter] = times
    else run.iterations = { ...run.iterations, [place]: times }
  }
  const open = new Map<number, Activation>()
  for (const each of marking.activations) open.set(each.id, activationOf(run, each, open))
  for (const { flow, scope, count } of marking.tokens) {
    const resting = open.get(scope)!
    run.tokens.push({ flow: model.flows[flow]!, scope: resting, count })
    resting.resting++
  }
  for (const hold of marking.holds) run.holds.push(heldOf(model, hold, open.get(hold.activation)!))
  for (const wait of marking.waits) addWait(of, wait, open.get(wait.activation)!)
  return run
}

const STATES: Record<Marked['state'], number> = {
  requesting: State.requesting,
  active: State.active,
  cancelling: State.cancelling,
}

const activationOf = (run: Run, marked: Marked, open: ReadonlyMap<number, Activation>): Activation => {
  const { nodes } = run.model
  if (marked.whole >= 0 || marked.undoes) throw new Beyond(run.id, 'work that is done several times, or undone')
  const activation = new Activation(marked.id, run, nodes[marked.node]!, open.get(marked.scope) ?? null)
  activation.state = STATES[marked.state]
  activation.interruptedBy = nodes[marked.interruptedBy] ?? null
  run.activations.push(activation)
  if (activation.scope !== null) activation.scope.inside++
  return activation
}

const HELD: Record<MarkedHold['state'], number> = {
  requested: HeldState.requested,
  reserved: HeldState.reserved,
  occupied: HeldState.occupied,
}

const heldOf = (model: Model, { id, declaration, state, units, lent }: MarkedHold, activation: Activation): Held => {
  const held = new Held(id, model.holds[declaration] ?? null, activation, HELD[state])
  held.units = units
  held.isLent = lent
  return held
}

const addWait = ({ id: run, tasks }: SimulatedRun, marked: MarkedWait, activation: Activation): void => {
  const { id, kind, node } = marked
  if (kind === 'condition' || marked.counted || marked.part !== undefined) throw new Beyond(run, `a ${kind} of such a kind`)
  const wait = new Wait(id, WaitKind[kind], activation.run.model.nodes[node]!, activation)
  wait.due = marked.due
  wait.repeats = marked.repeats
  wait.period = marked.period
  wait.name = marked.name
  wait.key = marked.key
  const task = kind === 'task' && tasks.find((each) => each.wait === id)
  if (task) {
    wait.low = task.key.low
    wait.high = task.key.high
    wait.inputs = task.inputs
  }
  activation.waits.push(wait)
}
