/** What a token does at each kind of node, and what happens when something that was waited for comes: `pathways/engine/step.ts` and what it calls. */
import type { ThrownError } from '../../pathways/engine/contract.ts'
import { MOVES_MAX } from '../../pathways/engine/index.ts'
import type { Value, Variables } from '../../pathways/language/feel/value.ts'
import { EventKind, NodeKind } from '../../pathways/language/program.ts'
import { Beyond } from '../compiled/beyond.ts'
import { byWeight, Purpose, uniformOf, withinHigh, withinLow } from '../simulate/chance.ts'
import { calledRunEnded, end, failActivity, interrupt, throwError } from './ending.ts'
import { grant, occupyTaken, pass, receive, request } from './holding.ts'
import {
  absorb,
  close,
  closeWait,
  collect,
  evaluate,
  failed,
  forget,
  isEmpty,
  leave,
  type Machine,
  open,
  openWait,
  push,
  scopeOf,
  setAll,
  take,
  Work,
  withdraw,
} from './machine.ts'
import type { Flow, Node } from './model.ts'
import { type Activation, type Run, State, type Wait, WaitKind } from './run.ts'
import { armTimer, rearm } from './timing.ts'

/** Carries out whatever the queue holds, until the run waits for the world. */
export const work = (m: Machine): void => {
  for (let moves = 0; m.head < m.tail; moves++) {
    if (moves > MOVES_MAX) throw new Beyond(m.scopes[m.head]!.run.id, 'a way round that waits for nothing')
    const { head } = m
    m.head = head + 1
    const scope = m.scopes[head]!
    const subject = m.subjects[head]!
    switch (m.works[head]) {
      case Work.arrive:
        scope.moving--
        arrive(m, subject as Flow, scope)
        break
      case Work.enter:
        scope.moving--
        enter(m, subject as Node, scope)
        break
      case Work.start:
        scope.moving--
        start(m, subject as Activation)
        break
      default:
        settle(m, subject as Activation)
    }
  }
  m.head = 0
  m.tail = 0
}

const arrive = (m: Machine, flow: Flow, scope: Activation): void => {
  const { target } = flow
  if (target.kind === NodeKind.parallelGateway) arriveAtParallel(m, target, flow, scope)
  else enter(m, target, scope)
}

/** A token reaches a node. */
const enter = (m: Machine, node: Node, scope: Activation): void => {
  switch (node.kind) {
    case NodeKind.startEvent:
      return leave(m, node, scope)
    case NodeKind.endEvent:
      return enterEnd(m, node, scope)
    case NodeKind.intermediateCatchEvent:
      if (node.event!.kind === EventKind.link) return leave(m, node, scope)
      return listen(m, node, open(scope.run, node, scope))
    case NodeKind.intermediateThrowEvent:
      sendFrom(m, node, scope.run)
      if (node.link) return push(m, Work.enter, node.link, scope)
      return leave(m, node, scope)
    case NodeKind.exclusiveGateway:
      return passExclusive(m, node, scope)
    case NodeKind.parallelGateway:
      return arriveAtParallel(m, node, null, scope)
    case NodeKind.eventBasedGateway: {
      const gateway = open(scope.run, node, scope)
      for (const { target } of node.outgoing) listen(m, target, gateway)
      return
    }
    default:
      return enterActivity(m, node, scope)
  }
}

const enterEnd = (m: Machine, node: Node, scope: Activation): void => {
  const { run } = scope
  const kind = node.event ? node.event.kind : EventKind.none
  run.gauges.reached(node.index, run.startedAt)
  sendFrom(m, node, run)
  if (kind === EventKind.error) {
    const message = `The error end event "${node.id}" was reached`
    return throwError(m, scope, { code: node.event!.name, message, element: node.id })
  }
  if (kind === EventKind.terminate) return interrupt(m, scope, scope.node)
  push(m, Work.settle, scope, scope)
}

const enterActivity = (m: Machine, node: Node, scope: Activation): void => {
  const activation = open(scope.run, node, scope)
  const { boundaries } = node
  for (let index = 0; index < boundaries.length; index++) listen(m, boundaries[index]!, activation)
  if (request(m, activation)) push(m, Work.start, activation, scope)
}

