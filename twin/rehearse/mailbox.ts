/** Messages between runs: each reaches one listener, in the order of sending; one that nobody listens for yet is kept. */
import { MESSAGE_KEPT_MS } from '../../pathways/engine/contract.ts'
import type { Value, Variables } from '../../pathways/language/feel/value.ts'

export interface Letter {
  name: string
  /** Undefined, from a script only, reaches any key. Null is a key like any other: who asks for none hears what was sent with none. */
  key: Value | undefined
  payload: Variables
}

export interface Mailbox {
  unread: (Letter & { at: number })[]
}

export const matches = (letter: Letter, name: string, key: Value): boolean =>
  letter.name === name && (letter.key === undefined || JSON.stringify(letter.key) === JSON.stringify(key))

/** The oldest unread letter for a listener, taken out of the box; those that were kept for too long are gone. */
export function collectLetter(mailbox: Mailbox, name: string, key: Value, at: number): Letter | undefined {
  const index = mailbox.unread.findIndex((letter) => letter.at > at - MESSAGE_KEPT_MS && matches(letter, name, key))
  return index < 0 ? undefined : mailbox.unread.splice(index, 1)[0]
}
