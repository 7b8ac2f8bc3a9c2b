/** Pools (BPMN 2.0.2, 9.2 and table 9.4): how many there may be of one, and what process each shows. */
import type { Finding } from '../finding.ts'
import { called, calledInFrench, sentence } from './compilation.ts'
import { type Element, elementOf, elementsOf, idOf } from './element.ts'
import { type FileElements, said } from './file-elements.ts'

/** Errors for impossible multiplicities, and warnings for pools that show one process (9.3). */
export const checkParticipants = (file: FileElements): Finding[] => [
  ...file.ofType('bpmn:Participant').flatMap(checkMultiplicity),
  ...file.ofType('bpmn:Collaboration').flatMap(checkSharing),
]

const checkMultiplicity = (participant: Element): Finding[] => {
  const multiplicity = elementOf(participant, 'participantMultiplicity')
  if (!multiplicity) return []
  const minimum = Number(multiplicity.minimum ?? 0)
  const maximum = Number(multiplicity.maximum ?? 1)
  if (Number.isInteger(minimum) && Number.isInteger(maximum) && minimum >= 0 && maximum >= 1 && minimum <= maximum) return []
  return [
    said(
      idOf(participant),
      'participant-multiplicity',
      [
        `${sentence(called(participant))} says that there are at least ${minimum} and at most ${maximum} of it.`,
        'Write a minimum from 0, and a maximum from 1 that is not below it.',
      ],
      [
        `${sentence(calledInFrench(participant))} dit être présent au moins ${minimum} et au plus ${maximum} fois.`,
        'Écrivez un minimum à partir de 0, et un maximum à partir de 1 qui ne lui soit pas inférieur.',
      ],
    ),
  ]
}

/** The standard lets two pools show one process; then nobody can tell in which of them an element stands. */
const checkSharing = (collaboration: Element): Finding[] => {
  const shown = new Map<Element, Element>()
  return elementsOf(collaboration, 'participants').flatMap((participant) => {
    const process = elementOf(participant, 'processRef')
    if (!process) return []
    const other = shown.get(process)
    if (!other) shown.set(process, participant)
    if (!other) return []
    return [
      said(
        idOf(participant),
        'participant-process',
        [
          `${sentence(called(participant))} and ${called(other)} show the same process.`,
          'Give each pool a process of its own, or leave one of them closed.',
        ],
        [
          `${sentence(calledInFrench(participant))} et ${calledInFrench(other)} montrent le même processus.`,
          'Donnez à chacun son propre processus, ou laissez-en un fermé.',
        ],
      ),
    ]
  })
}
