/** What the end of a run sets right: its caller hears of it, its unit is usable again, nothing is held for it. */
import type { Effect } from '../pathways/engine/contract.ts'
import { release, turnedOver, withdraw } from '../pathways/resources/index.ts'
import type { Carrying } from './carrying.ts'

type End = Extract<Effect, { type: 'end' }>

export async function endRun(carrying: Carrying, { outcome, at, error }: End): Promise<void> {
  const { run, outbox, batch, tx } = carrying
  giveBackTheRest(carrying)
  if (run.callerRun !== null) {
    const event = {
      type: 'runEnded' as const,
      at,
      wait: run.callerWait!,
      outcome,
      variables: batch.instance.variables[0] ?? {},
      error,
    }
    outbox.push({ target: run.callerRun, kind: 'event', payload: event })
  }
  if (run.turnoverUnit !== null) endTurnover(carrying, run.turnoverUnit, outcome === 'completed')
  // Whatever was still on its way to it, nobody will hear.
  await tx`update outbox set wall_delivered = clock_timestamp() where target = ${run.id} and wall_delivered is null and kind = 'event'`
  await tx`delete from messages where run = ${run.id}`
}

/** Consumed stock, and what was granted while its request was being withdrawn: the engine knows nothing of either any more. */
function giveBackTheRest({ ledger, run, at }: Carrying): void {
  const holder = ledger.holders.get(run.id)
  for (const { held } of [...(holder?.held ?? [])]) release(ledger, run.id, held.hold, at)
  for (const { request } of [...(holder?.requests ?? [])]) withdraw(ledger, run.id, request.wait)
}

/** Somebody may have seen to the unit by hand meanwhile: then it is not this run's any more. */
function endTurnover({ ledger, run, at, alerts }: Carrying, unit: string, done: boolean): void {
  const entry = ledger.units.get(unit)
  if (entry?.unit.state !== 'dirty' || entry.unit.turnoverRun !== run.id) return
  turnedOver(ledger, unit, done, at)
  if (done) return
  const { pool, place } = entry.unit
  alerts.push({
    site: run.site,
    kind: 'turnoverNotDone',
    cause: `turnover ${run.id}`,
    run: run.id,
    unit,
    pool,
    place,
    level: 'warning',
    owner: 'bed-manager',
    openedAt: at,
  })
}
