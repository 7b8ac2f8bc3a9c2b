/** How a run ends. Completed: nothing is left in it. Failed or cancelled: all inside is cancelled first, called runs waited for. */
import { cancelInside, close, hasInside } from './activation.ts'
import type { Outcome, ThrownError } from './contract.ts'
import { clearQueue, get, type Machine } from './machine.ts'

export function complete(m: Machine): void {
  end(m, 'completed')
}

/** Fails the run with an error nobody caught. */
export function fail(m: Machine, error: ThrownError): void {
  m.instance.bookkeeping.error = error
  stop(m)
}

/** Cancels all; ends the run unless a called run must end first. */
export function stop(m: Machine): void {
  const process = get(m, 0)
  process.state = 'cancelling'
  process.interruptedBy = -1
  cancelInside(m, process)
  if (!hasInside(m, process)) endStopped(m)
}

/** Nothing is left of a run that failed or was cancelled. */
export function endStopped(m: Machine): void {
  end(m, m.instance.bookkeeping.error ? 'failed' : 'cancelled')
}

function end(m: Machine, outcome: Outcome): void {
  close(m, get(m, 0), outcome)
  clearQueue(m)
  m.marking.outcome = outcome
  m.host.emit({ type: 'end', outcome, at: m.at, error: m.instance.bookkeeping.error })
}
