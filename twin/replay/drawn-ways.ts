/** Gateways that are left to chance, for hosts that go by conditions: a task of no time before each throws the dice, and says which way it is. */
import { parseFeel } from '../../pathways/language/feel/parse.ts'
import { isLeftToChance, NodeKind, type Program, type ProgramNode } from '../../pathways/language/program.ts'
import { BLANK_NODE } from '../experiment/made-program.ts'
import { weightsOf } from '../simulate/branching.ts'

const isDrawn = (program: Program, node: ProgramNode): boolean =>
  node.kind === NodeKind.exclusiveGateway && isLeftToChance(program, node)

/** The Program with a throw for each exclusive gateway that chance decides, of the same probabilities. It is itself where there is none. @param hashOf its new name. */
export const withDrawnWays = (program: Program, hashOf: (content: object) => string): Program => {
  if (!program.nodes.some((node) => isDrawn(program, node))) return program
  const nodes = [...program.nodes]
  const expressions = [...program.expressions]
  let flows = [...program.flows]
  const feel = (text: string): number => expressions.push(parseFeel(text)) - 1
  for (const [gateway, node] of program.nodes.entries()) {
    if (!isDrawn(program, node)) continue
    const variable = `way_${node.id.replace(/\W/g, '_')}`
    const [behind, way] = [nodes.length, flows.length]
    nodes.push({
      ...BLANK_NODE,
      id: `${node.id}.throw`,
      type: 'bpmn:UserTask',
      kind: NodeKind.userTask,
      scope: node.scope,
      incoming: node.incoming,
      outgoing: [way],
      outcomes: [{ variable, expression: feel(thrown(program, node)) }],
    })
    const last = node.outgoing.at(-1)!
    flows = [
      ...flows.map((flow, index) => {
        if (flow.target === gateway) return { ...flow, target: behind }
        if (flow.source !== gateway) return flow
        const { probability: _, ...rest } = flow
        return { ...rest, condition: index === last ? -1 : feel(`${variable} = ${JSON.stringify(flow.id)}`) }
      }),
      { id: `${node.id}.thrown`, name: '', source: behind, target: gateway, condition: -1 },
    ]
    nodes[gateway] = { ...node, incoming: [way], defaultFlow: last }
  }
  const { hash: _, ...content } = { ...program, nodes, flows, expressions }
  return { hash: hashOf(content), ...content }
}

/** FEEL that gives the id of the flow that is taken. */
const thrown = (program: Program, { outgoing }: ProgramNode): string => {
  const weights = weightsOf(program, outgoing)
  const whole = weights.reduce((sum, each) => sum + each, 0)
  let below = 0
  return outgoing
    .map((flow, index) => {
      below += weights[index]! / whole
      const id = JSON.stringify(program.flows[flow]!.id)
      return index === outgoing.length - 1 ? id : `if luck < ${below.toFixed(12)} then ${id} else `
    })
    .join('')
}
