/** The simulation parameters that a BPMN file carries as BPSim 1.0 or 2.0 (WfMC), as a scenario. */
import { type Element, elementsOf, textOf } from '../../pathways/language/bpmn/element.ts'
import type { Finding } from '../../pathways/language/finding.ts'
import type { Program } from '../../pathways/language/program.ts'
import { type OpenPeriod, periodsOfCalendar } from './bpsim-calendar.ts'
import { childrenOf, constantOf, localName, timeOf, unitSeconds } from './bpsim-parameter.ts'
import { bpsimResources } from './bpsim-resources.ts'
import { finding, type Imported, notCarried, slugOf, unknownElement, type WrittenScenario } from './imported.ts'

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

export interface Parameters {
  element: string
  /** `TimeParameters` and the like. */
  kind: string
  /** `ProcessingTime` and the like. */
  name: string
  values: Element[]
}

/** The scenarios that a file has. */
export const bpsimScenarios = (definitions: Element): Element[] =>
  elementsOf(definitions, 'relationships')
    .flatMap((relationship) => elementsOf((relationship.extensionElements ?? {}) as Element, 'values'))
    .filter((element) => localName(element) === 'BPSimData')
    .flatMap((data) => childrenOf(data, 'Scenario'))

export const importBpsim = (source: BpsimSource): Imported => {
  const scenarios = bpsimScenarios(source.definitions)
  const named = (id: string) => scenarios.find((one) => one.id === id || one.name === id)
  const chosen = source.scenario === undefined ? scenarios[0] : named(source.scenario)
  if (!chosen) return { scenario: null, findings: [noScenario(source.scenario, scenarios)] }
  // What a scenario inherits stands before its own, which is read last and so counts.
  const line = [chosen]
  for (let base = named(textOf(chosen, 'inherits')); base && !line.includes(base); base = named(textOf(base, 'inherits')))
    line.unshift(base)
  const findings: Finding[] = []
  const scenario = scenarioOf(source, line, findings)
  return { scenario: findings.some(({ severity }) => severity === 'error') ? null : scenario, findings }
}

const scenarioOf = (
  { file, programs, definitions, horizon }: BpsimSource,
  line: Element[],
  findings: Finding[],
): WrittenScenario => {
  const settings = line.flatMap((one) => childrenOf(one, 'ScenarioParameters'))
  const setting = (name: string) => settings.flatMap((one) => childrenOf(one, name)).at(-1)
  const attribute = (name: string) => settings.map((one) => textOf(one, name)).findLast((text) => text !== '')
  const base = unitSeconds(attribute('baseTimeUnit'))
  const parameters = parametersOf(line)
  const calendars = calendarsOf(line, findings)
  const time = (element: string, value: Element) => {
    const made = timeOf(value, base)
    if (typeof made === 'string' || !('wrong' in made)) return made
    findings.push(
      finding(
        'error',
        'distribution',
        element,
        [`${element}: ${made.wrong}.`, 'Correct the parameter.'],
        [`${element} : paramètre inutilisable (${localName(value)}).`, 'Corrigez le paramètre.'],
      ),
    )
    return 'PT0S'
  }
  const resources = bpsimResources(definitions, parameters, calendars, findings)
  const known = new Map(
    programs.flatMap(({ process, nodes, flows }) => [...nodes, ...flows].map(({ id }) => [id, process] as const)),
  )
  const elements: Record<string, { duration?: ReturnType<typeof time>; needs?: { pool: string; quantity: number }[] }> = {}
  const probabilities: Record<string, number> = {}
  const demand: WrittenScenario['demand'] = []
  const limits = new Map<string, number>()
  for (const { element, kind, name, values } of parameters) {
    if (resources.elements.has(element)) continue
    if (!known.has(element)) {
      findings.push(unknownElement('element', 'élément', element))
      continue
    }
    const value = values[0]!
    if (name === 'ProcessingTime') elements[element] = { ...elements[element], duration: time(element, value) }
    else if (name === 'Probability') probabilities[element] = constantOf(value)
    else if (name === 'TriggerCount') limits.set(element, constantOf(value))
    else if (name === 'InterTriggerTimer') {
      const calendar = calendars.get(textOf(value, 'validFor'))
      demand.push({
        id: slugOf(element, new Set(demand.map(({ id }) => id))),
        pathway: known.get(element)!,
        interarrival: time(element, value),
        ...(calendar && { calendar: calendar.id }),
      })
    } else if (name !== 'Selection')
      findings.push(notCarried(element, `${element}: ${kind}, ${name}`, `${element} : ${kind}, ${name}`))
  }
  for (const [task, needs] of resources.needs) elements[task] = { ...elements[task], needs }
  for (const [flow, probability] of Object.entries(probabilities))
    if (!(probability >= 0 && probability <= 1)) findings.push(noProbability(flow))
  const counted = [...limits.values()][0]
  const duration = setting('Duration')
  const warmUp = setting('Warmup')
  const [replications, seed] = [Number(attribute('replication')), Number(attribute('seed'))]
  const isoOf = (element: Element | undefined) => (element ? time('ScenarioParameters', childrenOf(element)[0]!) : '')
  const lasts = isoOf(duration)
  const warms = isoOf(warmUp)
  return {
    name: textOf(line.at(-1), 'name') || programs[0]?.process || '',
    hospital: { pools: resources.pools, calendars: [...calendars.values()] },
    pathways: [{ file, elements, probabilities }],
    demand: demand.map((stream) => ({ ...stream, ...(counted && { limit: counted }) })),
    horizon: typeof lasts === 'string' && lasts !== '' ? lasts : horizon,
    ...(typeof warms === 'string' && warms !== '' && { warmUp: warms }),
    ...(replications > 0 && { replications }),
    ...(Number.isSafeInteger(seed) && seed > 0 && { seed }),
  }
}

