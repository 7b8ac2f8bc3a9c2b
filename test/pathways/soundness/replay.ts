/** Plays what a proof shows through the engine as it runs live, data and times included. */
import type { Event } from '../../../pathways/engine/contract.ts'
import { begin, type Executable, load, step } from '../../../pathways/engine/index.ts'
import type { Instance } from '../../../pathways/engine/instance.ts'
import { NodeKind, type Program } from '../../../pathways/language/program.ts'
import type { Happening } from '../../../pathways/soundness/explore.ts'
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

/** Lets one event happen, then any that leads on. */
function along(executable: Executable, before: Instance, event: Event, way: Happening[], from: number): Instance | null {
  const instance = structuredClone(before)
  const { nodes, flows } = executable.program
  let at = from
  let isOnWay = true
  step(executable, instance, event, {
    emit: (effect) => {
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
  if (!isOnWay) return null
  if (at === way.length) return instance
  for (const move of movesOf(executable, instance, null, () => true)) {
    const end = along(executable, instance, { ...move, at: instance.bookkeeping.at + DAY_MS }, way, at)
    if (end) return end
  }
  return null
}
