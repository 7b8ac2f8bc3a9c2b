/**
 * Who listens for which message or signal, in the order in which they began to. Keys must be equal; none is a key like any other. Found by
 * name and key, so that it costs the same with one patient at home or with thousands.
 */
import { MESSAGE_KEPT_MS } from '../../pathways/engine/contract.ts'
import { canonicalJson } from '../../pathways/language/canonical.ts'
import type { Value } from '../../pathways/language/feel/value.ts'
import type { HospitalState, KeptLetter, SimulatedRun } from './state.ts'

type Kind = 'message' | 'signal'

interface Listener<Run, Wait> {
  kind: Kind
  name: string
  key: Value
  run: Run
  wait: Wait
}

/** Of runs and their waits, whatever they are known by. */
export class Mailbox<Run extends { id: string } = SimulatedRun, Wait = number> {
  /** In the order in which they began. */
  readonly #listeners = new Set<Listener<Run, Wait>>()
  /** Those of one run. */
  readonly #waits = new Map<Run, Listener<Run, Wait>[]>()
  /** Those of one message and key, or of one signal, by name. */
  readonly #places = {
    message: new Map<string, Map<string, Listener<Run, Wait>[]>>(),
    signal: new Map<string, Map<string, Listener<Run, Wait>[]>>(),
  }
  /** Letters that nobody has listened for yet, by number; and the numbers of those of one place. */
  readonly #unread = new Map<number, KeptLetter>()
  readonly #numbers = new Map<string, number[]>()
  #next = 0

  constructor(unread: KeptLetter[]) {
    for (const letter of unread) this.keep(letter)
  }

  /** Begins to listen; a message kept from before is taken at once. */
  listen(kind: Kind, name: string, run: Run, wait: Wait, key: Value, at: number): KeptLetter | null {
    const place = placeOf(kind, key)
    this.#forget(at)
    const kept =
      kind === 'message' && this.#unread.size > 0 ? this.#take([addressed(run.id, name), unaddressed(name, place)]) : null
    if (kept) return kept
    const listener = { kind, name, key, run, wait }
    this.#listeners.add(listener)
    const places = this.#places[kind].get(name)
    if (places) addTo(places, place, listener)
    else this.#places[kind].set(name, new Map([[place, [listener]]]))
    addTo(this.#waits, run, listener)
    return null
  }

  stopListening(kind: Kind, run: Run, wait: Wait): void {
    const listener = this.#waits.get(run)?.find((each) => each.wait === wait && each.kind === kind)
    if (listener) this.#remove(listener)
  }

  /** Takes out whom a message reaches: the first who listens for it. For a signal, all who do. Whoever goes on listening says so again. */
  hearers(kind: Kind, name: string, key: Value): Listener<Run, Wait>[] {
    const there = this.#places[kind].get(name)?.get(placeOf(kind, key))
    if (!there) return []
    const heard = kind === 'signal' ? [...there] : there.slice(0, 1)
    for (const listener of heard) this.#remove(listener)
    return heard
  }

  /** A message that nobody listens for waits for whoever will, for as long as messages are kept. */
  keep(letter: KeptLetter): void {
    this.#forget(letter.at)
    const place = placeOfLetter(letter)
    const number = this.#next++
    this.#unread.set(number, letter)
    addTo(this.#numbers, place, number)
  }

  /** In the order in which they were sent. */
  get unread(): KeptLetter[] {
    return [...this.#unread.values()]
  }

  /** Everybody who listens, as plain JSON, in the order in which they began to. */
  get listeners(): (Omit<HospitalState['listeners'][number], 'wait'> & { wait: Wait })[] {
    return [...this.#listeners].map(({ run, ...listener }) => ({ ...listener, run: run.id }))
  }

  /** The oldest letter kept in some places. */
  #take(places: string[]): KeptLetter | null {
    let [oldest, from] = [Number.POSITIVE_INFINITY, '']
    for (const place of places) {
      const first = this.#numbers.get(place)?.[0]
      if (first !== undefined && first < oldest) [oldest, from] = [first, place]
    }
    const letter = this.#unread.get(oldest)
    if (!letter) return null
    takeFrom(this.#numbers, from, oldest)
    this.#unread.delete(oldest)
    return letter
  }

  /** What has been kept for too long; what only one run may hear is kept until it is over. */
  #forget(at: number): void {
    for (const [number, letter] of this.#unread) {
      if (letter.at > at - MESSAGE_KEPT_MS) return
      if (letter.run !== undefined) continue
      this.#unread.delete(number)
      takeFrom(this.#numbers, placeOfLetter(letter), number)
    }
  }

  #remove(listener: Listener<Run, Wait>): void {
    const { kind, name, key, run } = listener
    this.#listeners.delete(listener)
    takeFrom(this.#places[kind].get(name)!, placeOf(kind, key), listener)
    takeFrom(this.#waits, run, listener)
  }
}

const addTo = <Place, T>(lists: Map<Place, T[]>, place: Place, item: T): void => {
  const list = lists.get(place)
  if (list) list.push(item)
  else lists.set(place, [item])
}

const takeFrom = <Place, T>(lists: Map<Place, T[]>, place: Place, item: T): void => {
  const list = lists.get(place)!
  if (list.length === 1) lists.delete(place)
  else list.splice(list.indexOf(item), 1)
}

const placeOfLetter = ({ run, name, key }: KeptLetter): string =>
  run === undefined ? unaddressed(name, placeOf('message', key)) : addressed(run, name)

/** Where a letter is kept that only one run may hear, whatever its key. */
const addressed = (run: string, name: string): string => `run ${run} ${name}`

/** Where a letter is kept for whoever has its key. */
const unaddressed = (name: string, place: string): string => `message ${name}\u0000${place}`

/** A key as text, as it is where it is one: most are. What is written in another way begins as no text here does. */
const placeOf = (kind: Kind, key: Value): string => {
  if (kind === 'signal') return ''
  return typeof key === 'string' && !key.startsWith(OTHER) ? key : `${OTHER}${canonicalJson(key)}`
}
const OTHER = '\u0000'
