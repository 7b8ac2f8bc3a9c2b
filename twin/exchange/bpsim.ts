/** The simulation parameters that a BPMN file carries as BPSim 1.0 or 2.0 (WfMC), as a scenario. */
import { type Element, textOf } from '../../pathways/language/bpmn/element.ts'
import type { Finding } from '../../pathways/language/finding.ts'
import type { Program } from '../../pathways/language/program.ts'
import { accepted } from './accepted.ts'
import { bpsimElements, placesOf, timeReader } from './bpsim-elements.ts'
import { unitSeconds } from './bpsim-parameter.ts'
import { bpsimResources } from './bpsim-resources.ts'
import {
  bpsimScenarios,
  calendarsOf,
  lineOf,
  noScenario,
  type Parameter,
  parametersOf,
  type Settings,
  settingsOf,
} from './bpsim-scenario.ts'
import { finding, type Imported, notCarried, siteOf, unknownElement, type WrittenScenario } from './imported.ts'

export interface BpsimSource {
  definitions: Element
  /** As the scenario shall name the drawing. */
  file: string
  programs: Program[]
  /** Which scenario of the file, by id or name; the first, when none is named. */
  scenario?: string
  /** When the file says none. */
  horizon: string
}

/** A scenario that `simulate` takes, and a finding for whatever of the parameters it does not say; no scenario when something is wrong. Never throws. */
export const importBpsim = (source: BpsimSource): Imported => {
  const scenarios = bpsimScenarios(source.definitions)
  const line = lineOf(scenarios, source.scenario)
  if (line.length === 0) return { scenario: null, findings: [noScenario(source.scenario, scenarios)] }
  const findings: Finding[] = []
  const scenario = scenarioOf(source, line, findings)
  if (findings.some(({ severity }) => severity === 'error')) return { scenario: null, findings }
  return accepted({ scenario, findings }, source.programs)
}

const scenarioOf = (
  { file, programs, definitions, horizon }: BpsimSource,
  line: Element[],
  findings: Finding[],
): WrittenScenario => {
  const settings = settingsOf(line, findings)
  const time = timeReader(unitSeconds(settings.attribute('baseTimeUnit') || undefined), findings)
  const parameters = parametersOf(line, findings)
  const calendars = calendarsOf(line, findings)
  const resources = bpsimResources(definitions, parameters, calendars, findings)
  const places = placesOf(programs)
  const ours = knownOf(
    parameters.filter(({ element }) => !resources.elements.has(element)),
    places,
    definitions,
    findings,
  )
  const { elements, probabilities, demand } = bpsimElements(ours, places, calendars, time, findings)
  for (const [task, needs] of resources.needs) elements[task] = { ...elements[task], needs }
  if (demand.length === 0) findings.push(nobody())
  const constant = (name: string) => {
    const value = settings.parameter(name)
    const made = value && time('ScenarioParameters', value)
    return typeof made === 'string' ? made : ''
  }
  const [lasts, warms, site] = [constant('Duration'), constant('Warmup'), startOf(settings)]
  const [replications, seed] = [Number(settings.attribute('replication')), Number(settings.attribute('seed'))]
  return {
    name: textOf(line.at(-1), 'name') || programs[0]?.process || '',
    hospital: { ...(site && { site }), pools: resources.pools, calendars: [...calendars.values()] },
    pathways: [{ file, elements, probabilities }],
    demand,
    horizon: lasts || horizon,
    ...(warms && { warmUp: warms }),
    ...(replications > 0 && { replications }),
    ...(Number.isSafeInteger(seed) && seed > 0 && { seed }),
  }
}

/** Parameters of what is simulated; those of lanes and the like are named, and an id that stands for nothing is an error. */
const knownOf = (
  parameters: Parameter[],
  places: Map<string, unknown>,
  definitions: Element,
  findings: Finding[],
): Parameter[] => {
  const drawn = idsOf(definitions)
  return parameters.filter(({ element, kind, name }) => {
    if (places.has(element)) return true
    findings.push(
      drawn.has(element)
        ? notCarried(element, `${element}: ${kind}, ${name}`, `${element} : ${kind}, ${name}`)
        : unknownElement('element', 'élément', element),
    )
    return false
  })
}

/** The ids of everything that a file has. */
const idsOf = (definitions: Element): Set<string> => {
  const [seen, ids] = [new Set<unknown>(), new Set<string>()]
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    if (Array.isArray(value)) return value.forEach(walk)
    const element = value as Element
    if (typeof element.id === 'string') ids.add(element.id)
    for (const key of Object.keys(element)) if (!key.startsWith('$')) walk(element[key])
  }
  walk(definitions)
  return ids
}

const startOf = (settings: Settings): ReturnType<typeof siteOf> | null => {
  const text = textOf(settings.parameter('Start'), 'value')
  return text === '' ? null : siteOf(text)
}

const nobody = (): Finding =>
  finding(
    'error',
    'no-demand',
    '',
    ['Nobody comes: no start event has an InterTriggerTimer.', 'Give one to the start event of the process.'],
    [
      'Personne n’arrive : aucun événement de début n’a de InterTriggerTimer.',
      'Donnez-en un à l’événement de début du processus.',
    ],
  )
