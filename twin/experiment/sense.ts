/** What cannot be meant, though each word of a scenario is right: said before anything is simulated. */
import { impossibleRequests } from '../../pathways/language/lint/impossible-requests.ts'
import { isLeftToChance, NodeKind, type Program } from '../../pathways/language/program.ts'
import type { Ledger } from '../../pathways/resources/index.ts'
import { ImpossibleScenario } from './impossible.ts'
import type { ScenarioFile } from './schema.ts'

/** Ids that stand for two things. @throws ImpossibleScenario */
export const checkIds = ({ hospital, demand }: ScenarioFile): void => {
  const lists = { 'hospital.pools': hospital.pools, 'hospital.calendars': hospital.calendars, demand }
  for (const [place, items] of Object.entries(lists)) {
    const seen = new Set<string>()
    items.forEach(({ id }, index) => {
      if (seen.has(id))
        throw new ImpossibleScenario(`${place}[${index}].id`, `"${id}" is there twice`, 'Give each an id of its own.')
      seen.add(id)
    })
  }
}

/** Three shares of 0.33 are meant to be all. */
const ROUNDED = 0.015

/** Probabilities of an exclusive gateway that are more than 1 together, or less where none is left to be worked out. @throws ImpossibleScenario */
export const checkProbabilities = (programs: Program[]): void => {
  for (const program of programs)
    for (const node of program.nodes) {
      if (node.kind !== NodeKind.exclusiveGateway || !isLeftToChance(program, node)) continue
      const given = node.outgoing.map((flow) => program.flows[flow]!.probability)
      const sum = given.reduce<number>((total, each) => total + (each ?? 0), 0)
      const isWhole = given.some((each) => each === undefined) ? sum <= 1 + ROUNDED : Math.abs(sum - 1) < ROUNDED
      if (!isWhole)
        throw new ImpossibleScenario(
          `pathways, ${program.process}, ${node.id}`,
          `the probabilities of its flows are ${Number(sum.toPrecision(6))} together`,
          'Make them 1, or leave one away.',
        )
    }
}

/** Requests that no unit, closed and later ones included, could ever meet. @throws ImpossibleScenario */
export const checkRequests = (programs: Program[], ledger: Ledger): void => {
  for (const program of programs)
    for (const { node, refusal } of impossibleRequests(program, ledger))
      throw new ImpossibleScenario(
        `${program.process}, ${node.id}`,
        `nobody could ever be served there: ${refusal.message.replace(/\.$/, '')}`,
        'Ask for fewer or for another kind, or add units.',
      )
}
