/** Event definitions: what an event catches or throws, and where each kind may stand (BPMN 2.0.2, tables 10.84 to 10.93). */
import { parseCycle, parseDuration } from '../../time/duration.ts'
import { EventKind, type ProgramEvent } from '../program.ts'
import { checkMultiple, isSent, isThrowing } from './check-multiple.ts'
import {
  addTree,
  assignments,
  type Compilation,
  called,
  calledInFrench,
  feel,
  problem,
  required,
  sentence,
  single,
} from './compilation.ts'
import { compileCompensation } from './compile-compensation.ts'
import { conditionFeel } from './condition.ts'
import { correlationOf } from './correlation.ts'
import { dataInputs, eventOutputs } from './data-associations.ts'
import { bodyOf, type Element, elementOf, elementsOf, extensions, textOf } from './element.ts'
import { messageOfFlow } from './message-flows.ts'

export type EventPlace = 'processStart' | 'subProcessStart' | 'eventSubProcessStart' | 'end' | 'catch' | 'throw' | 'boundary'

const kinds: Record<string, keyof typeof EventKind> = {
  'bpmn:TimerEventDefinition': 'timer',
  'bpmn:MessageEventDefinition': 'message',
  'bpmn:ErrorEventDefinition': 'error',
  'bpmn:EscalationEventDefinition': 'escalation',
  'bpmn:SignalEventDefinition': 'signal',
  'bpmn:TerminateEventDefinition': 'terminate',
  'bpmn:LinkEventDefinition': 'link',
  'bpmn:ConditionalEventDefinition': 'conditional',
  'bpmn:CompensateEventDefinition': 'compensation',
  'bpmn:CancelEventDefinition': 'cancel',
}

const allowed: Record<EventPlace, readonly (keyof typeof EventKind)[]> = {
  processStart: ['none', 'timer', 'message', 'signal', 'conditional'],
  subProcessStart: ['none'],
  eventSubProcessStart: ['timer', 'message', 'error', 'escalation', 'signal', 'conditional', 'compensation'],
  end: ['none', 'message', 'error', 'escalation', 'signal', 'terminate', 'compensation', 'cancel'],
  catch: ['timer', 'message', 'signal', 'conditional', 'link'],
  throw: ['none', 'message', 'escalation', 'signal', 'link', 'compensation'],
  boundary: ['timer', 'message', 'error', 'escalation', 'signal', 'conditional', 'compensation', 'cancel'],
}

const placeNames: Record<EventPlace, string> = {
  processStart: 'the start of a process',
  subProcessStart: 'the start of an embedded subprocess',
  eventSubProcessStart: 'the start of an event subprocess',
  end: 'an end event',
  catch: 'an intermediate catching event',
  throw: 'an intermediate throwing event',
  boundary: 'a boundary event',
}

const frenchPlaces: Record<EventPlace, string> = {
  processStart: 'le début d’un processus',
  subProcessStart: 'le début d’un sous-processus intégré',
  eventSubProcessStart: 'le début d’un sous-processus événementiel',
  end: 'un événement de fin',
  catch: 'un événement intermédiaire de réception',
  throw: 'un événement intermédiaire d’émission',
  boundary: 'un événement de bordure',
}

const frenchKinds: Record<keyof typeof EventKind, string> = {
  none: 'simple',
  timer: 'minuteur',
  message: 'message',
  error: 'erreur',
  escalation: 'escalade',
  signal: 'signal',
  terminate: 'terminaison',
  link: 'lien',
  conditional: 'condition',
  compensation: 'compensation',
  cancel: 'annulation',
  multiple: 'multiple',
}

export const noEvent = (): ProgramEvent => ({
  kind: EventKind.none,
  timer: null,
  expression: -1,
  name: '',
  correlation: -1,
  assignments: [],
})

/** Compiles an event's definition; findings say what is missing or not executed. */
export const compileEvent = (to: Compilation, element: Element, place: EventPlace): ProgramEvent => {
  const definitions = [...elementsOf(element, 'eventDefinitions'), ...elementsOf(element, 'eventDefinitionRef')]
  return definitions.length > 1
    ? compileMultiple(to, element, place, definitions)
    : compileDefinition(to, element, place, definitions[0])
}

/** A multiple event: any of its parts makes it happen, all of them when it is parallel; all of them are thrown, the one that ends something last. */
const compileMultiple = (to: Compilation, element: Element, place: EventPlace, definitions: Element[]): ProgramEvent => {
  const parts = definitions.map((definition) => compileDefinition(to, element, place, definition))
  const isParallel = element.parallelMultiple === true && !isThrowing(place)
  checkMultiple(to, element, place, parts, isParallel)
  if (isThrowing(place)) parts.sort((one, other) => Number(isSent(other)) - Number(isSent(one)))
  return { ...noEvent(), kind: EventKind.multiple, parts, ...(isParallel && { parallel: true as const }) }
}

