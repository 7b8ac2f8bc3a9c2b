/** Runs are stepped, and what the engine asks for is carried out. */
import type { CalledHold, Effect, Event } from '../../pathways/engine/contract.ts'
import { isOver, step } from '../../pathways/engine/index.ts'
import { heldBy, occupy, release, transfer, turnedOver, unitIn, withdraw } from '../../pathways/resources/index.ts'
import { acquire, allocateNow } from './allocation.ts'
import { join, leaveBatch } from './batches.ts'
import { begin, deliver } from './begin.ts'
import { within, wordOf } from './chance.ts'
import { broadcast, post } from './messages.ts'
import { repair } from './outages.ts'
import { PlannedKind, type SimulatedRun } from './state.ts'
import { beginTask, dueOf, iterationOf } from './work.ts'
import { count, plan, simulatedOf, type World } from './world.ts'

/** Steps everything that is due now, and what follows from it, in order. */
export const settle = (world: World): void => {
  for (let index = 0; index < world.deliveries.length; index++) {
    const { run, event } = world.deliveries[index]!
    stepRun(world, run, event)
  }
  empty(world.deliveries)
}

/** Shorter lists are emptied faster one by one than by their length. */
const empty = (list: unknown[]): void => {
  while (list.length > 0) list.pop()
}

const stepRun = (world: World, run: SimulatedRun, event: Event): void => {
  if (isOver(run.instance)) {
    // A grant that a cancellation crossed.
    if (event.type === 'granted') for (const { hold } of event.grants) giveBack(world, run, hold)
    return allocateNow(world)
  }
  // A message that another of this very moment crossed.
  if ((event.type === 'received' || event.type === 'failed') && !run.instance.marking.waits.some(({ id }) => id === event.wait))
    return
  world.stepped = run
  step(simulatedOf(world, run).executable, run.instance, event, world.host)
  for (const effect of world.effects) carryOut(world, run, effect)
  empty(world.effects)
  allocateNow(world)
}

const carryOut = (world: World, run: SimulatedRun, effect: Effect): void => {
  switch (effect.type) {
    case 'record':
      return world.options.observer?.recorded?.(run, effect, world.state.at)
    case 'acquire':
      return acquire(world, run, effect)
    case 'occupy':
      return occupy(world.ledger, run.id, effect.hold, world.state.at)
    case 'release':
      return giveBack(world, run, effect.hold)
    case 'perform': {
      const attributesOf = (unit: string) => {
        const { place, attributes } = unitIn(world.ledger, unit)
        return { place, ...attributes }
      }
      const task = beginTask(simulatedOf(world, run), run, effect, world.state.at, attributesOf)
      run.tasks.push(task)
      if (simulatedOf(world, run).conduct[task.node]?.batch) return join(world, run, task)
      return plan(world, task.done, PlannedKind.task, { type: 'task', run: run.id, wait: task.wait })
    }
    case 'revise': {
      const task = run.tasks.find(({ wait }) => wait === effect.wait)
      if (task) task.inputs = effect.inputs
      return
    }
    case 'wake': {
      const { at } = world.state
      const due = Math.max(dueOf(simulatedOf(world, run), run, effect.wait, effect.at, at), at)
      return plan(world, due, PlannedKind.timer, { type: 'timer', run: run.id, wait: effect.wait })
    }
    case 'subscribe': {
      const letter = world.mailbox.listen(effect.kind, effect.name, run, effect.wait, effect.key, world.state.at)
      if (letter) deliver(world, run, { type: 'received', at: world.state.at, wait: effect.wait, payload: letter.payload })
      return
    }
    case 'cancel':
      return cancel(world, run, effect)
    case 'send': {
      const key = within(within(run.key, wordOf(effect.name)), iterationOf(run, `send ${effect.name}`))
      return effect.kind === 'message' ? post(world, effect, run.patient, key) : broadcast(world, effect, run, key)
    }
    case 'call':
      return call(world, run, effect)
    case 'end':
      return end(world, run, effect)
  }
}

const giveBack = (world: World, run: SimulatedRun, hold: number): void => {
  const { observer } = world.options
  if (observer?.held) {
    const held = heldBy(world.ledger, run.id, hold)
    if (held && held.units.length > 0) observer.held(held.pool, -held.units.length, world.state.at, held.units, run.id)
  }
  release(world.ledger, run.id, hold, world.state.at)
}

const cancel = (world: World, run: SimulatedRun, { wait, kind }: Extract<Effect, { type: 'cancel' }>): void => {
  switch (kind) {
    case 'request':
      withdraw(world.ledger, run.id, wait)
      return world.options.observer?.answered?.(run, wait, false, world.state.at)
    case 'task':
      run.tasks = run.tasks.filter((task) => task.wait !== wait)
      if (world.state.batches.length > 0) leaveBatch(world, run, wait)
      return
    case 'call': {
      const called = world.runs.get(run.called[wait] ?? '')
      if (called) deliver(world, called, { type: 'cancelled', at: world.state.at, reason: 'The caller no longer waits for it.' })
      return
    }
    case 'message':
    case 'signal':
      return world.mailbox.stopListening(kind, run, wait)
  }
}

const call = (
  world: World,
  run: SimulatedRun,
  { wait, node, process, variables, holds }: Extract<Effect, { type: 'call' }>,
): void => {
  const { words, program } = simulatedOf(world, run)
  const key = within(within(run.key, words[node]!), iterationOf(run, `call ${program.nodes[node]!.id}`))
  const received = holds.map(({ as, units, lent }) => ({ name: as, units, lent }))
  const called = begin(world, process, -1, variables, run.patient, key, { holds: received, caller: { run: run.id, wait } })
  run.called[wait] = called.id
  holds.forEach((hold: CalledHold, index) => {
    // The engine numbers what a run begins with from 1, in this order.
    if (!hold.lent) transfer(world.ledger, run.id, hold.hold, called.id, index + 1)
  })
}

const end = (world: World, run: SimulatedRun, { outcome, error }: Extract<Effect, { type: 'end' }>): void => {
  world.runs.delete(run.id)
  count(world.state.ended, run.pathway)
  world.options.observer?.ended?.(run, world.state.at)
  if (run.turnsOver !== '') turnedOver(world.ledger, run.turnsOver, outcome === 'completed', world.state.at)
  // What could not be repaired stays out of service.
  if (run.repairs && outcome === 'completed') repair(world, run.repairs.unit, run.repairs.count)
  const caller = run.caller && world.runs.get(run.caller.run)
  if (!run.caller || !caller) return
  const { wait } = run.caller
  delete caller.called[wait]
  deliver(world, caller, { type: 'runEnded', at: world.state.at, wait, outcome, variables: run.instance.variables[0]!, error })
}
