/** A follow-up at home as the API answers it. */
import type { z } from '@hono/zod-openapi'
import type { Variables } from '../pathways/language/feel/value.ts'
import type { Program } from '../pathways/language/program.ts'
import { isoOf, type SiteTime } from '../pathways/time/site.ts'
import { ALERT_COLOURS, type FollowUpRow } from '../records/follow-ups.ts'
import type { MeasurementRow } from '../records/measurements.ts'
import type { Limits } from './limits.ts'
import { measurementItem, nodeOf, timeOrNull } from './presenting.ts'
import type { FollowUpItem } from './schemas/follow-ups.ts'
import type { PatientName } from './schemas/patients.ts'

export interface Known {
  name: z.infer<typeof PatientName> | null
  program: Program
  limits: Limits | null
  measurements: MeasurementRow[]
}

export function followUpItem(row: FollowUpRow, known: Known, now: number, site: SiteTime): z.infer<typeof FollowUpItem> {
  const { run, patient, rank, alert, task, contact, positions, startedAt, instance } = row
  const { name, program, limits, measurements } = known
  const variables = instance?.variables[0] ?? {}
  const isLate = (due: number | null) => due !== null && due < now
  return {
    ...{ run, patient, name, colour: ALERT_COLOURS[rank] },
    alert: alert && {
      ...{ id: String(alert.id), reason: alert.reason, owner: alert.owner, openedAt: isoOf(alert.openedAt, site) },
      ...{ due: timeOrNull(alert.dueAt, site), overdue: isLate(alert.dueAt) },
    },
    task: task && {
      ...{ id: task.id, name: task.name, role: task.role, assignee: task.assignee },
      ...{ due: timeOrNull(task.dueAt, site), overdue: isLate(task.dueAt) },
    },
    condition: typeof variables.condition === 'string' ? variables.condition : '',
    step: positions.flatMap(({ element }) => {
      const node = nodeOf(program, element)
      return node && node.name !== '' && !node.type.endsWith('SubProcess') ? [node.name] : []
    }),
    since: isoOf(startedAt, site),
    adherence: adherenceOf(variables),
    contact: contact && { ...contact, at: isoOf(contact.at, site) },
    limits: limits && { ...limits, reference: referenceOf(limits, variables), isOwn: (variables.ownThresholds ?? null) !== null },
    measurements: measurements.map((measurement) => measurementItem(measurement, site)),
  }
}

function adherenceOf({ returned, expected }: Variables) {
  return typeof returned === 'number' && typeof expected === 'number' && expected > 0 ? { returned, expected } : null
}

/** The oldest of the readings that the pathway compares the next one with. */
function referenceOf({ compare }: Limits, { recent }: Variables): number | null {
  const values = (recent as { values?: unknown } | null | undefined)?.values
  const first: unknown = compare === 'change' && Array.isArray(values) ? values[0] : null
  if (typeof first === 'number') return first
  return first !== null && typeof first === 'object' && '@number' in first ? Number(first['@number']) : null
}
