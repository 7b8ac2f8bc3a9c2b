/** Which BPSim scenario of a file is meant, with what it inherits; and what it says of itself. */
import { type Element, elementOf, elementsOf, textOf } from '../../pathways/language/bpmn/element.ts'
import type { Finding } from '../../pathways/language/finding.ts'
import { type OpenPeriod, periodsOfCalendar } from './bpsim-calendar.ts'
import { childrenOf, localName } from './bpsim-parameter.ts'
import { finding, notCarried, slugOf } from './imported.ts'

export interface Parameter {
  /** Id that it is for. */
  element: string
  /** `TimeParameters` and the like. */
  kind: string
  /** `ProcessingTime` and the like. */
  name: string
  /** At least one: each for all times, or for those of a calendar (`validFor`). */
  values: Element[]
}

export interface BpsimCalendar {
  id: string
  periods: OpenPeriod[]
}

/** The scenarios that a file has: in a relationship, as the standard says, or in the extensions of its root or of a process. */
export const bpsimScenarios = (definitions: Element): Element[] =>
  [...elementsOf(definitions, 'relationships'), definitions, ...elementsOf(definitions, 'rootElements')]
    .flatMap((holder) => elementsOf(elementOf(holder, 'extensionElements') ?? holder, 'values'))
    .filter((element) => localName(element) === 'BPSimData')
    .flatMap((data) => childrenOf(data, 'Scenario'))

/** A scenario by its id or name, the first when none is asked for, after those that it inherits from: what is told last counts. Empty when there is none. */
export const lineOf = (scenarios: Element[], asked: string | undefined): Element[] => {
  const named = (id: string) => scenarios.find((one) => one.id === id) ?? scenarios.find((one) => one.name === id)
  const line: Element[] = []
  for (
    let one = asked === undefined ? scenarios[0] : named(asked);
    one && !line.includes(one);
    one = named(textOf(one, 'inherits'))
  )
    line.unshift(one)
  return line
}

/** By element and name, the last one told; what vendors added is named. */
export const parametersOf = (line: Element[], findings: Finding[]): Parameter[] => {
  const found = new Map<string, Parameter>()
  for (const of of line.flatMap((one) => childrenOf(one, 'ElementParameters'))) {
    const element = textOf(of, 'elementRef').replace(/^.*:/, '')
    for (const group of childrenOf(of)) {
      if (localName(group) === 'VendorExtension') {
        findings.push(vendors(element, textOf(group, 'name')))
        continue
      }
      for (const parameter of childrenOf(group)) {
        // Properties and roles may be several of one name.
        const key = `${element} ${localName(parameter)} ${textOf(parameter, 'name')}`
        const values = childrenOf(parameter).filter((value) => localName(value) !== 'ResultRequest')
        if (values.length > 0) found.set(key, { element, kind: localName(group), name: localName(parameter), values })
      }
    }
  }
  return [...found.values()]
}

export interface Settings {
  /** The last `Duration`, `Start` and the like that was told. */
  parameter(name: string): Element | undefined
  /** The last attribute of that name, '' when there is none. */
  attribute(name: string): string
}

/** What the scenarios say of themselves; properties and what vendors added are named. */
export const settingsOf = (line: Element[], findings: Finding[]): Settings => {
  const settings = line.flatMap((one) => childrenOf(one, 'ScenarioParameters'))
  if (settings.some((one) => childrenOf(one, 'PropertyParameters').some((group) => childrenOf(group).length > 0)))
    findings.push(notCarried('', 'What the scenario says of properties', 'Les propriétés du scénario'))
  for (const extension of line.flatMap((one) => childrenOf(one, 'VendorExtension')))
    findings.push(vendors('', textOf(extension, 'name')))
  return {
    parameter: (name) =>
      settings
        .flatMap((one) => childrenOf(one, name))
        .flatMap((parameter) => childrenOf(parameter))
        .findLast((value) => localName(value) !== 'ResultRequest'),
    attribute: (name) => settings.map((one) => textOf(one, name)).findLast((text) => text !== '') ?? '',
  }
}

const vendors = (element: string, name: string): Finding =>
  notCarried(
    element,
    `${element && `${element}: `}The vendor's extension "${name}"`,
    `${element && `${element} : `}L’extension « ${name} »`,
  )

/** By the id that parameters are valid for. */
export const calendarsOf = (line: Element[], findings: Finding[]): Map<string, BpsimCalendar> => {
  const taken = new Set<string>()
  const calendars = new Map<string, BpsimCalendar>()
  for (const calendar of line.flatMap((one) => childrenOf(one, 'Calendar'))) {
    const id = textOf(calendar, 'id')
    const periods = periodsOfCalendar(textOf(calendar, '$body'))
    if (periods) calendars.set(id, { id: calendars.get(id)?.id ?? slugOf(textOf(calendar, 'name') || id, taken), periods })
    else
      findings.push(
        notCarried(
          id,
          `The calendar "${id}", which does not repeat every week or day for ever,`,
          `Le calendrier « ${id} », sans répétition hebdomadaire ou quotidienne illimitée`,
        ),
      )
  }
  return calendars
}

export const noScenario = (asked: string | undefined, scenarios: Element[]): Finding => {
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
