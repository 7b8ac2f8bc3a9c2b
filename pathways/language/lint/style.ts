/**
 * How a pathway is drawn, so that people read it as it runs: warnings, none of which stops it but those that the standard asks for. The rules are those of bpmnlint (fake-join, no-gateway-join-fork,
 * superfluous-gateway, no-implicit-split, no-duplicate-sequence-flows), said of the compiled nodes; and decisions that may find no way out.
 */
import { asked, type Compilation, called, calledInFrench, sentence, warning } from '../bpmn/compilation.ts'
import type { Element } from '../bpmn/element.ts'
import { choosesByCondition, isActivity, isGateway, isIntermediate } from '../bpmn/kinds.ts'
import type { ProgramFlow, ProgramNode } from '../program.ts'

interface StyleRule {
  rule: string
  /** The standard asks for it, of what is to be executed. */
  standard?: true
  applies: (node: ProgramNode, flows: ProgramFlow[]) => boolean
  says: [what: string, help: string]
  french: [what: string, help: string]
}

const RULES: StyleRule[] = [
  {
    rule: 'fake-join',
    applies: ({ kind, incoming, startQuantity }) =>
      (isActivity(kind) || isIntermediate(kind)) && incoming.length > 1 && !startQuantity,
    says: [
      'has several incoming flows: it begins once for each token, it joins nothing.',
      'Put the gateway before it that is meant.',
    ],
    french: [
      'a plusieurs flux entrants : chaque jeton le fait commencer, rien n’y est réuni.',
      'Placez devant la passerelle voulue.',
    ],
  },
  {
    rule: 'gateway-join-fork',
    applies: ({ kind, incoming, outgoing }) => isGateway(kind) && incoming.length > 1 && outgoing.length > 1,
    says: ['both joins and forks.', 'Draw one gateway that joins and one that forks.'],
    french: ['réunit et sépare à la fois.', 'Dessinez une passerelle qui réunit et une autre qui sépare.'],
  },
  {
    rule: 'superfluous-gateway',
    // "A Gateway MUST have either multiple incoming or multiple outgoing Sequence Flows" (10.6.1).
    standard: true,
    applies: ({ kind, incoming, outgoing }, flows) =>
      isGateway(kind) && incoming.length === 1 && outgoing.length === 1 && flows[outgoing[0]!]!.condition < 0,
    says: ['neither joins nor forks.', 'Remove it, or add the flow that is missing.'],
    french: ['ne réunit ni ne sépare rien.', 'Supprimez-la, ou ajoutez le flux qui manque.'],
  },
  {
    rule: 'condition-alone',
    // "If a conditional Sequence Flow is used from a source Activity, then there MUST be at least one other outgoing Sequence Flow" (8.4.13).
    standard: true,
    applies: ({ kind, outgoing }, flows) => isActivity(kind) && outgoing.length === 1 && flows[outgoing[0]!]!.condition >= 0,
    says: [
      'has one way out, and that has a condition: when it is not true, the patient goes no further.',
      'Remove the condition, or draw the other way.',
    ],
    french: [
      'n’a qu’une sortie, et elle porte une condition : si elle n’est pas vraie, le patient ne va pas plus loin.',
      'Supprimez la condition, ou dessinez l’autre chemin.',
    ],
  },
  {
    rule: 'implicit-split',
    applies: ({ kind, outgoing, defaultFlow }, flows) =>
      !isGateway(kind) && outgoing.filter((flow) => flow !== defaultFlow && flows[flow]!.condition < 0).length > 1,
    says: ['has several outgoing flows: all of them are taken.', 'Draw the parallel gateway that this means.'],
    french: ['a plusieurs flux sortants : tous sont pris.', 'Dessinez la passerelle parallèle que cela veut dire.'],
  },
  {
    rule: 'duplicate-flow',
    applies: ({ outgoing }, flows) => {
      const ways = outgoing.map((flow) => `${flows[flow]!.target} ${flows[flow]!.condition}`)
      return new Set(ways).size < ways.length
    },
    says: ['has two flows to the same place.', 'Remove one of them.'],
    french: ['a deux flux vers le même endroit.', 'Supprimez-en un.'],
  },
  {
    rule: 'missing-default',
    applies: ({ kind, outgoing, defaultFlow }, flows) =>
      (choosesByCondition(kind) || !isGateway(kind)) &&
      (outgoing.length > 1 || (isGateway(kind) && outgoing.length > 0)) &&
      defaultFlow < 0 &&
      outgoing.every((flow) => flows[flow]!.condition >= 0),
    says: ['has no default flow: when no condition is true, the patient goes no further.', 'Mark one of its flows as default.'],
    french: [
      'n’a pas de flux par défaut : si aucune condition n’est vraie, le patient ne va pas plus loin.',
      'Choisissez l’un de ses flux comme flux par défaut.',
    ],
  },
]

/** Adds a warning for each rule that an element breaks. */
export const checkStyle = (to: Compilation, nodes: ProgramNode[], flows: ProgramFlow[]): void => {
  nodes.forEach((node, index) => {
    const element: Element = to.nodes[index]!
    for (const { rule, standard, applies, says, french } of RULES) {
      if (!applies(node, flows)) continue
      const [what, help] = says
      const say = standard ? asked : warning
      say(to, element, rule, `${sentence(called(element))} ${what}`, help, {
        message: `${sentence(calledInFrench(element))} ${french[0]}`,
        help: french[1],
      })
    }
  })
}
