/**
 * Migration: a run under way goes on by another version of its pathway. What it waits for and holds is carried over; what the newer version
 * listens for besides begins now, what it listens for no more ends. A run that would lose a token or a hold is refused, and stays as it is.
 */
import { canonicalJson } from '../language/canonical.ts'
import { NodeKind, type ProgramNode, partsOf } from '../language/program.ts'
import { listen, listenFor } from './catching.ts'
import type { Effect } from './contract.ts'
import { RunFault } from './errors.ts'
import type { Executable } from './executable.ts'
import type { Activation, Instance, Wait } from './instance.ts'
import { clearQueue, type Machine, push, record, Work } from './machine.ts'
import { correspondence, isSameKind, type MigrationPlan } from './migration-plan.ts'
import { belongs, request } from './resources.ts'
import { work } from './step.ts'
import { performance } from './task.ts'
import { closeWait, withdraw } from './waits.ts'

export type MigrationRefusalCode =
  | 'unmapped'
  | 'otherKind'
  | 'otherScope'
  | 'otherLoop'
  | 'hold'
  | 'token'
  | 'undo'
  | 'cancelling'
  | 'fault'

/** Why a run cannot move: an element of the older version, or the name of a hold. */
export interface MigrationRefusal {
  code: MigrationRefusalCode
  element: string
}

export interface Migrated {
  /** As it is by the newer version; the one given is unchanged. */
  instance: Instance
  effects: Effect[]
}

interface Move {
  from: Executable
  to: Executable
  /** By node index of the older version. */
  map: number[]
  instance: Instance
}

/**
 * What would become of a run that has begun and is not over, at a hospital time. Changes nothing: the host takes the Instance and carries out
 * the effects, or says why not.
 * @returns the run by the newer version, or every reason against it.
 */
export function migrate(
  from: Executable,
  to: Executable,
  plan: MigrationPlan,
  instance: Instance,
  at: number,
): Migrated | MigrationRefusal[] {
  const copy = JSON.parse(JSON.stringify(instance)) as Instance
  const move: Move = { from, to, map: correspondence(from.program, to.program, plan), instance: copy }
  const refusals = [...refusedActivations(move), ...refusedHolds(move), ...refusedTokens(move), ...refusedUndoing(move)]
  if (refusals.length > 0) return refusals
  const effects: Effect[] = []
  try {
    carryOver(move, machineOf(move, at, effects), at)
  } catch (fault) {
    if (!(fault instanceof RunFault)) throw fault
    return [{ code: 'fault', element: to.program.nodes[fault.node]!.id }]
  }
  return { instance: copy, effects }
}

function refusedActivations({ from, to, map, instance }: Move): MigrationRefusal[] {
  return instance.marking.activations.flatMap(({ node, state }): MigrationRefusal[] => {
    const older = from.program.nodes[node]!
    const newer = to.program.nodes[map[node]!]
    const refuse = (code: MigrationRefusalCode) => [{ code, element: older.id }]
    if (state === 'cancelling') return refuse('cancelling')
    if (node === 0) return []
    if (!newer) return refuse('unmapped')
    if (!isSameKind(older, newer)) return refuse('otherKind')
    if (newer.scope !== map[older.scope]) return refuse('otherScope')
    if (older.loop?.sequential !== newer.loop?.sequential) return refuse('otherLoop')
    return []
  })
}

/** What is held must be known to the newer version too, or nobody would ever give it back. What is only asked for is asked for anew. */
function refusedHolds(move: Move): MigrationRefusal[] {
  return move.instance.marking.holds.flatMap(({ declaration, state }) =>
    declaration >= 0 && state !== 'requested' && holdOf(move, declaration) < 0
      ? [{ code: 'hold', element: move.from.program.holds[declaration]!.name }]
      : [],
  )
}

function holdOf({ from, to, map }: Move, declaration: number): number {
  const { name, pool, scope } = from.program.holds[declaration]!
  return to.program.holds.findIndex((hold) => hold.name === name && hold.pool === pool && hold.scope === map[scope])
}

