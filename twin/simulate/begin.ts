/** Runs begin: patients', called ones, turnovers, orders. */
import type { Event, ReceivedHold } from '../../pathways/engine/contract.ts'
import { begin as beginInstance } from '../../pathways/engine/index.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import type { ChanceKey } from './chance.ts'
import type { SimulatedRun } from './state.ts'
import { count, pathwayOf, type World } from './world.ts'

/** A run, to be stepped first when those before it have been. */
export const begin = (
  world: World,
  pathway: string,
  start: number,
  variables: Variables,
  patient: string,
  key: ChanceKey,
  more: { holds?: ReceivedHold[]; caller?: SimulatedRun['caller']; turnsOver?: string; repairs?: SimulatedRun['repairs'] } = {},
): SimulatedRun => {
  const simulated = pathwayOf(world, pathway)
  const run: SimulatedRun = {
    // As in the live hospital, what a run calls is named below it: the allocator knows by that who works for whom.
    id: more.caller ? `${more.caller.run}.${more.caller.wait}` : `${pathway}-${++world.state.nextRun}`,
    pathway,
    hash: simulated.program.hash,
    instance: beginInstance(simulated.executable),
    patient,
    startedAt: world.state.at,
    key,
    iterations: {},
    tasks: [],
    caller: more.caller ?? null,
    called: {},
    turnsOver: more.turnsOver ?? '',
    ...(more.repairs && { repairs: more.repairs }),
    conduct: {},
  }
  world.runs.set(run.id, run)
  count(world.state.started, pathway)
  world.options.observer?.started?.(run, world.state.at)
  deliver(world, run, { type: 'started', at: world.state.at, start, variables, holds: more.holds ?? [] })
  return run
}

export const deliver = (world: World, run: SimulatedRun, event: Event): void => {
  world.deliveries.push({ run, event })
}
