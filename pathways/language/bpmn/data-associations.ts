/**
 * Data as BPMN draws them (BPMN 2.0.2, 10.4.1 and 10.4.2): a data object, a store or a property is a variable of the pathway, and associations copy or transform it
 * into the data inputs of a task, a call or an event that throws, and back from the data outputs of a task, a call or an event that catches.
 */
import type { FeelTree } from '../feel/tree.ts'
import type { Assignment } from '../program.ts'
import { addTree, type Compilation, called, calledInFrench, feel, problem, sentence } from './compilation.ts'
import { bodyOf, type Element, elementOf, elementsOf, textOf } from './element.ts'

/** The variable that a data object, a reference to one, a store, a property, a data input or a data output stands for. */
export const variableOf = (item: Element): string => {
  const object = elementOf(item, 'dataObjectRef') ?? elementOf(item, 'dataStoreRef')
  // A reference's label may name a state of the object: `Consent [signed]`.
  const label = textOf(item, 'name').replace(/\s*\[[^\]]*\]$/, '')
  return textOf(object, 'name') || label || (object ?? item).id || ''
}

/** What comes into the data inputs of an element that something is drawn into. */
export const dataInputs = (to: Compilation, element: Element): Assignment[] =>
  elementsOf(element, 'dataInputAssociations').flatMap((association) => {
    const input = elementOf(association, 'targetRef')
    // Modellers draw an association to the task as a whole: it says nothing about how.
    if (input?.$type !== 'bpmn:DataInput') return []
    const tree = sourceOf(to, element, association, (source) => ['name', variableOf(source)])
    return tree < 0 ? [] : [{ variable: variableOf(input), expression: tree }]
  })

/** What goes out of the data outputs of a task or a call, from `result`. */
export const dataOutputs = (to: Compilation, element: Element): Assignment[] => outputsBy(to, element, outputOf)

/** What goes out of the data outputs of an event that was heard, from its `payload`, or from the `error` that it caught (10.5.1): by name, else all of it. */
export const eventOutputs = (to: Compilation, element: Element, heard: 'payload' | 'error'): Assignment[] =>
  outputsBy(to, element, (output) => {
    const given: FeelTree = ['path', ['name', heard], variableOf(output)]
    return ['if', ['!=', given, ['value', null]], given, ['name', heard]]
  })

const outputsBy = (to: Compilation, element: Element, treeOf: (source: Element) => FeelTree): Assignment[] =>
  elementsOf(element, 'dataOutputAssociations').flatMap((association) => {
    const target = elementOf(association, 'targetRef')
    const outputs = elementsOf(association, 'sourceRef')
    if (!target || !outputs.some(({ $type }) => $type === 'bpmn:DataOutput')) return []
    const tree = sourceOf(to, element, association, treeOf)
    return tree < 0 ? [] : [{ variable: variableOf(target), expression: tree }]
  })

/** A data output by its name in what the task gave, else as the task set it. */
export const outputOf = (output: Element): FeelTree => {
  const name = variableOf(output)
  const given: FeelTree = ['path', ['name', 'result'], name]
  return ['if', ['!=', given, ['value', null]], given, ['name', name]]
}

/**
 * "For each assignment Expression in the DataAssociation: evaluate the from Expression, and the result is copied to the to Expression" (10.4.2): to the target as a
 * whole, or to one part of it. Null when one of them cannot be.
 */
const assigned = (to: Compilation, element: Element, association: Element, source: FeelTree | null): FeelTree | null => {
  const target = elementOf(association, 'targetRef')
  const names = ['', target?.id, target && variableOf(target)]
  let tree: FeelTree | null = source
  for (const assignment of elementsOf(association, 'assignment')) {
    const index = feel(to, element, bodyOf(assignment, 'from'))
    if (index < 0) return null
    const [whole, part, ...rest] = bodyOf(assignment, 'to').replace(/^\s*=/, '').trim().split('.')
    if (!names.includes(whole) || rest.length > 0) {
      notAssigned(to, element, bodyOf(assignment, 'to'))
      return null
    }
    const value = to.expressions[index]!
    tree = part === undefined ? value : ['call', ['name', 'context put'], [tree ?? ['context', []], ['value', part], value]]
  }
  return tree
}

const notAssigned = (to: Compilation, element: Element, text: string): void =>
  problem(
    to,
    element,
    'assignment-target',
    `${called(element)}: an assignment sets "${text}", which is not the target of its association, nor a part of it.`,
    'Write the name of the target, or target.part.',
    {
      message: `${sentence(calledInFrench(element))} : une affectation donne une valeur à « ${text} », qui n’est ni la cible de son association ni une partie de celle-ci.`,
      help: 'Écrivez le nom de la cible, ou cible.partie.',
    },
  )

/** Index of what an association carries: its transformation over its sources, by name, else its assignments, else its only source. */
const sourceOf = (to: Compilation, element: Element, association: Element, treeOf: (source: Element) => FeelTree): number => {
  const sources = elementsOf(association, 'sourceRef')
  const named = sources.map((source): [string, FeelTree] => [variableOf(source), treeOf(source)])
  const transformation = bodyOf(association, 'transformation')
  if (transformation !== '') {
    const index = feel(to, element, transformation)
    return index < 0 ? -1 : addTree(to, ['let', named, to.expressions[index]!])
  }
  if (elementsOf(association, 'assignment').length > 0) {
    const tree = assigned(to, element, association, sources.length === 1 ? treeOf(sources[0]!) : null)
    return tree === null ? -1 : addTree(to, ['let', named, tree])
  }
  if (sources.length === 1) return addTree(to, treeOf(sources[0]!))
  problem(
    to,
    element,
    'data-association',
    `${called(element)}: a data association without a transformation has exactly one source.`,
    'Keep one source, or write the transformation in FEEL (BPMN 2.0.2, section 10.4.2).',
    {
      message: `${sentence(calledInFrench(element))} : une association de données sans transformation a exactement une source.`,
      help: 'Gardez une source, ou écrivez la transformation en FEEL (BPMN 2.0.2, section 10.4.2).',
    },
  )
  return -1
}

/** The data that a multi-instance activity goes through or gathers into: where its data input comes from, where its data output goes (10.3.8.2). */
export const loopData = (element: Element, item: Element): string => {
  const associations = [...elementsOf(element, 'dataInputAssociations'), ...elementsOf(element, 'dataOutputAssociations')]
  for (const association of associations) {
    const target = elementOf(association, 'targetRef')
    const [source] = elementsOf(association, 'sourceRef')
    if (source && target === item) return variableOf(source)
    if (target && source === item) return variableOf(target)
  }
  return variableOf(item)
}
