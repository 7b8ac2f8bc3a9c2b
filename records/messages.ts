/**
 * Messages and signals find who listens. A message goes to the oldest subscription of its name and key; when nobody listens, it begins a
 * pathway that starts by it; else it is kept for whoever listens within a month. A signal goes to everybody, and is never kept.
 */

import { MESSAGE_KEPT_MS } from '../pathways/engine/contract.ts'
import { canonicalJson } from '../pathways/language/canonical.ts'
import type { Value, Variables } from '../pathways/language/feel/value.ts'
import { concerns, EventKind } from '../pathways/language/program.ts'
import { currentClock } from './clock.ts'
import type { Records, Transaction } from './database.ts'
import { RecordsError } from './errors.ts'
import { addToOutbox, type OutboxEntry } from './outbox.ts'
import { type CurrentVersion, loadProgram } from './programs.ts'
import { insertRun, newRun, newRunId, starting } from './starting.ts'

export interface Message {
  kind: 'message' | 'signal'
  name: string
  key: Value
  payload: Variables
  site: string
  at: number
  /** Whom it is about: patient of a run that it begins. */
  patient: string | null
  /** Id of a run that it begins, but for a number. */
  id: string
  /** The run that sends it, which hears its own signals by itself. */
  sender?: string
}

const NO_KEY = Buffer.alloc(0)

/** Keys may name people: they are stored as blind indexes. */
export const keyIndex = (records: Records, key: Value): Buffer =>
  key === null ? NO_KEY : records.encryption.blindIndex(`message key ${canonicalJson(key)}`)

export interface MessagePlace {
  site: string
  name: string
  key: Value
}

/**
 * Sender and subscriber of one name and key take turns until their transactions end, so that neither overlooks the other. All that a
 * transaction needs must be locked at once, in this order.
 */
export async function lockMessages(records: Records, tx: Transaction, places: MessagePlace[]): Promise<void> {
  const locks = places.map(({ site, name, key }) => {
    const index = records.encryption.blindIndex(`message lock ${site} ${name} ${keyIndex(records, key).toString('hex')}`)
    return index.readBigInt64BE(0)
  })
  for (const lock of [...new Set(locks)].sort((left, right) => (left < right ? -1 : 1))) {
    await tx`select pg_advisory_xact_lock(${String(lock)}::bigint)`
  }
}

/** Routes one message or signal; for a message, under its lock. @returns what goes to the outbox. */
export async function route(records: Records, tx: Transaction, message: Message): Promise<OutboxEntry[]> {
  const { kind, site, name, at, payload, sender = '' } = message
  const key = keyIndex(records, message.key)
  const heard =
    kind === 'signal'
      ? await tx<{ run: string; wait: number }[]>`
          select run, wait from subscriptions where site = ${site} and kind = 'signal' and name = ${name} and run <> ${sender} order by id`
      : await tx<{ run: string; wait: number }[]>`
          delete from subscriptions where (run, wait) = (
            select run, wait from subscriptions
            where site = ${site} and kind = 'message' and name = ${name} and key = ${key} order by id limit 1 for update)
          returning run, wait`
  const entries = heard.map(({ run, wait }) => received(run, wait, at, payload))
  if (kind === 'signal' || entries.length === 0) entries.push(...(await begun(records, tx, message)))
  if (kind === 'message' && entries.length === 0)
    await keep(records, tx, { site, name, key: message.key, run: null, payload, at })
  return entries
}

const received = (run: string, wait: number, at: number, payload: Variables): OutboxEntry => ({
  target: run,
  kind: 'event',
  payload: { type: 'received', at, wait, payload },
})

/** Runs of the pathways that start by it: for a message one, for a signal all. */
async function begun(records: Records, tx: Transaction, message: Message): Promise<OutboxEntry[]> {
  const { kind, name, site, at, patient, payload } = message
  const versions = await tx<CurrentVersion[]>`
    select v.pathway, v.version, v.hash from pathway_versions v
    join pathways p on p.id = v.pathway and p.current_version = v.version
    where v.start_events @> array[${`${kind}:${name}`}] order by v.pathway`
  const entries: OutboxEntry[] = []
  for (const version of kind === 'message' ? versions.slice(0, 1) : versions) {
    const program = await loadProgram(records, version.hash, tx)
    const wanted = kind === 'message' ? EventKind.message : EventKind.signal
    const node = program.nodes[0]!.starts.find((index) => {
      const { event } = program.nodes[index]!
      return concerns(event, wanted, name)
    })!
    const run = entries.length === 0 ? message.id : `${message.id}.${entries.length}`
    if (!(await insertRun(tx, newRun({ ...version, run, site, at, patient })))) continue
    entries.push(starting(run, at, { node, variables: payload }))
  }
  return entries
}

