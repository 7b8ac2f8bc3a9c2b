/** Whether an event can be stepped: reads only, so that a host may ask before it lets anything in. */
import type { Variables } from '../language/feel/value.ts'
import { enabledIn } from './ad-hoc.ts'
import { NEXT } from './choice.ts'
import type { Event, WaitKind } from './contract.ts'
import type { Refusal, RefusalCode } from './errors.ts'
import type { Executable } from './executable.ts'
import type { Instance } from './instance.ts'
import { findWait } from './waits.ts'

/**
 * Null when `step` will take the event. A grant whose request was withdrawn and the end of a called run that is waited for no more are taken:
 * the first is answered by releases, the second changes nothing.
 */
export function accepts(executable: Executable, instance: Instance, event: Event): Refusal | null {
  if (!Number.isSafeInteger(event.at)) return refuse('BadTime', 'The time of an event is a whole number of milliseconds')
  const started = instance.bookkeeping.nextId > 0
  if (event.type === 'started') {
    if (started) return refuse('AlreadyStarted', 'This run has already started')
    const { starts } = executable.program.nodes[0]!
    if (event.start >= 0 && !starts.includes(event.start)) {
      return refuse('NoSuchStart', 'The process has no such start event: name one of those it has')
    }
    return badName(event.variables)
  }
  if (!started) return refuse('NotStarted', 'This run has not started yet')
  const late = event.type === 'granted' || event.type === 'runEnded'
  if (instance.marking.outcome !== 'running' && !late) return refuse('RunOver', 'This run is over')
  switch (event.type) {
    case 'granted':
      return granted(instance, event.wait, event.grants)
    case 'completed':
      return waitsFor(instance, event.wait, 'task') ?? badName(event.result) ?? badChoice(executable, instance, event)
    case 'failed':
      return findWait(instance.marking.waits, event.wait)?.kind === 'request' ? null : waitsFor(instance, event.wait, 'task')
    case 'elapsed':
      return waitsFor(instance, event.wait, 'timer')
    case 'received':
      return waitsForMessage(instance, event.wait) ?? badName(event.payload)
    case 'runEnded':
      return isPast(instance, event.wait) ? null : (waitsFor(instance, event.wait, 'call') ?? badName(event.variables))
    case 'revoked':
      return instance.marking.holds.some((hold) => hold.id === event.hold && hold.state !== 'requested')
        ? null
        : refuse('UnknownHold', `Hold ${event.hold} is not held by this run`)
    case 'moved':
      return instance.marking.holds.some((hold) => hold.units.includes(event.from))
        ? null
        : refuse('UnknownHold', `Unit ${event.from} is not held by this run`)
    case 'variablesChanged':
    case 'rescheduled':
      return badName(event.variables)
    default:
      return null
  }
}

/** Of an ad-hoc subprocess, only what waits for its turn can come next. */
function badChoice(
  { program: { nodes } }: Executable,
  { marking }: Instance,
  { wait, result }: Extract<Event, { type: 'completed' }>,
): Refusal | null {
  const { node, activation } = findWait(marking.waits, wait)!
  const next = result[NEXT] ?? null
  if (!nodes[node]!.adHoc || next === null || enabledIn(marking, activation).some((each) => nodes[each]!.id === next)) return null
  return refuse('NotEnabled', 'What was chosen is not open to choice any more: choose again among what is offered')
}

const words: Record<WaitKind, string> = {
  request: 'resources',
  task: 'a task',
  timer: 'a timer',
  message: 'a message',
  signal: 'a signal',
  call: 'a called run',
  condition: 'a condition',
}

function waitsFor(instance: Instance, id: number, kind: WaitKind): Refusal | null {
  const wait = findWait(instance.marking.waits, id)
  if (!wait) return refuse('UnknownWait', `Nothing waits under number ${id}: it was done already, was cancelled, or never was`)
  return wait.kind === kind ? null : wrongKind(id, wait.kind, kind)
}

function waitsForMessage(instance: Instance, id: number): Refusal | null {
  const wait = findWait(instance.marking.waits, id)
  return wait?.kind === 'signal' || wait?.kind === 'condition' ? null : waitsFor(instance, id, 'message')
}

function granted(instance: Instance, id: number, grants: { hold: number }[]): Refusal | null {
  if (isPast(instance, id)) return null
  const refusal = waitsFor(instance, id, 'request')
  if (refusal) return refusal
  const { holds } = instance.marking
  for (const { hold } of grants) {
    if (!holds.some((open) => open.id === hold && open.state === 'requested')) {
      return refuse('WrongGrant', `Hold ${hold} was not asked for by request ${id}`)
    }
  }
  // The holds of one request have consecutive ids just before its own: all of them come together or none does.
  const asked = holds.filter((hold) => hold.state === 'requested' && hold.id < id && hold.id >= id - grants.length).length
  const more = holds.some((hold) => hold.state === 'requested' && hold.id === id - grants.length - 1)
  return asked === grants.length && !more ? null : refuse('WrongGrant', `Request ${id} is granted as a whole or not at all`)
}

/** A wait that there was, and is no more. */
const isPast = (instance: Instance, id: number) =>
  id > 0 && id < instance.bookkeeping.nextId && !findWait(instance.marking.waits, id)

const wrongKind = (id: number, is: WaitKind, asked: WaitKind) =>
  refuse('WrongKindOfWait', `Number ${id} waits for ${words[is]}, not for ${words[asked]}`)

/** The one name that a plain object cannot hold. */
const badName = (variables: Variables) =>
  Object.hasOwn(variables, '__proto__') ? refuse('BadName', 'A variable cannot be called "__proto__"') : null

const refuse = (code: RefusalCode, message: string): Refusal => ({ code, message })
