/** Tells the runs that wait for a time when the site's clock was started, moved or set to another rate, so that no timer sleeps past it. */
import { setTimeout as delay } from 'node:timers/promises'
import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { Logger } from 'pino'
import type { Instance } from '../../pathways/engine/instance.ts'
import type { ClockReading } from '../../records/batch.ts'
import { CLOCK_CHANNEL, clockSegment, currentClock } from '../../records/clock.ts'
import type { Records } from '../../records/database.ts'
import { CLOCK_CHANGED } from '../../workflows/messages.ts'

/** How long to wait for a notification before looking all the same. */
const POLL_MS = 5_000
const RUNS_AT_ONCE = 8

/** Runs until `signal` aborts, and dispatches `change` on `changes` before any run is told. */
export async function tellClockChanges(
  signal: AbortSignal,
  records: Records,
  { client, log, changes }: { client: Client; log: Logger; changes: EventTarget },
): Promise<void> {
  let wake = new AbortController()
  const look = () => wake.abort()
  await records.sql.listen(CLOCK_CHANNEL, look, look)
  let told = 0
  while (!signal.aborted) {
    wake = new AbortController()
    try {
      const segment = await clockSegment(records)
      if (segment !== told) {
        changes.dispatchEvent(new Event('change'))
        const clock = await currentClock(records)
        // Nobody needs to hurry for a clock that stands still.
        if (clock.rate > 0) await tell(records, client, clock)
        told = segment
      }
    } catch (error) {
      log.warn({ error: nameOf(error) }, 'a change of the clock was not told; trying again')
    }
    await delay(POLL_MS, undefined, { signal: AbortSignal.any([signal, wake.signal]) }).catch(() => {})
  }
}

async function tell(records: Records, client: Client, clock: ClockReading): Promise<void> {
  const open = await records.sql<{ id: string; instance: Uint8Array }[]>`
    select id, instance from runs where site = ${records.site} and ended_at is null and instance is not null`
  const waiting = open.filter(({ instance }) =>
    records.encryption.decryptJson<Instance>(instance).marking.waits.some(({ kind }) => kind === 'timer'),
  )
  await Promise.all(
    Array.from({ length: Math.min(RUNS_AT_ONCE, waiting.length) }, async () => {
      for (let run = waiting.shift(); run; run = waiting.shift()) {
        await client.workflow.getHandle(run.id).signal(CLOCK_CHANGED, clock).catch(ignoreEnded)
      }
    }),
  )
}

function ignoreEnded(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'error')
