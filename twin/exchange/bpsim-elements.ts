/** What BPSim says of the elements of a process: times, probabilities and triggers, as parts of a scenario. */
import { type Element, textOf } from '../../pathways/language/bpmn/element.ts'
import type { Finding } from '../../pathways/language/finding.ts'
import { NodeKind, type Program, type ProgramNode } from '../../pathways/language/program.ts'
import { millisecondsOf } from '../../pathways/time/duration.ts'
import type { Distribution } from '../experiment/schema.ts'
import { constantOf, isBetweenPoints, localName, timeOf } from './bpsim-parameter.ts'
import { otherTimes } from './bpsim-resources.ts'
import type { BpsimCalendar, Parameter } from './bpsim-scenario.ts'
import { badSum, finding, isoSeconds, notCarried, slugOf, type WrittenElements, type WrittenScenario } from './imported.ts'

type Stream = WrittenScenario['demand'][number]

/** Times of which work consists, one after the other (BPSim, "TimeParameters": what `Duration` is the sum of). */
const WORK = ['SetUpTime', 'ProcessingTime', 'ValidationTime', 'ReworkTime']

/** A distribution of a parameter's value; a finding, and no time, when it is none. */
export type ReadTime = (element: string, value: Element) => Distribution

/** @param base seconds of the scenario's unit of time. */
export const timeReader =
  (base: number, findings: Finding[]): ReadTime =>
  (element, value) => {
    const made = timeOf(value, base)
    if (typeof made === 'string' || !('wrong' in made)) {
      if (isBetweenPoints(value))
        findings.push(
          notCarried(
            element,
            `${element}: what lies between the points of its UserDistribution`,
            `${element} : les valeurs entre les points de sa loi`,
          ),
        )
      return made
    }
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

interface Place {
  program: Program
  /** Null for a flow. */
  node: ProgramNode | null
}

/** Every element and flow of the processes, by its id. */
export const placesOf = (programs: Program[]): Map<string, Place> =>
  new Map(
    programs.flatMap((program) => [
      ...program.nodes.map((node): [string, Place] => [node.id, { program, node }]),
      ...program.flows.map((flow): [string, Place] => [flow.id, { program, node: null }]),
    ]),
  )

interface Imported {
  elements: WrittenElements
  probabilities: Record<string, number>
  demand: Stream[]
}

/** @param parameters of elements that `places` has. */
export const bpsimElements = (
  parameters: Parameter[],
  places: Map<string, Place>,
  calendars: Map<string, BpsimCalendar>,
  time: ReadTime,
  findings: Finding[],
): Imported => {
  const imported: Imported = { elements: {}, probabilities: {}, demand: [] }
  const work = new Map<string, Map<string, Distribution>>()
  const limits = new Map(
    parameters.filter(({ name }) => name === 'TriggerCount').map(({ element, values }) => [element, constantOf(values[0])]),
  )
  for (const parameter of parameters) {
    const { element, kind, name, values } = parameter
    const { node, program } = places.get(element)!
    const isLeft =
      node === null &&
      program.nodes.some(({ kind: of, outgoing }) => isChoice(of) && outgoing.some((flow) => program.flows[flow]!.id === element))
    if (WORK.includes(name)) {
      if (values.length > 1) findings.push(otherTimes(element, element))
      work.set(element, new Map([...(work.get(element) ?? []), [name, time(element, values.at(-1)!)]]))
    } else if (name === 'Probability' && isLeft) imported.probabilities[element] = probabilityOf(element, values[0], findings)
    else if (name === 'InterTriggerTimer' && node && isStart(program, node)) {
      for (const value of timedOf(parameter, findings))
        imported.demand.push(streamOf(element, program.process, time(element, value), value, calendars, imported.demand, limits))
    } else if (name === 'InterTriggerTimer' && node && isCaught(node))
      imported.elements[element] = { ...imported.elements[element], duration: time(element, values.at(-1)!) }
    else if (name !== 'Selection' && !(name === 'TriggerCount' && hasTimer(element, parameters)))
      findings.push(notCarried(element, `${element}: ${kind}, ${name}`, `${element} : ${kind}, ${name}`))
  }
  for (const [element, parts] of work)
    imported.elements[element] = { ...imported.elements[element], duration: sumOf(element, parts, findings) }
  checkSums(places, imported.probabilities, findings)
  return imported
}

const isChoice = (kind: NodeKind) =>
  kind === NodeKind.exclusiveGateway || kind === NodeKind.inclusiveGateway || kind === NodeKind.complexGateway
const isStart = (program: Program, { scope, kind }: ProgramNode) =>
  kind === NodeKind.startEvent && program.nodes[scope]?.kind === NodeKind.process
const isCaught = ({ kind }: ProgramNode) => kind === NodeKind.intermediateCatchEvent || kind === NodeKind.boundaryEvent
const hasTimer = (element: string, parameters: Parameter[]) =>
  parameters.some((other) => other.element === element && other.name === 'InterTriggerTimer')

/** Those of calendars when there are any, else the one that always holds. */
const timedOf = ({ element, values }: Parameter, findings: Finding[]): Element[] => {
  const timed = values.filter((value) => textOf(value, 'validFor') !== '')
  if (timed.length > 0 && timed.length < values.length) findings.push(otherTimes(element, element))
  return timed.length > 0 ? timed : values.slice(-1)
}

const streamOf = (
  element: string,
  pathway: string,
  interarrival: Distribution,
  value: Element,
  calendars: Map<string, BpsimCalendar>,
  before: Stream[],
  limits: Map<string, number>,
): Stream => {
  const calendar = calendars.get(textOf(value, 'validFor'))
  const limit = limits.get(element)
  return {
    id: slugOf(element, new Set(before.map(({ id }) => id))),
    pathway,
    interarrival,
    ...(calendar && { calendar: calendar.id }),
    ...(limit !== undefined && { limit }),
  }
}

const probabilityOf = (flow: string, value: Element | undefined, findings: Finding[]): number => {
  const probability = constantOf(value)
  if (probability >= 0 && probability <= 1) return probability
  findings.push(
    finding(
      'error',
      'probability',
      flow,
      [`${flow}: its probability is none.`, 'Write a number from 0 to 1.'],
      [`${flow} : ce n’est pas une probabilité.`, 'Écrivez un nombre de 0 à 1.'],
    ),
  )
  return 0
}

/** Out of an exclusive gateway probabilities are 1 together, when each flow has one; a flow without takes what the others leave. */
const checkSums = (places: Map<string, Place>, probabilities: Record<string, number>, findings: Finding[]): void => {
  for (const { program, node } of places.values()) {
    if (node?.kind !== NodeKind.exclusiveGateway) continue
    const given = node.outgoing.flatMap((flow) => probabilities[program.flows[flow]!.id] ?? [])
    const sum = given.reduce((total, each) => total + each, 0)
    if (given.length > 0 && (sum > 1.01 || (given.length === node.outgoing.length && sum < 0.99)))
      findings.push(badSum(node.id, sum))
  }
}

/** One after the other; of those that are not constant, one alone. */
const sumOf = (element: string, parts: Map<string, Distribution>, findings: Finding[]): Distribution => {
  if (parts.size === 1) return [...parts.values()][0]!
  let constant = 0
  let drawn: Exclude<Distribution, string> | null = null
  for (const name of WORK) {
    const part = parts.get(name)
    if (part === undefined) continue
    if (typeof part === 'string') constant += millisecondsOf(part)!
    else if (drawn === null || name === 'ProcessingTime') {
      if (drawn) findings.push(leftOut(element, 'SetUpTime'))
      drawn = part
    } else findings.push(leftOut(element, name))
  }
  const iso = isoSeconds(constant / 1_000)
  if (drawn === null) return iso
  if (constant === 0) return drawn
  // Limits hold for the part that is drawn: they move with what is added.
  const moved = (limit: string) => isoSeconds((millisecondsOf(limit)! + constant) / 1_000)
  return {
    ...drawn,
    shift: iso,
    ...(drawn.atLeast !== undefined && { atLeast: moved(drawn.atLeast) }),
    ...(drawn.atMost !== undefined && { atMost: moved(drawn.atMost) }),
  }
}

const leftOut = (element: string, name: string): Finding =>
  notCarried(
    element,
    `${element}: ${name}, a second time that is not constant,`,
    `${element} : ${name}, deuxième durée non constante`,
  )
