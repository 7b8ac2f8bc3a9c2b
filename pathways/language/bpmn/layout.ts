/** A diagram for a file that has none: the layout goes into the file as it is, and not a byte of the rest changes. */
import type { Finding } from '../finding.ts'
import { type Element, elementOf, elementsOf, idOf } from './element.ts'
import { laneShapes, withLanes } from './layout-lanes.ts'
import { type LaidOutProcess, poolsDiagram, separateDiagrams } from './layout-pools.ts'
import { laidOut } from './layout-tree.ts'
import { newModdle } from './moddle.ts'
import { readBpmn } from './read.ts'

export interface LaidOut {
  /** Null when the file cannot be read. */
  bpmn: string | null
  findings: Finding[]
}

const namespaces =
  'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'

/**
 * A BPMN file with a diagram: the same text when it has one already, else with one spliced in before its end.
 * Foreign extensions, comments and formatting stay as they are. Never rejects: what cannot be read, or laid out, is a finding.
 */
export const withDiagram = (bpmn: string): Promise<LaidOut> =>
  readBpmn(bpmn).then((read) => {
    if (!read.definitions) return { bpmn: null, findings: read.findings }
    const findings = read.findings.map((finding): Finding => ({ ...finding, severity: 'warning' }))
    if (elementsOf(read.definitions, 'diagrams').some((diagram) => elementOf(diagram, 'plane'))) return { bpmn, findings }
    const { definitions } = read
    return diagramsOf(definitions)
      .then(
        (diagrams) => splice(bpmn, definitions, diagrams),
        (error: unknown) => ({ bpmn, findings: [notLaidOut(definitions, firstLine(error))] }),
      )
      .then((laidOut) => ({ bpmn: laidOut.bpmn, findings: [...findings, ...laidOut.findings] }))
  })

/** The layout draws one process of a file: each is given to it alone, and what it draws is put together. */
const diagramsOf = (definitions: Element): Promise<string> => {
  const roots = elementsOf(definitions, 'rootElements')
  const collaborations = roots.filter(
    (root) => root.$type === 'bpmn:Collaboration' && elementsOf(root, 'participants').length > 0,
  )
  const isDrawn = (root: Element) => root.$type === 'bpmn:Process' && elementsOf(root, 'flowElements').length > 0
  const processes = roots.filter(isDrawn)
  const alone = (process: Element) => () => {
    const others = (root: Element) => root === process || !['bpmn:Process', 'bpmn:Collaboration'].includes(root.$type)
    definitions.rootElements = roots.filter(others)
    return connected(definitions)
      .then((xml) => laidOut(xml, process))
      .then((laidOut: string) => ({ process, ...withLanes(process, diagramsIn(laidOut)) }))
  }
  return processes
    .reduce(
      (before, process) => before.then((done) => alone(process)().then((one: LaidOutProcess) => [...done, one])),
      Promise.resolve([] as LaidOutProcess[]),
    )
    .then((done) => {
      const participants = collaborations.flatMap((collaboration) => elementsOf(collaboration, 'participants'))
      const pooled = new Set(participants.map((participant) => elementOf(participant, 'processRef')))
      const loose = done.filter(({ process }) => !pooled.has(process)).map((one) => ({ ...one, diagrams: withoutPool(one) }))
      if (collaborations.length === 0) return loose.length === 1 ? loose[0]!.diagrams : separateDiagrams(loose)
      // What is in no pool has a diagram of its own.
      const pools = collaborations.map((collaboration, place) => {
        const diagram = poolsDiagram(collaboration, done)
        return place === 0 ? diagram : withOwnIds(diagram, idOf(collaboration))
      })
      return [...pools, ...(loose.length > 0 ? [separateDiagrams(loose)] : [])].join('\n')
    })
    .finally(() => {
      definitions.rootElements = roots
    })
}

