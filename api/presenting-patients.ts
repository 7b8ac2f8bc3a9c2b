/** Patients, what they wait for and what was done for them, as the API answers it. */
import type { z } from '@hono/zod-openapi'
import { nextSteps } from '../pathways/language/next-steps.ts'
import { isoOf, type SiteTime } from '../pathways/time/site.ts'
import type { ContactRow } from '../records/contacts.ts'
import type { PatientRow } from '../records/patients.ts'
import type { PatientWait } from '../records/waiting.ts'
import { nameOf, timeOrNull } from './presenting.ts'
import type { ContactItem, PatientItem, WaitItem } from './schemas/patients.ts'

/** @param isSeen whether the caller may see who it is. */
export function patientItem(
  { id, traits, insStatus, createdAt, running }: PatientRow,
  isSeen: boolean,
  site: SiteTime,
): z.infer<typeof PatientItem> {
  const shown = {
    ...nameOf(traits),
    birthName: traits.birthFamily,
    ins: insStatus === 'QUAL' ? (traits.ins?.value ?? '') : '',
    identityStatus: insStatus,
    insQualified: insStatus === 'QUAL',
  }
  return { id, traits: isSeen ? shown : null, createdAt: isoOf(createdAt, site), running }
}

export function contactItem(row: ContactRow, site: SiteTime): z.infer<typeof ContactItem> {
  const { id, patient, run, alert, kind, note, thresholds, by, at } = row
  return {
    id: String(id),
    patient,
    run,
    alert: alert === null ? null : String(alert),
    kind,
    note,
    thresholds,
    by,
    at: isoOf(at, site),
  }
}

/** @param poolNames by id. */
export function waitItem(wait: PatientWait, poolNames: Map<string, string>, site: SiteTime): z.infer<typeof WaitItem> {
  const { run, pathway, program, node: index, kind, since, due, role, assignee, task, name: message, explanation } = wait
  const { id: element, name } = program.nodes[index]!
  return {
    ...{ run, pathway, element, name, kind, role, assignee, task },
    message: kind === 'message' || kind === 'signal' ? message : '',
    since: isoOf(since, site),
    due: timeOrNull(due, site),
    needs: (explanation?.needs ?? []).map(({ pool, quantity, suitable, satisfied }) => {
      const { free, reserved, occupied, dirty, closed } = suitable
      return {
        pool,
        name: poolNames.get(pool) ?? pool,
        quantity,
        isThere: satisfied,
        free,
        occupied: occupied + reserved,
        dirty,
        closed,
      }
    }),
    position: explanation?.position ?? null,
    // A request is granted for the very step that asks.
    next: kind === 'request' ? [name] : nextSteps(program, index).map((next) => program.nodes[next]!.name),
  }
}
