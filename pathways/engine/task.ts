/** Tasks: those the host performs, and those that the engine does on the spot (BPMN 2.0.2, 10.3.3, 13.3.3). */
import type { Value, Variables } from '../language/feel/value.ts'
import { type Assignment, NodeKind, type ProgramTask } from '../language/program.ts'
import { enabledIn } from './ad-hoc.ts'
import { listen } from './catching.ts'
import { finish } from './completion.ts'
import type { Effect } from './contract.ts'
import type { Activation, Wait } from './instance.ts'
import type { Machine } from './machine.ts'
import { send } from './message.ts'
import { priorityOf } from './resources.ts'
import { dueOf } from './timer.ts'
import { absorb, assign, assignAll, collect, evaluate, scopeAt, textOf } from './variables.ts'
import { closeWait, openWait } from './waits.ts'

export function startTask(m: Machine, activation: Activation): void {
  const { kind, task } = m.nodes[activation.node]!
  if (task?.dataInputs) takeData(m, activation, task.dataInputs)
  switch (kind) {
    case NodeKind.receiveTask:
      return listen(m, activation.node, activation.id)
    case NodeKind.scriptTask:
      return decideOnTheSpot(m, activation, task && task.script >= 0 ? evaluate(m, task.script, activation.id) : null)
    case NodeKind.businessRuleTask:
      if (task && task.decision < 0 && task.activity !== '') return perform(m, activation)
      return decideOnTheSpot(m, activation, task && task.decision >= 0 ? decide(m, task.decision, activation.id) : null)
    case NodeKind.sendTask:
      if (task && task.activity !== '') return perform(m, activation)
      if (m.nodes[activation.node]!.event) send(m, activation.node, activation.id)
      return finish(m, activation, null)
    default:
      return perform(m, activation)
  }
}

function perform(m: Machine, activation: Activation): void {
  const wait = openWait(m, 'task', activation.node, activation.id)
  const { task } = m.nodes[activation.node]!
  if (task && task.due >= 0) wait.due = dueOf(m, task.due, activation.id, activation.node) ?? 0
  m.host.emit(performance(m, wait))
}

/** What the host is asked to do. */
export function performance(m: Machine, wait: Wait): Effect {
  const { node, activation } = wait
  const { task } = m.nodes[node]!
  return {
    type: 'perform',
    wait: wait.id,
    node,
    activation,
    inputs: { ...(task && inputsOf(m, task, activation)), ...(m.nodes[node]!.adHoc && { enabled: enabledIds(m, activation) }) },
    priority: priorityOf(m, node, activation),
    due: task && task.due >= 0 && wait.due > 0 ? wait.due : null,
    place: task && task.place >= 0 ? (textOf(evaluate(m, task.place, activation)) ?? '') : '',
  }
}

/** What there is to choose from in an ad-hoc scope, by element id. */
const enabledIds = (m: Machine, scope: number): string[] => enabledIn(m.marking, scope).map((node) => m.nodes[node]!.id)

function inputsOf(m: Machine, { inputs, dataInputs }: ProgramTask, activation: number): Variables {
  const written = collect(m, inputs, activation)
  if (!dataInputs) return written
  const own = m.instance.variables[activation]
  return { ...Object.fromEntries(dataInputs.map(({ variable }) => [variable, own?.[variable] ?? null])), ...written }
}

/** The host has done it. */
export function completeTask(m: Machine, wait: Wait, activation: Activation, result: Variables): void {
  closeWait(m, wait)
  const { task } = m.nodes[activation.node]!
  absorb(m, task ? task.outputs : [], activation.id, 'result', result)
  giveData(m, activation, result)
  finish(m, activation, result)
}

/** Data inputs are filled when the task begins: copies, which it alone sees (BPMN 2.0.2, 10.4.2). */
function takeData(m: Machine, { id }: Activation, dataInputs: Assignment[]): void {
  const { variables } = m.instance
  const values: Variables = {}
  for (const { variable, expression } of dataInputs) values[variable] = evaluate(m, expression, id)
  variables[id] = { ...variables[id], ...values }
}

/** Data outputs that were given go where they are drawn to (BPMN 2.0.2, 10.4.2). */
function giveData(m: Machine, activation: Activation, result: Value): void {
  const dataOutputs = m.nodes[activation.node]!.task?.dataOutputs
  if (!dataOutputs) return
  for (const { variable, expression } of dataOutputs) {
    const given = evaluate(m, expression, activation.id, { result })
    if (given !== null) assign(m, activation.id, variable, given)
  }
}

const decide = (m: Machine, decision: number, activation: number): Value =>
  m.executable.decisions[decision]!(scopeAt(m, activation))

function decideOnTheSpot(m: Machine, activation: Activation, result: Value): void {
  const task = m.nodes[activation.node]!.task
  if (task && task.resultVariable !== '') {
    assign(m, activation.id, task.resultVariable, result)
    if (task.outputs.length > 0) assignAll(m, task.outputs, activation.id, { result })
  } else if (task) absorb(m, task.outputs, activation.id, 'result', result)
  giveData(m, activation, result)
  finish(m, activation, result)
}
