/** What is to happen, by time; equal times in the order in which they were planned. */
export interface Agenda<T> {
  entries: { at: number; sequence: number; item: T }[]
  nextSequence: number
}

export const newAgenda = <T>(): Agenda<T> => ({ entries: [], nextSequence: 0 })

export function plan<T>(agenda: Agenda<T>, at: number, item: T): void {
  const { entries } = agenda
  const entry = { at, sequence: agenda.nextSequence++, item }
  let place = entries.length
  entries.push(entry)
  while (place > 0) {
    const parent = (place - 1) >> 1
    if (!isBefore(entry, entries[parent]!)) break
    entries[place] = entries[parent]!
    place = parent
  }
  entries[place] = entry
}

export const timeOfNext = (agenda: Agenda<unknown>): number => agenda.entries[0]?.at ?? Number.POSITIVE_INFINITY

export function takeNext<T>(agenda: Agenda<T>): T | undefined {
  const { entries } = agenda
  const first = entries[0]
  const last = entries.pop()
  if (!first || !last) return undefined
  if (entries.length > 0) sink(entries, last)
  return first.item
}

function sink<T>(entries: Agenda<T>['entries'], entry: Agenda<T>['entries'][number]): void {
  let place = 0
  for (let child = 1; child < entries.length; child = 2 * place + 1) {
    if (child + 1 < entries.length && isBefore(entries[child + 1]!, entries[child]!)) child++
    if (!isBefore(entries[child]!, entry)) break
    entries[place] = entries[child]!
    place = child
  }
  entries[place] = entry
}

const isBefore = (one: { at: number; sequence: number }, other: { at: number; sequence: number }) =>
  one.at < other.at || (one.at === other.at && one.sequence < other.sequence)
