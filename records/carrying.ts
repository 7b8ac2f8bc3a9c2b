/**
 * Carries out the effects of one step in its transaction, in their order. Locks are taken in one order by everybody: the run's row, then the
 * messages', then the site's ledger.
 */
import type { Effect, Event } from '../pathways/engine/contract.ts'
import type { Program } from '../pathways/language/program.ts'
import { occupy, release, request, withdraw } from '../pathways/resources/index.ts'
import { type NewAlert, raiseAlerts } from './alerts.ts'
import type { CommitBatch } from './batch.ts'
import { makeCall } from './calling.ts'
import type { Records, Transaction } from './database.ts'
import { endRun } from './ending.ts'
import { factsOf, writeFacts } from './fact-writing.ts'
import { incidentsOf, type NewIncident, resolveIncidents, writeIncidents } from './incident-writing.ts'
import { type OpenLedger, openLedger, saveLedger } from './ledger.ts'
import { listen, lockMessages, route } from './messages.ts'
import { addToOutbox, type OutboxEntry } from './outbox.ts'
import { TaskWriting } from './task-writing.ts'
import { allocateAndTell } from './telling.ts'

export interface RunRow {
  id: string
  site: string
  pathway: string
  patient: string | null
  callerRun: string | null
  callerWait: number | null
  turnoverUnit: string | null
}

export interface Carried {
  records: Records
  tx: Transaction
  run: RunRow
  program: Program
  batch: CommitBatch
}

type EffectOf<Type extends Effect['type']> = Extract<Effect, { type: Type }>

export class Carrying implements Carried {
  readonly records: Records
  readonly tx: Transaction
  readonly run: RunRow
  readonly program: Program
  readonly batch: CommitBatch
  /** Hospital time of the step. */
  readonly at: number
  readonly outbox: OutboxEntry[] = []
  readonly alerts: NewAlert[] = []
  readonly incidents: NewIncident[]
  /** What this very run must hear. */
  readonly answer: Event[] = []
  readonly #tasks: TaskWriting
  #ledger: OpenLedger | null = null
  #sends = 0

  constructor({ records, tx, run, program, batch }: Carried) {
    this.records = records
    this.tx = tx
    this.run = run
    this.program = program
    this.batch = batch
    this.at = batch.instance.bookkeeping.at
    this.incidents = incidentsOf(this)
    this.#tasks = new TaskWriting(this)
  }

  /** Decides everything, and writes what others might read meanwhile. @returns what the run must hear at once. */
  async carryOut(): Promise<Event[]> {
    const { batch } = this
    await this.#lock()
    await this.#forgetHeard()
    for (const event of batch.events) if (event.type === 'completed' || event.type === 'failed') this.#tasks.done(event)
    for (const effect of batch.effects) await this.#one(effect)
    if (this.#ledger) await allocateAndTell(this, this.#ledger)
    return this.answer
  }

  /** Writes what was decided, all at once: the queries follow each other without waiting for answers. */
  async write(): Promise<void> {
    const { records, tx, batch } = this
    await Promise.all([
      writeFacts(this, factsOf(this)),
      this.#tasks.write(),
      // What was decided first: what it led to may be an incident again, under the same number.
      resolveIncidents(this),
      writeIncidents(this, this.incidents),
      raiseAlerts(records, tx, this.alerts),
      addToOutbox(records, tx, this.outbox, batch.traceparent),
      this.#ledger ? saveLedger(records, tx, this.#ledger) : null,
    ])
  }

  /** The site's ledger, which `#lock` has opened. */
  get ledger(): OpenLedger['ledger'] {
    if (!this.#ledger) throw new Error('The ledger of the site was not locked for this step')
    return this.#ledger.ledger
  }

  async #lock(): Promise<void> {
    const { records, tx, run, batch } = this
    const places = batch.effects.flatMap((effect) =>
      (effect.type === 'send' || effect.type === 'subscribe') && effect.kind === 'message'
        ? [{ site: run.site, name: effect.name, key: effect.key }]
        : [],
    )
    if (places.length > 0) await lockMessages(records, tx, places)
    if (batch.effects.some(concernsLedger)) this.#ledger = await openLedger(records, tx, run.site)
  }

  /** A signal that was heard ends its subscription, unless the run goes on listening: then an effect says so. */
  async #forgetHeard(): Promise<void> {
    const waits = this.batch.events.flatMap((event) => (event.type === 'received' ? [event.wait] : []))
    if (waits.length > 0) await this.tx`delete from subscriptions where run = ${this.run.id} and wait = any(${waits}::int[])`
  }

  async #one(effect: Effect): Promise<void> {
    const { run, at } = this
    switch (effect.type) {
      case 'acquire': {
        const { wait, needs, priority, slot } = effect
        return request(this.ledger, { holder: run.id, wait, needs, priority, slot, at })
      }
      case 'occupy':
        return occupy(this.ledger, run.id, effect.hold, at)
      case 'release':
        return release(this.ledger, run.id, effect.hold, at)
      case 'perform':
        return this.#tasks.perform(effect)
      case 'revise':
        return this.#tasks.revise(effect)
      case 'cancel':
        return this.#cancel(effect)
      case 'subscribe':
        return this.#subscribe(effect)
      case 'send':
        return this.#send(effect)
      case 'call':
        return makeCall(this, effect)
      case 'end':
        return endRun(this, effect)
    }
  }

  async #subscribe({ wait, kind, name, key }: EffectOf<'subscribe'>): Promise<void> {
    const { records, tx, run, at } = this
    this.outbox.push(...(await listen(records, tx, { site: run.site, run: run.id, wait, kind, name, key, at })))
  }

  async #send({ kind, name, key, payload }: EffectOf<'send'>): Promise<void> {
    const { records, tx, run, at, batch } = this
    const id = `${run.id}.s${batch.sequence}.${this.#sends++}`
    const message = { kind, name, key, payload, site: run.site, at, patient: run.patient, id, sender: run.id }
    this.outbox.push(...(await route(records, tx, message)))
  }

  async #cancel({ wait, kind }: EffectOf<'cancel'>): Promise<void> {
    const { tx, run, at } = this
    this.#tasks.noLonger(wait)
    if (kind === 'request') withdraw(this.ledger, run.id, wait)
    else if (kind === 'message' || kind === 'signal') await tx`delete from subscriptions where run = ${run.id} and wait = ${wait}`
    else if (kind === 'call') {
      const event: Event = { type: 'cancelled', at, reason: 'The calling run needs it no more' }
      const [called] = await tx<{ id: string }[]>`select id from runs where caller_run = ${run.id} and caller_wait = ${wait}`
      if (called) this.outbox.push({ target: called.id, kind: 'event', payload: event })
    }
  }
}

/** The id of the run that a call begins. */
export const calledRun = (run: string, wait: number): string => `${run}.${wait}`

const concernsLedger = (effect: Effect): boolean => {
  switch (effect.type) {
    case 'acquire':
    case 'occupy':
    case 'release':
    case 'end':
      return true
    case 'cancel':
      return effect.kind === 'request'
    case 'call':
      return effect.holds.length > 0
    default:
      return false
  }
}
