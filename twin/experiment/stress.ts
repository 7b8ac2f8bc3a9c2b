/** The STRESS-DES sheet of an experiment, filled from what it is (T. Monks and others, "Strengthening the reporting of empirical simulation studies", 2019). */
import { constantOf, NodeKind, type Program, type ProgramDuration, type ProgramNode } from '../../pathways/language/program.ts'
import type { Experiment } from './prepare.ts'
import type { Results } from './results.ts'
import type { ScenarioFile } from './schema.ts'

/** Markdown, by the items of the checklist; what only a person knows is said to be for a person to write. */
export const stressOf = (experiment: Experiment, results: Results, version: string): string => {
  const { options, scenario, units } = experiment
  const { programs } = options
  // Experiments from before these could be said have none.
  const { sources = [], assumptions = [] } = scenario as Partial<ScenarioFile>
  const others = results.comparisons.map(({ scenario: other }) => other)
  return `# STRESS-DES: ${results.scenario}

## 1. Objectives
- 1.1 Purpose of the model: ${scenario.note ?? 'to be written by who asks the question (`note` of the scenario)'}
- 1.2 Model outputs: ${results.measures.length} measures, means over replications with ${results.confidence * 100} % intervals; targets:
${list(scenario.targets.map(({ measure, below, above, withProbability }) => `${measure}${below === undefined ? '' : ` below ${below}`}${above === undefined ? '' : ` above ${above}`}${withProbability === undefined ? ', on average' : `, in at least ${withProbability * 100} % of replications`}`))}
- 1.3 Experimentation aims: ${others.length === 0 ? 'one scenario' : `to compare with ${others.join(', ')}, paired by replication (common random numbers)`}

## 2. Logic
- 2.1 Base model overview diagram: the BPMN pathways
${list(programs.map(({ process, hash }) => `${process} (${hash.slice(0, 12)})`))}
- 2.2 Base model logic: each patient is a run of a pathway, executed by the same engine as live; resources are granted by the same allocator, the highest priority first, in order of arrival within one
- 2.3 Scenario logic: ${others.length === 0 ? 'what changes at a time stands under 3.3' : 'as the other scenario files say; what changes at a time stands under 3.3'}
- 2.4 Algorithms: all needs of an activity are granted together or not at all; a gateway is decided by its conditions, or by chance where probabilities stand under 3.3
- 2.5.1 Entities: runs of ${programs.map(({ process }) => process).join(', ')}
- 2.5.2 Activities:
${list(programs.flatMap(activitiesOf))}
- 2.5.3 Resources:
${list([...units].map(([pool, count]) => resourceOf(experiment, pool, count)))}
- 2.5.4 Queues: one for each pool, of requests in order of priority, then of arrival
- 2.5.5 Entry and exit points:
${list(programs.flatMap(({ process, nodes }) => [`${process}: enters by ${namesOf(nodes, NodeKind.startEvent)}, leaves by ${namesOf(nodes, NodeKind.endEvent)}`]))}

## 3. Data
- 3.1 Data sources:
${list(sources.length > 0 ? sources : ['to be written by who gave the numbers (`sources` of the scenario)'])}
- 3.2 Pre-processing: ${sources.length > 0 ? 'as its sources say; none by Parcours' : 'to be written by who gave the numbers'}
- 3.3 Input parameters
  - Arrivals:
${list(
  scenario.demand.map((stream) => JSON.stringify(stream)),
  2,
)}
  - Durations:
${list(programs.flatMap(durationsOf), 2)}
  - Branches:
${list(branchesOf(programs), 2)}
  - What else is said of pathways, resources and times:
${list(said(scenario), 2)}
- 3.4 Assumptions:
${list(assumptions.length > 0 ? assumptions : ['to be written by who gave the numbers (`assumptions` of the scenario)'])}

## 4. Experimentation
- 4.1 Initialisation: ${results.study === 'terminating' ? 'a terminating study, measured from an empty hospital on' : `a study of the steady state, from an empty hospital; warm-up ${results.warmUp}, not measured`}
- 4.2 Run length: ${results.horizon}, warm-up included
- 4.3 Estimation approach: ${results.replications} replications, ${askedFor(results)}, Student's t${results.comparisons.length > 1 ? ', differences with Bonferroni’s correction' : ''}

## 5. Implementation
- 5.1 Software: Parcours ${version}
- 5.2 Random sampling: counter-based hashes of (seed, replication, patient, element, draw); seed ${results.seed}; what two scenarios have in common meets the same numbers
- 5.3 Model execution: next-event; equal times by kind, then by order of planning
- 5.4 System specification: any machine with Node 20 or newer gives the same bytes

## 6. Code access
- 6.1 Computer model sharing: the scenario files and pathways named above give these results again, with the same version of Parcours
`
}

