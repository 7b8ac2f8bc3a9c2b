/** What changed between two versions of a pathway. */
import { readBpmn } from '../bpmn/read.ts'
import { type Finding, hasError } from '../finding.ts'
import type { Change } from './change.ts'
import { type Described, describeAll } from './described.ts'

export interface Diff {
  /** Null where a file could not be read at all. */
  changes: Change[] | null
  /** What of each file could not be read, and so was not compared. */
  older: Finding[]
  newer: Finding[]
}

/** Compares two BPMN files by the ids of their elements; never throws. Moved shapes, layout and colours are no changes. */
export const diffBpmn = (older: string, newer: string): Promise<Diff> =>
  Promise.all([readBpmn(older), readBpmn(newer)]).then(([from, to]) => ({
    changes: from.definitions && to.definitions ? changesOf(describeAll(from.definitions), describeAll(to.definitions)) : null,
    older: from.findings.filter((one) => hasError([one])),
    newer: to.findings.filter((one) => hasError([one])),
  }))

/** Removed elements in the older order, then what is added and changed in the newer order. */
const changesOf = (older: Map<string, Described>, newer: Map<string, Described>): Change[] => [
  ...[...older].flatMap(([element, { type, name }]): Change[] =>
    newer.has(element) ? [] : [{ change: 'removed', element, type, name }],
  ),
  ...[...newer].flatMap(([element, now]): Change[] => {
    const before = older.get(element)
    return before ? propertyChanges(element, before, now) : [{ change: 'added', element, type: now.type, name: now.name }]
  }),
]

const propertyChanges = (element: string, before: Described, now: Described): Change[] => {
  const { type, name } = now
  const retyped: Change[] =
    before.type === type ? [] : [{ change: 'changed', element, type, name, property: 'type', from: before.type, to: type }]
  const properties = new Set([...before.properties.keys(), ...now.properties.keys()])
  const changed = [...properties].flatMap((property): Change[] => {
    const [from, to] = [before.properties.get(property), now.properties.get(property)]
    if (from === to) return []
    return [
      {
        change: 'changed',
        element,
        type,
        name,
        property,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      },
    ]
  })
  return [...retyped, ...changed]
}
