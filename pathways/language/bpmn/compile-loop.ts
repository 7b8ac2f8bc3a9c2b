/** Activities that repeat: multi-instance (so many instances, or one for each item, at once or one after the other) and standard loops. */
import type { ProgramLoop } from '../program.ts'
import { addTree, type Compilation, called, calledInFrench, feel, problem, sentence, value } from './compilation.ts'
import { conditionAt } from './condition.ts'
import { loopData, outputOf, variableOf } from './data-associations.ts'
import { bodyOf, type Element, elementOf, textOf } from './element.ts'
import { compileBehaviour } from './loop-behaviour.ts'

/** Null when the activity does not repeat; a finding when it repeats in a way that is not executed. */
export const compileLoop = (to: Compilation, element: Element): ProgramLoop | null => {
  const loop = elementOf(element, 'loopCharacteristics')
  if (!loop) return null
  if (loop.$type === 'bpmn:StandardLoopCharacteristics') return compileStandardLoop(to, element, loop)
  const behaviour = compileBehaviour(to, element, loop)
  const drawnInput = elementOf(loop, 'loopDataInputRef')
  const drawnOutput = elementOf(loop, 'loopDataOutputRef')
  const written = textOf(loop, 'collection')
  const collection = written || (drawnInput ? loopData(element, drawnInput) : '')
  const cardinality = bodyOf(loop, 'loopCardinality')
  if ((collection === '') === (cardinality === '')) {
    problem(
      to,
      element,
      'loop-count',
      `${called(element)} ${collection === '' ? 'does not say how many instances there are' : 'has both a cardinality and a collection'}.`,
      'Give it a loopCardinality or a hospital:collection, one of them.',
      {
        message: `${sentence(calledInFrench(element))} ${collection === '' ? 'ne dit pas combien d’instances il y a' : 'a à la fois un nombre d’instances et une collection'}.`,
        help: 'Donnez-lui un loopCardinality ou un hospital:collection, l’un des deux.',
      },
    )
  }
  if (isNoCount(cardinality)) {
    problem(
      to,
      element,
      'loop-count',
      `${called(element)} cannot have ${cardinality} instances.`,
      'Write a whole number from 0, or FEEL that gives one.',
      {
        message: `${sentence(calledInFrench(element))} ne peut pas avoir ${cardinality} instances.`,
        help: 'Écrivez un nombre entier à partir de 0, ou du FEEL qui en donne un.',
      },
    )
  }
  // Where instances are counted, or nothing is gathered, an item that is declared all the same stands for nothing.
  const inputItem = collection === '' ? undefined : elementOf(loop, 'inputDataItem')
  const elementVariable = textOf(loop, 'elementVariable') || (inputItem ? variableOf(inputItem) : '')
  if (elementVariable !== '' && collection === '') {
    problem(
      to,
      element,
      'loop-element',
      `${called(element)} names the element variable "${elementVariable}" without a collection.`,
      'Add hospital:collection="=…".',
      {
        message: `${sentence(calledInFrench(element))} nomme la variable d’élément « ${elementVariable} » sans collection.`,
        help: 'Ajoutez hospital:collection="=…".',
      },
    )
  }
  const outputCollection = textOf(loop, 'outputCollection') || (drawnOutput ? loopData(element, drawnOutput) : '')
  const outputElement = textOf(loop, 'outputElement')
  const outputItem = outputCollection === '' ? undefined : elementOf(loop, 'outputDataItem')
  if ((outputCollection === '') !== (outputElement === '' && !outputItem)) {
    problem(
      to,
      element,
      'loop-output',
      `${called(element)} needs both an output collection and an output element, or neither.`,
      'Write hospital:outputCollection="results" and hospital:outputElement="=…".',
      {
        message: `${sentence(calledInFrench(element))} a besoin d’une collection et d’un élément de sortie, ou d’aucun des deux.`,
        help: 'Écrivez hospital:outputCollection="results" et hospital:outputElement="=…".',
      },
    )
  }
  return {
    ...noLoop(),
    sequential: loop.isSequential === true,
    cardinality: cardinality === '' ? -1 : feel(to, element, cardinality),
    collection: written !== '' || collection === '' ? value(to, element, written) : addTree(to, ['name', collection]),
    elementVariable,
    outputCollection,
    outputElement: outputElement === '' && outputItem ? addTree(to, outputOf(outputItem)) : value(to, element, outputElement),
    completionCondition: conditionAt(to, element, loop, 'completionCondition'),
    ...(behaviour.length > 0 && { behaviour }),
  }
}

/** A number, written as such, of which there cannot be so many instances. */
const isNoCount = (cardinality: string): boolean => {
  const text = cardinality.replace(/^\s*=/, '').trim()
  return /^-?\s*\d*\.?\d+$/.test(text) && !/^\d+(\.0+)?$/.test(text)
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
  if (loop.loopMaximum !== undefined && (!Number.isSafeInteger(maximum) || maximum < 0)) {
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
    condition: conditionAt(to, element, loop, 'loopCondition'),
    testBefore: loop.testBefore === true,
    maximum,
  }
}
