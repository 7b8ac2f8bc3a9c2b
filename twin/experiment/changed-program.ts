/** A drawing with what a scenario says instead of it. */
import { noEvent } from '../../pathways/language/bpmn/compile-event.ts'
import { contentHash } from '../../pathways/language/canonical.ts'
import type { Value } from '../../pathways/language/feel/value.ts'
import { EventKind, NodeKind, type Program, type ProgramNeed, type ProgramNode } from '../../pathways/language/program.ts'
import { ImpossibleScenario, mustBeAmong } from './impossible.ts'
import { BLANK_NODE } from './made-program.ts'
import { durationOf, treeOf } from './parts.ts'
import type { ScenarioFile } from './schema.ts'

type ChangedElement = NonNullable<ChangedPathway['elements'][string]>
type ScenarioNeed = NonNullable<ChangedElement['needs']>[number]

const durationsOf = (
  duration: NonNullable<ChangedElement['duration']>,
  expression: (text: string) => number,
): Pick<ProgramNode, 'duration' | 'durationBy'> => {
  if (typeof duration === 'string' || !('by' in duration)) return { duration: durationOf(duration) }
  const durations = Object.fromEntries(Object.entries(duration.values).map(([value, each]) => [value, durationOf(each)]))
  return {
    duration: duration.otherwise === undefined ? null : durationOf(duration.otherwise),
    durationBy: { expression: expression(duration.by), durations },
  }
}

type ChangedPathway = Exclude<ScenarioFile['pathways'][number], string>

/** A Program with what the scenario says instead of the drawing. */
export const changedProgram = (
  program: Program,
  { file, as, holds, elements, probabilities }: ChangedPathway,
  all: Program[],
): Program => {
  const place = `pathways, ${file}`
  const ids = (parts: { id: string }[][]) => new Set(parts.flatMap((each) => each.map(({ id }) => id)))
  const [known, ways] = [ids(all.map(({ nodes }) => nodes)), ids(all.map(({ flows: drawn }) => drawn))]
  for (const id of Object.keys(elements)) mustBeAmong(known, id, place, 'element')
  for (const id of Object.keys(probabilities)) mustBeAmong(ways, id, place, 'flow')
  const expressions = [...program.expressions]
  const constant = (value: Value) => expressions.push(['value', value]) - 1
  const needOf = ({ pool, quantity, where }: ScenarioNeed): ProgramNeed => ({
    pool,
    quantity: constant(quantity),
    where: where ? [{ attribute: where.attribute, operator: 'in' as const, value: constant(where.in) }] : [],
  })
  const isDrawn = (name: string) => program.holds.some((hold) => hold.scope === 0 && hold.name === name)
  // Those of the drawing stay where they are: elements and calls name them by place.
  const declared = [
    ...program.holds.map((hold) => {
      const need = hold.scope === 0 ? holds[hold.name] : undefined
      return need ? { ...hold, ...needOf(need) } : hold
    }),
    ...Object.entries(holds).flatMap(([name, need]) => (isDrawn(name) ? [] : [{ name, scope: 0, ...needOf(need) }])),
  ]
  const holdsOf = (names: string[], node: ProgramNode) =>
    names.map((name) => {
      mustBeAmong(
        declared.map((hold) => hold.name),
        name,
        `${place}, ${node.id}`,
        'hold',
      )
      if (node.kind < NodeKind.task || node.kind > NodeKind.manualTask)
        throw new ImpossibleScenario(`pathways, ${file}, ${node.id}`, 'only a task takes and gives back', 'Name a task.')
      return declared.findIndex((hold) => hold.name === name)
    })
  const changed = program.nodes.map((node) => {
    const change = elements[node.id]
    if (!change) return node
    const expression = (text: string) => expressions.push(treeOf(text.replace(/^=/, ''), `pathways, ${file}, ${node.id}`)) - 1
    const needs = change.needs?.map(needOf)
    // An event that waits so long by chance is a timer, whatever else the drawing waits for.
    const isWaiting =
      change.duration !== undefined && (node.kind === NodeKind.intermediateCatchEvent || node.kind === NodeKind.boundaryEvent)
    return {
      ...node,
      ...(isWaiting && {
        event: { ...noEvent(), kind: EventKind.timer, timer: 'duration' as const, expression: constant('PT0S') },
      }),
      ...(change.duration !== undefined && durationsOf(change.duration, expression)),
      ...(change.priority !== undefined && { priority: expression(String(change.priority)) }),
      ...(needs && { needs }),
      ...(change.takes && { takes: holdsOf(change.takes, node) }),
      ...(change.gives && { gives: holdsOf(change.gives, node) }),
      ...(change.outcomes && {
        outcomes: [
          ...node.outcomes.filter(({ variable }) => !Object.hasOwn(change.outcomes!, variable)),
          ...Object.entries(change.outcomes).map(([variable, value]) => ({
            variable,
            expression: typeof value === 'string' && value.startsWith('=') ? expression(value) : constant(value),
          })),
        ],
      }),
      // A batch asks for what it needs itself.
      ...(change.batch && { needs: [] }),
    }
  })
  const { nodes, flows: drawnFlows } = withGivesAfter({ nodes: changed, flows: program.flows }, (node) =>
    holdsOf(elements[node.id]?.givesAfter ?? [], node),
  )
  const byChance = new Set(program.flows.flatMap(({ id, source }) => (probabilities[id] === undefined ? [] : [source])))
  const flows = drawnFlows.map((flow) => {
    if (!byChance.has(flow.source)) return flow
    const probability = probabilities[flow.id]
    return { ...flow, condition: -1, ...(probability !== undefined && { probability }) }
  })
  if (as !== undefined && all.length > 1)
    throw new ImpossibleScenario(
      `pathways, ${file}`,
      'it has several processes, which cannot all have one name',
      'Leave out "as".',
    )
  const { hash: _, ...content } = { ...program, holds: declared, nodes, flows, expressions, process: as ?? program.process }
  return { hash: contentHash(content), ...content }
}

/** What an element gives back when it is done is given by a task of no time behind it: the engine gives back when something begins. */
const withGivesAfter = (
  { nodes, flows }: Pick<Program, 'nodes' | 'flows'>,
  givesAfterOf: (node: ProgramNode) => number[],
): Pick<Program, 'nodes' | 'flows'> => {
  const own = [...nodes]
  let ways = flows
  for (const [index, node] of nodes.entries()) {
    const gives = givesAfterOf(node)
    if (gives.length === 0) continue
    const [behind, way] = [own.length, ways.length]
    own.push({
      ...BLANK_NODE,
      id: `${node.id}.givesAfter`,
      type: 'bpmn:Task',
      kind: NodeKind.task,
      scope: node.scope,
      incoming: [way],
      outgoing: node.outgoing,
      defaultFlow: node.defaultFlow,
      gives,
      priority: node.priority,
    })
    own[index] = { ...own[index]!, outgoing: [way], defaultFlow: -1 }
    ways = [
      ...ways.map((flow) => (flow.source === index ? { ...flow, source: behind } : flow)),
      { id: own[behind]!.id, name: '', source: index, target: behind, condition: -1 },
    ]
  }
  return { nodes: own, flows: ways }
}
