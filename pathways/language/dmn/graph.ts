/** A decision, a service or knowledge with all that it requires, each compiled once (DMN 1.5, sections 6.2 and 10.4). */
import type { FeelTree, FeelType } from '../feel/tree.ts'
import { type DmnCompilation, declaredType, refuse } from './compilation.ts'
import { compileAs, compileFunction, compileIn, resultType } from './compile-expression.ts'
import { depthOf } from './depth.ts'
import { attributeOf, called, childOf, childrenOf, type DmnElement, idOf, nameOf, typeRefOf } from './element.ts'
import { type DmnModel, type Referenced, referenced } from './models.ts'
import type { DecisionNode, DecisionTree, Need } from './tree.ts'

/** How many requirements may follow one another. */
const requirementsDeepMax = 300

interface Graph {
  to: DmnCompilation
  nodes: DecisionNode[]
  indices: Map<DmnElement, number>
  /** What a service's caller gives in place of evaluating it. */
  given: ReadonlySet<DmnElement>
  /** The elements being compiled, each required by the one before. */
  path: DmnElement[]
}

/** The name expressions use: the variable's, else the element's. */
export const variableName = (element: DmnElement): string => nameOf(childOf(element, 'variable')) || nameOf(element)

const inModel = (to: DmnCompilation, model: DmnModel): DmnCompilation => ({ ...to, model })

export const graphOfDecision = (to: DmnCompilation, decision: DmnElement): DecisionTree => {
  const graph = newGraph(to, new Set(), [])
  const node = visit(graph, { element: decision, model: to.model, imported: null }, [])
  return { nodes: graph.nodes, results: [{ name: '', node }], open: childrenOf(to.model.definitions, 'inputData').length === 0 }
}

/** A service for whoever asks it by name: its inputs are read as input data is. */
export const graphOfService = (to: DmnCompilation, service: DmnElement): DecisionTree => serviceOf(to, service, []).graph

/** Business knowledge for whoever calls it by name: its parameters are inputs. */
export const graphOfKnowledge = (to: DmnCompilation, knowledge: DmnElement): DecisionTree => {
  const graph = newGraph(to, new Set(), [])
  const name = variableName(knowledge)
  const node = visit(graph, { element: knowledge, model: to.model, imported: null }, [])
  const needs: Need[] = [{ path: [name], node }]
  const given = childrenOf(childOf(knowledge, 'encapsulatedLogic'), 'formalParameter').map((parameter, index): FeelTree => {
    const input = nameOf(parameter)
    const type = declaredType(to, parameter, typeRefOf(parameter))
    // The knowledge may bear the name of a parameter of its own, so arguments go by names that no expression can write.
    const alias = `(${index})`
    needs.push({ path: [alias], node: graph.nodes.push({ kind: 'input', name: input, paths: [[input]], type }) - 1 })
    return ['name', alias]
  })
  const tree: FeelTree = ['call', ['name', name], given]
  const call = graph.nodes.push({ kind: 'logic', name: called(knowledge), needs, tree, callsItself: false }) - 1
  return { nodes: graph.nodes, results: [{ name: '', node: call }], open: false }
}

const newGraph = (to: DmnCompilation, given: ReadonlySet<DmnElement>, path: DmnElement[]): Graph => ({
  to,
  nodes: [],
  indices: new Map(),
  given,
  path,
})

/** The index of an element's node; `imports` are the names under which the outermost model sees its file. */
const visit = (graph: Graph, { element, model }: Referenced, imports: string[]): number => {
  const before = graph.indices.get(element)
  if (before !== undefined) {
    const node = graph.nodes[before]!
    if (node.kind === 'input' && imports.length > 0) node.paths.unshift([...imports, node.name])
    return before
  }
  const to = inModel(graph.to, model)
  // Who goes on longer than any chain of requirements goes round a circle.
  if (graph.path.includes(element) || graph.path.length >= requirementsDeepMax) {
    refuseCircle(to, element)
    return add(graph, element, { kind: 'input', name: '', paths: [], type: null })
  }
  graph.path.push(element)
  const node = nodeOf(graph, to, element, imports)
  graph.path.pop()
  return add(graph, element, node)
}

const add = (graph: Graph, element: DmnElement, node: DecisionNode): number => {
  const index = graph.nodes.push(node) - 1
  graph.indices.set(element, index)
  return index
}

const refuseCircle = (to: DmnCompilation, element: DmnElement) =>
  refuse(to, element, 'circular-requirement', `"${called(element)}" requires itself.`, 'Remove one of the requirements.', {
    message: `« ${called(element)} » dépend de lui-même.`,
    help: "Supprimez l'une des dépendances.",
  })

/** True for an element whose requirements follow one another too far, which is refused by name before anything is compiled. */
export const refuseRequirements = (to: DmnCompilation, element: DmnElement): boolean => {
  const depth = depthOf(to.model, element, to.depths)
  if (depth <= requirementsDeepMax) return false
  refuse(
    to,
    element,
    'deep-requirements',
    `"${called(element)}" stands on ${depth - 1} requirements, one after the other: ${requirementsDeepMax - 1} are the most.`,
    'Put several of these decisions into one.',
    {
      message: `« ${called(element)} » repose sur ${depth - 1} dépendances à la suite : ${requirementsDeepMax - 1} au plus.`,
      help: 'Réunissez plusieurs de ces décisions en une.',
    },
  )
  return true
}

