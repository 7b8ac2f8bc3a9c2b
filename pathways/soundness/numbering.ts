/**
 * Numbers for where a run stands: two Instances get the same one when they differ only in how their activations are numbered, or in which of several
 * equal instances is where. Every activation is told by what stands inside it, the innermost first, as a sorted list of numbers that stand for
 * their content each (hash consing): no text of the whole is ever made, and equal numbers are equal markings, not only likely so.
 */
import type { WaitKind } from '../engine/contract.ts'
import type { Activation, Instance, Marking } from '../engine/instance.ts'
import { NODES_MAX, nodeOfEnd, scopeOfEnd } from './state.ts'

/** What an activation says of itself, and what stands in it: tokens by flow, all else by its number. */
export interface Content {
  head: string
  tokens: Map<number, number>
  others: number[]
}

/** What can stand in an activation, beside other activations. */
const Kind = { token: 0, end: 1, enabled: 2, requested: 3, reserved: 4, occupied: 5, wait: 6 } as const
const WAIT_KINDS: readonly WaitKind[] = ['request', 'task', 'timer', 'message', 'signal', 'call', 'condition']
const KINDS = Kind.wait + WAIT_KINDS.length
const COUNTS = 1_024
const STATES: readonly Activation['state'][] = ['active', 'requesting', 'cancelling']
/** Of the numbers that describe an activation, those before what stands in it. */
const HEAD_LENGTH = 6

export class Numbering {
  readonly #numbers = new Map<string, number>()
  /** By number: the text it stands for. */
  readonly #texts: string[] = []
  /** Parts, numbered as activations are, so that both stand in one list. */
  readonly #parts = new Map<number, number>()
  /** By number of a part: what it is, 0 for no part. */
  readonly #codes: number[] = []
  /** Activations that hold one thing and say nothing of themselves, as nearly all do: by it and their node. */
  readonly #plain = new Map<number, number>()
  /** What was gathered inside each activation, by its place in the marking; used again for each marking. */
  readonly #inside: number[][] = []
  /** By id of an activation: its place. */
  readonly #places: number[] = []

  /** @param standard by node: whether it is a standard loop, whose rounds do not count. */
  numberOf({ marking, bookkeeping: { error } }: Instance, ends: Map<number, number>, standard: boolean[]): number {
    const { outcome, activations, compensables } = marking
    if (outcome !== 'running') {
      const own = [...ends].filter(([key]) => scopeOfEnd(key) === 0).map(([key, count]) => `${key}*${count}`)
      return this.#intern(`${outcome} ${error?.code ?? ''} ${error?.element ?? ''} ${own.sort().join()}`)
    }
    this.#gather(marking, ends)
    const numbers = compensables?.length ? new Map<number, number>() : null
    // What is inside was opened later, so that it stands behind.
    for (let place = activations.length - 1; place >= 0; place--) {
      const activation = activations[place]!
      const number = this.#numberOne(activation, marking, standard, this.#inside[place]!)
      numbers?.set(activation.id, number)
      if (place === 0) return numbers ? this.#intern(`${compensablesText(marking, numbers)} ${number}`) : number
      this.#inside[this.#places[activation.whole >= 0 ? activation.whole : activation.scope]!]!.push(number)
    }
    return this.#intern('')
  }

  /** What a number of a running process stands for; null when it has not begun, is over, or something could be undone. */
  contentOf(number: number): Content | null {
    const text = this.#texts[number]
    if (!text?.startsWith(MARKED)) return null
    const said = numbersIn(text)
    const content: Content = { head: '', tokens: new Map(), others: [] }
    const others: number[] = []
    for (const part of said.slice(HEAD_LENGTH)) {
      const code = this.#codes[part]
      if (code === undefined) content.others.push(part)
      else if (code % KINDS === Kind.token) content.tokens.set(flowOf(code), countOf(code))
      else others.push(part)
    }
    content.head = `${said.slice(0, HEAD_LENGTH)}/${others}`
    return content
  }

