/** Sequence flows as a file draws them (BPMN 2.0.2, 7.6.1 and 8.4.13): inside one pool, known to both their ends, a default where there is a choice. */
import type { Finding } from '../finding.ts'
import { called, calledInFrench, sentence } from './compilation.ts'
import { type Element, elementOf, elementsOf, idOf } from './element.ts'
import { type FileElements, processAround, said } from './file-elements.ts'

/** Errors for flows between pools, lists that contradict a flow, and default flows of what chooses nothing (7.6.1, 8.4.13). */
export const checkFlows = (file: FileElements): Finding[] => [
  ...file.ofType('bpmn:SequenceFlow').flatMap((flow) => [...checkPool(flow), ...checkImmediate(flow)]),
  ...file.elements.flatMap((element) => [...checkLists(element), ...checkDefaultPlace(element)]),
]

const checkPool = (flow: Element): Finding[] => {
  const [source, target] = [elementOf(flow, 'sourceRef'), elementOf(flow, 'targetRef')]
  const own = processAround(flow)
  const ends = [source, target].map((end) => end && processAround(end))
  if (!own || ends.every((process) => !process || process === own)) return []
  return [
    said(
      idOf(flow),
      'flow-crosses-pool',
      [
        `${sentence(called(flow))} leads from one pool to another.`,
        'A sequence flow stays inside its pool; between pools draw a message flow.',
      ],
      [
        `${sentence(calledInFrench(flow))} va d’un participant à un autre.`,
        'Un flux de séquence reste dans son participant ; entre participants, dessinez un flux de message.',
      ],
    ),
  ]
}

/** Between two elements of an executable process nothing else may happen (table 8.60, isImmediate). */
const checkImmediate = (flow: Element): Finding[] =>
  flow.isImmediate === false && processAround(flow)?.isExecutable === true
    ? [
        said(
          idOf(flow),
          'flow-immediate',
          [
            `${sentence(called(flow))} says that something else may happen on its way (isImmediate="false").`,
            'Remove isImmediate: an executable process shows all that happens.',
          ],
          [
            `${sentence(calledInFrench(flow))} dit qu’autre chose peut se passer en chemin (isImmediate="false").`,
            'Retirez isImmediate : un processus exécutable montre tout ce qui se passe.',
          ],
        ),
      ]
    : []

/** Elements may list the flows at their ends; a list that names a flow that is elsewhere contradicts the flow itself. */
const checkLists = (element: Element): Finding[] =>
  (
    [
      ['incoming', 'targetRef', 'enter', 'entre dans'],
      ['outgoing', 'sourceRef', 'leave', 'sort de'],
    ] as const
  ).flatMap(([list, end, verb, french]) =>
    elementsOf(element, list)
      .filter((flow) => flow.$type === 'bpmn:SequenceFlow' && flow[end] !== undefined && flow[end] !== element)
      .map((flow) =>
        said(
          idOf(element),
          'flow-list',
          [
            `${sentence(called(element))} lists ${called(flow)} as ${list}, but that does not ${verb} it.`,
            `Correct its list (${list}), or connect the flow to it.`,
          ],
          [
            `${sentence(calledInFrench(element))} cite ${calledInFrench(flow)} (${list}), qui n’${french} pas cet élément.`,
            `Corrigez sa liste (${list}), ou reliez-y ce flux.`,
          ],
        ),
      ),
  )

const checkDefaultPlace = (element: Element): Finding[] => {
  if (element.$attrs?.default === undefined || !/^bpmn:.*(Gateway|Event)$/.test(element.$type)) return []
  return [
    said(
      idOf(element),
      'default-place',
      [
        `${sentence(called(element))} has a default flow, but chooses nothing.`,
        'Only activities, exclusive, inclusive and complex gateways have a default flow: remove the mark.',
      ],
      [
        `${sentence(calledInFrench(element))} a un flux par défaut, mais ne choisit rien.`,
        'Seules les activités et les passerelles exclusives, inclusives et complexes ont un flux par défaut : retirez la marque.',
      ],
    ),
  ]
}
