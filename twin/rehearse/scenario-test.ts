/** Plays the scenario tests of a pathway, says what was not as expected, and what no scenario came to. */
import type { Value } from '../../pathways/language/feel/value.ts'
import type { Program } from '../../pathways/language/program.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import { nearest } from '../yaml/nearest.ts'
import { defaultSite, type RehearsalEnd, type RehearsalLine, rehearse } from './rehearse.ts'
import { type Expectation, type Scenario, type ScenarioFile, scriptOf } from './scenario-file.ts'
import { after, RehearsalError } from './script.ts'

/** One expectation that was not met: which, of what, and both values as texts. */
export interface Unmet {
  expectation: keyof Expectation
  /** Element or variable, '' for the run as a whole. */
  of: string
  expected: string
  found: string
}

export interface ScenarioResult {
  name: string
  unmet: Unmet[]
  end: RehearsalEnd
  /** Elements entered or thrown and flows taken in the tested process. */
  passed: Set<string>
}

export interface Coverage {
  elements: Covered
  /** By sequence flow: every branch. */
  flows: Covered
}

export interface Covered {
  total: number
  /** Ids that no scenario came to. */
  missing: string[]
}

interface Options {
  site?: SiteTime
  /** Saves and loads every Instance around each step: nothing may change by it. */
  savesEveryStep?: boolean
}

/**
 * Plays one scenario after another, lazily.
 * @param programs the tested pathway's, and those of the pathways that it calls or starts.
 * @throws RehearsalError when the pathway is not among them, or a scenario names what does not exist.
 */
export function* testScenarios(programs: Program[], file: ScenarioFile, options: Options = {}): Generator<ScenarioResult, void> {
  const main = programs.find(({ process }) => process === file.pathway)
  if (!main) {
    const known = programs.map(({ process }) => process).join(', ')
    throw new RehearsalError('pathway', `there is no executable process "${file.pathway}"; there is ${known || 'none'}`)
  }
  const ordered = [main, ...programs.filter((program) => program !== main)]
  for (const [index, scenario] of file.scenarios.entries()) checkNames(ordered, scenario, `scenarios[${index}].expect`)
  for (const scenario of file.scenarios) yield testOne(ordered, file, scenario, options)
}

function testOne(programs: Program[], file: ScenarioFile, scenario: Scenario, options: Options): ScenarioResult {
  const { site = defaultSite } = options
  const { name, until = 'P1Y', expect } = scenario
  const all = [...rehearse({ programs, process: file.pathway, script: scriptOf(file, scenario), until, ...options })]
  const end = all.pop() as RehearsalEnd
  const lines = all as RehearsalLine[]
  const passed = new Set(lines.filter(({ process }) => process === file.pathway).map(({ element }) => element))
  return { name, unmet: [...unmetEnd(end, expect, site), ...unmetLines(lines, file.pathway, expect)], end, passed }
}

/** What the scenarios of a pathway came to, together. */
export function coverageOf({ nodes, flows }: Program, results: ScenarioResult[]): Coverage {
  const covered = (ids: string[]): Covered => ({
    total: ids.length,
    missing: ids.filter((id) => !results.some(({ passed }) => passed.has(id))),
  })
  return { elements: covered(nodes.slice(1).map(({ id }) => id)), flows: covered(flows.map(({ id }) => id)) }
}

