/** Holds, needs, slots, priorities and durations: the hospital's own vocabulary. */
import { millisecondsOf } from '../../time/duration.ts'
import type { HoldDeclaration, ProgramDuration, ProgramFilter, ProgramNeed } from '../program.ts'
import {
  addTree,
  type Compilation,
  called,
  calledInFrench,
  problem,
  required,
  requiredText,
  sentence,
  single,
  value,
} from './compilation.ts'
import { type Element, elementsOf, extensions, textOf } from './element.ts'

const filterOperators = ['=', '!=', '<=', '>=', 'in'] as const

const compileWhere = (to: Compilation, element: Element, where: Element): ProgramFilter => {
  const operator = textOf(where, 'operator') || '='
  if (!(filterOperators as readonly string[]).includes(operator)) {
    problem(
      to,
      element,
      'where-operator',
      `${called(element)}: a filter cannot use "${operator}".`,
      `Use one of ${filterOperators.join(' ')}.`,
      {
        message: `${sentence(calledInFrench(element))} : un filtre ne peut pas utiliser « ${operator} ».`,
        help: `Utilisez l’un de ${filterOperators.join(' ')}.`,
      },
    )
  }
  return {
    attribute: requiredText(to, element, where, 'attribute'),
    operator: operator as ProgramFilter['operator'],
    value: required(to, element, where, 'value'),
  }
}

const compileNeed = (to: Compilation, element: Element, need: Element): ProgramNeed => {
  const text = textOf(need, 'quantity') || '1'
  if (!text.startsWith('=') && !/^[1-9]\d*$/.test(text)) {
    problem(
      to,
      element,
      'quantity',
      `${called(element)}: a quantity of "${text}" cannot be granted.`,
      'Write a whole number from 1, or FEEL after "=".',
      {
        message: `${sentence(calledInFrench(element))} : une quantité de « ${text} » ne peut pas être accordée.`,
        help: 'Écrivez un nombre entier à partir de 1, ou du FEEL après « = ».',
      },
    )
  }
  return {
    pool: requiredText(to, element, need, 'pool'),
    quantity: text.startsWith('=') ? value(to, element, text) : addTree(to, ['value', Number(text)]),
    where: elementsOf(need, 'where').map((where) => compileWhere(to, element, where)),
  }
}

/** What an activity needs for as long as it lasts. */
export const compileNeeds = (to: Compilation, element: Element): ProgramNeed[] =>
  extensions(element, 'need').map((need) => compileNeed(to, element, need))

/** Declarations of a process or subprocess, added to the compilation. */
export const declareHolds = (to: Compilation, element: Element, scope: number): void => {
  for (const hold of extensions(element, 'hold')) {
    const declaration: HoldDeclaration = {
      ...compileNeed(to, element, hold),
      name: requiredText(to, element, hold, 'name'),
      scope,
    }
    if (to.holds.some((other) => other.scope === scope && other.name === declaration.name)) {
      problem(
        to,
        element,
        'duplicate-hold',
        `${called(element)} declares the hold "${declaration.name}" twice.`,
        'Give each hold its own name.',
        {
          message: `${sentence(calledInFrench(element))} déclare deux fois la réservation « ${declaration.name} ».`,
          help: 'Donnez à chaque réservation un nom qui lui soit propre.',
        },
      )
    }
    to.holds.push(declaration)
  }
}

/** Index of the nearest hold of that name around an element; a finding and -1 when there is none. */
export const holdIndex = (to: Compilation, element: Element, name: string): number => {
  for (let scope = element.$parent; scope; scope = scope.$parent) {
    const index = to.nodeIndexes.get(scope)
    const found = to.holds.findIndex((hold) => hold.scope === index && hold.name === name)
    if (found >= 0) return found
  }
  if (name !== '') {
    problem(
      to,
      element,
      'unknown-hold',
      `${called(element)} names the hold "${name}", which nothing around it declares.`,
      `Declare <hospital:hold name="${name}" pool="…"/> on the process or subprocess, or correct the name.`,
      {
        message: `${sentence(calledInFrench(element))} nomme la réservation « ${name} », que rien autour ne déclare.`,
        help: `Déclarez <hospital:hold name="${name}" pool="…"/> sur le processus ou le sous-processus, ou corrigez le nom.`,
      },
    )
  }
  return -1
}

