/** What is to happen, earliest first: a binary heap ordered by time, then kind, then order of planning. */
export interface EventHeap<T> {
  entries: HeapEntry<T>[]
}

export interface HeapEntry<T> {
  at: number
  kind: number
  sequence: number
  item: T
}

export const createEventHeap = <T>(): EventHeap<T> => ({ entries: [] })

/** For sorting: a heap of everything in this order is a heap. */
export const byTurn = (left: HeapEntry<unknown>, right: HeapEntry<unknown>): number =>
  left.at - right.at || left.kind - right.kind || left.sequence - right.sequence

/** The same, where it is asked at each move. */
const isBefore = (left: HeapEntry<unknown>, right: HeapEntry<unknown>): boolean =>
  left.at !== right.at ? left.at < right.at : left.kind !== right.kind ? left.kind < right.kind : left.sequence < right.sequence

export const pushEvent = <T>(heap: EventHeap<T>, entry: HeapEntry<T>): void => {
  const { entries } = heap
  let index = entries.length
  entries.push(entry)
  while (index > 0) {
    const parent = (index - 1) >> 1
    if (!isBefore(entry, entries[parent]!)) break
    entries[index] = entries[parent]!
    index = parent
  }
  entries[index] = entry
}

export const peekEvent = <T>(heap: EventHeap<T>): HeapEntry<T> | undefined => heap.entries[0]

export const popEvent = <T>(heap: EventHeap<T>): HeapEntry<T> | undefined => {
  const { entries } = heap
  const first = entries[0]
  const last = entries.pop()
  if (first === undefined || last === undefined || entries.length === 0) return first
  let index = 0
  for (;;) {
    let child = 2 * index + 1
    if (child >= entries.length) break
    if (child + 1 < entries.length && isBefore(entries[child + 1]!, entries[child]!)) child++
    if (!isBefore(entries[child]!, last)) break
    entries[index] = entries[child]!
    index = child
  }
  entries[index] = last
  return first
}
