/** Runs that are served as one: a lab run, a shuttle, a group session. A batch asks for what it needs itself, and all of its members are done together. */
import type { Grant } from '../../pathways/engine/contract.ts'
import { heldBy, occupy, release, request, unitIn, withdraw } from '../../pathways/resources/index.ts'
import { deliver } from './begin.ts'
import type { Batch, SimulatedRun, TaskUnderWay } from './state.ts'
import { PlannedKind } from './state.ts'
import { plan, simulatedOf, type World } from './world.ts'

/** The wait under which a batch asks. */
const WAIT = 0

/** A task joins the batch that gathers at its element, or begins one. */
export const join = (world: World, run: SimulatedRun, task: TaskUnderWay): void => {
  const { batch: conduct } = simulatedOf(world, run).conduct[task.node]!
  const { state } = world
  let batch = state.batches.find((open) => open.state === 'gathering' && open.pathway === run.pathway && open.node === task.node)
  if (!batch) {
    const id = `batch-${++state.nextBatch}`
    batch = { id, pathway: run.pathway, node: task.node, state: 'gathering', members: [], lastsMs: task.done - task.begun }
    state.batches.push(batch)
    if (conduct!.waitMs < Number.MAX_SAFE_INTEGER)
      plan(world, state.at + conduct!.waitMs, PlannedKind.timer, { type: 'batchDue', batch: id })
  }
  batch.members.push({ run: run.id, wait: task.wait })
  world.options.observer?.asked?.(run, task.wait, task.node, [], state.at, false)
  if (batch.members.length >= conduct!.size) close(world, batch)
}

/** A member's task is cancelled. */
export const leaveBatch = (world: World, run: SimulatedRun, wait: number): void => {
  const { batches } = world.state
  const batch = batches.find(({ members }) => members.some((member) => member.run === run.id && member.wait === wait))
  if (!batch) return
  batch.members = batch.members.filter((member) => member.run !== run.id || member.wait !== wait)
  if (batch.state === 'working') return
  world.options.observer?.answered?.(run, wait, false, world.state.at)
  if (batch.members.length > 0) return
  withdraw(world.ledger, batch.id, WAIT)
  batches.splice(batches.indexOf(batch), 1)
}

/** It has gathered for as long as it may. */
export const batchDue = (world: World, id: string): void => {
  const batch = batchOf(world, id)
  if (batch?.state === 'gathering') close(world, batch)
}

export const batchOf = (world: World, id: string): Batch | undefined => world.state.batches.find((batch) => batch.id === id)

const close = (world: World, batch: Batch): void => {
  const { at } = world.state
  const { needs } = world.pathways.get(batch.pathway)!.conduct[batch.node]!.batch!
  batch.state = 'waiting'
  if (needs.length === 0) return beginBatch(world, batch, [])
  const asked = needs.map((need, hold) => ({ ...need, hold }))
  request(world.ledger, { holder: batch.id, wait: WAIT, needs: asked, priority: 0, slot: null, at })
}

/** It has what it needs. */
export const beginBatch = (world: World, batch: Batch, grants: Grant[]): void => {
  const { at } = world.state
  const { observer } = world.options
  batch.state = 'working'
  for (const { hold, units } of grants) {
    occupy(world.ledger, batch.id, hold, at)
    if (units.length > 0) observer?.held?.(unitIn(world.ledger, units[0]!).pool, units.length, at, units, batch.id)
  }
  for (const { run, wait } of batch.members) observer?.answered?.(world.runs.get(run)!, wait, true, at)
  plan(world, at + batch.lastsMs, PlannedKind.task, { type: 'batchDone', batch: batch.id })
}

/** It can never have what it needs: all of its members fail. */
export const refuseBatch = (world: World, batch: Batch, message: string): void => {
  const { batches, at } = world.state
  batches.splice(batches.indexOf(batch), 1)
  for (const { run: id, wait } of batch.members) {
    const run = world.runs.get(id)!
    world.options.observer?.answered?.(run, wait, false, at)
    deliver(world, run, { type: 'failed', at, wait, code: 'impossibleRequest', message })
  }
}

/** Gives back what it had. @returns its members, whose tasks are done. */
export const endBatch = (world: World, id: string): Batch['members'] => {
  const { batches, at } = world.state
  const batch = batchOf(world, id)!
  batches.splice(batches.indexOf(batch), 1)
  const { needs } = world.pathways.get(batch.pathway)!.conduct[batch.node]!.batch!
  needs.forEach(({ pool, quantity }, hold) => {
    const units = heldBy(world.ledger, id, hold)?.units ?? []
    if (units.length > 0) world.options.observer?.held?.(pool, -quantity, at, units, id)
    release(world.ledger, id, hold, at)
  })
  return batch.members
}
