/** The state of a live hospital, as the twin goes on from it: from what its records say at one moment. */
import type { Effect, Event } from '../../pathways/engine/contract.ts'
import { begin, load, reopen } from '../../pathways/engine/index.ts'
import type { Instance } from '../../pathways/engine/instance.ts'
import type { Program } from '../../pathways/language/program.ts'
import type { LedgerSnapshot } from '../../pathways/resources/index.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import { createEventHeap, pushEvent } from '../simulate/event-heap.ts'
import type { HospitalState, KeptLetter, Planned, SimulatedRun } from '../simulate/index.ts'
import { PlannedKind } from '../simulate/state.ts'

export interface LiveRun {
  id: string
  pathway: string
  hash: string
  /** Null before its first step. */
  instance: Instance | null
  patient: string
  startedAt: number
  caller: { run: string; wait: number } | null
  turnsOver: string
  /** By wait: since when a person has had the task to do. */
  tasksSince: Record<number, number>
  /** What was sent to it, in order; it may have heard some of what was delivered. */
  sent: { event: Event; isDelivered: boolean }[]
}

/** All of one moment. */
export interface LiveHospital {
  at: number
  site: SiteTime
  runs: LiveRun[]
  ledger: LedgerSnapshot
  /** In the order in which they began to listen. */
  listeners: { run: string; wait: number }[]
  unread: KeptLetter[]
  programs: Program[]
  formerPrograms: Program[]
}

/** Runs that the twin begins are numbered from here: no live run has such a number. */
const RUNS_FROM = 1_000_000_000

/** What is due by now, or on its way, happens first of all. */
export const stateOfLive = (live: LiveHospital): HospitalState => {
  const { at, site, ledger } = live
  const executables = new Map([...live.formerPrograms, ...live.programs].map((program) => [program.hash, load(program, site)]))
  const agenda = createEventHeap<Planned>()
  let nextSequence = 0
  const plan = (due: number, kind: number, item: Planned) => pushEvent(agenda, { at: due, kind, sequence: nextSequence++, item })
  plan(at, PlannedKind.calendar, { type: 'calendar', chained: true })
  const heldSince = new Map(ledger.held.map(({ holder, hold, since }) => [`${holder} ${hold}`, since]))
  const listening = new Set(live.listeners.map(({ run, wait }) => `${run} ${wait}`))
  const called = new Map<string, Record<number, string>>()
  for (const { id, caller } of live.runs) if (caller) called.set(caller.run, { ...called.get(caller.run), [caller.wait]: id })
  const runs = live.runs.map((run): SimulatedRun => {
    const executable = executables.get(run.hash)!
    const instance = run.instance ?? begin(executable)
    const { id, pathway, hash, patient, startedAt, caller, turnsOver } = run
    const tasks: SimulatedRun['tasks'] = []
    for (const effect of run.instance ? reopen(executable, instance) : []) {
      if (effect.type === 'perform')
        tasks.push(taskOf(run, instance, effect, executable.program.nodes[effect.node]!.takes, heldSince))
      else if (effect.type === 'wake')
        plan(Math.max(effect.at, at), PlannedKind.timer, { type: 'timer', run: id, wait: effect.wait })
    }
    for (const event of pendingOf(run, listening)) plan(at, PlannedKind.task, { type: 'event', run: id, event: { ...event, at } })
    return {
      ...{ id, pathway, hash, instance, patient, startedAt, caller, turnsOver, tasks },
      // A fork gives it a key of its own.
      key: { low: 0, high: 0 },
      iterations: {},
      called: called.get(id) ?? {},
      conduct: {},
    }
  })
  return {
    ...{ at, runs, ledger, nextSequence, agenda: agenda.entries, unread: live.unread },
    nextRun: RUNS_FROM,
    positions: {},
    listeners: listenersOf(live),
    orders: {},
    outages: {},
    batches: [],
    nextBatch: 0,
    started: countsOf(runs),
    ended: {},
  }
}

/** It began when its needs were granted, and when somebody was told. */
const taskOf = (
  { id, tasksSince }: LiveRun,
  { bookkeeping, marking }: Instance,
  { wait, node, activation, inputs }: Extract<Effect, { type: 'perform' }>,
  takes: number[],
  heldSince: Map<string, number>,
): SimulatedRun['tasks'][number] => {
  const isForIt = (hold: Instance['marking']['holds'][number]) =>
    hold.declaration < 0 ? hold.activation === activation : hold.state === 'reserved' && takes.includes(hold.declaration)
  const begun = Math.max(
    bookkeeping.since[activation] ?? bookkeeping.startedAt,
    tasksSince[wait] ?? Number.NEGATIVE_INFINITY,
    ...marking.holds.filter(isForIt).map((hold) => heldSince.get(`${id} ${hold.id}`) ?? Number.NEGATIVE_INFINITY),
  )
  return { wait, node, activation, begun, done: begun, inputs, key: { low: 0, high: 0 } }
}

/**
 * What a run has not stepped yet: all that is not delivered, and of what is, whatever answers a wait that is still open. A wait that goes on after it was answered listens again, and says so.
 */
const pendingOf = ({ id, instance, sent }: LiveRun, listening: Set<string>): Event[] => {
  if (!instance) return sent.map(({ event }) => event)
  const waits = new Map(instance.marking.waits.map((wait) => [wait.id, wait]))
  return sent.flatMap(({ event, isDelivered }, place) => {
    if (event.type === 'started') return []
    if (!isDelivered || event.type === 'cancelled') return [event]
    const wait = 'wait' in event && waits.get(event.wait)
    if (!wait) return []
    if (event.type !== 'received') return [event]
    // Those before it were heard, or nobody would have listened for it.
    const isLast = !sent.slice(place + 1).some((later) => later.event.type === 'received' && later.event.wait === wait.id)
    return isLast && wait.kind === 'message' && !listening.has(`${id} ${wait.id}`) ? [event] : []
  })
}

const listenersOf = ({ listeners, runs }: LiveHospital): HospitalState['listeners'] => {
  const byId = new Map(runs.map((run) => [run.id, run]))
  return listeners.flatMap(({ run, wait }) => {
    const of = byId.get(run)
    const open = of?.instance?.marking.waits.find(({ id }) => id === wait)
    if (!of || !open || (open.kind !== 'message' && open.kind !== 'signal')) return []
    return [{ kind: open.kind, name: open.name, run, wait, key: open.key }]
  })
}

const countsOf = (runs: SimulatedRun[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { pathway } of runs) counts[pathway] = (counts[pathway] ?? 0) + 1
  return counts
}