/** An activity has what it needs. */
const start = (m: Machine, activation: Activation): void => {
  if (!activation.isOpen || activation.state !== State.active) return
  const { node, run } = activation
  if (node.kind === NodeKind.subProcess) {
    for (const entry of node.entries) push(m, Work.enter, entry, activation)
    return push(m, Work.settle, activation, activation)
  }
  if (node.kind === NodeKind.callActivity) return startCall(m, activation)
  if (node.isReceived) return listen(m, node, activation)
  if (node.onTheSpot !== null) return decideOnTheSpot(m, activation, evaluate(m, node.onTheSpot, run))
  if (!node.isPerformed) {
    sendFrom(m, node, run)
    return finish(m, activation)
  }
  const wait = openWait(WaitKind.task, node, activation)
  if (node.activity !== null) wait.inputs = collect(m, node.inputs, run)
  if (node.due !== null) m.world.checkDue(node, node.due(scopeOf(m, run)))
  m.beginning.push(wait)
}

const startCall = (m: Machine, activation: Activation): void => {
  const { node, run } = activation
  const call = node.call!
  const wait = openWait(WaitKind.call, node, activation)
  const variables = call.inputs.length > 0 ? collect(m, call.inputs, run) : { ...run.variables }
  m.world.call(wait, call.process, variables, pass(activation, call))
}

const decideOnTheSpot = (m: Machine, activation: Activation, result: Value): void => {
  const { node, run } = activation
  if (node.resultVariable !== '') {
    run.variables[node.resultVariable] = result
    if (node.outputs.length > 0) setAll(m, node.outputs, run, 'result', result)
  } else absorb(m, node.outputs, run, 'result', result)
  finish(m, activation)
}

/** The work of an activity is done: the pathway goes on after it. */
const finish = (m: Machine, activation: Activation): void => {
  if (activation.node.takes.length > 0) occupyTaken(m, activation)
  close(m, activation)
  leave(m, activation.node, activation.scope!)
}

/** One token in, one out: the first flow whose condition is true, else the default; or as chance decides. */
const passExclusive = (m: Machine, node: Node, scope: Activation): void => {
  const { outgoing, defaultFlow, weights } = node
  const { run } = scope
  if (outgoing.length === 0) return push(m, Work.settle, scope, scope)
  if (weights !== null) {
    const iteration = run.counts[node.counter]!++
    const low = withinLow(withinLow(run.low, node.word), iteration)
    const high = withinHigh(withinHigh(run.high, node.word), iteration)
    return take(m, outgoing[byWeight(weights, uniformOf(low, high, Purpose.branch, 0))]!, scope)
  }
  for (let index = 0; index < outgoing.length; index++) {
    const flow = outgoing[index]!
    if (flow === defaultFlow) continue
    if (flow.condition === null || evaluate(m, flow.condition, run) === true) return take(m, flow, scope)
  }
  if (defaultFlow === null) throw failed(node)
  take(m, defaultFlow, scope)
}

/** Waits for one token on each incoming flow, consumes one of each, and puts one on every outgoing flow. */
const arriveAtParallel = (m: Machine, node: Node, flow: Flow | null, scope: Activation): void => {
  const { incoming, outgoing } = node
  if (incoming.length > 1) {
    const { tokens } = scope.run
    const resting = (on: Flow) => tokens.find((token) => token.flow === on && token.scope === scope)
    const there = flow && resting(flow)
    if (there) there.count++
    else if (flow) {
      tokens.push({ flow, scope, count: 1 })
      scope.resting++
    }
    if (!incoming.every(resting)) return
    for (const each of incoming) {
      const token = resting(each)!
      if (--token.count > 0) continue
      tokens.splice(tokens.indexOf(token), 1)
      scope.resting--
    }
  }
  if (outgoing.length === 0) push(m, Work.settle, scope, scope)
  for (let index = 0; index < outgoing.length; index++) take(m, outgoing[index]!, scope)
}

/** Something ended in here: a scope completes when no token and no activation is left in it. */
const settle = (m: Machine, scope: Activation): void => {
  if (!scope.isOpen || scope.state !== State.active || !isEmpty(scope)) return
  if (scope.scope === null) end(m, scope.run, 'completed')
  else finish(m, scope)
}

