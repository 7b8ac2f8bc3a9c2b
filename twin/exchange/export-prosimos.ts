/** A scenario as Prosimos' simulation parameters (JSON, version 2): the way back of `importProsimos`. */
import { canonicalJson } from '../../pathways/language/canonical.ts'
import { parseFeel } from '../../pathways/language/feel/parse.ts'
import type { Value } from '../../pathways/language/feel/value.ts'
import type { Finding } from '../../pathways/language/finding.ts'
import {
  constantOf,
  NodeKind,
  type Program,
  type ProgramDuration,
  type ProgramFilter,
  type ProgramNode,
} from '../../pathways/language/program.ts'
import { durationOf } from '../experiment/parts.ts'
import type { Experiment } from '../experiment/prepare.ts'
import { weekdays } from '../hospital/schema.ts'
import { finding, notCarried } from './imported.ts'
import { type Drawn, prosimosNumbers } from './prosimos-numbers.ts'

export interface Exported {
  /** Null when something of it cannot be said there at all. */
  json: string | null
  findings: Finding[]
}

interface Resource {
  id: string
  name: string
  amount: number
  calendar: string
  cost_per_hour: number
  pool: string
  attributes: Record<string, Value>
}

/** What is always there says so by a calendar, which every resource must have. */
const ALWAYS = 'day-and-night'
const DAYS = weekdays.map(
  (day) =>
    ({ mon: 'MONDAY', tue: 'TUESDAY', wed: 'WEDNESDAY', thu: 'THURSDAY', fri: 'FRIDAY', sat: 'SATURDAY', sun: 'SUNDAY' })[day],
)

/** The parameters for the drawing of the first stream's pathway. Everything else is named in the findings; what Prosimos cannot do without is an error. */
export const exportProsimos = ({ scenario, options }: Experiment): Exported => {
  const findings: Finding[] = []
  const [stream, ...others] = scenario.demand
  const program = options.programs.find(({ process }) => process === stream!.pathway)
  if (!stream?.interarrival || !program) return { json: null, findings: [noArrivals(stream?.id ?? '')] }
  if (others.length > 0 || options.programs.length > 1)
    findings.push(notCarried('demand', 'More than one stream and its pathway', 'Plus d’un flux et de son parcours'))
  const resources = resourcesOf(scenario.hospital.pools)
  const calendars = [
    { id: ALWAYS, time_periods: periodsOf(weekdays, '00:00', '00:00') },
    ...(scenario.hospital.calendars ?? []).map(calendarOf),
  ]
  const tasks = program.nodes.filter(isWork).map((node) => taskOf(program, node, resources, findings))
  const value = {
    resource_profiles: scenario.hospital.pools.map(({ id, ...pool }) => ({
      id,
      name: 'name' in pool && pool.name ? pool.name : id,
      resource_list: resources.filter(({ pool }) => pool === id).map(({ pool: _, attributes: __, ...resource }) => resource),
    })),
    arrival_time_distribution: drawnOf(durationOf(stream.interarrival), stream.id, findings),
    arrival_time_calendar: calendars.find(({ id }) => id === (stream.calendar ?? ALWAYS))!.time_periods,
    gateway_branching_probabilities: branchesOf(program),
    task_resource_distribution: tasks,
    resource_calendars: calendars.filter(({ id }) => resources.some(({ calendar }) => calendar === id)),
    event_distribution: program.nodes.flatMap((node) =>
      node.kind === NodeKind.intermediateCatchEvent && node.duration
        ? [{ event_id: node.id, ...drawnOf(node.duration, node.id, findings) }]
        : [],
    ),
    ...(stream.limit !== undefined && { total_cases: stream.limit }),
    ...(scenario.hospital.site?.epoch !== undefined && { start_time: scenario.hospital.site.epoch }),
  }
  if (stream.calendar !== undefined && stream.whenClosed !== 'postpones')
    findings.push(
      notCarried(stream.id, 'That time stands still while nobody comes', 'Que le temps s’arrête quand personne ne vient'),
    )
  return { json: findings.some(({ severity }) => severity === 'error') ? null : `${JSON.stringify(value, null, 2)}\n`, findings }
}

const noArrivals = (stream: string): Finding =>
  finding(
    'error',
    'no-arrivals',
    stream,
    [
      'Prosimos needs one stream of patients with an "interarrival" distribution, of a pathway of the scenario.',
      'Say interarrival: in the first stream of demand.',
    ],
    [
      'Prosimos veut un flux de patients qui dise « interarrival », vers un parcours du scénario.',
      'Dites interarrival: dans le premier flux de demand.',
    ],
  )

const isWork = ({ kind, duration, durationBy, needs }: ProgramNode): boolean =>
  kind >= NodeKind.task && kind <= NodeKind.manualTask && (duration !== null || durationBy !== undefined || needs.length > 0)

