/**
 * How much one evaluation may do, so that no expression can hang a run, fill the memory or overflow the stack. What is too much ends
 * the outermost loop or call at once, with null.
 */
import type { Inner } from './inner.ts'
import { exceed } from './trace.ts'

/** How deep functions may call each other. */
const callsDeepMax = 300
/** Rounds of loops and calls of functions, nested ones included. */
const roundsMax = 1_000_000

/** Raised inside the outermost loop or call, and caught there. */
class LimitReached extends Error {}

let entered = 0
let callsDeep = 0
let rounds = 0

/** One more round or call. @throws LimitReached, for `bounded`. */
export const countRound = (): void => {
  rounds += 1
  if (rounds > roundsMax) throw new LimitReached(`loops and calls go round more than ${roundsMax} times`)
}

/** Refuses a list before it is made. @throws LimitReached, for `bounded`. */
export const refuseLength = (length: number): void => {
  if (length > roundsMax) throw new LimitReached(`a loop goes round more than ${roundsMax} times`)
}

/** Runs a loop, or a call of a function; null when it does too much. */
export const bounded = (work: () => Inner, isCall: boolean): Inner => {
  if (entered === 0) rounds = 0
  const depthBefore = callsDeep
  entered += 1
  try {
    if (isCall) {
      callsDeep += 1
      countRound()
      if (callsDeep > callsDeepMax) throw new LimitReached(`functions call one another more than ${callsDeepMax} deep`)
    }
    return work()
  } catch (error) {
    if (entered > 1 || !isTooMuch(error)) throw error
    exceed(error instanceof LimitReached ? error.message : 'the expression nests too deeply')
    return null
  } finally {
    entered -= 1
    callsDeep = depthBefore
  }
}

/** A stack that is full is a RangeError in every engine, a number out of range elsewhere is none of ours: we raise none. */
const isTooMuch = (error: unknown): boolean => error instanceof LimitReached || error instanceof RangeError
