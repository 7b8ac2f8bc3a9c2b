/** What a multi-instance activity throws as its instances complete (BPMN 2.0.2, 10.3.8.2 and table 10.30). */
import { EventKind, type LoopBehaviour } from '../program.ts'
import { type Compilation, called, calledInFrench, problem, sentence } from './compilation.ts'
import { compileDefinition } from './compile-event.ts'
import { conditionAt } from './condition.ts'
import { type Element, elementOf, elementsOf, textOf } from './element.ts'

/** None throws for each instance, One for the first, Complex as its definitions say, All (nothing said) never. */
export const compileBehaviour = (to: Compilation, element: Element, loop: Element): LoopBehaviour[] => {
  switch (textOf(loop, 'behavior') || 'All') {
    case 'All':
      return []
    case 'None':
      return thrown(to, element, [elementOf(loop, 'noneBehaviorEventRef')]).map((event) => ({ condition: -1, event }))
    case 'One':
      return thrown(to, element, [elementOf(loop, 'oneBehaviorEventRef')]).map((event) => ({ first: true, condition: -1, event }))
    default:
      return elementsOf(loop, 'complexBehaviorDefinition').flatMap((definition) => {
        const event = elementOf(definition, 'event')
        return thrown(to, element, event ? elementsOf(event, 'eventDefinitions') : [undefined]).map((each) => ({
          condition: conditionAt(to, element, definition, 'condition'),
          event: each,
        }))
      })
  }
}

const kinds: EventKind[] = [EventKind.message, EventKind.signal, EventKind.escalation]

const thrown = (to: Compilation, element: Element, definitions: (Element | undefined)[]) =>
  definitions.flatMap((definition) => {
    const event = definition && compileDefinition(to, element, 'throw', definition)
    if (event && kinds.includes(event.kind)) return [event]
    // What is wrong with the definition itself has been said already.
    if (event?.kind === EventKind.none) return []
    problem(
      to,
      element,
      'loop-behaviour',
      `${called(element)}: it is not said which event is thrown as its instances complete.`,
      'Refer to a message, a signal or an escalation, or leave the behaviour at "All".',
      {
        message: `${sentence(calledInFrench(element))} : il n'est pas dit quel événement est émis quand ses instances se terminent.`,
        help: 'Désignez un message, un signal ou une escalade, ou laissez le comportement « All ».',
      },
    )
    return []
  })
