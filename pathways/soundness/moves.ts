/** What the world may do next to a run: finish or fail a task, let a timer elapse, send what is waited for, end a called run. */
import type { Event } from '../engine/contract.ts'
import type { Executable } from '../engine/executable.ts'
import type { Activation, Instance, Marking, Wait } from '../engine/instance.ts'
import { EventKind, type ProgramNode, partsOf } from '../language/program.ts'

/** A standing event that does not interrupt happens so often at most: else there would be no end of states. */
const HAPPENINGS_MAX = 1

/** Messages by whose name only a participant's own sending counts; null when the world may send anything. */
export type Sent = ReadonlySet<string> | null

export function movesOf(executable: Executable, instance: Instance, sent: Sent, isThere: (message: string) => boolean): Event[] {
  return instance.marking.waits.flatMap((wait) => answersTo(executable, instance, wait, sent, isThere))
}

function answersTo(
  executable: Executable,
  instance: Instance,
  wait: Wait,
  sent: Sent,
  isThere: (message: string) => boolean,
): Event[] {
  const { id, kind, node } = wait
  const at = 0
  const activation = instance.marking.activations.find((open) => open.id === wait.activation)!
  switch (kind) {
    case 'task':
      return [
        { type: 'completed', at, wait: id, result: {} },
        ...codesCaught(executable, instance, activation).map(
          (code): Event => ({ type: 'failed', at, wait: id, code, message: '' }),
        ),
      ]
    case 'request':
      return [granted(instance, wait)]
    case 'timer':
      return [{ type: 'elapsed', at, wait: id }]
    case 'call': {
      // One that was asked to end ends cancelled, whatever it was doing.
      if (activation.state === 'cancelling')
        return [{ type: 'runEnded', at, wait: id, outcome: 'cancelled', variables: {}, error: null }]
      const failures = codesCaught(executable, instance, activation).map((code): Event => {
        const error = { code, message: '', element: '' }
        return { type: 'runEnded', at, wait: id, outcome: 'failed', variables: {}, error }
      })
      return [{ type: 'runEnded', at, wait: id, outcome: 'completed', variables: {}, error: null }, ...failures]
    }
    default: {
      const isHeardOut = wait.repeats >= HAPPENINGS_MAX && !executable.program.nodes[node]!.interrupting
      const isMissing = kind === 'message' && sent?.has(wait.name) && !isThere(wait.name)
      return isHeardOut || isMissing ? [] : [{ type: 'received', at, wait: id, payload: {} }]
    }
  }
}

function granted({ marking }: Instance, wait: Wait): Event {
  const asked = marking.holds.filter((hold) => hold.state === 'requested' && hold.id < wait.id)
  // The holds of one request have consecutive ids just before its own.
  const own = []
  for (let id = wait.id - 1, hold = asked.find((each) => each.id === id); hold; id--, hold = asked.find((each) => each.id === id))
    own.unshift(hold)
  return { type: 'granted', at: 0, wait: wait.id, grants: own.map(({ id }) => ({ hold: id, units: ['unit'], lots: [] })) }
}

const NO_CODES: readonly string[] = []

/** Error codes that a boundary event or an event subprocess around would catch; '' stands for any code that nobody names. */
function codesCaught({ program: { nodes } }: Executable, { marking }: Instance, from: Activation): readonly string[] {
  let codes = NO_CODES
  for (let around: Activation | undefined = from; around; ) {
    const { boundaries, eventSubProcesses } = nodes[around.node]!
    if (boundaries.length > 0) codes = withCodes(codes, nodes, boundaries)
    if (around !== from && eventSubProcesses.length > 0) codes = withCodes(codes, nodes, eventSubProcesses)
    around = outside(marking, around)
  }
  return codes
}

function outside({ activations }: Marking, { whole, scope }: Activation): Activation | undefined {
  const next = whole >= 0 ? whole : scope
  return next === 0 ? activations[0] : activations.find(({ id }) => id === next)
}

function withCodes(codes: readonly string[], nodes: ProgramNode[], indexes: number[]): readonly string[] {
  const all = new Set(codes)
  for (const index of indexes)
    for (const { kind, name } of partsOf(catching(nodes, index).event)) if (kind === EventKind.error) all.add(name)
  return [...all]
}

/** A boundary event, or the start event of an event subprocess. */
const catching = (nodes: ProgramNode[], index: number): ProgramNode => {
  const { starts } = nodes[index]!
  return starts.length > 0 ? nodes[starts[0]!]! : nodes[index]!
}
