/** Who was passed by a grant: those that wait, came earlier or are more urgent, and could have used what was granted. */
import { meets } from './filter.ts'
import type { RequestEntry, RequestGroup, UnitEntry } from './ledger.ts'
import { arrivedBefore } from './queue.ts'

/** Each once, however many pools they have in common. Those that reserve are not passed: theirs was set aside. */
export const passedBy = (granted: RequestEntry, units: readonly (readonly UnitEntry[])[]): RequestEntry[] => {
  const passed: RequestEntry[] = []
  for (const { pool } of granted.groups) {
    if (pool.queue.size === 0) continue
    for (const lane of pool.queue.lanes)
      for (let position = lane.head; position < lane.entries.length; position++) {
        const entry = lane.entries[position]!
        if (lane.priority <= granted.request.priority && arrivedBefore(granted, entry)) break
        if (entry.state !== 'waiting' || entry.reserving || passed.includes(entry)) continue
        const group = entry.groups.find((candidate) => candidate.pool === pool)!
        if (pool.pool.kind === 'stock' || units.some((some) => some.some((unit) => unit.pool === pool && couldUse(group, unit))))
          passed.push(entry)
      }
  }
  return passed
}

const couldUse = (group: RequestGroup, unit: UnitEntry): boolean =>
  group.needs.some((index) => meets(unit.kind.attributes, group.entry.request.needs[index]!.where))
