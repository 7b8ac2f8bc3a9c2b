/** Plays what a proof shows through the engine as it runs live, data and times included. */
import type { Event } from '../../../pathways/engine/contract.ts'
import { begin, type Executable, load, step } from '../../../pathways/engine/index.ts'
import type { Instance } from '../../../pathways/engine/instance.ts'
import { EventKind, NodeKind, type Program, partsOf } from '../../../pathways/language/program.ts'
import type { Happening } from '../../../pathways/soundness/happening.ts'
import { movesOf } from '../../../pathways/soundness/moves.ts'

const site = { epoch: '2026-01-01T00:00:00Z', timeZone: 'UTC' }
/** What inclusive gateways decide by: each way alone, or both. */
const VARIABLES = [
  { x: true, y: true },
  { x: true, y: false },
  { x: false, y: true },
]
const DAY_MS = 86_400_000

/** @returns the run after the last step of the way; null when the engine cannot be led along it. */
export function replayed(program: Program, way: Happening[]): Instance | null {
  for (const variables of VARIABLES) {
    const executable = load(program, site)
    const { starts } = program.nodes[0]!
    for (const start of starts.length > 0 ? starts : [-1]) {
      const event: Event = { type: 'started', at: 0, start, variables, holds: [] }
      const end = along(executable, begin(executable), event, way, 0)
      if (end) return end
    }
  }
  return null
}

/** The runs of a collaboration, by process, and the messages that nobody has read. */
interface Together {
  runs: (Instance | null)[]
  unread: string[]
}

/** @returns the runs of all participants after the last step of the way; null when the engine cannot be led along it. */
export function replayedTogether(programs: Program[], way: Happening[]): Together | null {
  const executables = programs.map((program) => load(program, site))
  return playedOn(executables, { runs: programs.map(() => null), unread: [] }, way, 0)
}

/** Lets any run take any step that is on the way, then goes on; what one sends the others may read. */
function playedOn(executables: Executable[], before: Together, way: Happening[], at: number): Together | null {
  if (at === way.length) return before
  for (const [process, executable] of executables.entries()) {
    const run = before.runs[process]!
    const events: Event[] = run
      ? movesOf(executable, run, new Set(before.unread.concat('')), (name) => before.unread.includes(name))
      : executable.program.nodes[0]!.starts.map((start) => ({
          type: 'started',
          at: 0,
          start,
          variables: VARIABLES[0]!,
          holds: [],
        }))
    for (const event of events) {
      const name = heardBy(executable, run, event)
      if (name !== '' && !before.unread.includes(name)) continue
      const sent: string[] = []
      const next = led(
        executable,
        run ?? begin(executable),
        run ? { ...event, at: run.bookkeeping.at + DAY_MS } : event,
        way,
        at,
        sent,
      )
      if (!next) continue
      const left = [...before.unread]
      if (name !== '') left.splice(left.indexOf(name), 1)
      const runs = before.runs.map((other, index) => (index === process ? next.instance : other))
      const end = playedOn(executables, { runs, unread: [...left, ...sent] }, way, next.at)
      if (end) return end
    }
  }
  return null
}

/** The message that an event brings; '' for none. */
function heardBy({ program }: Executable, run: Instance | null, event: Event): string {
  if (event.type === 'started')
    return partsOf(program.nodes[event.start]?.event).find(({ kind }) => kind === EventKind.message)?.name ?? ''
  const wait = 'wait' in event ? run?.marking.waits.find(({ id }) => id === event.wait) : undefined
  return event.type === 'received' && wait?.kind === 'message' ? wait.name : ''
}

/** Lets one event happen, then any that leads on. */
function along(executable: Executable, before: Instance, event: Event, way: Happening[], from: number): Instance | null {
  const next = led(executable, before, event, way, from, [])
  if (!next) return null
  const { instance, at } = next
  if (at === way.length) return instance
  for (const move of movesOf(executable, instance, null, () => true)) {
    const end = along(executable, instance, { ...move, at: instance.bookkeeping.at + DAY_MS }, way, at)
    if (end) return end
  }
  return null
}

/** One event along the way: the run after it, and how far the way was gone; null when it leads elsewhere. Messages sent are added to `sent`. */
function led(
  executable: Executable,
  before: Instance,
  event: Event,
  way: Happening[],
  from: number,
  sent: string[],
): { instance: Instance; at: number } | null {
  const instance = structuredClone(before)
  const { nodes, flows } = executable.program
  let at = from
  let isOnWay = true
  step(executable, instance, event, {
    emit: (effect) => {
      if (effect.type === 'send' && effect.kind === 'message') sent.push(effect.name)
      if (effect.type !== 'record' || at >= way.length) return
      const id = effect.event === 'taken' ? flows[effect.element]!.id : nodes[effect.element]!.id
      const expected = way[at++]!
      if (id !== expected.element || effect.event !== expected.event) isOnWay = false
    },
    choose: (node) => {
      const { kind, outgoing } = nodes[node]!
      if (kind === NodeKind.inclusiveGateway) return []
      const next = way.slice(at).find((step) => outgoing.some((flow) => flows[flow]!.id === step.element))
      return [outgoing.find((flow) => flows[flow]!.id === next?.element) ?? outgoing[0]!]
    },
  })
  return isOnWay ? { instance, at } : null
}
