/**
 * A case's activities and the drawing brought together at the least cost: what the log says and the drawing does not allow costs one, so does work that is
 * drawn and not in the log (A. Adriansyah, "Aligning observed and modeled behavior", 2014). By the shortest way, breadth first among those of one cost.
 */
import type { Net } from './net.ts'

/** One move, in order: a transition, an event of the case, or both at once. */
export interface Move {
  /** Index in the net, or -1: the log says what the drawing does not allow here. */
  transition: number
  /** Place in the case, or -1: nothing of it is in the log. */
  position: number
}

export interface Alignment {
  cost: number
  moves: Move[]
}

interface State {
  /** Places that hold tokens, ascending; a place stands as often as it holds one. */
  marking: number[]
  position: number
  cost: number
  before: State | null
  move: Move
}

/** States that are reached before a case is given up, and before all further cases of a log are. */
const STATES_MAX = 100_000
export const STATES_OF_LOG_MAX = 3_000_000

/**
 * @param labels by event of the case: the nodes it may be. @param isSilent nodes whose work the log never speaks of.
 * @param budget states that may still be reached, counted down. @returns null when there is none, or it is too far to find.
 */
export const align = (
  net: Net,
  labels: readonly (readonly number[])[],
  isSilent: (node: number) => boolean,
  budget: { states: number },
): Alignment | null => {
  const most = Math.min(STATES_MAX, budget.states)
  // States of one cost are finished before those of the next: nothing costs more than one.
  let now: State[] = [{ marking: [net.start], position: 0, cost: 0, before: null, move: { transition: -1, position: -1 } }]
  let next: State[] = []
  const done = new Set<string>()
  let count = 1
  for (let cost = 0; now.length > 0; cost++) {
    for (let index = 0; index < now.length; index++) {
      const state = now[index]!
      const key = `${state.position}|${state.marking.join(',')}`
      if (done.has(key)) continue
      done.add(key)
      if (count > most) return null
      if (state.position === labels.length && state.marking.length === 0) return { cost, moves: movesOf(state) }
      const { marking, position } = state
      const go = (to: State[], reached: number[], at: number, move: Move) => {
        budget.states--
        count++
        to.push({ marking: reached, position: at, cost: to === now ? cost : cost + 1, before: state, move })
      }
      for (const [transition, reached] of enabled(net, marking)) {
        const { node } = net.transitions[transition]!
        if (node >= 0 && position < labels.length && labels[position]!.includes(node))
          go(now, reached, position + 1, { transition, position })
        go(node < 0 || isSilent(node) ? now : next, reached, position, { transition, position: -1 })
      }
      if (position < labels.length) go(next, marking, position + 1, { transition: -1, position })
    }
    now = next
    next = []
  }
  return null
}

/** What can move, and the tokens then. */
const enabled = (net: Net, marking: number[]): [number, number[]][] => {
  const found: [number, number[]][] = []
  const seen = new Set<number>()
  for (const place of new Set(marking))
    for (const transition of net.from[place]!) {
      if (seen.has(transition)) continue
      seen.add(transition)
      const { takes, gives, empty, clears } = net.transitions[transition]!
      const left = [...marking]
      let isEnabled = !marking.some((each) => empty.includes(each))
      for (const each of takes) {
        const at = left.indexOf(each)
        if (at < 0) isEnabled = false
        else left.splice(at, 1)
      }
      if (!isEnabled) continue
      const kept = clears.length > 0 ? left.filter((each) => !clears.includes(each)) : left
      found.push([transition, [...kept, ...gives].sort((one, other) => one - other)])
    }
  return found
}

const movesOf = (last: State): Move[] => {
  const moves: Move[] = []
  for (let state: State | null = last; state?.before; state = state.before) moves.push(state.move)
  return moves.reverse()
}
