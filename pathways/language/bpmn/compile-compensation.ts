/** Compensation (BPMN 2.0.2, 10.7): what a throw event undoes, and the activity that an association makes the handler of a boundary event. */
import type { ProgramEvent } from '../program.ts'
import { type Compilation, called, calledInFrench, problem, sentence } from './compilation.ts'
import { type Element, elementOf, elementsOf } from './element.ts'
import { isActivity, nodeKinds } from './kinds.ts'

/** What a throwing compensation event undoes, and whether it waits until that is done. */
export const compileCompensation = (to: Compilation, element: Element, definition: Element): Partial<ProgramEvent> => {
  const activity = elementOf(definition, 'activityRef')
  return {
    ...(activity && { activity: referred(to, element, activity) }),
    ...(definition.waitForCompletion === false && { waits: false as const }),
  }
}

const referred = (to: Compilation, element: Element, activity: Element): number => {
  const index = isActivityElement(activity) ? to.nodeIndexes.get(activity) : undefined
  if (index !== undefined) return index
  problem(
    to,
    element,
    'compensation-activity',
    `${called(element)} undoes "${activity.id ?? ''}", which is not an activity of this process.`,
    'Choose an activity of the same scope, or none: then all that was done there is undone.',
    {
      message: `${sentence(calledInFrench(element))} annule « ${activity.id ?? ''} », qui n’est pas une activité de ce processus.`,
      help: 'Choisissez une activité de la même portée, ou aucune : tout ce qui y a été fait est alors annulé.',
    },
  )
  return -1
}

/** Index of the one activity associated with a compensation boundary event; a finding and -1 when there is not exactly one. */
export const handlerOf = (to: Compilation, boundary: Element): number => {
  const handlers = [...new Set(associated(to, boundary))].filter(isActivityElement)
  const [first, second] = handlers
  if (first && !second) return to.nodeIndexes.get(first) ?? -1
  problem(
    to,
    boundary,
    'compensation-handler',
    `${called(boundary)} is associated with ${first ? 'several activities' : 'no activity'} that would undo.`,
    'Connect it by an association to the one activity that undoes the work.',
    {
      message: `${sentence(calledInFrench(boundary))} ${first ? 'est associé à plusieurs activités' : 'n’est associé à aucune activité'} pour annuler le travail.`,
      help: 'Reliez-le par une association à la seule activité qui annule le travail.',
    },
  )
  return -1
}

const isActivityElement = ({ $type }: Element): boolean => nodeKinds[$type] !== undefined && isActivity(nodeKinds[$type])

/** What associations connect an element with, in whichever direction they were drawn. */
const associated = (to: Compilation, element: Element): Element[] =>
  [...to.nodes, ...collaborationsOf(to)].flatMap((scope) =>
    elementsOf(scope, 'artifacts').flatMap((artifact) => {
      if (artifact.$type !== 'bpmn:Association') return []
      const source = elementOf(artifact, 'sourceRef')
      const target = elementOf(artifact, 'targetRef')
      const other = source === element ? target : target === element ? source : undefined
      return other ? [other] : []
    }),
  )

/** Some tools draw the associations of a pool in its collaboration. */
const collaborationsOf = (to: Compilation): Element[] =>
  elementsOf(to.nodes[0]!.$parent ?? to.nodes[0]!, 'rootElements').filter(({ $type }) => $type === 'bpmn:Collaboration')
