/** Lanes (BPMN 2.0.2, 10.8): each divides up what its own process holds, and an element stands in one lane of a set. */
import type { Finding } from '../finding.ts'
import { gather } from '../gather.ts'
import { called, calledInFrench, sentence } from './compilation.ts'
import { type Element, elementsOf, idOf } from './element.ts'
import { type FileElements, processAround, said } from './file-elements.ts'

/** Errors for lanes that hold what belongs to another process, and for elements in two lanes of one set (10.8). */
export const checkLanes = (file: FileElements): Finding[] => [
  ...file.ofType('bpmn:Lane').flatMap(checkForeign),
  ...file.ofType('bpmn:LaneSet').flatMap(checkSet),
]

const checkForeign = (lane: Element): Finding[] =>
  elementsOf(lane, 'flowNodeRef')
    .filter((node) => processAround(node) !== processAround(lane))
    .map((node) =>
      said(
        idOf(lane),
        'lane-foreign',
        [
          `${sentence(called(lane))} holds ${called(node)}, which belongs to another process.`,
          'Take it out of the lane, or move it into the process of the lane.',
        ],
        [
          `${sentence(calledInFrench(lane))} contient ${calledInFrench(node)}, qui appartient à un autre processus.`,
          'Retirez-le du couloir, ou déplacez-le dans le processus du couloir.',
        ],
      ),
    )

const checkSet = (set: Element): Finding[] => {
  const lanes = new Map<Element, Element[]>()
  for (const lane of elementsOf(set, 'lanes'))
    for (const node of new Set(elementsOf(lane, 'flowNodeRef'))) gather(lanes, node, lane)
  return [...lanes]
    .filter(([, [, second]]) => second)
    .map(([node, [first, second]]) =>
      said(
        idOf(node),
        'lane-several',
        [`${sentence(called(node))} stands in ${called(first!)} and in ${called(second!)}.`, 'Keep it in one of them.'],
        [
          `${sentence(calledInFrench(node))} est à la fois dans ${calledInFrench(first!)} et dans ${calledInFrench(second!)}.`,
          'Gardez-le dans un seul des deux.',
        ],
      ),
    )
}