interface KeptMessage {
  site: string
  name: string
  key: Value
  run: string | null
  payload: Variables
  at: number
}

async function keep(records: Records, tx: Transaction, kept: KeptMessage): Promise<void> {
  const { site, name, key, run, payload, at } = kept
  const { encryption } = records
  await tx`delete from messages where site = ${site} and run is null and at <= ${at - MESSAGE_KEPT_MS}`
  await tx`
    insert into messages (site, name, key, sealed_key, run, payload, at)
    values (${site}, ${name}, ${keyIndex(records, key)}, ${encryption.encryptJson(key)}, ${run}, ${encryption.encryptJson(payload)}, ${at})`
}

export interface Subscriber extends MessagePlace {
  run: string
  wait: number
  kind: 'message' | 'signal'
  at: number
}

/** Listens; a message that is there already is heard at once. */
export async function listen(records: Records, tx: Transaction, subscriber: Subscriber): Promise<OutboxEntry[]> {
  const { site, run, wait, kind, name, at } = subscriber
  const key = keyIndex(records, subscriber.key)
  if (kind === 'message') {
    const [kept] = await tx<{ payload: Uint8Array }[]>`
      delete from messages where id = (
        select id from messages where site = ${site} and name = ${name} and ((run is null and key = ${key} and at > ${at - MESSAGE_KEPT_MS}) or run = ${run})
        order by id limit 1 for update)
      returning payload`
    if (kept) return [received(run, wait, at, records.encryption.decryptJson<Variables>(kept.payload))]
  }
  await tx`
    insert into subscriptions (run, wait, site, kind, name, key) values (${run}, ${wait}, ${site}, ${kind}, ${name}, ${key})
    on conflict (run, wait) do nothing`
  return []
}

export interface SentMessage {
  name: string
  payload: Variables
  kind?: 'message' | 'signal'
  key?: Value
  /** Only this run may hear it, whatever its key. */
  run?: string
  patient?: string | null
  /** Id of a run that it begins. */
  id?: string
  /** Hospital time; default: now. */
  at?: number
  traceparent?: string
}

/**
 * Sends a message or a signal from outside: durable when this returns.
 * @returns the runs that hear it, those it begins included; none when it is kept for later.
 * @throws RecordsError `unknownRun`, `runOver` for a message to one run.
 */
export async function sendMessage(records: Records, sent: SentMessage, given?: Transaction): Promise<{ runs: string[] }> {
  if (!given) return records.sql.begin((tx) => sendMessage(records, sent, tx))
  const { kind = 'message', name, key = null, payload, patient = null } = sent
  const at = sent.at ?? (await currentClock(records, records.site, given)).hospitalNow
  let entries: OutboxEntry[]
  if (sent.run !== undefined) entries = await toRun(records, given, { ...sent, run: sent.run, at })
  else {
    const { site } = records
    if (kind === 'message') await lockMessages(records, given, [{ site, name, key }])
    entries = await route(records, given, { kind, name, key, payload, site, at, patient, id: sent.id ?? newRunId(name) })
  }
  await addToOutbox(records, given, entries, sent.traceparent)
  return { runs: entries.map((entry) => entry.target) }
}

async function toRun(records: Records, tx: Transaction, sent: SentMessage & { run: string; at: number }): Promise<OutboxEntry[]> {
  const { run, name, payload, at } = sent
  // Its row's lock keeps the run from subscribing meanwhile.
  const [row] = await tx<{ site: string; ended: boolean }[]>`
    select site, ended_at is not null as ended from runs where id = ${run} for update`
  if (!row) throw new RecordsError('unknownRun', `There is no run "${run}".`)
  if (row.ended) throw new RecordsError('runOver', `The run "${run}" is over and hears nothing any more.`)
  const [listening] = await tx<{ wait: number }[]>`
    delete from subscriptions where (run, wait) = (
      select run, wait from subscriptions where run = ${run} and name = ${name} and kind = 'message' order by id limit 1 for update)
    returning wait`
  if (listening) return [received(run, listening.wait, at, payload)]
  await keep(records, tx, { site: row.site, name, key: null, run, payload, at })
  return []
}
