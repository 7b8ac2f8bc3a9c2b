/** A DMN file to decisions, each with everything it requires: input data, business knowledge, other decisions. */
import { type Element, elementOf, elementsOf, idOf, textOf } from '../bpmn/element.ts'
import type { NamedTree } from '../feel/tree.ts'
import { type Finding, hasError } from '../finding.ts'
import type { ProgramDecision } from '../program.ts'
import { compileExpression, compileFunction, type DmnCompilation, refuse } from './compile-expression.ts'
import { namesIn } from './names.ts'
import type { ReadDmn } from './read.ts'
import type { DecisionTree } from './tree.ts'
import { typeOf } from './types.ts'

export interface CompiledDecisions {
  decisions: ProgramDecision[]
  findings: Finding[]
}

/** Compiles every decision of a file; one with an error is left out, with its findings. */
export const compileDecisions = (file: ReadDmn): CompiledDecisions => {
  const findings = [...file.findings]
  const { definitions } = file
  if (!definitions || hasError(findings)) return { decisions: [], findings }
  const elements = elementsOf(definitions, 'drgElement')
  const knowledge = elements.filter((element) => element.$type === 'dmn:BusinessKnowledgeModel')
  const shared = { definitions, names: namesIn(definitions), functions: knowledge.map(nameOf) }
  const decisions: ProgramDecision[] = []
  for (const decision of elements.filter((element) => element.$type === 'dmn:Decision')) {
    const to: DmnCompilation = { ...shared, findings: [] }
    const tree = compileDecision(to, decision)
    for (const finding of to.findings) if (!findings.some((other) => other.message === finding.message)) findings.push(finding)
    if (!hasError(to.findings)) decisions.push({ id: decision.id ?? '', name: decision.name ?? '', tree })
  }
  if (elements.every((element) => element.$type !== 'dmn:Decision')) {
    findings.push({
      rule: 'no-decision',
      severity: 'error',
      element: idOf(definitions),
      message: 'The file holds no decision.',
      help: 'Add a decision.',
    })
  }
  return { decisions, findings }
}

/** The name expressions use: the variable's, else the element's. */
const nameOf = (element: Element): string => textOf(elementOf(element, 'variable'), 'name') || (element.name ?? '')

const logicOf = (to: DmnCompilation, element: Element) =>
  element.$type === 'dmn:BusinessKnowledgeModel'
    ? compileKnowledge(to, element)
    : compileExpression(to, elementOf(element, 'decisionLogic'), element)

const compileKnowledge = (to: DmnCompilation, element: Element) => {
  const logic = elementOf(element, 'encapsulatedLogic')
  return logic ? compileFunction(to, logic, element) : compileExpression(to, undefined, element)
}

const compileDecision = (to: DmnCompilation, decision: Element): DecisionTree => {
  const inputs: DecisionTree['inputs'] = []
  const requires: NamedTree[] = []
  const done = new Set<Element>()
  const visit = (element: Element, path: Element[]): void => {
    if (path.includes(element)) {
      refuse(
        to,
        element,
        'circular-requirement',
        `"${element.name ?? idOf(element)}" requires itself.`,
        'Remove one of the requirements.',
      )
      return
    }
    if (done.has(element)) return
    done.add(element)
    for (const required of requiredBy(to, element)) visit(required, [...path, element])
    if (element.$type === 'dmn:InputData') {
      inputs.push({ name: nameOf(element), type: typeOf(to.definitions, textOf(elementOf(element, 'variable'), 'typeRef')) })
    } else if (element !== decision) {
      requires.push([nameOf(element), logicOf(to, element)])
    }
  }
  visit(decision, [])
  return { inputs, requires, result: logicOf(to, decision) }
}

const references = [
  ['informationRequirement', 'requiredDecision'],
  ['informationRequirement', 'requiredInput'],
  ['knowledgeRequirement', 'requiredKnowledge'],
] as const

const requiredBy = (to: DmnCompilation, element: Element): Element[] => {
  const elements = elementsOf(to.definitions, 'drgElement')
  return references.flatMap(([requirement, reference]) =>
    elementsOf(element, requirement)
      .map((item) => textOf(elementOf(item, reference), 'href'))
      .filter((href) => href !== '')
      .map((href) => {
        const found = elements.find((candidate) => candidate.id === href.slice(href.indexOf('#') + 1))
        if (!found || found.$type === 'dmn:DecisionService') {
          refuse(
            to,
            element,
            'dangling-reference',
            `"${element.name ?? idOf(element)}" requires "${href}", which ${found ? 'is a decision service, not executed yet' : 'is not in the file'}.`,
            'Require an element of the same file.',
          )
          return undefined
        }
        return found
      })
      .filter((found) => found !== undefined),
  )
}
