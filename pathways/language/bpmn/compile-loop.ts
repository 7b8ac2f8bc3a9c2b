/** Activities that repeat: multi-instance (so many instances, or one for each item, at once or one after the other) and standard loops. */
import type { ProgramLoop } from '../program.ts'
import { type Compilation, called, calledInFrench, feel, problem, sentence, value } from './compilation.ts'
import { bodyOf, type Element, elementOf, textOf } from './element.ts'

/** Null when the activity does not repeat; a finding when it repeats in a way that is not executed. */
export const compileLoop = (to: Compilation, element: Element): ProgramLoop | null => {
  const loop = elementOf(element, 'loopCharacteristics')
  if (!loop) return null
  if (loop.$type === 'bpmn:StandardLoopCharacteristics') return compileStandardLoop(to, element, loop)
  if (loop.behavior !== undefined && loop.behavior !== 'All') {
    problem(
      to,
      element,
      'unsupported-loop',
      `${called(element)} throws events as its instances complete (behavior "${String(loop.behavior)}"), which is not executed yet.`,
      'Leave the behaviour at "All".',
    )
  }
  for (const property of ['loopDataInputRef', 'loopDataOutputRef']) {
    if (loop[property] !== undefined) {
      problem(
        to,
        element,
        'unsupported-loop',
        `${called(element)} loops over a data input (${property}), which is not executed yet.`,
        'Write hospital:collection="=…" and hospital:elementVariable="…" instead.',
      )
    }
  }
  const collection = textOf(loop, 'collection')
  const cardinality = bodyOf(loop, 'loopCardinality')
  if ((collection === '') === (cardinality === '') && loop.loopDataInputRef === undefined) {
    problem(
      to,
      element,
      'loop-count',
      `${called(element)} ${collection === '' ? 'does not say how many instances there are' : 'has both a cardinality and a collection'}.`,
      'Give it a loopCardinality or a hospital:collection, one of them.',
    )
  }
  const elementVariable = textOf(loop, 'elementVariable')
  if (elementVariable !== '' && collection === '') {
    problem(
      to,
      element,
      'loop-element',
      `${called(element)} names the element variable "${elementVariable}" without a collection.`,
      'Add hospital:collection="=…".',
    )
  }
  const outputCollection = textOf(loop, 'outputCollection')
  const outputElement = textOf(loop, 'outputElement')
  if ((outputCollection === '') !== (outputElement === '')) {
    problem(
      to,
      element,
      'loop-output',
      `${called(element)} needs both an output collection and an output element, or neither.`,
      'Write hospital:outputCollection="results" and hospital:outputElement="=…".',
    )
  }
  const condition = bodyOf(loop, 'completionCondition')
  return {
    ...noLoop(),
    sequential: loop.isSequential === true,
    cardinality: cardinality === '' ? -1 : feel(to, element, cardinality),
    collection: value(to, element, collection),
    elementVariable,
    outputCollection,
    outputElement: value(to, element, outputElement),
    completionCondition: condition === '' ? -1 : feel(to, element, condition),
  }
}

const noLoop = (): ProgramLoop => ({
  standard: false,
  condition: -1,
  testBefore: false,
  maximum: -1,
  sequential: true,
  cardinality: -1,
  collection: -1,
  elementVariable: '',
  outputCollection: '',
  outputElement: -1,
  completionCondition: -1,
})

const compileStandardLoop = (to: Compilation, element: Element, loop: Element): ProgramLoop => {
  const condition = bodyOf(loop, 'loopCondition')
  const maximum = loop.loopMaximum === undefined ? -1 : Number(loop.loopMaximum)
  if (condition === '' && maximum < 0) {
    problem(
      to,
      element,
      'loop-endless',
      `${called(element)} loops for ever.`,
      'Give it a loopCondition in FEEL, or a loopMaximum.',
      {
        message: `${sentence(calledInFrench(element))} boucle sans fin.`,
        help: 'Donnez-lui une condition (loopCondition, en FEEL) ou un maximum (loopMaximum).',
      },
    )
  }
  if (!Number.isSafeInteger(maximum) || maximum < -1) {
    problem(
      to,
      element,
      'loop-maximum',
      `${called(element)}: its loopMaximum is not a whole number.`,
      'Write a whole number from 0.',
      {
        message: `${sentence(calledInFrench(element))} : le maximum de boucles n'est pas un nombre entier.`,
        help: 'Écrivez un nombre entier à partir de 0.',
      },
    )
  }
  return {
    ...noLoop(),
    standard: true,
    condition: condition === '' ? -1 : feel(to, element, condition),
    testBefore: loop.testBefore === true,
    maximum,
  }
}
