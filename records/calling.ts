/** A call: the called run's row, its holds in the ledger, and the outbox row that has it started. */
import type { Effect, Event, ReceivedHold } from '../pathways/engine/contract.ts'
import { holds, transfer } from '../pathways/resources/index.ts'
import { type Carrying, calledRun } from './carrying.ts'
import { currentVersion } from './programs.ts'
import { insertRun, newRun, starting } from './starting.ts'

type Call = Extract<Effect, { type: 'call' }>

/** A pathway that is not there fails the call by the code `unknownProcess`, as in a rehearsal. */
export async function makeCall(carrying: Carrying, { wait, process, variables, holds: passed }: Call): Promise<void> {
  const { tx, run, at, outbox, answer } = carrying
  const version = await currentVersion(tx, process)
  if (!version) {
    const error = { code: 'unknownProcess', message: `There is no published pathway "${process}"`, element: process }
    const failed: Event = { type: 'runEnded', at, wait, outcome: 'failed', variables: {}, error }
    answer.push(failed)
    return
  }
  const called = calledRun(run.id, wait)
  const caller = { run: run.id, wait }
  await insertRun(tx, newRun({ ...version, run: called, site: run.site, at, patient: run.patient, caller }))
  const received = passed.map((hold, index) => passHold(carrying, called, hold, index + 1))
  outbox.push(starting(called, at, { variables, holds: received }))
}

/**
 * The engine numbers the holds that a run starts with from 1. What is handed over changes hands in the ledger; what is lent stays the
 * caller's there. A hold that was itself lent to the caller can only be lent on.
 */
function passHold(carrying: Carrying, called: string, hold: Call['holds'][number], toHold: number): ReceivedHold {
  const { run, ledger, batch } = carrying
  const owned = holds(ledger, run.id, hold.hold)
  const lent = hold.lent || !owned
  const units = owned
    ? ledger.holders.get(run.id)!.held.find(({ held }) => held.hold === hold.hold)!.held.units
    : (batch.instance.marking.holds.find(({ id }) => id === hold.hold)?.units ?? [])
  if (!lent) transfer(ledger, run.id, hold.hold, called, toHold)
  return { name: hold.as, units: [...units], lent }
}
