/** The measures of a rehearsal that people ask about, in an order they can read: the tested pathway first, then what it shares with others. */
import type { Program } from '../../../pathways/language/program.ts'
import type { Difference, Summary } from '../../../twin/experiment/replicate.ts'
import type { Compared } from './contract.ts'

export interface Row {
  name: string
  kind: 'stay' | 'completed' | 'wait' | 'occupancy' | 'otherStay'
  /** Element, pool or pathway. */
  of: string
  published: Summary | null
  draft: Summary | null
  difference: Difference | null
}

/** Of minutes, shares and counts below which nobody cares: a wait that nobody waited. */
const NOTHING = 0.05

export function rowsOf(compared: Compared, published: Program, draft: Program): Row[] {
  const before = new Map(compared.published.map((one) => [one.name, one]))
  const after = new Map(compared.draft.map((one) => [one.name, one]))
  const changes = new Map(compared.differences.map((one) => [one.name, one]))
  const row = (kind: Row['kind'], of: string, name: string): Row => ({
    ...{ kind, of, name },
    published: before.get(name) ?? null,
    draft: after.get(name) ?? null,
    difference: changes.get(name) ?? null,
  })
  // Where nobody finishes there is no stay to speak of, and no mean of 0 minutes.
  const stay = (kind: Row['kind'], pathway: string): Row => {
    const found = row(kind, pathway, `${pathway}.stayMinutesMean`)
    const [one, other] = [before, after].map((side) => isFinished(side, pathway))
    return {
      ...found,
      ...{ published: one ? found.published : null, draft: other ? found.draft : null },
      difference: one && other ? found.difference : null,
    }
  }
  const { process } = draft
  const elements = [...new Set([...published.nodes, ...draft.nodes].map(({ id }) => id))]
  const pools = new Set(
    [published, draft].flatMap(({ nodes, holds }) => [...nodes.flatMap(({ needs }) => needs), ...holds].map(({ pool }) => pool)),
  )
  const others = compared.published.flatMap(({ name }) => {
    const other = /^([^.]+)\.stayMinutesMean$/.exec(name)?.[1]
    return other && other !== process ? [stay('otherStay', other)] : []
  })
  return [
    stay('stay', process),
    row('completed', process, `${process}.completedPerDay`),
    ...elements.map((id) => row('wait', id, `${process}.${id}.waitMinutesMean`)),
    ...[...pools].map((pool) => row('occupancy', pool, `pool.${pool}.occupancyMean`)),
    ...others,
  ].filter(({ kind, published: one, draft: other, difference }) => {
    if (!one && !other) return false
    if (kind === 'stay' || kind === 'completed') return true
    return difference?.isDetectable || Math.max(one?.mean ?? 0, other?.mean ?? 0) > NOTHING
  })
}

/** Whether anybody came to the end of a pathway. */
const isFinished = (summaries: ReadonlyMap<string, Summary>, pathway: string): boolean =>
  (summaries.get(`${pathway}.completedPerDay`)?.mean ?? 0) > 0

/** Patients come to the end of the published version, and of the draft none does. */
export const isDeadEnd = (compared: Compared, pathway: string): boolean => {
  const [before, after] = [compared.published, compared.draft].map((side) =>
    isFinished(new Map(side.map((one) => [one.name, one])), pathway),
  )
  return before === true && after === false
}
