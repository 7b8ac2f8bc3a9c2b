/**
 * A host in memory and in virtual time: runs of several processes, calls between them, messages and signals by name and key, resources
 * from a ledger or, without one, always there. What people and systems do is up to its Staff.
 */
import type { CalledHold, Effect, Event, Grant, Host, ReceivedHold } from '../../pathways/engine/contract.ts'
import { accepts, begin, type Executable, step } from '../../pathways/engine/index.ts'
import type { Instance } from '../../pathways/engine/instance.ts'
import type { Value, Variables } from '../../pathways/language/feel/value.ts'
import { concerns, EventKind } from '../../pathways/language/program.ts'
import {
  allocate,
  drainOutcomes,
  type Ledger,
  occupy,
  release,
  request,
  transfer,
  turnedOver,
  turnoverBegun,
  withdraw,
} from '../../pathways/resources/index.ts'
import { unitOf } from '../../pathways/resources/ledger.ts'
import { type Agenda, newAgenda, plan, takeNext, timeOfNext } from './agenda.ts'
import { collectLetter, type Letter, type Mailbox, matches } from './mailbox.ts'

export interface Run {
  id: string
  executable: Executable
  instance: Instance
  /** The run that called it and waits for it, or null. */
  caller: { run: Run; wait: number } | null
  /** Called runs, by the wait that called them. */
  called: Map<number, Run>
  /** The unit that it makes usable again, or ''. */
  turnsOver: string
}

export type Performance = Extract<Effect, { type: 'perform' }>
export type Fact = Extract<Effect, { type: 'record' }>

/** Those who do the work, and those who watch. */
export interface Staff {
  /** Milliseconds until somebody has done a task; null when nobody does it. */
  takes(run: Run, task: Performance): number | null
  /** What they answer, asked when it is done: `completed` or `failed`, after `variablesChanged` if need be. */
  answer(run: Run, task: Performance, at: number): Event[]
  /** See `Host.choose`. */
  choose?(run: Run, node: number): readonly number[]
  /** See `Host.chooseActivity`. */
  chooseActivity?(run: Run, node: number, enabled: number[]): number
  recorded?(run: Run, fact: Fact): void
  ended?(run: Run, at: number): void
}

export interface MemoryHostOptions {
  /** One for each process that may run. */
  executables: Executable[]
  staff: Staff
  /** Without one, every request is granted at once, or when its slot begins. */
  ledger?: Ledger
  /** Saves and loads the Instance around every step, as a host that stores it does. */
  savesEveryStep?: boolean
}

interface Subscription {
  run: Run
  wait: number
  kind: 'message' | 'signal'
  name: string
  key: Value
}

type Planned = { run: Run; event: Event } | { run: Run; task: Performance } | ((at: number) => void)

export class MemoryHost {
  readonly runs: Run[] = []
  readonly #options: MemoryHostOptions
  readonly #agenda: Agenda<Planned> = newAgenda()
  readonly #mailbox: Mailbox = { unread: [] }
  #subscriptions: Subscription[] = []
  #at = 0
  #units = 0

  constructor(options: MemoryHostOptions) {
    this.#options = options
  }

  /** Virtual time, in hospital milliseconds. */
  get at(): number {
    return this.#at
  }

