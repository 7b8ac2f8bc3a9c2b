/**
 * A state of the exploration: where the runs stand and what is on its way between them, without numbers, times and data. Two Instances that differ
 * only in how their activations are numbered, or in which of several equal instances is where, are one state.
 */
import type { Activation, Instance, Marking } from '../engine/instance.ts'

export interface State {
  /** One for each process; null while it has not begun. */
  instances: (Instance | null)[]
  /** End events reached, by process, scope activation and node: how often, 2 at most. */
  ends: Map<number, number>[]
  /** Messages on their way, by name: how many, 2 at most. */
  messages: Map<string, number>
}

/** The key of an end event in a scope activation. */
export const endKey = (scope: number, node: number): number => scope * 100_000 + node

/** A copy whose parts a step may change. */
export function copyInstance({ program, marking, variables, bookkeeping }: Instance): Instance {
  const { tokens, activations, waits, holds, compensables, enabled, outcome } = marking
  const copied: Marking = {
    tokens: tokens.map((token) => ({ ...token })),
    activations: activations.map((activation) => ({ ...activation })),
    waits: waits.map((wait) => ({ ...wait })),
    holds: holds.map((hold) => ({ ...hold })),
    outcome,
  }
  if (enabled) copied.enabled = enabled.map((each) => ({ ...each }))
  if (compensables) copied.compensables = compensables.map((work) => ({ ...work }))
  const frames: Instance['variables'] = {}
  for (const id in variables) frames[id] = { ...variables[id] }
  return {
    program,
    marking: copied,
    variables: frames,
    bookkeeping: { ...bookkeeping, since: {}, items: { ...bookkeeping.items } },
  }
}

/** A text that is the same for equal states and no others. @param standard by node: whether it is a standard loop, whose rounds do not count. */
export function keyOf({ instances, ends, messages }: State, standard: boolean[][]): string {
  const runs = instances.map((instance, process) => (instance ? runKey(instance, ends[process]!, standard[process]!) : '-'))
  const unread = [...messages].filter(([, count]) => count > 0).sort(([one], [other]) => (one < other ? -1 : 1))
  return `${runs.join('|')}${unread.map(([name, count]) => `~${name}*${count}`).join('')}`
}

function runKey({ marking }: Instance, ends: Map<number, number>, standard: boolean[]): string {
  const { outcome, activations } = marking
  if (outcome !== 'running') return `${outcome}${endsKey(ends, 0)}`
  const order: number[] = []
  const text = activations.length > 0 ? describe(marking, ends, standard, activations[0]!, order) : ''
  return `${text}${compensablesKey(marking, order)}`
}

/** An activation with all that is inside, the parts sorted by what they say. `order` gets the ids in the order of the text. */
function describe(
  marking: Marking,
  ends: Map<number, number>,
  standard: boolean[],
  activation: Activation,
  order: number[],
): string {
  const { id, node, state, planned, completed, interruptedBy, undoes } = activation
  const parts: string[] = []
  for (const token of marking.tokens) if (token.scope === id) parts.push(`t${token.flow}*${token.count}`)
  for (const wait of marking.waits) if (wait.activation === id) parts.push(`w${wait.kind}${wait.node}.${wait.repeats}`)
  for (const { node, scope } of marking.enabled ?? []) if (scope === id) parts.push(`a${node}`)
  for (const hold of marking.holds) if (hold.activation === id) parts.push(`h${hold.declaration}${hold.state}`)
  parts.sort()
  const inside = marking.activations
    .filter((other) => other.id !== id && (other.whole >= 0 ? other.whole === id : other.scope === id))
    .map((other) => {
      const below: number[] = []
      return { below, text: describe(marking, ends, standard, other, below) }
    })
    .sort((one, other) => (one.text < other.text ? -1 : one.text > other.text ? 1 : 0))
  order.push(id, ...inside.flatMap(({ below }) => below))
  const rounds = standard[node] ? '' : `${planned}/${completed}`
  const undoing = undoes ? `u${marking.compensables?.findIndex((work) => work.id === undoes.work) ?? -1}` : ''
  return `(${node}${state[0]}${rounds}:${interruptedBy}${undoing}${endsKey(ends, id)}${parts.join()}${inside.map(({ text }) => text).join('')})`
}

function endsKey(ends: Map<number, number>, scope: number): string {
  const own = [...ends].filter(([key]) => Math.floor(key / 100_000) === scope)
  return own.length === 0
    ? ''
    : `e${own
        .map(([key, count]) => `${key % 100_000}*${count}`)
        .sort()
        .join()}`
}

/** What can be undone, in its order; activations by their place in the text. */
function compensablesKey({ compensables }: Marking, order: number[]): string {
  if (!compensables?.length) return ''
  const ids = [...order, ...compensables.map(({ id }) => id)]
  return `c${compensables.map(({ id, node, scope, handler, by }) => `${ids.indexOf(id)}.${node}.${ids.indexOf(scope)}.${handler}.${by < 0 ? by : ids.indexOf(by)}`).join()}`
}
