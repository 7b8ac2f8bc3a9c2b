/** One BPMN process to one Program: elements are numbered in document order, then each is compiled, then the whole is checked. */
import { contentHash } from '../canonical.ts'
import type { Finding } from '../finding.ts'
import { gather } from '../gather.ts'
import { checkStyle } from '../lint/style.ts'
import type { Program, ProgramDecision, ProgramFlow } from '../program.ts'
import { checkAdHoc } from './ad-hoc.ts'
import { checkCompensation } from './check-compensation.ts'
import { checkStructure } from './check-structure.ts'
import { checkTransactions } from './check-transaction.ts'
import { type Compilation, called, calledInFrench, newCompilation, problem, sentence } from './compilation.ts'
import { compileNode } from './compile-node.ts'
import { declareHolds } from './compile-resources.ts'
import { conditionFeel } from './condition.ts'
import { completeDrawing } from './drawing.ts'
import { type Element, elementOf, elementsOf, textOf } from './element.ts'
import { judge } from './executability.ts'
import { checkExtensions } from './extension-places.ts'
import { drawnOnly, nodeKinds } from './kinds.ts'
import { laneRolesOf } from './lane-roles.ts'
import { checkProbabilities, probabilityOf } from './probability.ts'

export interface CompiledProcess {
  /** Null when it cannot be published: something in it is refused, or missing. */
  program: Program | null
  /** What can be rehearsed and simulated of one that cannot be published, null when that is nothing. */
  drawing: Program | null
  findings: Finding[]
}

export const compileProcess = (
  process: Element,
  decisions: ProgramDecision[],
  forms: Record<string, unknown>,
): CompiledProcess => {
  const to = newCompilation(decisions, forms)
  if (!process.id)
    problem(to, process, 'missing-id', 'The process has no id.', 'Give it an id: runs and versions are named by it.', {
      message: `Le processus n’a pas d’identifiant.`,
      help: 'Donnez-lui un identifiant : les parcours et leurs versions portent ce nom.',
    })
  number(to, process)
  connect(to)
  to.nodes.forEach((node, index) => {
    if (!isContainer(node)) return
    declareHolds(to, node, index)
    laneRolesOf(to, node)
  })
  const nodes = to.nodes.map((node) => compileNode(to, node))
  const flows = to.flows.map((flow) => compileFlow(to, flow))
  checkStructure(to, nodes, flows)
  checkCompensation(to, nodes)
  checkTransactions(to, nodes)
  checkAdHoc(to, nodes)
  checkProbabilities(to, nodes, flows)
  checkStyle(to, nodes, flows)
  const executability = judge(to, process)
  if (executability === 'refused') return { program: null, drawing: null, findings: to.findings }
  const isDrawing = executability === 'drawing'
  const content: Omit<Program, 'hash'> = {
    format: 1,
    process: process.id!,
    name: textOf(process, 'name'),
    nodes: isDrawing ? completeDrawing(to, nodes) : nodes,
    flows,
    expressions: to.expressions,
    decisions: to.decisions,
    holds: to.holds,
    forms: to.forms,
  }
  const program = { hash: contentHash(content), ...content }
  return { program: isDrawing ? null : program, drawing: isDrawing ? program : null, findings: to.findings }
}

/** Gathers once what each node is connected with, instead of looking for it node by node. */
const connect = (to: Compilation): void => {
  const connectBy = (by: Map<Element, Element[]>, element: Element, reference: string) => {
    const end = elementOf(element, reference)
    if (end) gather(by, end, element)
  }
  for (const flow of to.flows) {
    connectBy(to.incoming, flow, 'targetRef')
    connectBy(to.outgoing, flow, 'sourceRef')
  }
  for (const node of to.nodes) if (node.$type === 'bpmn:BoundaryEvent') connectBy(to.boundaries, node, 'attachedToRef')
}

const isContainer = (element: Element) =>
  ['bpmn:Process', 'bpmn:SubProcess', 'bpmn:Transaction', 'bpmn:AdHocSubProcess'].includes(element.$type)

/** Numbers a scope and, depth first, what is inside it; refuses by name what is not executed. */
const number = (to: Compilation, scope: Element): void => {
  to.nodeIndexes.set(scope, to.nodes.push(scope) - 1)
  for (const element of elementsOf(scope, 'flowElements')) {
    if (element.$type === 'bpmn:SequenceFlow') {
      to.flowIndexes.set(element, to.flows.push(element) - 1)
    } else if (isContainer(element)) {
      number(to, element)
    } else if (nodeKinds[element.$type] !== undefined) {
      to.nodeIndexes.set(element, to.nodes.push(element) - 1)
    } else if (!drawnOnly.has(element.$type)) {
      problem(
        to,
        element,
        'unsupported-element',
        `${called(element)} is not executed yet.`,
        'Draw it with the elements that are.',
        {
          message: `${sentence(calledInFrench(element))} n’est pas encore exécuté.`,
          help: 'Dessinez-le avec les éléments qui le sont.',
        },
      )
    }
    if (!element.id && !drawnOnly.has(element.$type)) {
      problem(to, element, 'missing-id', `A ${called(element)} has no id.`, 'Give every element an id.', {
        message: `${sentence(calledInFrench(element))} n’a pas d’identifiant.`,
        help: 'Donnez un identifiant à chaque élément.',
      })
    }
  }
}

const compileFlow = (to: Compilation, flow: Element): ProgramFlow => {
  const condition = elementOf(flow, 'conditionExpression')
  const text = textOf(condition, 'body')
  if (condition && text === '') {
    problem(
      to,
      flow,
      'empty-condition',
      `${called(flow)} has an empty condition.`,
      'Write the condition in FEEL, or remove it.',
      {
        message: `${sentence(calledInFrench(flow))} a une condition vide.`,
        help: 'Écrivez la condition en FEEL, ou supprimez-la.',
      },
    )
  }
  const language = textOf(condition, 'language')
  if (language !== '' && !/feel/i.test(language)) {
    problem(to, flow, 'condition-language', `${called(flow)}: its condition is written in "${language}".`, 'Write it in FEEL.', {
      message: `${sentence(calledInFrench(flow))} : sa condition est écrite en « ${language} ».`,
      help: 'Écrivez-la en FEEL.',
    })
  }
  checkExtensions(to, flow, null)
  const probability = probabilityOf(to, flow)
  return {
    id: flow.id ?? '',
    name: textOf(flow, 'name'),
    source: to.nodeIndexes.get(elementOf(flow, 'sourceRef') ?? flow) ?? -1,
    target: to.nodeIndexes.get(elementOf(flow, 'targetRef') ?? flow) ?? -1,
    condition: text === '' ? -1 : conditionFeel(to, flow, condition, text),
    ...(probability !== null && { probability }),
  }
}
