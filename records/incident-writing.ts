/** Incidents as a step changes them: a system activity that exhausted its retries, a request that can never be granted, a decision. */
import type { Carried, Carrying } from './carrying.ts'

export interface NewIncident {
  site: string
  wait: number
  activity: string
  reason: string
  owner: string
  openedAt: number
}

/** Those that the workflow reports. */
export const incidentsOf = ({ batch, run }: Carried): NewIncident[] =>
  (batch.incidents ?? []).map(({ wait, activity, reason }) => ({
    site: run.site,
    wait,
    activity,
    reason,
    owner: 'operations',
    openedAt: batch.instance.bookkeeping.at,
  }))

export async function writeIncidents({ tx, run, program, batch }: Carrying, incidents: NewIncident[]): Promise<void> {
  if (incidents.length === 0) return
  const rows = incidents.map(({ site, wait, activity, reason, owner, openedAt }) => {
    const node = program.nodes[batch.instance.marking.waits.find((open) => open.id === wait)?.node ?? 0]!
    const request = batch.effects.find((effect) => effect.type === 'acquire' && effect.wait === wait)
    return {
      site,
      run: run.id,
      wait,
      pathway: run.pathway,
      element: node.id,
      name: node.name,
      activity,
      reason,
      owner,
      state: 'open',
      opened_at: openedAt,
      request: request ? JSON.stringify(request) : null,
    }
  })
  await tx`insert into incidents ${tx(rows as unknown as Record<string, string>[])}`
}

/** Decided by somebody, or pointless because what failed is needed no more. */
export async function resolveIncidents({ tx, run, batch, at }: Carrying): Promise<void> {
  const decided = (batch.resolutions ?? []).map(({ wait, action, reason, by }) => ({ wait, action, reason, by }))
  const cancelled = batch.effects.flatMap((effect) => (effect.type === 'cancel' ? [effect.wait] : []))
  const over = batch.instance.marking.outcome !== 'running'
  if (decided.length > 0)
    await tx`
      update incidents set state = 'resolved', remedy = x.action, remedy_reason = x.reason, resolved_by = x.by, resolved_at = ${at}
      from json_to_recordset(${JSON.stringify(decided)}::json) as x(wait int, action text, reason text, by text)
      where incidents.run = ${run.id} and incidents.wait = x.wait and incidents.state = 'open'`
  if (cancelled.length > 0 || over)
    await tx`
      update incidents set state = 'resolved', resolved_at = ${at}
      where run = ${run.id} and state = 'open' and (${over} or wait = any(${cancelled}::int[]))`
}
