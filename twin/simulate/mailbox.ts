/** Who listens for which message or signal, in the order in which they began to. Keys must be equal; none is a key like any other. */
import { canonicalJson } from '../../pathways/language/canonical.ts'
import type { Value } from '../../pathways/language/feel/value.ts'
import type { HospitalState, Letter, SimulatedRun } from './state.ts'

interface Listener {
  run: SimulatedRun
  wait: number
  key: Value
}

export interface Mailbox {
  /** By kind and name. */
  listeners: Map<string, Listener[]>
  unread: Letter[]
}

type Kind = 'message' | 'signal'

export const createMailbox = (unread: Letter[]): Mailbox => ({ listeners: new Map(), unread })

const sameKey = (left: Value, right: Value): boolean =>
  left === right || (left !== null && typeof left === 'object' && canonicalJson(left) === canonicalJson(right))

/** Begins to listen; a message kept from before is taken at once. */
export const listen = (
  mailbox: Mailbox,
  kind: Kind,
  name: string,
  run: SimulatedRun,
  wait: number,
  key: Value,
): Letter | null => {
  if (kind === 'message') {
    const index = mailbox.unread.findIndex(
      (letter) => letter.name === name && (letter.run === undefined ? sameKey(letter.key, key) : letter.run === run.id),
    )
    if (index >= 0) return mailbox.unread.splice(index, 1)[0]!
  }
  const listeners = mailbox.listeners.get(`${kind} ${name}`)
  if (listeners) listeners.push({ run, wait, key })
  else mailbox.listeners.set(`${kind} ${name}`, [{ run, wait, key }])
  return null
}

export const stopListening = (mailbox: Mailbox, kind: Kind, run: SimulatedRun, wait: number): void => {
  for (const [place, listeners] of mailbox.listeners) {
    if (!place.startsWith(kind)) continue
    const index = listeners.findIndex((listener) => listener.run === run && listener.wait === wait)
    if (index < 0) continue
    listeners.splice(index, 1)
    if (listeners.length === 0) mailbox.listeners.delete(place)
    return
  }
}

/** Everybody who listens, as plain JSON. */
export const listenersOf = (mailbox: Mailbox): HospitalState['listeners'] =>
  [...mailbox.listeners].flatMap(([place, listeners]) => {
    const kind = place.startsWith('message ') ? 'message' : 'signal'
    const name = place.slice(kind.length + 1)
    return listeners.map(({ run, wait, key }) => ({ kind, name, run: run.id, wait, key }) as const)
  })

/** Takes out whom a message reaches: the first who listens for it. For a signal, all who do. Whoever goes on listening says so again. */
export const hearers = (mailbox: Mailbox, kind: Kind, name: string, key: Value): Listener[] => {
  const place = `${kind} ${name}`
  const listeners = mailbox.listeners.get(place)
  if (!listeners) return []
  if (kind === 'signal') {
    mailbox.listeners.delete(place)
    return listeners
  }
  const index = listeners.findIndex((listener) => sameKey(listener.key, key))
  if (index < 0) return []
  const heard = listeners.splice(index, 1)
  if (listeners.length === 0) mailbox.listeners.delete(place)
  return heard
}
