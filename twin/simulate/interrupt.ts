/** Work that stops before it is done: for somebody more urgent, at the end of a shift, when a unit breaks. The engine then asks for its needs again. */
import { catchesLoss } from '../../pathways/engine/index.ts'
import type { Unit } from '../../pathways/resources/contract.ts'
import { giveUp, preemptionIn, release, unitIn } from '../../pathways/resources/index.ts'
import { deliver } from './begin.ts'
import type { Interrupted } from './options.ts'
import type { SimulatedRun, TaskUnderWay } from './state.ts'
import { simulatedOf, type World } from './world.ts'

/**
 * The work that a unit does stops, and its run is told that it lost the unit. What a run keeps from one element to another is lost where the
 * drawing says what then happens. Nothing happens to what subprocesses and calls hold of their own, and to batches.
 */
export const interrupt = (world: World, unit: Readonly<Unit>, how: Interrupted): void => {
  const found = workOf(world, unit)
  if (!found) return loseKept(world, unit)
  const { run, task } = found
  const { at } = world.state
  const conduct = run.conduct[task.activation]!
  conduct.leftMs = how === 'resume' ? task.done - at : conduct.begun!.lastsMs
  run.tasks.splice(run.tasks.indexOf(task), 1)
  const { hold } = unit
  const { units } = run.instance.marking.holds.find(({ id }) => id === hold)!
  world.options.observer?.held?.(unit.pool, -units.length, at, units, run.id)
  giveUp(world.ledger, run.id, hold, at)
  deliver(world, run, { type: 'revoked', at, hold })
}

const loseKept = (world: World, unit: Readonly<Unit>): void => {
  const run = unit.holder === '' ? undefined : world.runs.get(unit.holder)
  if (!run || !catchesLoss(simulatedOf(world, run).executable, run.instance, unit.hold)) return
  const { at } = world.state
  const { hold } = unit
  const { units } = run.instance.marking.holds.find(({ id }) => id === hold)!
  world.options.observer?.held?.(unit.pool, -units.length, at, units, run.id)
  release(world.ledger, run.id, hold, at)
  deliver(world, run, { type: 'revoked', at, hold })
}

/** Units change hands for the most urgent request that may have them. False when there is none; else `allocate` has something to do. */
export const preempt = (world: World, isTried: Set<string>): boolean => {
  const found = preemptionIn(
    world.ledger,
    world.preemptible,
    (unit) => {
      const work = workOf(world, unit)
      return work && howOf(world, work) ? work.run.conduct[work.task.activation]!.priority : null
    },
    (holder, wait) => isTried.has(`${holder} ${wait}`),
  )
  if (!found) return false
  isTried.add(`${found.holder} ${found.wait}`)
  for (const id of found.units) {
    const unit = unitIn(world.ledger, id)
    // Two of them may have been in one hand.
    const work = workOf(world, unit)
    if (work) interrupt(world, unit, howOf(world, work)!)
  }
  return true
}

interface Work {
  run: SimulatedRun
  task: TaskUnderWay
}

/** The task for which alone a unit is held, and which is under way. */
const workOf = (world: World, unit: Readonly<Unit>): Work | null => {
  if (unit.holder === '') return null
  const run = world.runs.get(unit.holder)
  const hold = run?.instance.marking.holds.find(({ id, declaration }) => id === unit.hold && declaration < 0)
  const task = hold && run?.tasks.find(({ activation }) => activation === hold.activation)
  return run && task && run.conduct[task.activation] ? { run, task } : null
}

const howOf = (world: World, { run, task }: Work): Interrupted | undefined =>
  simulatedOf(world, run).conduct[task.node]?.interruptible