/** By element and name, the last one told. */
const parametersOf = (line: Element[]): Parameters[] => {
  const found = new Map<string, Parameters>()
  for (const of of line.flatMap((one) => childrenOf(one, 'ElementParameters')))
    for (const group of childrenOf(of))
      for (const parameter of childrenOf(group)) {
        const [element, name] = [textOf(of, 'elementRef'), localName(parameter)]
        const values = childrenOf(parameter).filter((value) => localName(value) !== 'ResultRequest')
        if (values.length > 0) found.set(`${element} ${name}`, { element, kind: localName(group), name, values })
      }
  return [...found.values()]
}

export interface BpsimCalendar {
  id: string
  periods: OpenPeriod[]
}

/** By the id that parameters are valid for. */
const calendarsOf = (line: Element[], findings: Finding[]): Map<string, BpsimCalendar> => {
  const taken = new Set<string>()
  const calendars = new Map<string, BpsimCalendar>()
  for (const calendar of line.flatMap((one) => childrenOf(one, 'Calendar'))) {
    const id = textOf(calendar, 'id')
    const periods = periodsOfCalendar(textOf(calendar, '$body'))
    if (periods) calendars.set(id, { id: slugOf(textOf(calendar, 'name') || id, taken), periods })
    else
      findings.push(
        notCarried(
          id,
          `The calendar "${id}", which does not repeat every week or day,`,
          `Le calendrier « ${id} », sans répétition hebdomadaire ou quotidienne`,
        ),
      )
  }
  return calendars
}

const noScenario = (asked: string | undefined, scenarios: Element[]): Finding => {
  const ids = scenarios.map(({ id, name }) => id || name || '').join(', ')
  return finding(
    'error',
    'no-parameters',
    '',
    asked && ids
      ? [`The file has no BPSim scenario "${asked}".`, `Name one of ${ids}.`]
      : [
          'The file carries no BPSim parameters.',
          'Export it with its simulation parameters, or give those of Prosimos by --with.',
        ],
    asked && ids
      ? [`Le fichier n’a pas de scénario BPSim « ${asked} ».`, `Nommez l’un de ${ids}.`]
      : [
          'Le fichier ne porte pas de paramètres BPSim.',
          'Exportez-le avec ses paramètres de simulation, ou donnez ceux de Prosimos par --with.',
        ],
  )
}

const noProbability = (flow: string): Finding =>
  finding(
    'error',
    'probability',
    flow,
    [`${flow}: its probability is none.`, 'Write a number from 0 to 1.'],
    [`${flow} : ce n’est pas une probabilité.`, 'Écrivez un nombre de 0 à 1.'],
  )