/** One event definition of an element. */
export const compileDefinition = (
  to: Compilation,
  element: Element,
  place: EventPlace,
  definition: Element | undefined,
): ProgramEvent => {
  const kind = definition ? kinds[definition.$type] : 'none'
  if (!kind) {
    const what = definition!.$type.replace(/^bpmn:|EventDefinition$/g, '').toLowerCase()
    problem(
      to,
      element,
      'unsupported-event',
      `${called(element)} is a ${what} event, which is not executed yet.`,
      'Use a timer, message, signal, error or escalation event.',
      {
        message: `${sentence(calledInFrench(element))} n’est d’aucun type d’événement que Parcours exécute.`,
        help: 'Choisissez un minuteur, un message, un signal, une erreur ou une escalade.',
      },
    )
    return noEvent()
  }
  if (!allowed[place].includes(kind)) {
    problem(
      to,
      element,
      'event-place',
      `${called(element)}: ${placeNames[place]} cannot be a ${kind} event.`,
      `Use one of: ${allowed[place].join(', ')}.`,
      {
        message: `${sentence(calledInFrench(element))} : ${frenchPlaces[place]} ne peut pas être de ce type (${frenchKinds[kind]}).`,
        help: `Choisissez parmi : ${allowed[place].map((each) => frenchKinds[each]).join(', ')}.`,
      },
    )
    return noEvent()
  }
  const event: ProgramEvent = { ...noEvent(), kind: EventKind[kind] }
  const throwing = isThrowing(place)
  if (definition && kind === 'timer') return { ...event, ...compileTimer(to, element, definition) }
  if (definition && kind === 'message')
    return { ...event, ...compileMessage(to, element, elementOf(definition, 'messageRef'), throwing) }
  if (definition && kind === 'link') return { ...event, name: linkName(to, element, definition) }
  if (definition && kind === 'conditional')
    return { ...event, expression: conditionOf(to, element, definition), assignments: setsOf(to, element) }
  if (definition && kind === 'compensation' && throwing) return { ...event, ...compileCompensation(to, element, definition) }
  if (kind === 'compensation' || kind === 'cancel') return event
  if (definition && kind !== 'none' && kind !== 'terminate') {
    event.name = nameOf(to, element, definition, kind as 'error' | 'escalation' | 'signal', throwing)
    event.assignments = throwing ? payloadOf(to, element) : setsOf(to, element, kind === 'signal' ? 'payload' : 'error')
  }
  return event
}

const linkName = (to: Compilation, element: Element, definition: Element): string => {
  const name = textOf(linkCaught(element, definition), 'name')
  if (name === '')
    problem(
      to,
      element,
      'link-missing',
      `${called(element)} has no link name.`,
      'Name the link: what is thrown goes on where it is caught.',
      {
        message: `${sentence(calledInFrench(element))} : le lien n'a pas de nom.`,
        help: 'Nommez le lien : ce qui est émis reprend là où il est reçu.',
      },
    )
  return name
}

/** Where a link is caught: the definition that it points to, or that points to it (10.5.5.6, target and source), else the one of its own name. */
const linkCaught = (element: Element, definition: Element): Element => {
  const target = elementOf(definition, 'target')
  if (target) return target
  const beside = element.$parent ? elementsOf(element.$parent, 'flowElements') : []
  const definitions = beside.flatMap((other) => elementsOf(other, 'eventDefinitions'))
  return definitions.find((other) => elementsOf(other, 'source').includes(definition)) ?? definition
}

const conditionOf = (to: Compilation, element: Element, definition: Element): number => {
  const text = bodyOf(definition, 'condition')
  if (text !== '') return conditionFeel(to, element, elementOf(definition, 'condition'), text)
  problem(to, element, 'condition-missing', `${called(element)} has no condition.`, 'Write the condition in FEEL.', {
    message: `${sentence(calledInFrench(element))} : la condition manque.`,
    help: 'Écrivez la condition en FEEL.',
  })
  return -1
}

/** The message of an event or of a send or receive task. */
export const compileMessage = (
  to: Compilation,
  element: Element,
  message: Element | undefined,
  throwing: boolean,
): ProgramEvent => {
  const name = textOf(message, 'name') || messageOfFlow(element, throwing)
  if (name === '') {
    problem(to, element, 'message-missing', `${called(element)} names no message.`, 'Choose a message with a name.', {
      message: `${sentence(calledInFrench(element))} ne nomme aucun message.`,
      help: 'Choisissez un message qui a un nom.',
    })
  }
  const correlation = single(to, element, 'correlation')
  const assigned = throwing ? payloadOf(to, element) : setsOf(to, element)
  return {
    ...noEvent(),
    kind: EventKind.message,
    name,
    correlation: correlation
      ? required(to, element, correlation, 'key')
      : correlationOf(to, element, message, throwing ? assigned : null),
    assignments: assigned,
  }
}

const payloadOf = (to: Compilation, element: Element) => {
  misdirected(to, element, 'set', 'it throws: it sends a payload, it sets nothing')
  return [...assignments(to, element, 'payload', 'name'), ...dataInputs(to, element)]
}