const nodeOf = (graph: Graph, to: DmnCompilation, element: DmnElement, imports: string[]): DecisionNode => {
  const name = variableName(element)
  if (element.type === 'inputData' || graph.given.has(element)) {
    const paths = [name, nameOf(element)]
      .filter((one, index, all) => one !== '' && all.indexOf(one) === index)
      .map((one) => [one])
    if (imports.length > 0) paths.unshift([...imports, name])
    return { kind: 'input', name, paths, type: variableType(to, element) }
  }
  if (element.type === 'decisionService') {
    return { kind: 'service', name, ...serviceOf(to, element, graph.path.slice(0, -1)) }
  }
  const needs: Need[] = []
  for (const required of requiredBy(to, element)) {
    if (required.element === element && element.type === 'businessKnowledgeModel') continue
    const { imported } = required
    const node = visit(graph, required, imported ? [...imports, imported] : imports)
    needs.push({ path: [...(imported ? [imported] : []), variableName(required.element)], node })
  }
  const callsItself = element.type === 'businessKnowledgeModel'
  return { kind: 'logic', name, needs, tree: logicOf(to, element, callsItself ? knowledgeOf : decisionOf), callsItself }
}

/** Compiled once, whoever requires it; its findings are those of each. */
const logicOf = (
  to: DmnCompilation,
  element: DmnElement,
  compile: (to: DmnCompilation, element: DmnElement) => FeelTree,
): FeelTree => {
  let logic = to.compiled.get(element)
  if (!logic) {
    const within: DmnCompilation = { ...to, findings: [] }
    logic = { tree: compile(within, element), findings: within.findings }
    to.compiled.set(element, logic)
  }
  to.findings.push(...logic.findings)
  return logic.tree
}

const variableType = (to: DmnCompilation, element: DmnElement): FeelType | null => {
  const variable = childOf(element, 'variable')
  return variable ? declaredType(to, element, typeRefOf(variable)) : null
}

const decisionOf = (to: DmnCompilation, decision: DmnElement): FeelTree =>
  compileAs(to, childOf(decision, 'variable'), decision, decision)

const knowledgeOf = (to: DmnCompilation, knowledge: DmnElement): FeelTree => {
  const logic = childOf(knowledge, 'encapsulatedLogic')
  if (!logic) return compileIn(to, undefined, knowledge)
  return compileFunction(to, logic, knowledge, resultType(variableType(to, knowledge)))
}

/** Parameters are the input data, then the input decisions, in the order in which they are written. */
const serviceOf = (
  to: DmnCompilation,
  service: DmnElement,
  path: DmnElement[],
): { parameters: string[]; graph: DecisionTree } => {
  const within = (kind: string) => childrenOf(service, kind).flatMap((item) => follow(to, service, attributeOf(item, 'href')))
  const inputs = [...within('inputData'), ...within('inputDecision')]
  const graph = newGraph(to, new Set(inputs.map(({ element }) => element)), [...path, service])
  for (const input of inputs) visit(graph, input, input.imported ? [input.imported] : [])
  const outputs = within('outputDecision')
  if (outputs.length === 0) {
    refuse(to, service, 'service-outputs', `The service "${called(service)}" has no output decision.`, 'Add one.', {
      message: `Le service « ${called(service)} » n'a pas de décision de sortie.`,
      help: 'Ajoutez-en une.',
    })
  }
  const results = outputs.map((output) => ({ name: variableName(output.element), node: visit(graph, output, []) }))
  const type = resultType(variableType(to, service))
  return {
    parameters: inputs.map(({ element }) => variableName(element)),
    graph: {
      nodes: graph.nodes,
      results,
      open: false,
      ...(type === null ? {} : { result: { type, declaredBy: called(service) } }),
    },
  }
}

const references = [
  ['informationRequirement', 'requiredDecision'],
  ['informationRequirement', 'requiredInput'],
  ['knowledgeRequirement', 'requiredKnowledge'],
] as const

const requiredBy = (to: DmnCompilation, element: DmnElement): Referenced[] =>
  references.flatMap(([requirement, reference]) =>
    childrenOf(element, requirement)
      .flatMap((item) => childrenOf(item, reference))
      .flatMap((item) => follow(to, element, attributeOf(item, 'href'))),
  )

/** What a reference names; a finding and nothing when it names nothing. */
const follow = (to: DmnCompilation, element: DmnElement, href: string): Referenced[] => {
  const found = referenced(to.model, href)
  if (found && found.element.type !== 'knowledgeSource') return [found]
  refuse(
    to,
    element,
    'dangling-reference',
    `"${called(element)}" requires "${href}", which is not in the file, nor in one that it imports.`,
    'Correct the requirement, or give the file that is imported.',
    {
      message: `« ${called(element)} » dépend de « ${href} », qui n'est ni dans le fichier, ni dans un fichier importé.`,
      help: 'Corrigez la dépendance, ou fournissez le fichier importé.',
    },
  )
  return []
}

export const graphTarget = (element: DmnElement): { id: string; name: string } => ({ id: idOf(element), name: nameOf(element) })
