/** Drives an Instance by hand: what is open, what may be told to it, and everything it asked for. */
import type { Effect, Event } from '../../../pathways/engine/contract.ts'
import { begin, type Executable, load, step } from '../../../pathways/engine/index.ts'
import type { Instance, Wait } from '../../../pathways/engine/instance.ts'
import { compile } from '../../../pathways/language/compile.ts'
import type { Variables } from '../../../pathways/language/feel/value.ts'

export const site = { epoch: '2026-01-01T00:00:00Z', timeZone: 'Europe/Paris' }

export async function loadText(bpmn: string): Promise<Executable> {
  const { programs, drawings, findings } = await compile({ bpmn })
  const program = programs[0] ?? drawings[0]
  if (!program) throw new Error(findings.map(({ element, message }) => `${element}: ${message}`).join('\n'))
  return load(program, site)
}

export interface Driven {
  executable: Executable
  instance: Instance
  effects: Effect[]
}

export function started(executable: Executable, variables: Variables = {}): Driven {
  const driven: Driven = { executable, instance: begin(executable), effects: [] }
  tell(driven, { type: 'started', at: 0, start: -1, variables, holds: [] })
  return driven
}

/** Steps, and gives the effects of this step. */
export function tell(driven: Driven, event: Event, choose?: (node: number) => readonly number[]): Effect[] {
  const effects: Effect[] = []
  step(driven.executable, driven.instance, event, { emit: (effect) => effects.push(effect), ...(choose && { choose }) })
  for (const effect of effects) driven.effects.push(effect)
  return effects
}

/** The event that answers a wait in the plainest way. */
export function answerTo(driven: Driven, wait: Wait, at: number): Event {
  switch (wait.kind) {
    case 'task':
      return { type: 'completed', at, wait: wait.id, result: {} }
    case 'timer':
      return { type: 'elapsed', at, wait: wait.id }
    case 'request':
      return grantOf(driven, wait.id, at)
    case 'call':
      return { type: 'runEnded', at, wait: wait.id, outcome: 'completed', variables: {}, error: null }
    default:
      return { type: 'received', at, wait: wait.id, payload: {} }
  }
}

export function grantOf({ effects }: Driven, wait: number, at: number): Event {
  const asked = effects.find((effect) => effect.type === 'acquire' && effect.wait === wait)
  if (asked?.type !== 'acquire') throw new Error(`Nothing was asked under ${wait}`)
  return {
    type: 'granted',
    at,
    wait,
    grants: asked.needs.map(({ hold, pool }) => ({ hold, units: [`${pool}-${hold}`], lots: [] })),
  }
}

export const waitAt = ({ executable, instance }: Driven, element: string): Wait => {
  const found = instance.marking.waits.find(({ node }) => executable.program.nodes[node]!.id === element)
  if (!found) throw new Error(`Nothing waits at ${element}`)
  return found
}

/** What happened, as `event element`. */
export const facts = ({ nodes }: { nodes: { id: string }[] }, effects: Effect[]): string[] =>
  effects.flatMap((effect) =>
    effect.type === 'record' && effect.event !== 'taken' ? [`${effect.event} ${nodes[effect.element]!.id}`] : [],
  )
