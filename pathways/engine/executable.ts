/** A Program made ready to run: its FEEL trees as closures, and what would otherwise be looked for at every step. */
import { toDecision } from '../language/dmn/evaluate.ts'
import { type Closure, toClosure } from '../language/feel/evaluate.ts'
import { concerns, EventKind, linkTarget, NodeKind, type Program, type ProgramNode } from '../language/program.ts'
import type { SiteTime } from '../time/site.ts'
import { type Machine, newMachine } from './machine.ts'
import { reachesOf } from './reach.ts'

export interface Executable {
  program: Program
  site: SiteTime
  expressions: Closure[]
  decisions: Closure[]
  /** By node: the expression of its priority, its own or that of the nearest scope with one; -1 for none. */
  priorities: number[]
  /** By node: whether any of its sequence flows has a condition or is a default (activities and events only). */
  conditional: boolean[]
  /** By event subprocess node: whether its start event interrupts. */
  interrupts: boolean[]
  /** Whether anything in it can set off a compensation: only then is completed work kept. */
  compensates: boolean
  /** By activity node: what undoes it when it has completed, its boundary event's activity or its own event subprocess; -1 for none. */
  undoneBy: number[]
  /** By scope node: where it begins when it is entered. Without start events: every node nothing leads to (BPMN 2.0.2, 13.2). */
  entries: number[][]
  /** By node: the link catch event that a link throw event goes on at, else -1. */
  links: number[]
  /** By inclusive join: see `reachesOf`. */
  reaches: boolean[][][]
  /** Whether there is a complex gateway to be decided when nothing moves any more. */
  hasComplex: boolean
  /** Whether anything has to be looked at when nothing moves any more. */
  hasConditions: boolean
  /** The start event of a `started` event that names none; -1 when the process has no start events. */
  plainStart: number
  machine: Machine
}

/** Makes a Program executable at a site; `site` gives dates and months their time zone. */
export function load(program: Program, site: SiteTime): Executable {
  const { nodes, flows } = program
  const executable: Executable = {
    program,
    site,
    expressions: program.expressions.map(toClosure),
    decisions: program.decisions.map((decision) => toDecision(decision.tree)),
    priorities: nodes.map((_, node) => inheritedPriority(program, node)),
    conditional: nodes.map((node) => node.defaultFlow >= 0 || node.outgoing.some((flow) => flows[flow]!.condition >= 0)),
    interrupts: nodes.map((node) => node.kind === NodeKind.eventSubProcess && nodes[node.starts[0]!]!.interrupting),
    compensates: nodes.some(({ kind, event }) => isThrow(kind) && undoing.some((undo) => concerns(event, undo))),
    undoneBy: nodes.map((node) => undoneBy(program, node)),
    entries: nodes.map((_, node) => entriesOf(program, node)),
    links: nodes.map((_, node) => linkTarget(program, node)),
    reaches: reachesOf(program),
    hasComplex: nodes.some(({ kind }) => kind === NodeKind.complexGateway),
    hasConditions: nodes.some((node) => concerns(node.event, EventKind.conditional)),
    plainStart: plainStartOf(program),
    machine: null as unknown as Machine,
  }
  executable.machine = newMachine(executable)
  return executable
}

const undoing: EventKind[] = [EventKind.compensation, EventKind.cancel]
const isThrow = (kind: NodeKind) => kind === NodeKind.endEvent || kind === NodeKind.intermediateThrowEvent

function undoneBy({ nodes }: Program, { boundaries, eventSubProcesses }: ProgramNode): number {
  const isCompensation = (node: number | undefined) => nodes[node ?? -1]?.event?.kind === EventKind.compensation
  const boundary = boundaries.find(isCompensation)
  if (boundary !== undefined) return nodes[boundary]!.handler ?? -1
  return eventSubProcesses.find((inner) => isCompensation(nodes[inner]!.starts[0])) ?? -1
}

function inheritedPriority({ nodes }: Program, node: number): number {
  for (let index = node; index >= 0; index = nodes[index]!.scope) if (nodes[index]!.priority >= 0) return nodes[index]!.priority
  return -1
}

function entriesOf({ nodes }: Program, scope: number): number[] {
  const { kind, starts } = nodes[scope]!
  if (kind !== NodeKind.process && kind !== NodeKind.subProcess && kind !== NodeKind.eventSubProcess) return []
  if (starts.length > 0) return starts
  const begins = (index: number) => {
    const node = nodes[index]!
    return (
      node.scope === scope &&
      node.incoming.length === 0 &&
      !node.forCompensation &&
      node.kind !== NodeKind.boundaryEvent &&
      node.kind !== NodeKind.eventSubProcess &&
      node.event?.kind !== EventKind.link
    )
  }
  return nodes.map((_, index) => index).filter(begins)
}

function plainStartOf({ nodes }: Program): number {
  const { starts } = nodes[0]!
  return starts.find((start) => (nodes[start]!.event?.kind ?? EventKind.none) === EventKind.none) ?? starts[0] ?? -1
}
