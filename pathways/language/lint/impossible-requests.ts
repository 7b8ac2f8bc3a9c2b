/** What a pathway asks for and some resources could never grant, whoever the patient is. */
import type { RequestedNeed } from '../../engine/contract.ts'
import type { ImpossibleRequest } from '../../resources/impossible.ts'
import type { Ledger } from '../../resources/ledger.ts'
import { impossibility } from '../../resources/possible.ts'
import { constantOf, type Program, type ProgramNeed, type ProgramNode } from '../program.ts'

/** One for each element whose request would be refused, and for each declared hold that could never be filled. Quantities and filters that depend on the patient are left out. */
export const impossibleRequests = (program: Program, ledger: Ledger): { node: ProgramNode; refusal: ImpossibleRequest }[] => {
  const refused = (needs: ProgramNeed[]) =>
    impossibility(ledger, {
      holder: '',
      wait: 0,
      needs: needs.map((need, index) => requestOf(program, need, index)),
      priority: 0,
      slot: null,
      at: 0,
      sequence: 0,
      passed: 0,
    })
  const finds = (node: ProgramNode, needs: ProgramNeed[]) => {
    const refusal = refused(needs)
    return refusal ? [{ node, refusal }] : []
  }
  const isRefusedAlone = program.holds.map((hold) => refused([hold]) !== null)
  return [
    ...program.holds.flatMap((hold) => finds(program.nodes[hold.scope]!, [hold])),
    ...program.nodes.flatMap((node) => {
      const taken = node.takes.filter((hold) => !isRefusedAlone[hold]).map((hold) => program.holds[hold]!)
      return finds(node, [...node.needs, ...taken])
    }),
  ]
}

/** What is certain of a need, for the allocator: a quantity that is not known is none, a filter that is not known filters nothing. */
const requestOf = (program: Program, { pool, quantity, where }: ProgramNeed, hold: number): RequestedNeed => {
  const known = constantOf(program, quantity)
  return {
    hold,
    pool,
    quantity: typeof known === 'number' ? known : 0,
    where: where.map(({ attribute, operator, value }) => ({ attribute, operator, value: constantOf(program, value) ?? null })),
  }
}