const drawnOf = (duration: ProgramDuration | null, place: string, findings: Finding[]): Drawn => {
  const drawn = prosimosNumbers(duration ?? { distribution: 'fixed', parameters: { value: 0 } })
  if (drawn) return drawn
  findings.push(
    finding(
      'error',
      'distribution',
      place,
      [
        `"${place}" has a distribution that Prosimos does not have (${duration!.distribution}).`,
        'Say it by another distribution.',
      ],
      [`« ${place} » a une loi que Prosimos n’a pas (${duration!.distribution}).`, 'Dites-la par une autre loi.'],
    ),
  )
  return { distribution_name: 'fix', distribution_params: [] }
}

type UnitGroup = Pick<Resource, 'name' | 'attributes' | 'calendar'> & { count: number }

/** One resource for each group of units, by what tells it apart. */
const resourcesOf = (pools: Experiment['scenario']['hospital']['pools']): Resource[] =>
  pools.flatMap(({ id: pool, units }) => {
    if (units === undefined) return []
    const groups: UnitGroup[] = typeof units === 'number' ? [{ name: pool, count: units, attributes: {}, calendar: '' }] : units
    return groups.map(({ name, count, attributes, calendar }, index) => ({
      id: String(attributes.resource ?? (groups.length === 1 ? pool : `${pool}-${index + 1}`)),
      name,
      amount: count,
      calendar: calendar || ALWAYS,
      cost_per_hour: 0,
      pool,
      attributes,
    }))
  })

/** Who may do a task, each with how long it takes them; nobody for a task that needs nobody. */
const taskOf = (program: Program, node: ProgramNode, resources: Resource[], findings: Finding[]) => {
  const [need, ...more] = node.needs
  const quantity = need ? constantOf(program, need.quantity) : 1
  if (more.length > 0 || quantity !== 1)
    findings.push(
      notCarried(node.id, `That "${node.id}" needs more than one unit`, `Que « ${node.id} » demande plus d’une unité`),
    )
  const able = need
    ? resources.filter((each) => each.pool === need.pool && need.where.every((filter) => fits(program, filter, each, findings)))
    : []
  const isByResource = node.durationBy && canonicalJson(program.expressions[node.durationBy.expression]) === BY_RESOURCE
  if (node.durationBy && !isByResource)
    findings.push(
      notCarried(node.id, `What the duration of "${node.id}" depends on`, `Ce dont dépend la durée de « ${node.id} »`),
    )
  const durationFor = (id: string) => (isByResource && node.durationBy!.durations[id]) || node.duration
  if (able.length === 0)
    findings.push(
      notCarried(node.id, `"${node.id}" asks for nobody, so how long it takes`, `« ${node.id} » ne demande personne : sa durée`),
    )
  return {
    task_id: node.id,
    resources: able.map(({ id }) => ({ resource_id: id, ...drawnOf(durationFor(id), node.id, findings) })),
  }
}

const BY_RESOURCE = canonicalJson(parseFeel('doneBy.resource'))

/** Whether a resource is one of those a need names; what depends on the patient is left out. */
const fits = (
  program: Program,
  { attribute, operator, value }: ProgramFilter,
  { attributes }: Resource,
  findings: Finding[],
): boolean => {
  const wanted = constantOf(program, value)
  if (wanted === undefined || (operator !== '=' && operator !== 'in')) {
    findings.push(notCarried(attribute, `The filter by "${attribute}"`, `Le filtre par « ${attribute} »`))
    return true
  }
  const own = attributes[attribute] ?? null
  return operator === '=' ? own === wanted : Array.isArray(wanted) && wanted.includes(own)
}

const branchesOf = ({ nodes, flows }: Program) =>
  nodes.flatMap(({ id, outgoing }) => {
    const told = outgoing.filter((flow) => flows[flow]!.probability !== undefined)
    return told.length === 0
      ? []
      : [{ gateway_id: id, probabilities: told.map((flow) => ({ path_id: flows[flow]!.id, value: flows[flow]!.probability! })) }]
  })

type WrittenCalendar = NonNullable<Experiment['scenario']['hospital']['calendars']>[number]

const calendarOf = (calendar: WrittenCalendar) => ({
  id: calendar.id,
  time_periods: ('periods' in calendar ? calendar.periods : [calendar]).flatMap(({ days, from, to }) =>
    periodsOf(days, from, to),
  ),
})

/** Days that follow one another are one period; midnight at the end is the day's last moment. */
const periodsOf = (days: readonly (typeof weekdays)[number][], from: string, to: string) => {
  const runs: number[][] = []
  for (const day of weekdays.flatMap((name, index) => (days.includes(name) ? [index] : []))) {
    const run = runs.at(-1)
    if (run && run.at(-1) === day - 1) run.push(day)
    else runs.push([day])
  }
  const endTime = to === '00:00' ? '23:59:59' : `${to}:00`
  return runs.map((run) => ({ from: DAYS[run[0]!]!, to: DAYS[run.at(-1)!]!, beginTime: `${from}:00`, endTime }))
}