/** Listens for the event of a node on behalf of an activation; errors are looked for when they are thrown. */
const listen = (m: Machine, node: Node, activation: Activation): void => {
  const event = node.event!
  const { kind, correlation } = event
  if (kind === EventKind.timer) return armTimer(m, openWait(WaitKind.timer, node, activation), event)
  if (kind !== EventKind.message && kind !== EventKind.signal) return
  const wait = openWait(kind === EventKind.signal ? WaitKind.signal : WaitKind.message, node, activation)
  wait.name = event.name
  if (correlation !== null) wait.key = evaluate(m, correlation, activation.run)
  m.world.subscribe(wait)
}

/** Throws the message or signal of a node. */
const sendFrom = (m: Machine, node: Node, run: Run): void => {
  const { event } = node
  if (event === null || (event.kind !== EventKind.message && event.kind !== EventKind.signal)) return
  const key = event.correlation === null ? null : evaluate(m, event.correlation, run)
  m.world.send(run, event.name, event.kind === EventKind.signal, key, collect(m, event.assignments, run))
}

/** A run begins. */
export const started = (
  m: Machine,
  run: Run,
  at: Node | null,
  variables: Variables,
  holds: Parameters<typeof receive>[1],
): void => {
  const process = open(run, run.model.nodes[0]!, null)
  receive(process, holds)
  const begin = at ?? run.model.plainStart
  const event = begin?.event
  const sets = event && event.kind !== EventKind.timer && event.assignments.length > 0
  run.variables = sets ? { ...variables } : variables
  if (begin) push(m, Work.enter, begin, process)
  else for (const entry of run.model.nodes[0]!.entries) push(m, Work.enter, entry, process)
  push(m, Work.settle, process, process)
  if (sets) setAll(m, event.assignments, run, 'payload', variables)
}

export const granted = (m: Machine, wait: Wait, grants: Parameters<typeof grant>[2]): void => {
  const { activation } = wait
  closeWait(wait)
  grant(m, activation, grants)
  push(m, Work.start, activation, activation.scope!)
}

/** The host has done a task. */
export const completed = (m: Machine, wait: Wait, result: Variables | null): void => {
  const { activation, node } = wait
  closeWait(wait)
  if (result !== null || node.outputs.length > 0) absorb(m, node.outputs, activation.run, 'result', result ?? {})
  finish(m, activation)
}

export const taskFailed = (m: Machine, wait: Wait, error: ThrownError): void => {
  if (wait.kind === WaitKind.request) forget(wait)
  closeWait(wait)
  failActivity(m, wait.activation, error)
}

export const runEnded = (
  m: Machine,
  wait: Wait,
  outcome: 'completed' | 'failed' | 'cancelled',
  variables: Variables,
  error: ThrownError | null,
): void => {
  const { activation, node } = wait
  closeWait(wait)
  if (activation.state === State.cancelling) return calledRunEnded(m, activation)
  if (outcome === 'completed') {
    absorb(m, node.call!.outputs, activation.run, 'result', variables)
    return finish(m, activation)
  }
  const { code, message } = outcome === 'failed' && error ? error : { code: outcome, message: `The called run was ${outcome}` }
  failActivity(m, activation, { code, message, element: node.id })
}

/** A timer has elapsed, a message or signal was heard. */
export const happened = (m: Machine, wait: Wait, payload: Variables): void => {
  const { node, activation } = wait
  const event = node.event!
  const isTimer = event.kind === EventKind.timer
  if (node.kind === NodeKind.boundaryEvent) {
    if (!isTimer) absorb(m, event.assignments, activation.run, 'payload', payload)
    if (node.isInterrupting) {
      closeWait(wait)
      return interrupt(m, activation, node)
    }
    if (wait.kind !== WaitKind.timer) m.world.subscribe(wait)
    else if (!rearm(m, wait)) closeWait(wait)
    return leave(m, node, activation.scope!)
  }
  closeWait(wait)
  const isDecided = activation.node !== node
  if (isDecided) {
    while (activation.waits.length > 0) withdraw(m, activation.waits[0]!)
    close(m, activation)
  }
  if (!isTimer) absorb(m, event.assignments, activation.run, 'payload', payload)
  if (isDecided) return leave(m, node, activation.scope!)
  if (node.isReceived) return finish(m, activation)
  close(m, activation)
  leave(m, node, activation.scope!)
}