/** Indexes of the holds an element takes or gives. */
export const compileHoldNames = (to: Compilation, element: Element, name: 'take' | 'give'): number[] =>
  extensions(element, name)
    .map((extension) => holdIndex(to, element, requiredText(to, element, extension, 'hold')))
    .filter((index) => index >= 0)

export const compileSlot = (to: Compilation, element: Element): { unit: number; start: number } | null => {
  const slot = single(to, element, 'slot')
  return slot ? { unit: required(to, element, slot, 'unit'), start: required(to, element, slot, 'start') } : null
}

export const compilePriority = (to: Compilation, element: Element): number => {
  const priority = single(to, element, 'priority')
  return priority ? required(to, element, priority, 'value') : -1
}

/** What each distribution must be told. Times are ISO 8601 durations; `shape` is a plain number. */
const distributionParameters: Record<Exclude<ProgramDuration['distribution'], 'empirical'>, readonly string[]> = {
  fixed: ['value'],
  exponential: ['mean'],
  uniform: ['min', 'max'],
  triangular: ['min', 'mode', 'max'],
  normal: ['mean', 'sd'],
  lognormal: ['mean', 'sd'],
  gamma: ['shape', 'scale'],
  weibull: ['shape', 'scale'],
  pert: ['min', 'mode', 'max'],
  exgaussian: ['mean', 'sd', 'tail'],
}

/** What any of them may be told besides: what is added to each value, and between what values are drawn again. */
const optionalParameters = ['shift', 'atLeast', 'atMost'] as const

const compileParameter = (to: Compilation, element: Element, duration: Element, name: string): number => {
  const text = requiredText(to, element, duration, name)
  if (text === '') return 0
  const parsed = name === 'shape' ? Number(text) : millisecondsOf(text)
  if (
    parsed === null ||
    !Number.isFinite(parsed) ||
    (parsed < 0 && name !== 'shift') ||
    (parsed === 0 && (name === 'shape' || (name === 'mean' && textOf(duration, 'distribution') === 'lognormal')))
  ) {
    problem(
      to,
      element,
      'duration-text',
      `${called(element)}: "${text}" cannot be the ${name} of a duration.`,
      name === 'shape'
        ? 'Write a number above 0.'
        : 'Write an ISO 8601 duration without years and months, as PT25M; the mean of a lognormal is above 0.',
      {
        message: `${sentence(calledInFrench(element))} : « ${text} » ne convient pas pour une durée (${name}).`,
        help:
          name === 'shape'
            ? 'Écrivez un nombre supérieur à 0.'
            : 'Écrivez une durée ISO 8601 sans années ni mois, par exemple PT25M ; la moyenne d’une loi lognormale est supérieure à 0.',
      },
    )
    return 0
  }
  return parsed
}

export const compileDuration = (to: Compilation, element: Element): ProgramDuration | null => {
  const duration = single(to, element, 'duration')
  if (!duration) return null
  const distribution = (textOf(duration, 'distribution') || 'fixed') as keyof typeof distributionParameters
  const names = Object.hasOwn(distributionParameters, distribution) ? distributionParameters[distribution] : null
  if (!names) {
    problem(
      to,
      element,
      'duration-distribution',
      `${called(element)}: "${distribution}" is not a distribution.`,
      `Use one of ${Object.keys(distributionParameters).join(', ')}.`,
      {
        message: `${sentence(calledInFrench(element))} : « ${distribution} » n’est pas une loi de durée connue.`,
        help: `Utilisez l’une de ${Object.keys(distributionParameters).join(', ')}.`,
      },
    )
    return null
  }
  const given = optionalParameters.filter((name) => textOf(duration, name) !== '')
  const parameters = Object.fromEntries([...names, ...given].map((name) => [name, compileParameter(to, element, duration, name)]))
  const ordered = [parameters.min, parameters.mode, parameters.max].filter((bound) => bound !== undefined)
  if (ordered.some((bound, index) => index > 0 && bound < ordered[index - 1]!)) {
    problem(
      to,
      element,
      'duration-order',
      `${called(element)}: the duration's min, mode and max are not in order.`,
      'Put them from shortest to longest.',
      {
        message: `${sentence(calledInFrench(element))} : les durées min, mode et max ne sont pas dans l’ordre.`,
        help: 'Mettez-les de la plus courte à la plus longue.',
      },
    )
  }
  return { distribution, parameters }
}
