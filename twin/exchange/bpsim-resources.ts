/** Resources of a BPMN file and their BPSim quantities, as pools; and which tasks need which. */
import { type Element, elementOf, elementsOf, textOf } from '../../pathways/language/bpmn/element.ts'
import type { Finding } from '../../pathways/language/finding.ts'
import { constantOf, localName } from './bpsim-parameter.ts'
import type { BpsimCalendar, Parameter } from './bpsim-scenario.ts'
import { finding, notCarried, slugOf, unknownReference, type WrittenScenario } from './imported.ts'

interface Resources {
  pools: WrittenScenario['hospital']['pools']
  /** By task. */
  needs: Map<string, { pool: string; quantity: number }[]>
  /** Ids of what is a resource or asks for one, not an element of a process. */
  elements: Set<string>
}

/** `bpsim:getResource('Nurse', 2)`, `bpsim:getResourceByRoles('Nurse')`. */
const SELECTION = /getResource(ByRoles)?\(\s*(?:'([^']+)'|"([^"]+)")\s*(?:,\s*(\d+)\s*)?\)/g
/** Ways to write that either of some resources will do. */
const EITHER = /\||\bor\b|orResource/

export const bpsimResources = (
  definitions: Element,
  parameters: Parameter[],
  calendars: Map<string, BpsimCalendar>,
  findings: Finding[],
): Resources => {
  const resources = elementsOf(definitions, 'rootElements').filter(({ $type }) => $type === 'bpmn:Resource')
  const poolIds = new Map<string, string>()
  const taken = new Set<string>()
  for (const { id, name } of resources) {
    const pool = slugOf(name || id || '', taken)
    for (const key of [id, name]) if (key) poolIds.set(key, pool)
  }
  const roles = rolesOf(parameters, poolIds)
  const pools = resources.map((resource) => ({
    id: poolIds.get(resource.id!)!,
    name: resource.name || resource.id!,
    passesMax: 1_000_000,
    units: unitsOf(resource, parameters, calendars, findings),
  }))
  const needs: Resources['needs'] = new Map()
  const need = (task: string, pools: string[] | undefined, resource: string, quantity: number) => {
    if (!pools) findings.push(unknownReference('resource', 'ressource', resource))
    else needs.set(task, [...(needs.get(task) ?? []), { pool: pools[0]!, quantity }])
    if (pools && pools.length > 1) findings.push(either(task))
  }
  const poolOf = (resource: string) => (poolIds.has(resource) ? [poolIds.get(resource)!] : undefined)
  const asking = new Map<string, string>()
  for (const task of tasksOf(definitions))
    for (const role of elementsOf(task, 'resources')) {
      if (role.id) asking.set(role.id, task.id!)
      const resource = elementOf(role, 'resourceRef')?.id
      if (resource) need(task.id!, poolOf(resource), resource, 1)
    }
  for (const { element, name, values } of parameters) {
    if (name !== 'Selection') continue
    const [task, text] = [asking.get(element) ?? element, textOf(values[0], 'value')]
    const asked = [...text.matchAll(SELECTION)].map(([, byRole, single, double, quantity]) => {
      const resource = (single ?? double)!
      return { resource, pools: (byRole && roles.get(resource)) || poolOf(resource), quantity: Number(quantity ?? 1) }
    })
    // What is left when those are taken out: operators between them, and nothing that decides.
    const isPlain =
      asked.length > 0 && /^[\s(),|]*((bpsim:|and|or|andResource|orResource)[\s(),|]*)*$/.test(text.replace(SELECTION, ''))
    if (!isPlain) {
      findings.push(
        notCarried(task, `${task}: the selection of resources "${text}"`, `${task} : le choix de ressources « ${text} »`),
      )
      continue
    }
    // What a task selects counts, not what it is drawn with.
    needs.delete(task)
    const isEither = asked.length > 1 && EITHER.test(text.replace(SELECTION, ''))
    if (isEither) findings.push(either(task))
    for (const { resource, pools, quantity } of isEither ? asked.slice(0, 1) : asked) need(task, pools, resource, quantity)
  }
  return { pools, needs, elements: new Set([...resources.flatMap(({ id }) => id ?? []), ...asking.keys()]) }
}

const either = (task: string): Finding =>
  notCarried(
    task,
    `${task}: that another resource will do than the first that is named`,
    `${task} : le recours à une autre ressource que la première nommée`,
  )

/** Pools by a role that their resources have. */
const rolesOf = (parameters: Parameter[], poolIds: Map<string, string>): Map<string, string[]> => {
  const roles = new Map<string, string[]>()
  for (const { element, name, values } of parameters) {
    const pool = poolIds.get(element)
    if (name !== 'Role' || pool === undefined) continue
    for (const role of values.map((value) => textOf(value, 'value'))) roles.set(role, [...(roles.get(role) ?? []), pool])
  }
  return roles
}

/** As many as its quantity says, by calendar; one when none is given. */
const unitsOf = ({ id, name }: Element, parameters: Parameter[], calendars: Map<string, BpsimCalendar>, findings: Finding[]) => {
  const called = name || id!
  for (const other of parameters)
    if (other.element === id && other.name !== 'Quantity' && other.name !== 'Role')
      findings.push(notCarried(id!, `${called}: ${other.kind}, ${other.name}`, `${called} : ${other.kind}, ${other.name}`))
  const quantities = parameters.find((one) => one.element === id && one.name === 'Quantity')?.values ?? []
  const timed = quantities.filter((value) => textOf(value, 'validFor') !== '')
  if (timed.length > 0 && timed.length < quantities.length) findings.push(otherTimes(id!, called))
  const groups = (timed.length > 0 ? timed : quantities.slice(-1)).flatMap((value) => {
    const [count, calendar] = [constantOf(value), calendars.get(textOf(value, 'validFor'))]
    if (!Number.isInteger(count) || count < 0) findings.push(noQuantity(id!, called, localName(value)))
    return count > 0 ? [{ name: called, count, place: called, ...(calendar && { calendar: calendar.id }) }] : []
  })
  return quantities.length > 0 ? groups : [{ name: called, count: 1, place: called }]
}

/** A value for all times beside those of calendars. */
export const otherTimes = (element: string, called: string): Finding =>
  notCarried(
    element,
    `${called}: what holds outside of the calendars that are named`,
    `${called} : la valeur en dehors des calendriers nommés`,
  )

const noQuantity = (element: string, called: string, what: string): Finding =>
  finding(
    'error',
    'quantity',
    element,
    [`${called}: its quantity (${what}) is no whole number of at least 0.`, 'Write a constant.'],
    [`${called} : sa quantité (${what}) n’est pas un nombre entier d’au moins 0.`, 'Écrivez une constante.'],
  )

const tasksOf = (scope: Element): Element[] =>
  [...elementsOf(scope, 'rootElements'), ...elementsOf(scope, 'flowElements')].flatMap((element) => [
    element,
    ...tasksOf(element),
  ])
