/** What a scenario changes at a time, as a trace tells it: for its time bar, and for places that are closed meanwhile. */
import type { UnitChange } from '../simulate/options.ts'
import type { Closure, TracedIntervention } from '../trace/trace.ts'
import { msOf } from './parts.ts'
import type { ScenarioFile } from './schema.ts'

/** In order of time. */
export const tracedInterventions = ({ interventions }: ScenarioFile): TracedIntervention[] =>
  interventions
    .map((each): TracedIntervention => {
      const at = msOf(each.at)
      const until = each.until === undefined ? null : msOf(each.until)
      if ('lasts' in each) return { at, until, kind: 'pace', subject: each.element, amount: each.lasts }
      if ('pathway' in each) return { at, until, kind: 'pathway', subject: each.stream, amount: 0 }
      if ('stream' in each) return { at, until, kind: 'demand', subject: each.stream, amount: each.factor }
      return 'open' in each
        ? { at, until, kind: 'open', subject: each.pool, amount: each.open }
        : { at, until, kind: 'close', subject: each.pool, amount: each.close }
    })
    .sort((one, other) => one.at - other.at)

/** When which units are closed. @param traced the units of the trace, in its order. */
export const closuresOf = (changes: readonly UnitChange[], traced: { id: string }[]): Closure[] => {
  const index = new Map(traced.map(({ id }, unit) => [id, unit]))
  const since = new Map<string, number>()
  const known = new Set<string>()
  const closures: Closure[] = []
  const add = (id: string, from: number, until: number | null) => {
    const unit = index.get(id)
    if (unit !== undefined) closures.push({ unit, from, until })
  }
  for (const { at, units, closed } of changes)
    for (const id of units) {
      // What is opened first was closed from the beginning.
      const from = since.get(id) ?? (known.has(id) ? undefined : 0)
      known.add(id)
      if (closed) since.set(id, since.get(id) ?? at)
      else if (from !== undefined) {
        since.delete(id)
        add(id, from, at)
      }
    }
  for (const [id, from] of since) add(id, from, null)
  return closures
}
