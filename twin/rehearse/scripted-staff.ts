/** People and systems who do what a script says; a task that it does not name takes no time and sets nothing. */
import type { Event } from '../../pathways/engine/contract.ts'
import type { Executable } from '../../pathways/engine/index.ts'
import type { Variables } from '../../pathways/language/feel/value.ts'
import { isLeftToChance, NodeKind, type Program, type ProgramNode } from '../../pathways/language/program.ts'
import type { SiteTime } from '../../pathways/time/site.ts'
import { flowsByChance } from '../simulate/branching.ts'
import { type ChanceKey, chanceOf, Purpose, uniform, within, wordOf } from '../simulate/chance.ts'
import type { Fact, Performance, Run, Staff } from './memory-host.ts'
import { after, RehearsalError, type Script, type ScriptedTask, valuesOf } from './script.ts'

export class ScriptedStaff implements Staff {
  readonly #script: Script
  readonly #site: SiteTime
  readonly #show: (run: Run, fact: Fact, at: number) => void
  readonly #chance: ChanceKey
  /** By run and gateway: how often chance has decided there. */
  readonly #decided = new Map<string, number>()
  /** By gateway id: the flows to take, and how many were taken. */
  readonly #branches: Map<string, { flows: string[]; taken: number }>

  /** @param seed of what chance decides in drawings. */
  constructor(
    script: Script,
    executables: Executable[],
    site: SiteTime,
    show: (run: Run, fact: Fact, at: number) => void,
    seed = 1,
  ) {
    this.#chance = chanceOf(seed, 0)
    this.#script = script
    this.#site = site
    this.#show = show
    this.#branches = new Map(Object.entries(script.branches ?? {}).map(([id, flows]) => [id, { flows, taken: 0 }]))
    checkNames(script, executables)
  }

  takes(run: Run, task: Performance): number {
    const node = nodeOf(run, task.node)
    const { at } = run.instance.bookkeeping
    return after(at, this.#scripted(node)?.takes, this.#site, `tasks.${node.id}.takes`) - at
  }

  answer(run: Run, task: Performance, at: number): Event[] {
    const node = nodeOf(run, task.node)
    const scripted = this.#scripted(node)
    if (scripted?.fails !== undefined) {
      return [{ type: 'failed', at, wait: task.wait, code: scripted.fails, message: `The script fails "${node.id}"` }]
    }
    const place = `tasks.${node.id}.set`
    const result = valuesOf(scripted?.set, variablesAt(run, task.activation), at, this.#site, place)
    return [{ type: 'completed', at, wait: task.wait, result }]
  }

  choose(run: Run, node: number): number[] {
    const { program } = run.executable
    const gateway = program.nodes[node]!
    const id = this.#nextBranch(gateway.id)
    if (id !== undefined) return gateway.outgoing.filter((flow) => program.flows[flow]!.id === id)
    return isLeftToChance(program, gateway) ? flowsByChance(program, gateway, this.#luckAt(run, gateway)) : []
  }

  #luckAt(run: Run, { id }: ProgramNode): (draw: number) => number {
    const place = `${run.id} ${id}`
    const before = this.#decided.get(place) ?? 0
    this.#decided.set(place, before + 1)
    const key = within(within(within(this.#chance, wordOf(run.id)), wordOf(id)), before)
    return (draw) => uniform(key, Purpose.branch, draw)
  }

  chooseActivity(run: Run, node: number, enabled: number[]): number {
    const { nodes } = run.executable.program
    const id = this.#nextBranch(nodes[node]!.id)
    return enabled.find((each) => nodes[each]!.id === id) ?? -1
  }

  recorded(run: Run, fact: Fact): void {
    this.#show(run, fact, fact.at)
  }

  #nextBranch(id: string): string | undefined {
    const branch = this.#branches.get(id)
    return branch?.flows[Math.min(branch.taken++, branch.flows.length - 1)]
  }

  #scripted(node: ProgramNode): ScriptedTask | undefined {
    const tasks = this.#script.tasks ?? {}
    return tasks[node.id] ?? tasks[node.name]
  }
}

const nodeOf = (run: Run, node: number): ProgramNode => run.executable.program.nodes[node]!

/** What a task sees: its own variables, then those of the scopes around it. */
export function variablesAt({ instance }: Pick<Run, 'instance'>, activation: number): Variables {
  const frames: Variables[] = []
  for (let id = activation; id > 0; ) {
    const around = instance.marking.activations.find((open) => open.id === id)
    frames.unshift(instance.variables[id] ?? {})
    id = !around ? 0 : around.whole >= 0 ? around.whole : around.scope
  }
  return Object.assign({ ...instance.variables[0] }, ...frames)
}

/**
 * Script and business rule tasks that the script gives a time or a failure are performed, not run on the spot; what they compute is set when
 * they are done.
 */
export function scriptable(program: Program, script: Script): Program {
  const { tasks } = script
  if (!tasks) return program
  return { ...program, nodes: program.nodes.map((node) => (isNamed(tasks, node) ? performed(node) : node)) }
}

const isNamed = (tasks: Record<string, ScriptedTask>, node: ProgramNode) =>
  [NodeKind.scriptTask, NodeKind.sendTask, NodeKind.businessRuleTask].some((kind) => kind === node.kind) &&
  (tasks[node.id] !== undefined || (node.name !== '' && tasks[node.name] !== undefined))

function performed(node: ProgramNode): ProgramNode {
  const { task } = node
  if (node.kind !== NodeKind.scriptTask || !task || task.script < 0 || task.resultVariable === '')
    return { ...node, kind: NodeKind.task }
  const outputs = [{ variable: task.resultVariable, expression: task.script }, ...task.outputs]
  return { ...node, kind: NodeKind.task, task: { ...task, outputs } }
}

function checkNames(script: Script, executables: Executable[]): void {
  const nodes = executables.flatMap(({ program }) => program.nodes)
  for (const id of Object.keys(script.tasks ?? {})) {
    if (!nodes.some((node) => node.id === id || node.name === id))
      throw new RehearsalError(`tasks.${id}`, 'there is no such element')
  }
  for (const [id, branches] of Object.entries(script.branches ?? {})) {
    const owner = executables.find(({ program }) => program.nodes.some((node) => node.id === id))
    if (!owner) throw new RehearsalError(`branches.${id}`, 'there is no such gateway')
    const { flows, nodes: own } = owner.program
    const index = own.findIndex((node) => node.id === id)
    if (own[index]!.adHoc) {
      const stranger = branches.find((branch) => !own.some((inner) => inner.scope === index && inner.id === branch))
      if (stranger !== undefined) throw new RehearsalError(`branches.${id}`, `there is no activity "${stranger}" in it`)
      continue
    }
    const leaving = own[index]!.outgoing.map((flow) => flows[flow]!.id)
    const unknown = branches.find((flow) => !leaving.includes(flow))
    if (unknown !== undefined)
      throw new RehearsalError(`branches.${id}`, `no flow "${unknown}" leaves it; there is ${leaving.join(', ')}`)
  }
}
