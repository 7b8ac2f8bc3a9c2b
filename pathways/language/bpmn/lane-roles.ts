/** Lanes that say who does what is in them (BPMN 2.0.2, 10.8): `<hospital:task role="…"/>` on a lane, or a lane that is called like a role of the hospital. */

import { roleCalled } from '../role-names.ts'
import { type Compilation, called, calledInFrench, problem, sentence, warning } from './compilation.ts'
import { type Element, elementOf, elementsOf, extensionName, extensions, extensionsOf, textOf } from './element.ts'

export interface LaneRole {
  role: string
  lane: Element
}

/** Who does the work of a lane; '' when it does not say. */
const roleOf = (lane: Element): string => textOf(extensions(lane, 'task')[0], 'role') || roleCalled(lane.name ?? '')

/**
 * The roles that the lanes of a scope give what stands in them: the inner lane before the one around it, the first lane set before the next. What
 * stands in a subprocess takes the lane of the subprocess, unless its own lanes say more: the tasks ask outwards.
 */
export const laneRolesOf = (to: Compilation, scope: Element): void => {
  for (const set of elementsOf(scope, 'laneSets')) readSet(to, set, null)
}

const readSet = (to: Compilation, set: Element, around: LaneRole | null): void => {
  for (const lane of elementsOf(set, 'lanes')) {
    checkLaneExtensions(to, lane)
    const role = roleOf(lane)
    const own = role === '' ? around : { role, lane }
    const inner = elementOf(lane, 'childLaneSet')
    if (inner) readSet(to, inner, own)
    if (own) for (const node of elementsOf(lane, 'flowNodeRef')) if (!to.laneRoles.has(node)) to.laneRoles.set(node, own)
  }
}

/** The role of a person's task: its own, else that of the lane it stands in. Says where the two disagree. */
export const roleInLane = (to: Compilation, element: Element, own: string): string => {
  const given = givenTo(to, element)
  if (own === '' || !given || given.role === own) return own || (given?.role ?? '')
  warning(
    to,
    element,
    'lane-role',
    `${called(element)} is for the role "${own}", and stands in ${called(given.lane)}, which is for "${given.role}".`,
    'Move it to the lane of who does it, or take its own role away; until then its own role counts.',
    {
      message: `${sentence(calledInFrench(element))} est pour le rôle « ${own} », mais se trouve dans ${calledInFrench(given.lane)}, qui est pour « ${given.role} ».`,
      help: 'Déplacez-la dans le couloir de qui la fait, ou retirez son propre rôle ; d’ici là, c’est son propre rôle qui compte.',
    },
  )
  return own
}

const givenTo = (to: Compilation, element: Element): LaneRole | undefined => {
  for (let at: Element | undefined = element; at; at = at.$parent) {
    const given = to.laneRoles.get(at)
    if (given) return given
  }
  return undefined
}

/** A lane says a role, and nothing else. */
const checkLaneExtensions = (to: Compilation, lane: Element): void => {
  const ours = extensionsOf(lane).filter((extension) => extensionName(extension) !== '')
  const wrong = ours.filter((extension) => extensionName(extension) !== 'task' || textOf(extension, 'role') === '')
  const more = ours.flatMap((extension) => [
    ...['form', 'place', 'due'].filter((attribute) => extension[attribute] !== undefined),
    ...Object.keys(extension.$attrs ?? {}).filter((attribute) => !/:|^xmlns$/.test(attribute)),
  ])
  if (wrong.length + more.length === 0 && ours.length < 2) return
  problem(
    to,
    lane,
    'lane-extension',
    `${called(lane)} can say who does the work in it, by one <hospital:task role="…"/>, and nothing else.`,
    'Keep the role, and put the rest on the tasks.',
    {
      message: `${sentence(calledInFrench(lane))} peut dire qui fait le travail, par un seul <hospital:task role="…"/>, et rien d’autre.`,
      help: 'Gardez le rôle, et mettez le reste sur les tâches.',
    },
  )
}
