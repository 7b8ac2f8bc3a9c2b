/**
 * The requests that wait for one pool, higher priority first, then in order of arrival. One lane for each priority: most requests join at
 * a lane's end and leave from its head, so both cost next to nothing. Those that left stay in their lane, marked, until it is tidied.
 */
import type { RequestEntry } from './ledger.ts'

export interface Lane {
  priority: number
  entries: RequestEntry[]
  head: number
}

export interface Queue {
  /** By priority, highest first. */
  lanes: Lane[]
  size: number
  /** Entries that left and still stand in a lane, heads not counted. */
  gone: number
}

export const createQueue = (): Queue => ({ lanes: [], size: 0, gone: 0 })

/** Order of arrival: by when it began to wait, then by the site's sequence. */
export const arrivedBefore = (left: RequestEntry, right: RequestEntry): boolean =>
  left.since < right.since || (left.since === right.since && left.request.sequence < right.request.sequence)

export const servedBefore = (left: RequestEntry, right: RequestEntry): boolean =>
  left.request.priority > right.request.priority ||
  (left.request.priority === right.request.priority && arrivedBefore(left, right))

/** Adds to a list kept in order of arrival. */
export const insertByArrival = (entries: RequestEntry[], entry: RequestEntry, from = 0): void => {
  let low = from
  let high = entries.length
  if (high === low || arrivedBefore(entries[high - 1]!, entry)) {
    entries.push(entry)
    return
  }
  while (low < high) {
    const middle = (low + high) >>> 1
    if (arrivedBefore(entries[middle]!, entry)) low = middle + 1
    else high = middle
  }
  entries.splice(low, 0, entry)
}

const laneIndex = (queue: Queue, priority: number): number => {
  let index = 0
  while (index < queue.lanes.length && queue.lanes[index]!.priority > priority) index++
  return index
}

export const enqueue = (queue: Queue, entry: RequestEntry): void => {
  const index = laneIndex(queue, entry.request.priority)
  let lane = queue.lanes[index]
  if (lane?.priority !== entry.request.priority) {
    lane = { priority: entry.request.priority, entries: [], head: 0 }
    queue.lanes.splice(index, 0, lane)
  }
  insertByArrival(lane.entries, entry, lane.head)
  queue.size++
}

/** Counts an entry, already marked as gone, out; cursors stay good until `tidy`. */
export const noteGone = (queue: Queue): void => {
  queue.size--
  queue.gone++
}

/** Drops those that left: at a lane's head always, all of them when they are more than those that wait. */
export const tidy = (queue: Queue): void => {
  if (queue.gone === 0) return
  const all = queue.gone > queue.size
  for (let index = queue.lanes.length - 1; index >= 0; index--) {
    const lane = queue.lanes[index]!
    if (all) compact(lane)
    else {
      while (lane.head < lane.entries.length && lane.entries[lane.head]!.state === 'gone') {
        lane.head++
        queue.gone--
      }
      if (lane.head > 32 && lane.head * 2 > lane.entries.length) {
        lane.entries.splice(0, lane.head)
        lane.head = 0
      }
    }
    if (lane.head === lane.entries.length) queue.lanes.splice(index, 1)
  }
  if (all) queue.gone = 0
}

const compact = (lane: Lane): void => {
  lane.entries = lane.entries.filter((entry, position) => position >= lane.head && entry.state !== 'gone')
  lane.head = 0
}

/** Takes an entry out at once: before its priority changes. */
export const removeNow = (queue: Queue, entry: RequestEntry): void => {
  const index = laneIndex(queue, entry.request.priority)
  const lane = queue.lanes[index]!
  lane.entries.splice(lane.entries.indexOf(entry, lane.head), 1)
  queue.size--
  if (lane.head === lane.entries.length) queue.lanes.splice(index, 1)
}

/** A place in a queue, for walking it in order while nothing joins. */
export interface Cursor {
  queue: Queue
  lane: number
  position: number
}

export const cursorAt = (queue: Queue): Cursor => ({ queue, lane: 0, position: queue.lanes[0]?.head ?? 0 })

/** The entry at the cursor, skipping those that left; null at the end. */
export const current = (cursor: Cursor): RequestEntry | null => {
  for (;;) {
    const lane = cursor.queue.lanes[cursor.lane]
    if (!lane) return null
    if (cursor.position < lane.head) cursor.position = lane.head
    const entry = lane.entries[cursor.position]
    if (!entry) {
      cursor.lane++
      cursor.position = cursor.queue.lanes[cursor.lane]?.head ?? 0
    } else if (entry.state === 'gone') cursor.position++
    else return entry
  }
}
