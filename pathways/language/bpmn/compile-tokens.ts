/** How tokens come to a node and leave it: quantities (BPMN 2.0.2, 10.3.2), complex gateways (10.6.5), what may begin a process besides start events (10.3.3.3, 10.6.6). */
import { NodeKind, type ProgramNode } from '../program.ts'
import { type Compilation, called, calledInFrench, feel, problem, sentence } from './compilation.ts'
import { conditionAt } from './condition.ts'
import { bodyOf, type Element, elementOf } from './element.ts'
import { isActivity } from './kinds.ts'

type Tokens = Pick<ProgramNode, 'activationCondition' | 'parallel' | 'startQuantity' | 'completionQuantity'>

export const compileTokens = (to: Compilation, element: Element, kind: NodeKind): Tokens => {
  if (kind === NodeKind.complexGateway) return { activationCondition: activationOf(to, element) }
  if (kind === NodeKind.eventBasedGateway) return gatewayOf(to, element)
  if (kind === NodeKind.receiveTask && element.instantiate === true && isReachedInside(to, element)) refuseInside(to, element)
  if (!isActivity(kind)) return {}
  const start = quantityOf(to, element, 'startQuantity')
  const completion = quantityOf(to, element, 'completionQuantity')
  return { ...(start !== 1 && { startQuantity: start }), ...(completion !== 1 && { completionQuantity: completion }) }
}

/** What a process begins with when its message comes: a receive task that instantiates, or an event after a gateway that does. */
export const instantiates = (to: Compilation, element: Element): boolean => {
  if (element.$parent?.$type !== 'bpmn:Process') return false
  if (element.$type === 'bpmn:ReceiveTask' && element.instantiate === true) return true
  return (to.incoming.get(element) ?? []).some((flow) => {
    const source = elementOf(flow, 'sourceRef')
    return source?.$type === 'bpmn:EventBasedGateway' && source.instantiate === true
  })
}

/** Only a start event may lead to a receive task that begins the process (10.3.3.3). */
const isReachedInside = (to: Compilation, element: Element): boolean =>
  element.$parent?.$type !== 'bpmn:Process' ||
  (to.incoming.get(element) ?? []).some((flow) => elementOf(flow, 'sourceRef')?.$type !== 'bpmn:StartEvent')

const activationOf = (to: Compilation, element: Element): number => {
  const text = bodyOf(element, 'activationCondition')
  if (text !== '') return conditionAt(to, element, element, 'activationCondition')
  // One that only splits has nothing to wait for.
  if ((to.incoming.get(element) ?? []).length < 2) return feel(to, element, 'activationCount >= 1')
  problem(
    to,
    element,
    'activation-condition',
    `${called(element)} does not say when it is activated.`,
    'Write an activationCondition in FEEL, as activationCount >= 2.',
    {
      message: `${sentence(calledInFrench(element))} ne dit pas quand elle est activée.`,
      help: 'Écrivez une condition d’activation en FEEL, par exemple activationCount >= 2.',
    },
  )
  return -1
}

const gatewayOf = (to: Compilation, element: Element): Tokens => {
  const isParallel = element.eventGatewayType === 'Parallel'
  const isFirst = element.instantiate === true
  const isReached = to.incoming.has(element)
  if (isFirst && (isReached || element.$parent?.$type !== 'bpmn:Process')) refuseInside(to, element)
  if (isParallel && !isFirst) {
    problem(
      to,
      element,
      'event-gateway',
      `${called(element)} is parallel, but does not begin the process.`,
      'Only a gateway that instantiates waits for all its events: set instantiate, or use a parallel gateway with one event for each.',
      {
        message: `${sentence(calledInFrench(element))} est parallèle mais ne démarre pas le processus.`,
        help: 'Seule une passerelle qui instancie attend tous ses événements : cochez « instancier », ou utilisez une passerelle parallèle.',
      },
    )
  }
  return isParallel && isFirst ? { parallel: true } : {}
}

const refuseInside = (to: Compilation, element: Element): void =>
  problem(
    to,
    element,
    'instantiate-place',
    `${called(element)} begins the process, but is reached by it.`,
    'What instantiates stands in the process itself, and nothing leads to it.',
    {
      message: `${sentence(calledInFrench(element))} démarre le processus, mais on y arrive depuis celui-ci.`,
      help: 'Ce qui instancie se place dans le processus même, et rien n’y mène.',
    },
  )

const quantityOf = (to: Compilation, element: Element, property: 'startQuantity' | 'completionQuantity'): number => {
  const quantity = Number(element[property] ?? 1)
  if (Number.isSafeInteger(quantity) && quantity > 0 && quantity <= 1_000) return quantity
  problem(
    to,
    element,
    'quantity',
    `${called(element)}: its ${property} is no whole number from 1 to 1000.`,
    'Set it to 1, or to how many tokens it means.',
    {
      message: `${sentence(calledInFrench(element))} : ${property} n’est pas un nombre entier de 1 à 1000.`,
      help: 'Mettez 1, ou le nombre de jetons voulu.',
    },
  )
  return 1
}
