/** A DMN file to decisions, services and business knowledge, each with everything it requires. */
import { type Finding, hasError, notCompilable } from '../finding.ts'
import type { ProgramDecision } from '../program.ts'
import { type DmnCompilation, refuse } from './compilation.ts'
import { called, childrenOf, type DmnElement, idOf } from './element.ts'
import { graphOfDecision, graphOfKnowledge, graphOfService, graphTarget, refuseRequirements } from './graph.ts'
import { type DmnModel, linked } from './models.ts'
import type { ReadDmn } from './read.ts'
import type { DecisionTree } from './tree.ts'

export interface CompiledDecisions {
  decisions: ProgramDecision[]
  /** Decision services and business knowledge, for whoever calls them by name. */
  services: ProgramDecision[]
  knowledge: ProgramDecision[]
  findings: Finding[]
}

/**
 * Compiles every decision of a file; one with an error is left out, with its findings. The other files are those that it may import,
 * found by their namespace. Never throws: what defeats the compiler is a finding.
 */
export const compileDecisions = (file: ReadDmn, others: readonly ReadDmn[] = []): CompiledDecisions => {
  try {
    return compileFile(file, others)
  } catch (error) {
    const findings = [...file.findings, notCompilable(error, idOf(file.definitions))]
    return { decisions: [], services: [], knowledge: [], findings }
  }
}

const compileFile = (file: ReadDmn, others: readonly ReadDmn[]): CompiledDecisions => {
  const findings = [...file.findings]
  const { definitions } = file
  if (!definitions || hasError(findings)) return { decisions: [], services: [], knowledge: [], findings }
  const model = linked(definitions, others)
  const shared = { model, compiled: new Map(), depths: new Map() }
  const all = (type: string, graphOf: GraphOf) => compileAll(shared, type, graphOf, findings)
  findings.push(...missingImports(model))
  const compiled = {
    decisions: all('decision', graphOfDecision),
    services: all('decisionService', graphOfService),
    knowledge: all('businessKnowledgeModel', graphOfKnowledge),
    findings,
  }
  if (childrenOf(definitions, 'decision', 'decisionService', 'businessKnowledgeModel').length === 0) {
    findings.push({
      rule: 'no-decision',
      severity: 'error',
      element: idOf(definitions),
      message: 'The file holds no decision.',
      help: 'Add a decision.',
      french: { message: 'Le fichier ne contient aucune décision.', help: 'Ajoutez une décision.' },
    })
  }
  return compiled
}

type GraphOf = (to: DmnCompilation, element: DmnElement) => DecisionTree

const compileAll = (
  shared: Omit<DmnCompilation, 'findings'>,
  type: string,
  graphOf: GraphOf,
  findings: Finding[],
): ProgramDecision[] => {
  const said = new Set(findings.map(({ message }) => message))
  return childrenOf(shared.model.definitions, type).flatMap((element) => {
    const to: DmnCompilation = { ...shared, findings: [] }
    const isDeep = refuseRequirements(to, element)
    const tree = isDeep ? null : bounded(() => graphOf(to, element))
    if (tree === null && !isDeep) refuseDepth(to, element)
    for (const finding of to.findings) {
      if (said.has(finding.message)) continue
      said.add(finding.message)
      findings.push(finding)
    }
    return tree === null || hasError(to.findings) ? [] : [{ ...graphTarget(element), tree }]
  })
}

/** Null when expressions nest so deeply that they cannot be gone through. */
const bounded = (work: () => DecisionTree): DecisionTree | null => {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const refuseDepth = (to: DmnCompilation, element: DmnElement) =>
  refuse(to, element, 'too-deep', `"${called(element)}" nests its expressions too deeply.`, 'Split it into several decisions.', {
    message: `« ${called(element)} » imbrique ses expressions trop profondément.`,
    help: 'Répartissez-les sur plusieurs décisions.',
  })

/** An import that nobody gave hurts only what uses it: a warning here, an error there. Other kinds of file are not read. */
const missingImports = (model: DmnModel): Finding[] =>
  model.imports
    .filter((one) => one.model === null)
    .map((one) => ({
      rule: 'missing-import',
      severity: 'warning',
      element: idOf(one.element),
      message: `The file imports "${one.name || one.namespace}", which was not given.`,
      help: `Give the DMN file whose namespace is "${one.namespace}".`,
      french: {
        message: `Le fichier importe « ${one.name || one.namespace} », qui n'a pas été fourni.`,
        help: `Fournissez le fichier DMN dont l'espace de noms est « ${one.namespace} ».`,
      },
    }))
