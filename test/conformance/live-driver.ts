/** Plays conformance cases on the live host: a real Temporal server, worker, relay and Postgres. */
import { WorkflowNotFoundError } from '@temporalio/client'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { startClock, stopClock } from '../../records/clock.ts'
import { publishPathway } from '../../records/versions.ts'
import { Relay } from '../../start/worker/relay.ts'
import { makeCurrent } from '../../start/worker/releases.ts'
import { endOf, isoOf, type RehearsalEnd, type RehearsalLine, shownEvents } from '../../twin/rehearse/rehearse.ts'
import { buildWorkflowBundle } from '../../workflows/bundle.ts'
import { setLedger } from '../records/support.ts'
import { LiveHospital, log } from '../workflows/support.ts'
import type { ConformanceCase } from './case.ts'
import { type LiveParts, LockStep } from './lock-step.ts'
import { SYSTEM, Systems, throughDoors } from './script-doors.ts'
import { programsOf, unitsOf } from './setting.ts'
import { type Trace, traceOf } from './trace.ts'

/** What a script can say and the live host has no door for, by case. */
export const liveSkips: Record<string, string> = {
  'exclusive: a script may decide, in turn, the last one repeating':
    'on the live host the conditions decide: nobody may send a patient down a flow whose condition is false',
  'in sequence: whoever works may choose what comes next':
    'on the live host somebody is asked, where the pathway says who; a script has no say of its own',
  'a trigger sets a timer off before its time': 'a timer of the live host goes by the site’s clock, and by nothing else',
  'a request that can never be granted fails its activity':
    'live it is an incident of the bed manager, who opens what is missing or ends the run; there is nobody to ask in a rehearsal',
}

export class LiveDriver {
  readonly #parts: LiveParts

  private constructor(parts: LiveParts) {
    this.#parts = parts
  }

  /** One hospital for all cases. */
  static async open(): Promise<LiveDriver> {
    const systems = new Systems()
    const hospital = await LiveHospital.prepare()
    const bundle = await buildWorkflowBundle()
    await hospital.work(bundle, { connectors: { [SYSTEM]: systems.connector } })
    await makeCurrent(hospital.client, bundle.buildId, log)
    return new LiveDriver({ hospital, relay: new Relay(hospital.records, hospital.client, log), systems })
  }

  async close(): Promise<void> {
    await this.#clear()
    await this.#parts.hospital.close()
  }

  async play(example: ConformanceCase): Promise<Trace> {
    await this.#clear()
    const programs = (await programsOf(example)).map((program) => throughDoors(program, example.script ?? {}))
    const { records } = this.#parts.hospital
    for (const program of programs) await publishPathway(records, { program, bpmn: example.bpmn, dmn: [], at: 0 })
    await setLedger(records, unitsOf(example.resources ?? {}))
    const { run, until, next } = await new LockStep(this.#parts, example, programs).play()
    const end: RehearsalEnd = run
      ? endOf(run, until, next)
      : { outcome: 'unfinished', at: isoOf(until), variables: {}, open: [], error: null }
    return traceOf(example, [...(await this.#lines()), end])
  }

  /** Each case finds the hospital as it was built: messages, signals, pools and pathways are everybody's there. */
  async #clear(): Promise<void> {
    const { hospital, systems } = this.#parts
    const { sql } = hospital.records
    const open = await sql<{ id: string }[]>`select id from runs where ended_at is null`
    await Promise.all(open.map(({ id }) => hospital.client.workflow.getHandle(id).terminate().catch(ignoreUnknown)))
    systems.forgetAll()
    const tables = await sql<{ name: string }[]>`
      select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'sites' order by 1`
    await sql`truncate ${sql(tables.map(({ name }) => name))}`
    // Just before the first moment: what is due then waits for its turn too.
    await startClock(hospital.records, 1e-9, { from: -1, heartbeats: false })
    await stopClock(hospital.records)
  }

  /** The fact log of all runs of the case. One thing happened at a time, so the ids are in the order of what happened. */
  async #lines(): Promise<RehearsalLine[]> {
    const { sql, encryption } = this.#parts.hospital.records
    const facts = await sql<(FactRow & { detail: Uint8Array | null })[]>`
      select at, pathway as process, element, element_name as name, type, event, instance, detail from facts order by id`
    return facts
      .filter(({ event }) => shownEvents.has(event))
      .map(({ detail, instance, at, ...fact }) => {
        const instances = detail ? encryption.decryptJson<Variables>(detail).instances : undefined
        return {
          ...fact,
          at: isoOf(at),
          ...(instance > 0 && { instance }),
          ...(instances !== undefined && { instances: Number(instances) }),
        }
      })
  }
}

type FactRow = Omit<RehearsalLine, 'at' | 'instance' | 'instances'> & { at: number; instance: number }

function ignoreUnknown(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error
}
