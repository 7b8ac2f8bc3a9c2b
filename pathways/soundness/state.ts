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

function runKey({ marking, bookkeeping: { error } }: Instance, ends: Map<number, number>, standard: boolean[]): string {
  const { outcome, activations } = marking
  if (outcome !== 'running') return `${outcome}${error ? ` ${error.code} ${error.element}` : ''}${endsKey(ends, 0)}`
  if (activations.length === 0) return ''
  const order: number[] | null = marking.compensables ? [] : null
  const text = describe(partsOf(marking), ends, standard, activations[0]!, order)
  return order ? `${text}${compensablesKey(marking, order)}` : text
}

/** What stands inside each activation, gathered in one pass. */
interface Parts {
  marking: Marking
  texts: Map<number, string[]>
  inside: Map<number, Activation[]>
}

function partsOf(marking: Marking): Parts {
  const texts = new Map<number, string[]>()
  const inside = new Map<number, Activation[]>()
  const add = <Part>(parts: Map<number, Part[]>, id: number, part: Part) => {
    const known = parts.get(id)
    if (known) known.push(part)
    else parts.set(id, [part])
  }
  for (const { flow, scope, count } of marking.tokens) add(texts, scope, `t${flow}*${count}`)
  for (const { kind, node, activation, repeats } of marking.waits) add(texts, activation, `w${kind}${node}.${repeats}`)
  for (const { node, scope } of marking.enabled ?? []) add(texts, scope, `a${node}`)
  for (const { declaration, activation, state } of marking.holds) add(texts, activation, `h${declaration}${state}`)
  for (const activation of marking.activations)
    if (activation.id !== 0) add(inside, activation.whole >= 0 ? activation.whole : activation.scope, activation)
  return { marking, texts, inside }
}

/** An activation with all that is inside, the parts sorted by what they say. `order`, where it matters, gets the ids in the order of the text. */
function describe(
  parts: Parts,
  ends: Map<number, number>,
  standard: boolean[],
  activation: Activation,
  order: number[] | null,
): string {
  const { id, node, state, planned, completed, interruptedBy, undoes } = activation
  let text = `(${node}`
  if (state !== 'active') text += state[0]
  if (planned + completed > 0 && !standard[node]) text += `${planned}/${completed}`
  if (interruptedBy >= 0) text += `:${interruptedBy}`
  if (undoes) text += `u${parts.marking.compensables?.findIndex((work) => work.id === undoes.work) ?? -1}`
  if (ends.size > 0) text += endsKey(ends, id)
  const texts = parts.texts.get(id)
  if (texts) text += texts.length === 1 ? texts[0]! : texts.sort().join()
  order?.push(id)
  const children = parts.inside.get(id)
  if (!children) return `${text})`
  if (!order)
    return `${text}${children
      .map((other) => describe(parts, ends, standard, other, null))
      .sort()
      .join('')})`
  const inside = children.map((other) => {
    const below: number[] = []
    return { below, text: describe(parts, ends, standard, other, below) }
  })
  inside.sort((one, other) => (one.text < other.text ? -1 : one.text > other.text ? 1 : 0))
  order.push(...inside.flatMap(({ below }) => below))
  return `${text}${inside.map((each) => each.text).join('')})`
}

function endsKey(ends: Map<number, number>, scope: number): string {
  if (ends.size === 0) return ''
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
