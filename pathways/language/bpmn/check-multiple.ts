/** What a multiple event may be made of (BPMN 2.0.2, 10.5.5.9 and table 10.93), and what nobody could tell the order of. */
import { EventKind, type ProgramEvent } from '../program.ts'
import { type Compilation, called, calledInFrench, problem, sentence } from './compilation.ts'
import type { EventPlace } from './compile-event.ts'
import type { Element } from './element.ts'

export const isThrowing = (place: EventPlace): boolean => place === 'end' || place === 'throw'

/** Messages and signals are sent before anything else of a multiple event is thrown. */
export const isSent = ({ kind }: ProgramEvent): boolean => kind === EventKind.message || kind === EventKind.signal

const interrupts = (kind: EventKind) => kind === EventKind.error || kind === EventKind.escalation || kind === EventKind.cancel

export const checkMultiple = (
  to: Compilation,
  element: Element,
  place: EventPlace,
  parts: ProgramEvent[],
  isParallel: boolean,
): void => {
  const isThrown = isThrowing(place)
  const french = sentence(calledInFrench(element))
  if (parts.some(({ kind }) => kind === EventKind.link || (kind === EventKind.compensation && !isThrown)))
    problem(
      to,
      element,
      'multiple-event',
      `${called(element)} has a link or a compensation among several event definitions.`,
      'Draw an event of its own for it.',
      {
        message: `${french} a un lien ou une compensation parmi plusieurs définitions d'événement.`,
        help: 'Dessinez pour cela un événement à part.',
      },
    )
  if (isThrown && parts.filter((part) => !isSent(part)).length > 1)
    problem(
      to,
      element,
      'multiple-event',
      `${called(element)} throws more than one thing that changes where the pathway goes.`,
      'Keep messages and signals, and at most one error, escalation, compensation, cancellation or termination.',
      {
        message: `${french} émet plusieurs événements qui changent la suite du parcours.`,
        help: 'Gardez les messages et les signaux, et au plus une erreur, escalade, compensation, annulation ou terminaison.',
      },
    )
  if (!isParallel) return
  if (parts.some(({ kind }) => interrupts(kind)))
    problem(
      to,
      element,
      'parallel-multiple',
      `${called(element)} waits for an error, an escalation or a cancellation together with other events: it would come too late.`,
      'Draw an event of its own for it.',
      {
        message: `${french} attend une erreur, une escalade ou une annulation avec d'autres événements : elle viendrait trop tard.`,
        help: 'Dessinez pour elle un événement à part.',
      },
    )
  if (place === 'processStart')
    problem(
      to,
      element,
      'parallel-multiple',
      `${called(element)}: a process cannot begin when several events have happened, for nobody would remember the first.`,
      'Begin with a parallel event-based gateway that instantiates, and one event for each.',
      {
        message: `${french} : un processus ne peut pas commencer quand plusieurs événements ont eu lieu, car personne ne retiendrait le premier.`,
        help: 'Commencez par une passerelle événementielle parallèle qui instancie, avec un événement pour chacun.',
      },
    )
}