  /** When the next thing happens; infinity when nothing will. */
  get next(): number {
    return timeOfNext(this.#agenda)
  }

  /** Does the next thing; false when there is none. */
  advance(): boolean {
    const at = this.next
    const planned = takeNext(this.#agenda)
    if (planned === undefined) return false
    this.#at = at
    if (typeof planned === 'function') planned(at)
    else if ('event' in planned) {
      if (!isStale(planned.run, planned.event)) this.tell(planned.run, planned.event)
    } else if (isOpen(planned.run, planned.task.wait)) {
      for (const event of this.#options.staff.answer(planned.run, planned.task, at)) this.tell(planned.run, event)
    }
    return true
  }

  /** Plans something from outside. */
  plan(at: number, act: (at: number) => void): void {
    plan(this.#agenda, at, act)
  }

  /** Starts a process, now; `start` is a start event's node index, -1 the plain one. */
  start(
    executable: Executable,
    start: number,
    variables: Variables,
    holds: ReceivedHold[] = [],
    caller: Run['caller'] = null,
  ): Run {
    const id = caller ? `${caller.run.id}.${caller.wait}` : `${executable.program.process}-${this.runs.length + 1}`
    const run: Run = { id, executable, instance: begin(executable), caller, called: new Map(), turnsOver: '' }
    this.runs.push(run)
    this.#plan(run, { type: 'started', at: this.#at, start, variables, holds })
    return run
  }

  /** Steps a run. What came too late (its wait was withdrawn meanwhile) is dropped, as every host may. */
  tell(run: Run, event: Event): void {
    if (accepts(run.executable, run.instance, event)) return
    if (this.#options.savesEveryStep) run.instance = JSON.parse(JSON.stringify(run.instance)) as Instance
    const effects: Effect[] = []
    const host: Host = { emit: (effect) => effects.push(effect) }
    const { staff } = this.#options
    if (staff.choose) host.choose = (node) => staff.choose!(run, node)
    if (staff.chooseActivity) host.chooseActivity = (node, _, enabled) => staff.chooseActivity!(run, node, enabled)
    step(run.executable, run.instance, event, host)
    for (const effect of effects) this.#carryOut(run, effect)
    this.#drainLedger()
  }

  /** A message reaches the first that listens for it, else starts a process that begins with it, else waits to be asked for. */
  post(letter: Letter): void {
    const open = this.#listening((each) => each.kind === 'message' && matches(letter, each.name, each.key))[0]
    if (!open) {
      if (!this.#startBy(EventKind.message, letter.name, letter.payload)) this.#mailbox.unread.push({ ...letter, at: this.#at })
      return
    }
    this.#subscriptions.splice(this.#subscriptions.indexOf(open), 1)
    this.#plan(open.run, { type: 'received', at: this.#at, wait: open.wait, payload: letter.payload })
  }

  /** A signal reaches all that listen now, and starts every process that begins with it. The run that sends it has heard it already. */
  broadcast(name: string, payload: Variables, sender: Run | null = null): void {
    for (const { run, wait } of this.#listening((each) => each.kind === 'signal' && each.name === name && each.run !== sender)) {
      this.#plan(run, { type: 'received', at: this.#at, wait, payload })
    }
    this.#startBy(EventKind.signal, name, payload)
  }

  #listening(wanted: (subscription: Subscription) => boolean): Subscription[] {
    return this.#subscriptions.filter((each) => isOpen(each.run, each.wait) && wanted(each))
  }

  #startBy(kind: EventKind, name: string, payload: Variables): boolean {
    let any = false
    for (const executable of this.#options.executables) {
      const { nodes } = executable.program
      const start = nodes[0]!.starts.find((node) => concerns(nodes[node]!.event, kind, name))
      if (start === undefined) continue
      any = true
      this.start(executable, start, payload)
      if (kind === EventKind.message) break
    }
    return any
  }

  #plan(run: Run, event: Event): void {
    plan(this.#agenda, event.at, { run, event })
  }

  #carryOut(run: Run, effect: Effect): void {
    const at = this.#at
    switch (effect.type) {
      case 'record':
        return this.#options.staff.recorded?.(run, effect)
      case 'perform': {
        const takes = this.#options.staff.takes(run, effect)
        return takes === null ? undefined : plan(this.#agenda, at + takes, { run, task: effect })
      }
      case 'wake':
        return this.#plan(run, { type: 'elapsed', at: effect.at, wait: effect.wait })
      case 'subscribe':
        return this.#listen(run, effect)
      case 'send':
        return effect.kind === 'message' ? this.post(effect) : this.broadcast(effect.name, effect.payload, run)
      case 'call':
        return this.#call(run, effect)
      case 'cancel':
        return this.#cancel(run, effect)
      case 'end':
        return this.#end(run)
      case 'revise':
        // There is more to choose from in an ad-hoc subprocess: who chooses looks when the time has come.
        return
      default:
        return this.#resources(run, effect)
    }
  }

  /** Listens from this effect on, not from the step on: what the same step sent before is not heard, unless it is kept. */
  #listen(run: Run, { wait, kind, name, key }: Extract<Effect, { type: 'subscribe' }>): void {
    const letter = kind === 'message' ? collectLetter(this.#mailbox, name, key, this.#at) : undefined
    if (letter) return this.#plan(run, { type: 'received', at: this.#at, wait, payload: letter.payload })
    const known = this.#subscriptions.some((each) => each.run === run && each.wait === wait)
    if (!known) this.#subscriptions.push({ run, wait, kind, name, key })
  }

  #cancel(run: Run, { wait, kind }: Extract<Effect, { type: 'cancel' }>): void {
    if (kind === 'message' || kind === 'signal') {
      this.#subscriptions = this.#subscriptions.filter((each) => each.run !== run || each.wait !== wait)
    }
    if (kind === 'request' && this.#options.ledger) withdraw(this.#options.ledger, run.id, wait)
    const called = kind === 'call' ? run.called.get(wait) : undefined
    if (called) this.#plan(called, { type: 'cancelled', at: this.#at, reason: 'The caller no longer waits' })
  }

  #call(run: Run, { wait, process, variables, holds }: Extract<Effect, { type: 'call' }>): void {
    const executable = this.#options.executables.find(({ program }) => program.process === process)
    if (!executable) {
      const error = { code: 'unknownProcess', message: `There is no process "${process}"`, element: process }
      return this.#plan(run, { type: 'runEnded', at: this.#at, wait, outcome: 'failed', variables: {}, error })
    }
    const received = holds.map(({ as, units, lent }) => ({ name: as, units, lent }))
    const called = this.start(executable, -1, variables, received, { run, wait })
    run.called.set(wait, called)
    for (const [index, hold] of holds.entries()) this.#handOver(run, hold, called, index + 1)
  }

  #handOver(from: Run, { hold, lent }: CalledHold, to: Run, as: number): void {
    if (!lent && this.#options.ledger) transfer(this.#options.ledger, from.id, hold, to.id, as)
  }

  #end(run: Run): void {
    const { outcome } = run.instance.marking
    this.#options.staff.ended?.(run, this.#at)
    this.#subscriptions = this.#subscriptions.filter((each) => each.run !== run)
    if (run.turnsOver !== '') turnedOver(this.#options.ledger!, run.turnsOver, outcome === 'completed', this.#at)
    if (!run.caller || outcome === 'running') return
    const { variables, bookkeeping } = run.instance
    const { run: caller, wait } = run.caller
    caller.called.delete(wait)
    this.#plan(caller, { type: 'runEnded', at: this.#at, wait, outcome, variables: variables[0]!, error: bookkeeping.error })
  }

  #resources(run: Run, effect: Extract<Effect, { type: 'acquire' | 'occupy' | 'release' }>): void {
    const { ledger } = this.#options
    const at = this.#at
    if (effect.type === 'acquire') {
      const { wait, needs, priority, slot } = effect
      // Nothing is lacking then, but what is planned is not given before its time.
      const start = Math.max(at, slot?.start ?? at)
      if (!ledger) return this.#plan(run, { type: 'granted', at: start, wait, grants: needs.map((need) => this.#invent(need)) })
      request(ledger, { holder: run.id, wait, needs, priority, slot, at })
      if (slot && slot.start > at) plan(this.#agenda, slot.start, () => this.#drainLedger())
    } else if (ledger && effect.type === 'occupy') occupy(ledger, run.id, effect.hold, at)
    else if (ledger) release(ledger, run.id, effect.hold, at)
  }

  #invent({ hold, pool, quantity }: { hold: number; pool: string; quantity: number }): Grant {
    return { hold, units: Array.from({ length: quantity }, () => `${pool}-${++this.#units}`), lots: [] }
  }

  #drainLedger(): void {
    const { ledger } = this.#options
    if (!ledger) return
    const at = this.#at
    allocate(ledger, at)
    for (const outcome of drainOutcomes(ledger)) {
      if (outcome.type === 'turnoverDue') this.#turnOver(ledger, outcome.pathway, outcome.unit)
      if (outcome.type !== 'granted' && outcome.type !== 'refused') continue
      const run = this.runs.find(({ id }) => id === outcome.holder)!
      const { wait } = outcome
      if (outcome.type === 'granted') this.#plan(run, { type: 'granted', at, wait, grants: outcome.grants })
      else this.#plan(run, { type: 'failed', at, wait, code: 'impossibleRequest', message: outcome.error.message })
    }
  }

  /** A used unit becomes usable again by a run of its own. */
  #turnOver(ledger: Ledger, pathway: string, id: string): void {
    const executable = this.#options.executables.find(({ program }) => program.process === pathway)
    if (!executable) return
    const { unit } = unitOf(ledger, id)
    const run = this.start(executable, -1, { unit: id, unitName: unit.name, place: unit.place, pool: unit.pool })
    run.turnsOver = id
    turnoverBegun(ledger, id, run.id)
  }
}

const isOpen = (run: Run, wait: number) => run.instance.marking.waits.some((open) => open.id === wait)

/** A timer that was set off by hand and armed again since. */
function isStale(run: Run, event: Event): boolean {
  if (event.type !== 'elapsed') return false
  const wait = run.instance.marking.waits.find((open) => open.id === event.wait)
  return wait !== undefined && wait.due > event.at
}
