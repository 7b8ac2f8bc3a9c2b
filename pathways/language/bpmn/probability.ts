/** How likely the flows out of a gateway are, where nothing else decides: `<hospital:probability value="0.7"/>`. */
import { NodeKind, type ProgramFlow, type ProgramNode } from '../program.ts'
import { type Compilation, called, calledInFrench, problem, requiredText, sentence, single } from './compilation.ts'
import type { Element } from './element.ts'
import { choosesByCondition } from './kinds.ts'

/** What decimals of a sum may be off by: files of other tools write thirds as 0.333. */
const SUM_TOLERANCE = 0.01

/** The probability of a flow, null when none is given; a finding when it is none. */
export const probabilityOf = (to: Compilation, flow: Element): number | null => {
  const extension = single(to, flow, 'probability')
  if (!extension) return null
  const text = requiredText(to, flow, extension, 'value')
  const probability = Number(text)
  if (text === '' || (probability >= 0 && probability <= 1)) return text === '' ? null : probability
  problem(to, flow, 'probability', `${called(flow)}: "${text}" is not a probability.`, 'Write a number from 0 to 1, as 0.7.', {
    message: `${sentence(calledInFrench(flow))} : « ${text} » n’est pas une probabilité.`,
    help: 'Écrivez un nombre de 0 à 1, comme 0.7.',
  })
  return null
}

/** Probabilities stand on flows that leave a gateway that chooses; those of an exclusive one are at most 1 together, and 1 when none is left out. */
export const checkProbabilities = (to: Compilation, nodes: ProgramNode[], flows: ProgramFlow[]): void => {
  flows.forEach(({ source, probability }, index) => {
    const node = nodes[source]
    if (probability === undefined || !node || choosesByCondition(node.kind)) return
    const element = to.flows[index]!
    problem(
      to,
      element,
      'misplaced-extension',
      `${called(element)} has a probability, but nothing is chosen where it leaves.`,
      'Give probabilities to flows out of exclusive and inclusive gateways.',
      {
        message: `${sentence(calledInFrench(element))} a une probabilité, mais rien n’est choisi là d’où il part.`,
        help: 'Donnez des probabilités aux flux qui partent de passerelles exclusives ou inclusives.',
      },
    )
  })
  nodes.forEach(({ kind, outgoing }, index) => {
    if (kind !== NodeKind.exclusiveGateway) return
    const given = outgoing.flatMap((flow) => flows[flow]!.probability ?? [])
    const sum = given.reduce((total, each) => total + each, 0)
    const isShort = given.length > 0 && given.length === outgoing.length && sum < 1 - SUM_TOLERANCE
    if (sum <= 1 + SUM_TOLERANCE && !isShort) return
    const element = to.nodes[index]!
    problem(
      to,
      element,
      'probability-sum',
      `${called(element)}: the probabilities of its flows are ${Number(sum.toFixed(6))} together.`,
      'Make them 1 together: only one of these flows is taken.',
      {
        message: `${sentence(calledInFrench(element))} : les probabilités de ses flux font ${Number(sum.toFixed(6))} ensemble.`,
        help: 'Faites que leur somme soit 1 : un seul de ces flux est pris.',
      },
    )
  })
}
