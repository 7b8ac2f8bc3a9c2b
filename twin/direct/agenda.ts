/** What is to happen, earliest first: `simulate/event-heap.ts` over the typed arrays of the tables' agenda, of anything. */
import { Agenda } from '../compiled/agenda.ts'

export class AgendaOf<Item> {
  readonly #agenda = new Agenda()
  readonly #items: Item[] = []
  readonly #free: number[] = []

  /** When the first is due; infinity when nothing is planned. */
  get at(): number {
    return this.#agenda.at
  }

  /** Takes the first away, after `at` was asked for; only while there is one. */
  take(): Item {
    const place = this.#agenda.take()
    this.#free.push(place)
    return this.#items[place]!
  }

  push(at: number, kind: number, item: Item): void {
    const place = this.#free.pop() ?? this.#items.length
    this.#items[place] = item
    this.#agenda.push(at, kind, place)
  }
}
