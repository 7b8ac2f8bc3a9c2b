/** What is to happen, earliest first: `simulate/event-heap.ts` in typed arrays, four children to a parent, in the same order. */

/** Kinds and sequence numbers share one number: no sequence comes to so many. */
const KIND = 2 ** 48

export class Agenda {
  size = 0
  #at = new Float64Array(64)
  /** Kind, then order of planning. */
  #order = new Float64Array(64)
  #item = new Int32Array(64)
  #sequence = 0

  /** When the first is due; only while there is one. */
  get at(): number {
    return this.#at[0]!
  }

  get item(): number {
    return this.#item[0]!
  }

  push(at: number, kind: number, item: number): void {
    if (this.size === this.#at.length) this.#grow()
    const order = kind * KIND + this.#sequence++
    const [ats, orders, items] = [this.#at, this.#order, this.#item]
    let place = this.size++
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

  /** Takes the first away. */
  pop(): void {
    const [ats, orders, items] = [this.#at, this.#order, this.#item]
    const size = --this.size
    const at = ats[size]!
    const order = orders[size]!
    const item = items[size]!
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
