/** Incidents as a step changes them: a system activity that exhausted its retries, a request that can never be granted, a decision. */
import type { Carried, Carrying } from './carrying.ts'
import type { Transaction } from './database.ts'
import type { RefusedRequest } from './incidents.ts'
import { noteCancellation } from './runs.ts'

export interface NewIncident {
  site: string
  run: string
  wait: number
  activity: string
  reason: string
  /** Where it is not the one that waits. */
  element?: string
  owner: string
  openedAt: number
  /** Why a request was refused. */
  refused?: RefusedRequest['refused']
}

/** Those that the workflow reports. */
export const incidentsOf = ({ batch, run }: Carried): NewIncident[] =>
  (batch.incidents ?? []).map(({ wait, activity, reason, element }) => ({
    ...(element !== undefined && { element }),
    site: run.site,
    run: run.id,
    wait,
    activity,
    reason,
    owner: 'operations',
    openedAt: batch.instance.bookkeeping.at,
  }))

export async function writeIncidents({ tx, run, program, batch }: Carrying, incidents: NewIncident[]): Promise<void> {
  if (incidents.length === 0) return
  const rows = incidents.map(({ site, wait, activity, reason, element, owner, openedAt, refused }) => {
    const waiting = program.nodes[batch.instance.marking.waits.find((open) => open.id === wait)?.node ?? 0]!
    const node = program.nodes.find(({ id }) => id === element) ?? waiting
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
      request: request ? JSON.stringify({ ...request, refused }) : null,
    }
  })
  await tx`insert into incidents ${tx(rows as unknown as Record<string, string>[])}`
}

/** A request that was asked again in vain is an incident again, of the same step. */
export async function writeRefusedAgain(tx: Transaction, incidents: NewIncident[]): Promise<void> {
  for (const { run, wait, reason, openedAt, refused } of incidents) {
    const { count } = await tx`
      insert into incidents (site, run, wait, pathway, element, name, activity, reason, owner, state, opened_at, request)
      select site, run, wait, pathway, element, name, activity, ${reason}, owner, 'open', ${openedAt}::bigint,
        request || ${JSON.stringify({ refused })}::jsonb
      from incidents where run = ${run} and wait = ${wait} and activity = 'request' order by id desc limit 1`
    if (count === 0) throw new Error(`Wait ${wait} of run ${run} was refused, and had never been before`)
  }
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
  const ending = decided.find(({ action }) => action === 'cancel')
  if (ending) await noteCancellation(tx, run.id, ending.by, ending.reason)
  if (cancelled.length > 0 || over)
    await tx`
      update incidents set state = 'resolved', resolved_at = ${at}
      where run = ${run.id} and state = 'open' and (${over} or wait = any(${cancelled}::int[]))`
}