function refusedTokens(move: Move): MigrationRefusal[] {
  const { flows, nodes } = move.from.program
  const { tokens, enabled = [] } = move.instance.marking
  const lost = (isLost: boolean, node: number): MigrationRefusal[] =>
    isLost ? [{ code: 'token', element: nodes[node]!.id }] : []
  return [
    ...tokens.flatMap(({ flow }) => lost(flowOf(move, flow) < 0, flows[flow]!.target)),
    ...enabled.flatMap(({ node }) => lost(move.map[node]! < 0, node)),
  ]
}

/** What can still be undone must be undone in the same way by the newer version. */
function refusedUndoing({ from, to, map, instance }: Move): MigrationRefusal[] {
  return (instance.marking.compensables ?? []).flatMap(({ node, handler }): MigrationRefusal[] => {
    const isUndone = map[node]! >= 0 && (handler < 0 || (map[handler]! >= 0 && to.undoneBy[map[node]!] === map[handler]))
    return isUndone ? [] : [{ code: 'undo', element: from.program.nodes[node]!.id }]
  })
}

/** The flow between the counterparts of its ends; of several, the one of its id. -1 for none. */
function flowOf({ from, to, map }: Move, flow: number): number {
  const { id, source, target } = from.program.flows[flow]!
  const candidates = to.program.nodes[map[target]!]?.incoming.filter((each) => to.program.flows[each]!.source === map[source])
  return candidates?.find((each) => to.program.flows[each]!.id === id) ?? candidates?.[0] ?? -1
}

function machineOf({ to, instance }: Move, at: number, effects: Effect[]): Machine {
  const m = to.machine
  Object.assign(m, { instance, marking: instance.marking, host: { emit: (effect: Effect) => effects.push(effect) }, at })
  clearQueue(m)
  return m
}

function carryOver(move: Move, m: Machine, at: number): void {
  const { from, to, map, instance } = move
  const { marking, bookkeeping } = instance
  m.at = Math.max(at, bookkeeping.at)
  bookkeeping.at = m.at
  const renewed = marking.waits.filter((wait) => wait.kind === 'request' && !isSameRequest(move, wait.node))
  const dropped = new Set(renewed.flatMap((wait) => marking.holds.filter((hold) => belongs(olderMachine(move), wait, hold))))
  const older = marking.activations.map(({ id, node }) => ({ id, node }))
  const olderNodes = new Map(older.map(({ id, node }) => [id, node]))
  instance.program = to.program.hash
  marking.holds = marking.holds.filter((hold) => !dropped.has(hold))
  for (const hold of marking.holds) if (hold.declaration >= 0) hold.declaration = holdOf(move, hold.declaration)
  for (const token of marking.tokens) token.flow = flowOf(move, token.flow)
  for (const waiting of marking.enabled ?? []) waiting.node = map[waiting.node]!
  for (const activation of marking.activations) activation.node = map[activation.node]!
  for (const work of marking.compensables ?? []) {
    work.node = map[work.node]!
    if (work.handler >= 0) work.handler = map[work.handler]!
  }
  record(m, 'migrated', 0, 0)
  for (const wait of [...marking.waits]) moveWait(move, m, wait, olderNodes.get(wait.activation)!)
  for (const activation of [...marking.activations])
    listenAnew(move, m, activation, from.program.nodes[olderNodes.get(activation.id)!]!)
  for (const wait of renewed) askAnew(m, wait)
  work(m)
}

/** The older version's machine over the same Instance, to ask what belongs to what before anything is moved. */
const olderMachine = ({ from, instance }: Move): Machine => ({ ...from.machine, instance, marking: instance.marking })

