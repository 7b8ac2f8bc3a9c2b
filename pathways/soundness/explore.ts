/**
 * Every state that a pathway can come to, breadth first, by the same `step` that runs it. The first way to a state is a shortest one.
 */
import type { Event } from '../engine/contract.ts'
import { begin } from '../engine/index.ts'
import type { Instance } from '../engine/instance.ts'
import { EventKind, NodeKind, type Program, type ProgramEvent, partsOf } from '../language/program.ts'
import { type Abstract, abstract } from './abstraction.ts'
import { isGrowing, isUnsafe } from './crowding.ts'
import type { Happening } from './happening.ts'
import { movesOf, type Sent } from './moves.ts'
import { Numbering } from './numbering.ts'
import { copyInstance, endKey, nodeOfEnd, type State, scopeOfEnd } from './state.ts'
import { cyclesOf, goneRound, neverLeft, type Round, Turn } from './turn.ts'
import { covers, isMonotone } from './unbounded.ts'

/** What was found; states by number, in the order in which they were found. */
export interface Explored {
  states: number
  /** Whether every state was looked at. */
  complete: boolean
  /** By state: those it can become. */
  next: number[][]
  /** By state: where it was first come from, -1 for the beginning. */
  from: number[]
  /** By state: whether everything is over as it should be. */
  isEnd: boolean[]
  /** By state: whether all that can happen in it was looked at. */
  isExpanded: boolean[]
  /** How two tokens first came to be on one flow or in one activity; null when they never do. */
  unsafe: Happening[] | null
  /** The first in which one end event was reached by two tokens of one scope. */
  improper: number
  /** The first end at which a message is left unread. */
  unread: number
  /** The way to a state that could be gone on from it again and again, with more tokens each time; null when there is none, or none was proven. */
  unbounded: Happening[] | null
  /** By process: the nodes that were entered. */
  entered: Set<number>[]
  /** What happened on the way to a state, as it can be played on the diagram. */
  way: (state: number) => Happening[]
}

interface Options {
  /** States to look at, at most. */
  budget: number
  /** Called now and then with how many states were found; true stops the exploration. */
  progress?: (states: number) => boolean
}

/** One way in which an event can turn out. */
export interface Outcome {
  state: State
  happened: Happening[]
  isCrowded: boolean
}

/** Ways in which one event is let turn out, at most; with more the proof is not complete. */
const WAYS_MAX = 2_000
const PROGRESS_EVERY = 2_000

/** Explores processes together, what they send each other included; one alone is sent whatever it waits for. */
export function explore(programs: Program[], { budget, progress }: Options): Explored {
  const exploration = new Exploration(programs, budget)
  exploration.begin()
  for (let state = 0; state < exploration.queue.length; state++) {
    if (exploration.queue.length > budget || (state % PROGRESS_EVERY === 0 && progress?.(exploration.queue.length))) {
      exploration.found.complete = false
      break
    }
    exploration.expand(state)
  }
  return exploration.found
}

class Exploration {
  readonly queue: (State | null)[] = []
  readonly found: Explored
  readonly #abstracts: Abstract[]
  readonly #standard: boolean[][]
  readonly #cycles: boolean[][]
  readonly #numbering = new Numbering()
  /** States by what they are known by: the one process's number, or a text of all. */
  readonly #numbers = new Map<string | number, number>()
  /** By state: the number of where its first process stands. */
  readonly #firsts: number[] = []
  readonly #happened: Happening[][] = []
  readonly #sent: Sent
  readonly #budget: number

  constructor(programs: Program[], budget: number) {
    this.#budget = budget
    this.#abstracts = programs.map(abstract)
    this.#standard = this.#abstracts.map(({ executable }) => executable.program.nodes.map(({ loop }) => loop?.standard ?? false))
    this.#cycles = this.#abstracts.map(({ executable }) => cyclesOf(executable.program))
    this.#sent = programs.length > 1 ? new Set(programs.flatMap(messagesSent)) : null
    this.found = {
      states: 0,
      complete: true,
      next: [],
      from: [],
      isEnd: [],
      isExpanded: [],
      unsafe: null,
      improper: -1,
      unread: -1,
      unbounded: null,
      entered: programs.map(() => new Set()),
      way: (state) => this.#way(state),
    }
  }

