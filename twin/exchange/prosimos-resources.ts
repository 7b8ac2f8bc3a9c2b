/** Prosimos' resources as pools: those that do the same tasks stand together, and a task that not all of a pool do names those that do. */
import type { Finding } from '../../pathways/language/finding.ts'
import { notCarried, slugOf, unknownReference, type WrittenScenario } from './imported.ts'
import { type Prosimos, periodsOf } from './prosimos-schema.ts'

type WrittenPool = WrittenScenario['hospital']['pools'][number]
type WrittenCalendars = NonNullable<WrittenScenario['hospital']['calendars']>

interface Pools {
  pools: WrittenPool[]
  calendars: WrittenCalendars
  /** By task: one of which pool does it. */
  needs: Map<string, { pool: string; where?: { attribute: string; in: string[] } }>
}

type Resource = Prosimos['resource_profiles'][number]['resource_list'][number]

export const poolsOf = (value: Prosimos, findings: Finding[]): Pools => {
  const calendarIds = new Map<string, string>()
  const taken = new Set<string>()
  const calendars = value.resource_calendars.map(({ id, time_periods }) => {
    const slug = slugOf(id, taken)
    calendarIds.set(id, slug)
    return { id: slug, periods: time_periods.flatMap(periodsOf) }
  })
  const resources = new Map<string, { resource: Resource; profile: string }>()
  for (const { id, name, resource_list } of value.resource_profiles)
    for (const resource of resource_list) resources.set(resource.id, { resource, profile: name || id })
  const groups = groupsOf(value, resources, findings)
  const poolIds = new Set<string>()
  const pools: WrittenPool[] = []
  const needs: Pools['needs'] = new Map()
  for (const group of groups) {
    const profiles = [...new Set(group.map((id) => resources.get(id)!.profile))]
    const pool = slugOf(profiles.length === 1 ? profiles[0]! : `${profiles[0]} and others`, poolIds)
    pools.push({
      id: pool,
      name: profiles.join(', '),
      passesMax: 1_000_000,
      units: group.flatMap((id) => {
        const { resource, profile } = resources.get(id)!
        if (resource.amount === 0) return []
        if (resource.calendar !== '' && !calendarIds.has(resource.calendar))
          findings.push(unknownReference('calendar', 'calendrier', resource.calendar))
        const calendar = calendarIds.get(resource.calendar)
        return [
          {
            name: resource.name || id,
            count: resource.amount,
            place: profile,
            attributes: { resource: id },
            ...(calendar && { calendar }),
          },
        ]
      }),
    })
    for (const { task_id, resources: able } of value.task_resource_distribution) {
      const ids = [...new Set(able.map(({ resource_id }) => resource_id))]
      if (ids.length === 0 || !group.includes(ids[0]!)) continue
      needs.set(task_id, { pool, ...(ids.length < group.length && { where: { attribute: 'resource', in: ids } }) })
    }
  }
  if ([...resources.values()].some(({ resource }) => resource.cost_per_hour > 0))
    findings.push(notCarried('resource_profiles', 'What resources cost', 'Le coût des ressources'))
  return { pools, calendars, needs }
}

/** Resources that some task could be done by either of, put together. */
const groupsOf = (value: Prosimos, resources: Map<string, unknown>, findings: Finding[]): string[][] => {
  const groupOf = new Map<string, string[]>([...resources.keys()].map((id) => [id, [id]]))
  for (const { resources: able } of value.task_resource_distribution) {
    const known = able.flatMap(({ resource_id }) => {
      if (groupOf.has(resource_id)) return [resource_id]
      findings.push(unknownReference('resource', 'ressource', resource_id))
      return []
    })
    for (const id of known.slice(1)) {
      const [one, other] = [groupOf.get(known[0]!)!, groupOf.get(id)!]
      if (one === other) continue
      one.push(...other)
      for (const member of other) groupOf.set(member, one)
    }
  }
  return [...new Set(groupOf.values())]
}