  #gather(marking: Marking, ends: Map<number, number>): void {
    const { tokens, activations, waits, holds, enabled } = marking
    activations.forEach(({ id }, place) => {
      this.#places[id] = place
      const inside = this.#inside[place]
      if (inside) inside.length = 0
      else this.#inside[place] = []
    })
    for (const { flow, scope, count } of tokens) this.#put(scope, Kind.token, flow, count)
    for (const { kind, node, activation, repeats, part } of waits)
      this.#put(activation, Kind.wait + WAIT_KINDS.indexOf(kind), node, (repeats + 1) * 32 + (part ?? -1) + 1)
    for (const { declaration, activation, state } of holds) this.#put(activation, Kind[state], declaration + 1, 0)
    if (enabled) for (const { node, scope } of enabled) this.#put(scope, Kind.enabled, node, 0)
    if (ends.size > 0) for (const [key, count] of ends) this.#put(scopeOfEnd(key), Kind.end, nodeOfEnd(key), count)
  }

  #put(activation: number, kind: number, what: number, count: number): void {
    const code = (what * COUNTS + Math.min(count, COUNTS - 1)) * KINDS + kind
    let number = this.#parts.get(code)
    if (number === undefined) {
      number = this.#new('')
      this.#parts.set(code, number)
      this.#codes[number] = code
    }
    this.#inside[this.#places[activation]!]!.push(number)
  }

  #numberOne(activation: Activation, marking: Marking, standard: boolean[], inside: number[]): number {
    const { node, state, planned, completed, interruptedBy, undoes } = activation
    const isPlain = state === 'active' && planned + completed === 0 && interruptedBy < 0 && !undoes && inside.length === 1
    if (!isPlain) return this.#intern(this.#textOf(activation, marking, standard, inside))
    const key = inside[0]! * NODES_MAX + node
    let number = this.#plain.get(key)
    if (number === undefined) {
      number = this.#intern(this.#textOf(activation, marking, standard, inside))
      this.#plain.set(key, number)
    }
    return number
  }

  #textOf(activation: Activation, { compensables }: Marking, standard: boolean[], inside: number[]): string {
    const { node, state, planned, completed, interruptedBy, undoes } = activation
    const isCounted = !standard[node]
    const digits = [0]
    write(digits, node)
    write(digits, STATES.indexOf(state))
    write(digits, isCounted ? planned : 0)
    write(digits, isCounted ? completed : 0)
    write(digits, interruptedBy + 1)
    write(digits, undoes ? (compensables?.findIndex((work) => work.id === undoes.work) ?? -1) + 2 : 0)
    if (inside.length > 1) sort(inside)
    for (let index = 0; index < inside.length; index++) write(digits, inside[index]!)
    return textOf(digits)
  }

  #intern(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const number = this.#new(text)
    this.#numbers.set(text, number)
    return number
  }

  #new(text: string): number {
    return this.#texts.push(text) - 1
  }
}

/** Numbers in a text: one character each as long as they are small, else several, of which the last alone is small. */
const DIGITS = 0x4000
/** The first character of what describes an activation; no other text begins so. */
const MARKED = '\u0000'

function write(digits: number[], number: number): void {
  let rest = number
  for (; rest >= DIGITS; rest = Math.floor(rest / DIGITS)) digits.push(DIGITS + (rest % DIGITS))
  digits.push(rest)
}

/** A function takes only so many arguments. */
const CHUNK = 8_192

function textOf(digits: number[]): string {
  if (digits.length <= CHUNK) return String.fromCharCode.apply(null, digits)
  let text = ''
  for (let from = 0; from < digits.length; from += CHUNK) text += textOf(digits.slice(from, from + CHUNK))
  return text
}

function numbersIn(text: string): number[] {
  const numbers: number[] = []
  for (let at = MARKED.length, number = 0, weight = 1; at < text.length; at++) {
    const digit = text.charCodeAt(at)
    number += (digit % DIGITS) * weight
    weight *= DIGITS
    if (digit >= DIGITS) continue
    numbers.push(number)
    number = 0
    weight = 1
  }
  return numbers
}

/** By insertion where there are few, as there nearly always are. */
function sort(numbers: number[]): void {
  if (numbers.length > 32) {
    numbers.sort((one, other) => one - other)
    return
  }
  for (let index = 1; index < numbers.length; index++) {
    const number = numbers[index]!
    let at = index
    for (; at > 0 && numbers[at - 1]! > number; at--) numbers[at] = numbers[at - 1]!
    numbers[at] = number
  }
}

const flowOf = (code: number): number => Math.floor(code / KINDS / COUNTS)
const countOf = (code: number): number => Math.floor(code / KINDS) % COUNTS

/** What can be undone, in its order; activations by their place when all are written down, the outer before the inner, equals by what they say. */
function compensablesText({ activations, compensables = [] }: Marking, numbers: Map<number, number>): string {
  const order: number[] = []
  const walk = (activation: Activation) => {
    order.push(activation.id)
    const inside = activations.filter(
      ({ id, whole, scope }) => id !== 0 && (whole >= 0 ? whole : scope) === activation.id && id !== activation.id,
    )
    for (const other of inside.sort((one, another) => numbers.get(one.id)! - numbers.get(another.id)!)) walk(other)
  }
  walk(activations[0]!)
  const ids = [...order, ...compensables.map(({ id }) => id)]
  return compensables
    .map(
      ({ id, node, scope, handler, by }) =>
        `${ids.indexOf(id)}.${node}.${ids.indexOf(scope)}.${handler}.${by < 0 ? by : ids.indexOf(by)}`,
    )
    .join()
}