function unmetEnd(end: RehearsalEnd, expect: Expectation, site: SiteTime): Unmet[] {
  const unmet: Unmet[] = []
  const compare = (expectation: keyof Expectation, expected: string, found: string, of = '') => {
    if (expected !== found) unmet.push({ expectation, of, expected, found })
  }
  compare('outcome', expect.outcome, end.outcome)
  if (expect.at !== undefined) compare('at', expect.at, end.at)
  if (expect.within !== undefined && after(0, end.at, site, 'at') > after(0, expect.within, site, 'within'))
    unmet.push({ expectation: 'within', of: '', expected: expect.within, found: end.at })
  if (expect.open) compare('open', [...expect.open].sort().join(', '), [...end.open].sort().join(', '))
  if (expect.error) {
    const { code, element = end.error?.element } = expect.error
    compare('error', [code, element].join(' '), end.error ? [end.error.code, end.error.element].join(' ') : '')
  }
  for (const [name, value] of Object.entries(expect.variables ?? {})) {
    const found = Object.hasOwn(end.variables, name) ? end.variables[name]! : null
    if (!holds(value, found))
      unmet.push({ expectation: 'variables', of: name, expected: JSON.stringify(value), found: JSON.stringify(found) })
  }
  return unmet
}

/** Contexts by the entries that are expected, everything else whole. */
function holds(expected: Value, found: Value): boolean {
  if (typeof expected !== 'object' || expected === null) return expected === found
  if (typeof found !== 'object' || found === null || Array.isArray(expected) !== Array.isArray(found)) return false
  if (Array.isArray(expected)) {
    const items = found as Value[]
    return expected.length === items.length && expected.every((item, index) => holds(item, items[index] ?? null))
  }
  const entries = found as Record<string, Value>
  return Object.entries(expected).every(
    ([name, value]) => Object.hasOwn(entries, name) && holds(value as Value, entries[name] ?? null),
  )
}

function unmetLines(lines: RehearsalLine[], pathway: string, expect: Expectation): Unmet[] {
  const is = (text: string) => {
    const { process, element } = placeOf(text, pathway)
    return (line: RehearsalLine) => line.process === process && (line.element === element || line.name === element)
  }
  const completions = lines.filter(({ event, instance }) => event === 'completed' && instance === undefined)
  const unmet: Unmet[] = []
  const say = (expectation: keyof Expectation, of: string, expected: string, found: string) =>
    unmet.push({ expectation, of, expected, found })
  for (const text of expect.passes) if (!lines.some(is(text))) say('passes', text, '1', '0')
  for (const text of expect.avoids) {
    const line = lines.find(is(text))
    if (line) say('avoids', text, '0', line.at)
  }
  for (const [text, count] of Object.entries(expect.completes)) {
    const found = completions.filter(is(text)).length
    if (found !== count) say('completes', text, String(count), String(found))
  }
  for (const [text, at] of Object.entries(expect.completesAt)) {
    const found = completions.find(is(text))?.at ?? ''
    if (found !== at) say('completesAt', text, at, found)
  }
  let from = 0
  for (const text of expect.order) {
    const next = completions.findIndex((line, index) => index >= from && is(text)(line))
    if (next < 0) {
      say(
        'order',
        text,
        expect.order.join(', '),
        completions
          .filter((line) => expect.order.some((one) => is(one)(line)))
          .map(({ element }) => element)
          .join(', '),
      )
      break
    }
    from = next + 1
  }
  return unmet
}

function placeOf(text: string, pathway: string): { process: string; element: string } {
  const [, process = pathway, element = text] = /^([\w-]+):(.+)$/s.exec(text) ?? []
  return { process, element }
}

/** A name that is nowhere would make `avoids` true for ever. */
function checkNames(programs: Program[], { expect }: Scenario, place: string): void {
  const { passes, avoids, order, completes, completesAt } = expect
  const named = { passes, avoids, order, completes: Object.keys(completes), completesAt: Object.keys(completesAt) }
  for (const [key, texts] of Object.entries(named)) {
    for (const text of texts) {
      const { process, element } = placeOf(text, programs[0]!.process)
      const program = programs.find((each) => each.process === process)
      const known = program ? [...program.nodes, ...program.flows].flatMap(({ id, name }) => [id, name]) : []
      if (known.includes(element)) continue
      const meant = nearest(element, known)
      throw new RehearsalError(`${place}.${key}`, `there is no "${text}"${meant ? `; did you mean "${meant}"?` : ''}`)
    }
  }
}