/** A process may stand in the pools of several collaborations: its shapes are other ones in each. */
const withOwnIds = (diagram: string, collaboration: string): string =>
  diagram.replace(/(<bpmndi:BPMN(?:Shape|Edge)\b[^>]*? id=")([^"]*)"/g, `$1${collaboration}_$2"`)

/** A process in no pool shows its lanes all the same. */
const withoutPool = ({ diagrams, lanes }: LaidOutProcess): string =>
  diagrams.replace(/<bpmndi:BPMNPlane[^>]*>/, (plane) =>
    lanes.length > 0 ? `${plane}${laneShapes(lanes, lanes[0]!.width)}` : plane,
  )

const diagramsIn = (laidOut: string): string => laidOut.match(/<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>/)?.[0] ?? ''

/** The same pathway, whose nodes name their flows: the layout draws only those, and files may leave it to the flows to name their nodes. */
const connected = (definitions: Element): Promise<string> => {
  const connect = (scope: Element): void => {
    const inside = elementsOf(scope, 'flowElements')
    const bare = new Set(inside.filter((node) => elementsOf(node, 'incoming').length + elementsOf(node, 'outgoing').length === 0))
    const add = (node: Element | undefined, property: 'incoming' | 'outgoing', flow: Element) => {
      if (!node || !bare.has(node)) return
      if (Array.isArray(node[property])) (node[property] as Element[]).push(flow)
      else node[property] = [flow]
    }
    for (const flow of inside) {
      connect(flow)
      if (flow.$type !== 'bpmn:SequenceFlow') continue
      add(elementOf(flow, 'sourceRef'), 'outgoing', flow)
      add(elementOf(flow, 'targetRef'), 'incoming', flow)
    }
  }
  for (const root of elementsOf(definitions, 'rootElements')) connect(root)
  return newModdle()
    .toXML(definitions)
    .then(({ xml }: { xml: string }) => xml)
}

const firstLine = (error: unknown): string => String((error as { message?: unknown }).message ?? error).split('\n')[0]!

const splice = (bpmn: string, definitions: Element, diagrams: string): LaidOut => {
  const end = [...bpmn.matchAll(/<\/(?:[\w.-]+:)?definitions\s*>/g)].at(-1)?.index
  if (diagrams === '' || end === undefined) return { bpmn, findings: [notLaidOut(definitions, '')] }
  const declared = diagrams.replaceAll('<bpmndi:BPMNDiagram', `<bpmndi:BPMNDiagram ${namespaces}`)
  return { bpmn: `${bpmn.slice(0, end)}${declared}\n${bpmn.slice(end)}`, findings: withoutShape(definitions, diagrams) }
}

/** What the layout left out, so that nobody takes half a picture for the whole. */
const withoutShape = (definitions: Element, diagrams: string): Finding[] => {
  const shown = new Set([...diagrams.matchAll(/ bpmnElement="([^"]*)"/g)].map(([, id]) => id))
  const lanesOf = (scope: Element): Element[] => elementsOf(scope, 'laneSets').flatMap((set) => elementsOf(set, 'lanes'))
  const drawn = (scope: Element): Element[] =>
    [...lanesOf(scope), ...elementsOf(scope, 'flowElements'), ...elementsOf(scope, 'artifacts')]
      .filter(({ $type }) => $type !== 'bpmn:DataObject')
      .flatMap((element) => [element, ...drawn(element)])
  const missing = elementsOf(definitions, 'rootElements')
    .flatMap(drawn)
    .filter(({ id }) => !shown.has(id))
  if (missing.length === 0) return []
  const ids = missing.map(idOf).join(', ')
  return [
    {
      rule: 'not-drawn',
      severity: 'warning',
      element: idOf(missing[0]),
      message: `The layout leaves out: ${ids}.`,
      help: 'Place them in a BPMN editor.',
      french: { message: `La mise en page laisse de côté : ${ids}.`, help: 'Placez-les dans un éditeur BPMN.' },
    },
  ]
}

const notLaidOut = (definitions: Element, why: string): Finding => ({
  rule: 'not-laid-out',
  severity: 'warning',
  element: idOf(definitions),
  message: `The file has no diagram, and none could be made${why && `: ${why}`}.`,
  help: 'Draw it in a BPMN editor.',
  french: {
    message: `Le fichier n'a pas de diagramme, et aucun n'a pu être fait${why && ` : ${why}`}.`,
    help: 'Dessinez-le dans un éditeur BPMN.',
  },
})
