/** What people do with their own hands, in the fact log beside what runs do: who claimed, handed over, called, closed. */
import type { Records, Transaction } from './database.ts'
import { FACTS_CHANNEL } from './facts.ts'

export type Act = 'claimed' | 'givenBack' | 'handedOver' | 'contacted' | 'alertClosed' | UnitAct

/** What is decided about beds and theatres. */
export type UnitAct =
  | 'assigned'
  | 'unassigned'
  | 'moved'
  | 'blocked'
  | 'unblocked'
  | 'soiled'
  | 'cleaned'
  | 'rescheduled'
  | 'inserted'

/** Steps are counted from 1: what people do beside them stands under 0. */
const SEQUENCE = 0

export interface NewAct {
  act: Act
  /** Of which it is known where it stands; nothing is written for a run that is not there. */
  run: string
  /** BPMN id, name and type of the element it is about; '' for the run as a whole. */
  element: string
  name: string
  type: string
  at: number
  by: string
  /** What else is to be kept of it; stored encrypted, with `by`. */
  detail?: object
}

/** Writes an act, with what it did, in that transaction. */
export async function recordAct({ encryption }: Records, tx: Transaction, act: NewAct): Promise<void> {
  const detail = encryption.encryptJson({ by: act.by, ...act.detail })
  await tx`
    insert into facts (wall, run, sequence, ordinal, site, pathway, at, event, element, element_name, type, activation, instance, detail)
    select clock_timestamp(), id, ${SEQUENCE}::int, 0, site, pathway, ${act.at}::bigint, ${act.act}, ${act.element}, ${act.name}, ${act.type},
      0, 0, ${detail}
    from runs where id = ${act.run}`
  await tx`select pg_notify(${FACTS_CHANNEL}, '')`
}