const list = (items: string[], depth = 1): string =>
  (items.length > 0 ? items : ['none']).map((item) => `${'  '.repeat(depth)}- ${item}`).join('\n')

const isDone = ({ kind }: ProgramNode): boolean => kind >= NodeKind.task && kind <= NodeKind.manualTask

const namesOf = (nodes: ProgramNode[], kind: NodeKind): string =>
  nodes
    .filter((node) => node.kind === kind && node.scope === 0)
    .map(({ id, name }) => name || id)
    .join(', ') || 'none'

const activitiesOf = (program: Program): string[] =>
  program.nodes.flatMap((node) => {
    if (!isDone(node)) return []
    const asked = [...node.needs, ...node.takes.map((hold) => program.holds[hold]!)]
    const needs = asked.map(({ pool, quantity }) => `${JSON.stringify(constantOf(program, quantity) ?? 'some')} ${pool}`)
    return [`${program.process}, ${node.id}${node.name ? ` (${node.name})` : ''}: ${needs.join(', ') || 'needs nothing'}`]
  })

const resourceOf = ({ options: { ledger } }: Experiment, pool: string, count: number): string => {
  const calendars = new Set(ledger.units.flatMap((unit) => (unit.pool === pool && unit.calendar ? [unit.calendar] : [])))
  const { turnover } = ledger.pools.find(({ id }) => id === pool)!
  return `${pool}: ${count}${calendars.size > 0 ? `, by the opening hours ${[...calendars].join(', ')}` : ''}${turnover ? `, made usable again by ${turnover}` : ''}`
}

const durationsOf = ({ process, nodes }: Program): string[] =>
  nodes.flatMap(({ id, duration, durationBy }) => [
    ...Object.entries(durationBy?.durations ?? {}).map(([value, each]) => `${process}, ${id}, ${value}: ${inWords(each)}`),
    ...(duration ? [`${process}, ${id}${durationBy ? ', otherwise' : ''}: ${inWords(duration)}`] : []),
  ])

const inWords = ({ distribution, parameters, values = [] }: ProgramDuration): string => {
  const told = Object.entries(parameters).map(([name, value]) => `${name} ${name === 'shape' ? value : `${value / 60_000} min`}`)
  return `${distribution} (${[...told, ...values.map(({ value, share }) => `${value / 60_000} min: ${share}`)].join(', ')})`
}

const branchesOf = (programs: Program[]): string[] => {
  const branches = programs.flatMap(({ process, flows }) =>
    flows.flatMap(({ id, probability }) => (probability === undefined ? [] : [`${process}, ${id}: ${probability}`])),
  )
  return branches.length > 0 ? branches : ['by the conditions of the drawings']
}

/** What a scenario says besides who comes and how long work takes, as it says it. */
const said = ({ pathways, interventions, breakdowns, shiftEnds, reorder, costs }: ScenarioFile): string[] => [
  ...pathways.flatMap((pathway) => {
    if (typeof pathway === 'string') return []
    const holds = Object.entries(pathway.holds).map(([name, need]) => `${pathway.file}, hold ${name}: ${JSON.stringify(need)}`)
    const elements = Object.entries(pathway.elements).flatMap(([id, { duration: _, needs: __, ...more }]) =>
      Object.keys(more).length > 0 ? [`${pathway.file}, ${id}: ${JSON.stringify(more)}`] : [],
    )
    return [...holds, ...elements]
  }),
  ...interventions.map((intervention) => `intervention: ${JSON.stringify(intervention)}`),
  ...Object.entries({ breakdowns, shiftEnds, costs }).flatMap(([what, by]) =>
    Object.entries(by).map(([id, each]) => `${what}, ${id}: ${JSON.stringify(each)}`),
  ),
  ...(reorder ? [`reorder: ${JSON.stringify(reorder)}`] : []),
]

const askedFor = ({ replicationsAsked: asked }: Results): string =>
  typeof asked === 'number'
    ? `${asked} asked for`
    : `until ${asked.measure} was known within ${asked.precision * 100} % (K. Hoad and others, 2010)`
