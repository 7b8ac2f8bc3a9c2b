/** A walk as a scenario test: the YAML that is kept with the version. */
import { parseDocument, stringify, type YAMLMap, type YAMLSeq } from 'yaml'
import type { Variables } from '../../../pathways/language/feel/value.ts'
import type { Script } from '../../../twin/rehearse/script.ts'

export interface KeptWalk {
  name: string
  script: Script
  outcome: string
  /** Elements it came to, in the order in which they were completed. */
  order: string[]
  /** The error it ended with, '' for none. */
  at: string
}

/**
 * The scenarios of a version with one more. What is there stays as it is written, remarks included; one of the same name is replaced.
 * @param text YAML, '' for none yet.
 */
export function withScenario(text: string, pathway: string, { name, script, outcome, order, at }: KeptWalk): string {
  const scenario = {
    name,
    ...script,
    expect: { outcome, ...(outcome === 'unfinished' ? {} : { at }), ...(order.length > 0 && { order }) },
  }
  if (text.trim() === '') return stringify({ pathway, scenarios: [scenario] })
  const document = parseDocument(text)
  const scenarios = document.get('scenarios') as YAMLSeq<YAMLMap>
  const known = scenarios.items.findIndex((item) => item.get('name') === name)
  if (known >= 0) scenarios.delete(known)
  scenarios.add(document.createNode(scenario) as YAMLMap)
  return document.toString()
}

/** What somebody typed as a value: a number, true, false and nothing are themselves, FEEL stays text. */
export function typedValue(typed: string): Variables[string] {
  if (typed === '') return null
  if (typed === 'true') return true
  if (typed === 'false') return false
  return /^-?\d+(\.\d+)?$/.test(typed) ? Number(typed) : typed
}
