/**
 * Prosimos' simulation parameters (JSON) for a BPMN drawing, as a scenario. O. López-Pintado, I. Halenok, M. Dumas, "Prosimos: Discovering and Simulating Business
 * Processes with Differentiated Resources" (2022); the file as its versions 1 and 2 read it.
 */
import type { Finding } from '../../pathways/language/finding.ts'
import type { Program } from '../../pathways/language/program.ts'
import type { Distribution } from '../experiment/schema.ts'
import { checkedYaml } from '../yaml/checked.ts'
import { accepted } from './accepted.ts'
import {
  badSum,
  finding,
  type Imported,
  notCarried,
  siteOf,
  slugOf,
  unknownElement,
  type WrittenElements,
  type WrittenScenario,
} from './imported.ts'
import { histogramDistribution, prosimosDistribution } from './prosimos-distribution.ts'
import { poolsOf } from './prosimos-resources.ts'
import { type Drawn, Prosimos, periodsOf } from './prosimos-schema.ts'

const CARRIED = new Set([...Object.keys(Prosimos.shape), 'model_type', 'granule_size'])

/**
 * @param file the drawing's name, as the scenario shall name it. @param programs the drawing's processes: ids are looked up in them.
 * @param horizon how long the scenario lasts, ISO 8601: Prosimos counts cases instead.
 */
export const importProsimos = (json: string, file: string, programs: Program[], horizon: string): Imported => {
  const { value, problems } = checkedYaml(json, Prosimos, 'JSON')
  if (!value)
    return {
      scenario: null,
      findings: problems.map(({ path, message, help }) =>
        finding(
          'error',
          'broken-parameters',
          path,
          [`${message}.`, help],
          [`Fichier de paramètres : ${message}.`, 'Corrigez le fichier.'],
        ),
      ),
    }
  const findings: Finding[] = [...ignoredOf(value)]
  const { pools, calendars, needs } = poolsOf(value, findings)
  const process = programs[0]?.process ?? ''
  const taken = new Set(calendars.map(({ id }) => id))
  const arrivals = value.arrival_time_calendar.length > 0 ? slugOf('arrivals', taken) : ''
  const interarrival = distributed(value.arrival_time_distribution, 'arrival_time_distribution', findings)
  const elements = elementsOf(value, programs, needs, findings)
  const probabilities = probabilitiesOf(value, programs, findings)
  if (findings.some(({ severity }) => severity === 'error')) return { scenario: null, findings }
  const scenario: WrittenScenario = {
    name: process,
    hospital: {
      ...(value.start_time !== undefined && { site: siteOf(value.start_time) }),
      pools,
      calendars: [...calendars, ...(arrivals ? [{ id: arrivals, periods: value.arrival_time_calendar.flatMap(periodsOf) }] : [])],
    },
    pathways: [{ file, elements, probabilities }],
    demand: [
      {
        id: 'cases',
        pathway: process,
        interarrival,
        ...(arrivals && { calendar: arrivals, whenClosed: 'postpones' as const }),
        ...(value.total_cases !== undefined && { limit: value.total_cases }),
      },
    ],
    horizon,
  }
  return accepted({ scenario, findings }, programs)
}

const ignoredOf = (value: Prosimos): Finding[] => {
  const sections = Object.entries(value).filter(
    ([key, section]) => !CARRIED.has(key) && !(Array.isArray(section) && section.length === 0) && section !== null,
  )
  const fuzzy =
    value.model_type === 'FUZZY'
      ? [notCarried('model_type', 'That resources are there with some probability', 'La présence probable des ressources')]
      : []
  return [...fuzzy, ...sections.map(([key]) => notCarried(key, `The section "${key}"`, `La section « ${key} »`))]
}

const distributed = (
  { distribution_name, distribution_params, histogram_data }: Drawn,
  place: string,
  findings: Finding[],
): Distribution => {
  const made =
    distribution_name === 'histogram_sampling'
      ? histogramDistribution(histogram_data)
      : prosimosDistribution(distribution_name, distribution_params)
  if (typeof made === 'string' || !('wrong' in made)) return made
  findings.push(
    finding(
      'error',
      'distribution',
      place,
      [`${place}: ${made.wrong}.`, 'Correct the distribution.'],
      [`${place} : loi de probabilité inutilisable (${distribution_name}).`, 'Corrigez la loi.'],
    ),
  )
  return 'PT0S'
}

type Needs = Map<string, { pool: string; where?: { attribute: string; in: string[] } }>

/** The same whoever does it, or by the `resource` that the unit granted is. */
const byResource = (drawn: { id: string; duration: Distribution }[]) => {
  const [first] = drawn
  if (drawn.every(({ duration }) => JSON.stringify(duration) === JSON.stringify(first!.duration))) return first!.duration
  return { by: 'doneBy.resource', values: Object.fromEntries(drawn.map(({ id, duration }) => [id, duration])) }
}

const elementsOf = (value: Prosimos, programs: Program[], needs: Needs, findings: Finding[]) => {
  const known = new Set(programs.flatMap(({ nodes }) => nodes.map(({ id }) => id)))
  const elements: WrittenElements = {}
  for (const { task_id, resources } of value.task_resource_distribution) {
    if (!known.has(task_id)) findings.push(unknownElement('task', 'tâche', task_id))
    const drawn = resources.map((resource) => ({
      id: resource.resource_id,
      duration: distributed(resource, `task_resource_distribution, ${task_id}`, findings),
    }))
    const need = needs.get(task_id)
    elements[task_id] = { ...(drawn.length > 0 && { duration: byResource(drawn) }), ...(need && { needs: [need] }) }
  }
  for (const event of value.event_distribution) {
    if (!known.has(event.event_id)) findings.push(unknownElement('event', 'événement', event.event_id))
    elements[event.event_id] = { duration: distributed(event, `event_distribution, ${event.event_id}`, findings) }
  }
  return elements
}

const probabilitiesOf = (value: Prosimos, programs: Program[], findings: Finding[]): Record<string, number> => {
  const nodes = programs.flatMap(({ nodes: own, flows }) =>
    own.map((node) => ({ id: node.id, flows: node.outgoing.map((flow) => flows[flow]!.id) })),
  )
  const result: Record<string, number> = {}
  for (const { gateway_id, probabilities } of value.gateway_branching_probabilities) {
    const gateway = nodes.find(({ id }) => id === gateway_id)
    if (!gateway) {
      findings.push(unknownElement('gateway', 'passerelle', gateway_id))
      continue
    }
    const left = 1 - probabilities.reduce((sum, each) => sum + (each.value ?? 0), 0)
    const missing = probabilities.filter((each) => each.value === undefined).length
    const isExclusive = programs.some(({ nodes: own }) =>
      own.some(({ id, type }) => id === gateway_id && type === 'bpmn:ExclusiveGateway'),
    )
    if (isExclusive && Math.abs(left) > 0.01 && (left < 0 || missing === 0)) findings.push(badSum(gateway_id, 1 - left))
    for (const { path_id, value: given } of probabilities) {
      if (!gateway.flows.includes(path_id))
        findings.push(unknownElement('flow out of the gateway', 'flux partant de la passerelle', path_id))
      result[path_id] = Math.min(1, Math.max(0, given ?? left / missing))
    }
  }
  return result
}