const setsOf = (to: Compilation, element: Element, heard: 'payload' | 'error' = 'payload') => {
  misdirected(to, element, 'payload', 'it catches: it sets variables from the payload, it sends none')
  return [...assignments(to, element, 'set', 'variable'), ...eventOutputs(to, element, heard)]
}

const misdirected = (to: Compilation, element: Element, name: string, why: string) => {
  if (extensions(element, name).length > 0) {
    problem(
      to,
      element,
      'misplaced-extension',
      `${called(element)} cannot have <hospital:${name}>: ${why}.`,
      `Use <hospital:${name === 'set' ? 'payload' : 'set'}>.`,
      {
        message: `${sentence(calledInFrench(element))} ne peut pas avoir <hospital:${name}> : ${name === 'set' ? 'il émet, il ne fixe aucune variable' : 'il reçoit, il n’envoie rien'}.`,
        help: `Utilisez <hospital:${name === 'set' ? 'payload' : 'set'}>.`,
      },
    )
  }
}

const nameOf = (
  to: Compilation,
  element: Element,
  definition: Element,
  kind: 'error' | 'escalation' | 'signal',
  throwing: boolean,
): string => {
  const reference = elementOf(definition, `${kind}Ref`)
  const name =
    kind === 'signal' ? textOf(reference, 'name') : textOf(reference, kind === 'error' ? 'errorCode' : 'escalationCode')
  // Only catching errors and escalations may leave the code out: they catch any.
  if (name === '' && (kind === 'signal' || throwing || reference)) {
    problem(
      to,
      element,
      `${kind}-missing`,
      `${called(element)} has no ${kind === 'signal' ? 'signal name' : `${kind} code`}.`,
      kind === 'signal' ? 'Choose a signal with a name.' : `Choose an ${kind} with a code.`,
      {
        message: `${sentence(calledInFrench(element))} : ${kind === 'signal' ? 'le nom du signal manque' : `le code de l’${kind === 'error' ? 'erreur' : 'escalade'} manque`}.`,
        help:
          kind === 'signal'
            ? 'Choisissez un signal qui a un nom.'
            : `Choisissez une ${kind === 'error' ? 'erreur' : 'escalade'} qui a un code.`,
      },
    )
  }
  return name
}

const timers = [
  ['timeDate', 'date'],
  ['timeDuration', 'duration'],
  ['timeCycle', 'cycle'],
] as const

const datePattern = /^-?\d{4,9}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/
const timerHelp = {
  date: 'Write an ISO 8601 date and time, as 2026-11-23T08:00:00+01:00, or FEEL after "=".',
  duration: 'Write an ISO 8601 duration, as PT15M or P1D, or FEEL after "=".',
  cycle: 'Write an ISO 8601 repetition, as R/PT1H or R3/2026-11-23T08:00:00/P1D, or FEEL after "=".',
}

const frenchTimers = { date: 'une date', duration: 'une durée', cycle: 'une répétition' }
const frenchTimerHelp = {
  date: 'Écrivez une date et une heure ISO 8601, comme 2026-11-23T08:00:00+01:00, ou du FEEL après « = ».',
  duration: 'Écrivez une durée ISO 8601, comme PT15M ou P1D, ou du FEEL après « = ».',
  cycle: 'Écrivez une répétition ISO 8601, comme R/PT1H ou R3/2026-11-23T08:00:00/P1D, ou du FEEL après « = ».',
}

const isTimer = (kind: 'date' | 'duration' | 'cycle', text: string): boolean => {
  if (kind === 'date') return datePattern.test(text)
  if (kind === 'cycle') {
    const cycle = parseCycle(text)
    return cycle !== null && [cycle.start, cycle.end ?? ''].every((date) => date === '' || datePattern.test(date))
  }
  const duration = parseDuration(text)
  return duration !== null && duration.months >= 0 && duration.milliseconds >= 0
}

const compileTimer = (to: Compilation, element: Element, definition: Element): Partial<ProgramEvent> => {
  const first = timers.find(([property]) => bodyOf(definition, property) !== '')
  if (!first) {
    problem(to, element, 'timer-missing', `${called(element)} has no time.`, 'Give it a date, a duration or a cycle.', {
      message: `${sentence(calledInFrench(element))} n’a ni date, ni durée, ni cycle.`,
      help: 'Donnez-lui une date, une durée ou un cycle.',
    })
    return {}
  }
  const [property, timer] = first
  const text = bodyOf(definition, property)
  if (text.startsWith('=')) return { timer, expression: feel(to, element, text) }
  if (!isTimer(timer, text)) {
    problem(
      to,
      element,
      'timer-text',
      `${called(element)}: "${text}" is not an ISO 8601 ${timer === 'cycle' ? 'repetition' : timer}.`,
      timerHelp[timer],
      {
        message: `${sentence(calledInFrench(element))} : « ${text} » n’est pas ${frenchTimers[timer]} ISO 8601.`,
        help: frenchTimerHelp[timer],
      },
    )
    return {}
  }
  return { timer, expression: addTree(to, ['value', text]) }
}