  /** Processes that nobody's message begins are there from the start, each begun in any way it can. */
  begin(): void {
    const nothing: State = {
      instances: this.#abstracts.map(() => null),
      ends: this.#abstracts.map(() => new Map()),
      messages: new Map(),
    }
    let outcomes: Outcome[] = [{ state: nothing, happened: [], isCrowded: false }]
    this.#add(outcomes[0]!, -1)
    this.#abstracts.forEach((_, process) => {
      const own = this.#startsOf(process).filter((start) => !this.#isSentFor(process, start))
      if (own.length === 0) return
      outcomes = outcomes.flatMap(({ state, happened, isCrowded }) =>
        own.flatMap((start) =>
          this.#started(state, process, start).map((next) => ({
            ...next,
            happened: [...happened, ...next.happened],
            isCrowded: isCrowded || next.isCrowded,
          })),
        ),
      )
    })
    for (const outcome of outcomes) this.#add(outcome, 0)
    this.found.isExpanded[0] = true
    // What begins is drawn in the first states' ways; the empty state itself is none of the pathway's.
    this.queue[0] = null
  }

  expand(number: number): void {
    const state = this.queue[number]!
    if (!state) return
    this.queue[number] = null
    const { found } = this
    if (state.instances.some((instance) => instance && isGrowing(instance))) {
      found.complete = false
      if (!found.unbounded && this.#growsAgain(number)) found.unbounded = this.#way(number)
      return
    }
    for (const [process, instance] of state.instances.entries()) {
      if (instance) {
        this.#answerAll(number, state, process, instance)
        continue
      }
      for (const start of this.#startsOf(process)) {
        for (const name of this.#sentFor(process, start))
          if (state.messages.get(name)! > 0)
            for (const next of this.#started(take(state, name), process, start)) this.#link(number, next)
      }
    }
    found.isExpanded[number] = true
  }

  /** Whether what led from an earlier state to this one could happen again, and again. */
  #growsAgain(number: number): boolean {
    if (this.#abstracts.length > 1 || !isMonotone(this.#abstracts[0]!.executable)) return false
    const isLost = ({ event }: Happening) => event === 'cancelled' || event === 'failed'
    const contentOf = (state: number) => this.#numbering.contentOf(this.#firsts[state]!)
    const more = contentOf(number)
    for (let at = number; at > 0 && !this.#happened[at]!.some(isLost); at = this.found.from[at]!)
      if (covers(more, contentOf(this.found.from[at]!))) return true
    return false
  }

  #answerAll(number: number, state: State, process: number, instance: Instance): void {
    if (instance.marking.outcome !== 'running') return
    const { executable } = this.#abstracts[process]!
    const isThere = (message: string) => (state.messages.get(message) ?? 0) > 0
    for (const event of movesOf(executable, instance, this.#sent, isThere)) {
      const wait = 'wait' in event ? instance.marking.waits.find(({ id }) => id === event.wait) : undefined
      const isOurs = event.type === 'received' && wait?.kind === 'message' && this.#sent?.has(wait.name)
      for (const next of this.#stepped(isOurs ? take(state, wait!.name) : state, process, instance, event))
        this.#link(number, next)
    }
  }

  #link(from: number, outcome: Outcome): void {
    const to = this.#add(outcome, from)
    if (to >= 0) this.found.next[from]!.push(to)
  }

  #add({ state, happened, isCrowded }: Outcome, from: number): number {
    const { found } = this
    if (isCrowded && !found.unsafe) found.unsafe = [...this.#way(from), ...happened]
    const first = this.#numberOf(state, 0)
    const key = this.#keyOf(state, first)
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    if (!found.unsafe && state.instances.some((instance) => instance && isUnsafe(instance)))
      found.unsafe = [...this.#way(from), ...happened]
    if (this.queue.length > this.#budget) {
      found.complete = false
      return -1
    }
    const number = this.queue.push(state) - 1
    this.#numbers.set(key, number)
    this.#firsts[number] = first
    this.#happened[number] = happened
    found.states = this.queue.length - 1
    found.next[number] = []
    found.from[number] = from
    found.isExpanded[number] = false
    found.isEnd[number] = this.#isEnd(state)
    if (found.improper < 0 && state.ends.some(isRepeated)) found.improper = number
    if (found.unread < 0 && found.isEnd[number] && isUnread(state)) found.unread = number
    return number
  }

  #numberOf({ instances, ends }: State, process: number): number {
    const instance = instances[process]
    return instance ? this.#numbering.numberOf(instance, ends[process]!, this.#standard[process]!) : -1
  }

  /** The same for equal states and no others. */
  #keyOf(state: State, first: number): string | number {
    const { instances, messages } = state
    if (instances.length === 1) return first
    const unread = [...messages].filter(([, count]) => count > 0).sort(([one], [other]) => (one < other ? -1 : 1))
    const others = instances.slice(1).map((_, index) => this.#numberOf(state, index + 1))
    return `${[first, ...others]}${unread.map(([name, count]) => `~${name}*${count}`).join('')}`
  }

  /** Nothing runs any more, and something did: each run completed, or failed by an error that was drawn. What no message has begun is not waited for. */
  #isEnd({ instances }: State): boolean {
    return (
      instances.some(Boolean) &&
      instances.every((instance, process) => {
        const outcome = instance?.marking.outcome ?? 'completed'
        if (outcome !== 'failed') return outcome === 'completed'
        const { nodes } = this.#abstracts[process]!.executable.program
        return nodes.some(({ id, kind }) => kind === NodeKind.endEvent && id === instance!.bookkeeping.error!.element)
      })
    )
  }

  #startsOf(process: number): number[] {
    const { starts } = this.#abstracts[process]!.executable.program.nodes[0]!
    return starts.length > 0 ? starts : [-1]
  }

  /** The other participants' messages that it begins with. */
  #sentFor(process: number, start: number): string[] {
    return messagesOf(this.#abstracts[process]!.executable.program.nodes[start]?.event).filter((name) => this.#sent?.has(name))
  }

  /** Whether it begins in no other way. */
  #isSentFor(process: number, start: number): boolean {
    const { event } = this.#abstracts[process]!.executable.program.nodes[start] ?? {}
    return event ? this.#sentFor(process, start).length === partsOf(event).length : false
  }

  #started(state: State, process: number, start: number): Outcome[] {
    const { executable } = this.#abstracts[process]!
    return this.#stepped(state, process, begin(executable), { type: 'started', at: 0, start, variables: {}, holds: [] })
  }

  /** One event, in every way in which it can turn out. */
  #stepped(state: State, process: number, instance: Instance, event: Event): Outcome[] {
    const abstract = this.#abstracts[process]!
    const { oracle } = abstract
    const outcomes: Outcome[] = []
    const ended: (readonly number[])[] = []
    const rounds: Round[] = []
    let isKnown = true
    oracle.begin()
    for (let ways = 0; ; ways++) {
      if (ways === WAYS_MAX) {
        isKnown = false
        break
      }
      const copy = copyInstance(instance)
      const turn = new Turn(abstract, this.#cycles[process]!)
      turn.take(copy, event)
      if (turn.round) {
        goneRound(copy)
        rounds.push({ given: oracle.given, way: turn.round, outcome: this.#after(state, process, copy, turn) })
      } else if (oracle.isExhausted) this.found.complete = false
      else if (!isImpossible(copy)) {
        noteHappening(copy, instance, event)
        ended.push(oracle.given)
        outcomes.push(this.#after(state, process, copy, turn))
      }
      if (!oracle.next()) break
    }
    const trap = isKnown && rounds.length > 0 && neverLeft(rounds, ended)
    if (trap) outcomes.push(trap.outcome)
    if (!isKnown || outcomes.length === 0) this.found.complete = false
    return outcomes
  }

  #after(state: State, process: number, instance: Instance, { happened, entered, ended, sent, isCrowded }: Turn): Outcome {
    let { messages } = state
    if (this.#sent && sent.length > 0) {
      messages = new Map(messages)
      for (const name of sent) bump(messages, name)
    }
    for (const node of entered) this.found.entered[process]!.add(node)
    const before = state.ends[process]!
    const ends = before.size + ended.length > 0 ? new Map(before) : before
    const isEndedTwice = ended.filter((key) => bump(ends, key) > 1).length > 0
    if (ends.size > 0) forgetEnded(ends, instance)
    return {
      state: { instances: replaced(state.instances, process, instance), ends: replaced(state.ends, process, ends), messages },
      happened,
      isCrowded: isCrowded || isEndedTwice,
    }
  }

  #way(state: number): Happening[] {
    const ways: Happening[][] = []
    for (let at = state; at >= 0; at = this.found.from[at]!) ways.unshift(this.#happened[at]!)
    return ways.flat()
  }
}

/** Counts one more, up to two. @returns how many there are now. */
function bump<Key>(counts: Map<Key, number>, key: Key): number {
  const count = Math.min(2, (counts.get(key) ?? 0) + 1)
  counts.set(key, count)
  return count
}

function replaced<Item>(items: Item[], index: number, item: Item): Item[] {
  const copy = items.slice()
  copy[index] = item
  return copy
}

function isRepeated(ends: Map<number, number>): boolean {
  for (const count of ends.values()) if (count > 1) return true
  return false
}

function isUnread({ messages }: State): boolean {
  for (const count of messages.values()) if (count > 0) return true
  return false
}

function take(state: State, message: string): State {
  const messages = new Map(state.messages)
  messages.set(message, messages.get(message)! - 1)
  return { ...state, messages }
}

/** End events are counted for as long as their scope is open; those of the process for good. */
function forgetEnded(ends: Map<number, number>, { marking }: Instance): void {
  const open = new Set(marking.activations.map(({ id }) => id))
  for (const [key, count] of ends) {
    const scope = scopeOfEnd(key)
    if (scope === 0 || open.has(scope)) continue
    ends.delete(key)
    // A scope has ended improperly: that stays with the run.
    if (count > 1) ends.set(endKey(0, nodeOfEnd(key)), count)
  }
}

/** No condition was true: in the drawing one of them is. */
const isImpossible = ({ bookkeeping: { error } }: Instance): boolean => error?.code === 'noFlow'

/** Counts, in a wait that goes on, that it has been answered; and forgets work of one kind that can be undone twice. */
function noteHappening(after: Instance, before: Instance, event: Event): void {
  if (event.type === 'received') {
    const wait = after.marking.waits.find(({ id }) => id === event.wait)
    if (wait) wait.repeats = (before.marking.waits.find(({ id }) => id === event.wait)?.repeats ?? 0) + 1
  }
  const { compensables } = after.marking
  if (!compensables) return
  const seen = new Set<string>()
  after.marking.compensables = compensables.filter(({ node, scope, by }) => {
    const key = `${node} ${scope} ${by}`
    return !seen.has(key) && seen.add(key)
  })
}

const messagesOf = (event: ProgramEvent | null | undefined): string[] =>
  partsOf(event).flatMap(({ kind, name }) => (kind === EventKind.message ? [name] : []))

function messagesSent({ nodes }: Program): string[] {
  const throws: NodeKind[] = [NodeKind.endEvent, NodeKind.intermediateThrowEvent, NodeKind.sendTask]
  return nodes.flatMap(({ kind, event }) => (throws.includes(kind) ? messagesOf(event) : []))
}
