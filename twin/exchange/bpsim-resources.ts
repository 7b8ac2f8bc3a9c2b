/** Resources of a BPMN file and their BPSim quantities, as pools; and which tasks need which. */
import { type Element, elementOf, elementsOf, textOf } from '../../pathways/language/bpmn/element.ts'
import type { Finding } from '../../pathways/language/finding.ts'
import type { BpsimCalendar, Parameters } from './bpsim.ts'
import { constantOf } from './bpsim-parameter.ts'
import { slugOf, unknownReference, type WrittenScenario } from './imported.ts'

interface Resources {
  pools: WrittenScenario['hospital']['pools']
  /** By task. */
  needs: Map<string, { pool: string; quantity: number }[]>
  /** Ids of what is a resource, not an element of a process. */
  elements: Set<string>
}

/** `bpsim:getResource('Nurse', 2)`, `bpsim:getResourceByRoles('Nurse')`. */
const SELECTION = /getResource(?:ByRoles)?\(\s*['"]([^'"]+)['"]\s*(?:,\s*(\d+)\s*)?\)/g

export const bpsimResources = (
  definitions: Element,
  parameters: Parameters[],
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
  const pools = resources.map(({ id, name }) => {
    const quantities = parameters.find((one) => one.element === id && one.name === 'Quantity')?.values ?? []
    const groups = quantities.flatMap((value) => {
      const [count, calendar] = [constantOf(value), calendars.get(textOf(value, 'validFor'))]
      return count > 0 ? [{ name: name || id!, count, place: name || id!, ...(calendar && { calendar: calendar.id }) }] : []
    })
    const units = groups.length > 0 ? groups : [{ name: name || id!, count: 1, place: name || id! }]
    return { id: poolIds.get(id!)!, name: name || id!, passesMax: 1_000_000, units }
  })
  const needs: Resources['needs'] = new Map()
  const need = (task: string, resource: string, quantity: number) => {
    const pool = poolIds.get(resource)
    if (!pool) findings.push(unknownReference('resource', 'ressource', resource))
    else needs.set(task, [...(needs.get(task) ?? []), { pool, quantity }])
  }
  for (const task of tasksOf(definitions))
    for (const role of elementsOf(task, 'resources')) {
      const resource = elementOf(role, 'resourceRef')?.id
      if (resource) need(task.id!, resource, 1)
    }
  for (const { element, name, values } of parameters) {
    if (name !== 'Selection') continue
    // What a task selects counts, not what it is drawn with.
    needs.delete(element)
    for (const [, resource, quantity] of textOf(values[0], 'value').matchAll(SELECTION))
      need(element, resource!, Number(quantity ?? 1))
  }
  return { pools, needs, elements: new Set(resources.flatMap(({ id }) => id ?? [])) }
}

const tasksOf = (scope: Element): Element[] =>
  [...elementsOf(scope, 'rootElements'), ...elementsOf(scope, 'flowElements')].flatMap((element) => [
    element,
    ...tasksOf(element),
  ])
