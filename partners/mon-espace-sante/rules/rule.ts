/** Rules as data: what must hold, where, and what to say when it does not. Every rule is tried, so that all problems come at once. */
import type { CodeableConcept, Problem, Reference, Resource } from '../resources.ts'

export interface Rule<T> {
  /** Where, under the resource: `custodian`, `content.attachment.hash`. */
  path: string
  code: Problem['code']
  /** What must hold, as a sentence for whoever sent it. */
  says: string
  holds: (resource: T) => boolean
}

/** The problems of one resource that stands at `place` in the transaction. */
export function check<T>(rules: Rule<T>[], resource: T, place: string): Problem[] {
  return rules
    .filter((rule) => !rule.holds(resource))
    .map(({ code, path, says }) => ({ code, expression: path ? `${place}.${path}` : place, diagnostics: says }))
}

/** Present, and neither an empty text nor an empty list. */
export const given = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

/** At least one coding with a system and a code. */
export const coded = (concept: CodeableConcept | undefined): boolean =>
  concept?.coding?.some(({ system, code }) => given(system) && given(code)) ?? false

/** The contained resource that a local reference (`#author`) points at. */
export const contained = (resource: Resource, reference: Reference | undefined): Resource | undefined =>
  reference?.reference?.startsWith('#') ? resource.contained?.find(({ id }) => `#${id}` === reference.reference) : undefined

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
export const isInstant = (value: string | undefined): boolean =>
  value !== undefined && INSTANT.test(value) && !Number.isNaN(Date.parse(value))