function moveWait({ from, to, map }: Move, m: Machine, wait: Wait, carrier: number): void {
  const older = from.program.nodes[wait.node]!
  const index = map[wait.node]!
  const newer = to.program.nodes[index]
  // A boundary event, an event subprocess or an event after a gateway may go; what the activity itself waits for has a counterpart.
  if (!newer || !isSameKind(older, newer) || !standsAsBefore(to, older, newer, map, carrier)) return withdraw(m, wait)
  const isListening = wait.kind === 'message' || wait.kind === 'signal'
  wait.node = index
  if (isListening && hears(from, older) !== hears(to, newer)) {
    withdraw(m, wait)
    listenFor(m, index, wait.activation, wait.part ?? -1)
  } else if (wait.kind === 'task') {
    const { node, inputs, priority, due, place } = performance(m, wait) as Extract<Effect, { type: 'perform' }>
    m.host.emit({ type: 'revise', wait: wait.id, node, inputs, priority, due, place })
  }
}

/** Whether an event still stands where it stood: on the counterpart of the activity, in that of the scope, after that of the gateway. */
function standsAsBefore(to: Executable, older: ProgramNode, newer: ProgramNode, map: number[], carrier: number): boolean {
  const { nodes, flows } = to.program
  const place = map[carrier]!
  if (older.kind === NodeKind.boundaryEvent) return newer.attachedTo === place
  if (older.kind === NodeKind.startEvent) return nodes[newer.scope]!.scope === place
  if (nodes[place]!.kind !== NodeKind.eventBasedGateway) return true
  return newer.incoming.some((flow) => flows[flow]!.source === place)
}

/** What a message or signal event listens for, as one text. */
const hears = ({ program }: Executable, { event }: ProgramNode): string =>
  canonicalJson(partsOf(event).map(({ name, correlation }) => [name, correlation < 0 ? null : program.expressions[correlation]!]))

/** Events that only the newer version listens for, on an activity, in a scope, or after an event-based gateway. */
function listenAnew({ from, to, map }: Move, m: Machine, activation: Activation, older: ProgramNode): void {
  const node = to.program.nodes[activation.node]!
  if (activation.whole >= 0) return
  const known = new Set(map.filter((newer) => newer >= 0))
  for (const boundary of node.boundaries) if (!known.has(boundary)) listen(m, boundary, activation.id)
  const isHandled = m.marking.activations.some((inside) => inside.scope === activation.id && to.interrupts[inside.node])
  for (const handler of isHandled ? [] : node.eventSubProcesses)
    if (!known.has(handler)) listen(m, to.program.nodes[handler]!.starts[0]!, activation.id)
  if (node.kind !== NodeKind.eventBasedGateway) return
  const choices = older.outgoing.map((flow) => map[from.program.flows[flow]!.target])
  for (const flow of node.outgoing) {
    const { target } = to.program.flows[flow]!
    if (!choices.includes(target)) listen(m, target, activation.id)
  }
  if (!m.marking.waits.some((wait) => wait.activation === activation.id))
    throw new RunFault('nothingToWaitFor', `Nothing is left that "${node.id}" could wait for`, activation.node)
}

function isSameRequest({ from, to, map }: Move, node: number): boolean {
  const asked = ({ program }: Executable, { needs, takes, slot }: ProgramNode) => {
    const tree = (expression: number) => program.expressions[expression]
    const need = ({ pool, quantity, where }: ProgramNode['needs'][number]) => [
      pool,
      tree(quantity),
      where.map(({ attribute, operator, value }) => [attribute, operator, tree(value)]),
    ]
    const holds = takes.map((take) => [program.holds[take]!.name, need(program.holds[take]!)])
    return canonicalJson([needs.map(need), holds, slot && [tree(slot.unit), tree(slot.start)]])
  }
  return asked(from, from.program.nodes[node]!) === asked(to, to.program.nodes[map[node]!]!)
}

/** The newer version wants something else: the request is withdrawn and made again, behind those that wait already. */
function askAnew(m: Machine, wait: Wait): void {
  const activation = m.marking.activations.find(({ id }) => id === wait.activation)!
  closeWait(m, wait)
  m.host.emit({ type: 'cancel', wait: wait.id, kind: 'request' })
  activation.state = 'active'
  if (request(m, activation)) push(m, Work.start, activation.id, activation.scope)
}
