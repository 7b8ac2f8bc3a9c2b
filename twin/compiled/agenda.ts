/** What is to happen, earliest first: `simulate/event-heap.ts` in typed arrays, four children to a parent, in the same order. */

/** Kinds and sequence numbers share one number: no sequence comes to so many. */
const KIND = 2 ** 48

export class Agenda {
  #size = 0
  /** What stood first was taken away, and its place not yet filled: most often what comes next is pushed at once, and goes there. */
  #isFirstTaken = false
  #at = new Float64Array(64)
  /** Kind, then order of planning. */
  #order = new Float64Array(64)
  #item = new Int32Array(64)
  #sequence = 0

  /** When the first is due; infinity when nothing is planned. */
  get at(): number {
    if (this.#isFirstTaken) this.#fillFirst()
    return this.#size === 0 ? Number.POSITIVE_INFINITY : this.#at[0]!
  }

  /** Takes the first away, after `at` was asked for; only while there is one. */
  take(): number {
    this.#isFirstTaken = true
    return this.#item[0]!
  }

  push(at: number, kind: number, item: number): void {
    const order = kind * KIND + this.#sequence++
    if (this.#isFirstTaken) {
      this.#isFirstTaken = false
      return this.#sink(at, order, item)
    }
    if (this.#size === this.#at.length) this.#grow()
    const ats = this.#at
    const orders = this.#order
    const items = this.#item
    let place = this.#size++
    while (place > 0) {
      const parent = (place - 1) >> 2
      if (ats[parent]! < at || (ats[parent]! === at && orders[parent]! < order)) break
      ats[place] = ats[parent]!
      orders[place] = orders[parent]!
      items[place] = items[parent]!
      place = parent
    }
    ats[place] = at
    orders[place] = order
    items[place] = item
  }

  #fillFirst(): void {
    this.#isFirstTaken = false
    const last = --this.#size
    if (last > 0) this.#sink(this.#at[last]!, this.#order[last]!, this.#item[last]!)
  }

  /** Puts what stands nowhere at the first place, and lets it sink. */
  #sink(at: number, order: number, item: number): void {
    const ats = this.#at
    const orders = this.#order
    const items = this.#item
    const size = this.#size
    let place = 0
    for (;;) {
      const first = 4 * place + 1
      if (first >= size) break
      const end = Math.min(first + 4, size)
      let child = first
      let childAt = ats[first]!
      for (let other = first + 1; other < end; other++) {
        const otherAt = ats[other]!
        if (otherAt < childAt || (otherAt === childAt && orders[other]! < orders[child]!)) {
          child = other
          childAt = otherAt
        }
      }
      if (at < childAt || (at === childAt && order < orders[child]!)) break
      ats[place] = childAt
      orders[place] = orders[child]!
      items[place] = items[child]!
      place = child
    }
    ats[place] = at
    orders[place] = order
    items[place] = item
  }

  #grow(): void {
    this.#at = grownFloats(this.#at)
    this.#order = grownFloats(this.#order)
    this.#item = grownInts(this.#item)
  }
}

export const grownFloats = (array: Float64Array): Float64Array<ArrayBuffer> => {
  const grown = new Float64Array(array.length * 2)
  grown.set(array)
  return grown
}

export const grownInts = (array: Int32Array): Int32Array<ArrayBuffer> => {
  const grown = new Int32Array(array.length * 2)
  grown.set(array)
  return grown
}

/** Run numbers in a row. A JavaScript array would call into the engine whenever it is emptied. */
export class RunList {
  size = 0
  runs = new Int32Array(16)

  push(run: number): void {
    if (this.size === this.runs.length) this.runs = grownInts(this.runs)
    this.runs[this.size++] = run
  }
}
