/**
 * What a pathway's states prove. Soundness as Corradini, Muzi, Re and Tiezzi define it for BPMN ("A classification of BPMN collaborations based on
 * safeness and soundness notions", 2018): every run can complete (option to complete); at its completion no end event was reached by two tokens
 * (proper completion); every activity can happen. Safe: no flow and no activity ever holds two tokens. An end by an error that nobody catches
 * is an end that was drawn.
 */
import { NodeKind, type Program } from '../language/program.ts'
import { type Explored, explore } from './explore.ts'
import type { Happening } from './happening.ts'
import { canAllEnd, isUnsoundAnyway } from './unbounded.ts'

/** States that are looked at unless a budget is given. */
export const STATES_BUDGET = 200_000

/** A verdict that was not proven is null. */
export interface Verdict {
  sound: boolean | null
  safe: boolean | null
  optionToComplete: boolean | null
  properCompletion: boolean | null
  deadActivities: string[] | null
  states: number
  /** False when the budget ran out. */
  complete: boolean
  /** The shortest way to what is wrong, as it can be played on the diagram; null when nothing is, or when only activities are dead. */
  counterexample: Happening[] | null
  /** Tokens gather without end: a way to where what happened can happen again and again. Absent when that is not so, or not proven. */
  unbounded?: Happening[]
}

export interface CollaborationVerdict extends Verdict {
  /** Also no message is left unread when all have completed. */
  messageSound: boolean | null
}

export interface ProofOptions {
  budget?: number
  /** Called now and then with how many states were found; true stops the proof. */
  progress?: (states: number) => boolean
}

/** Proves one process, to which the world may send whatever it waits for. */
export function proveProcess(program: Program, options: ProofOptions = {}): Verdict {
  return verdictOf([program], explored([program], options))
}

/** Proves processes together: what one of them sends comes from nowhere else. */
export function proveCollaboration(programs: Program[], options: ProofOptions = {}): CollaborationVerdict {
  const found = explored(programs, options)
  const verdict = verdictOf(programs, found)
  const isUnread = found.unread >= 0
  const messageSound = isUnread ? false : verdict.sound
  return { ...verdict, messageSound, counterexample: verdict.counterexample ?? (isUnread ? found.way(found.unread) : null) }
}

const explored = (programs: Program[], { budget = STATES_BUDGET, progress }: ProofOptions): Explored =>
  explore(programs, { budget, ...(progress && { progress }) })

function verdictOf(programs: Program[], found: Explored): Verdict {
  const { complete, states, unsafe, improper, unbounded } = found
  const stuck = firstStuck(found)
  const dead = deadActivities(programs, found)
  const holds = (violation: number) => (violation >= 0 ? false : complete ? true : null)
  const parts = {
    safe: unsafe ? false : complete ? true : null,
    optionToComplete: holds(stuck) ?? (unbounded ? canAllEnd(programs[0]!, found.entered[0]!) : null),
    properCompletion: holds(improper),
  }
  const isDead = complete && dead.length > 0
  const isUnsound =
    parts.optionToComplete === false || improper >= 0 || isDead || (unbounded !== null && isUnsoundAnyway(programs[0]!))
  const worst = [stuck, improper].find((violation) => violation >= 0)
  return {
    sound: isUnsound ? false : complete ? true : null,
    ...parts,
    // What has happened can happen, however much was not looked at.
    deadActivities: complete || dead.length === 0 ? dead : null,
    states,
    complete,
    counterexample: worst === undefined ? unsafe : found.way(worst),
    ...(unbounded && { unbounded }),
  }
}

/**
 * The first state in which nothing can happen any more, though it is no end; else the first from which no end can be reached; -1 for none. While not every state was looked at, only one in which nothing can happen, or all
 * of whose followers were looked at, counts.
 */
function firstStuck({ next, isEnd, isExpanded }: Explored): number {
  const before: number[][] = next.map(() => [])
  next.forEach((followers, state) => {
    for (const follower of followers) before[follower]!.push(state)
  })
  const canEnd = isEnd.map((end, state) => end || !isExpanded[state])
  const pending = canEnd.flatMap((can, state) => (can ? [state] : []))
  for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
    for (const earlier of before[state]!) {
      if (canEnd[earlier]) continue
      canEnd[earlier] = true
      pending.push(earlier)
    }
  }
  // The first state is before everything.
  const isStuck = (state: number) => state > 0 && !canEnd[state]
  const locked = next.findIndex((followers, state) => isStuck(state) && followers.length === 0)
  return locked >= 0 ? locked : canEnd.findIndex((_, state) => isStuck(state))
}

function deadActivities(programs: Program[], { entered }: Explored): string[] {
  return programs.flatMap(({ nodes }, process) =>
    nodes.flatMap(({ id, kind, forCompensation }, node) =>
      isActivity(kind) && !forCompensation && !entered[process]!.has(node) ? [id] : [],
    ),
  )
}

const isActivity = (kind: NodeKind): boolean =>
  (kind >= NodeKind.task && kind <= NodeKind.manualTask) || kind === NodeKind.subProcess || kind === NodeKind.callActivity
