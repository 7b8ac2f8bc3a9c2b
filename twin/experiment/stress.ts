/** The STRESS-DES sheet of an experiment, filled from what it is (T. Monks and others, "Strengthening the reporting of empirical simulation studies", 2019). */
import type { Experiment } from './prepare.ts'
import type { Results } from './results.ts'

/** Markdown; what only a person knows is said to be for a person to write. */
export const stressOf = ({ options, scenario, units }: Experiment, results: Results, version: string): string => {
  const list = (items: string[]) => items.map((item) => `- ${item}`).join('\n')
  const elements = options.programs.flatMap(({ process, nodes }) =>
    nodes.flatMap(({ id, duration }) =>
      duration
        ? [
            `${process}, ${id}: ${duration.distribution} (${Object.entries(duration.parameters)
              .map(([name, value]) => `${name} ${name === 'shape' ? value : `${value / 60_000} min`}`)
              .join(', ')})`,
          ]
        : [],
    ),
  )
  const branches = options.programs.flatMap(({ process, flows }) =>
    flows.flatMap(({ id, probability }) => (probability === undefined ? [] : [`${process}, ${id}: ${probability}`])),
  )
  return `# STRESS-DES: ${results.scenario}

## 1. Objectives
- 1.1 Purpose: ${scenario.note ?? 'to be written by who asks the question (`note` of the scenario)'}
- 1.2 Outputs: ${results.measures.length} measures, means over replications with ${results.confidence * 100} % intervals; targets: ${scenario.targets.map(({ measure }) => measure).join(', ') || 'none'}
- 1.3 Experimentation: ${results.comparisons.length === 0 ? 'one scenario' : `compared with ${results.comparisons.map(({ scenario: other }) => other).join(', ')}, paired by replication (common random numbers)`}

## 2. Logic
- 2.1 Base model: the BPMN pathways ${options.programs.map(({ process, hash }) => `${process} (${hash.slice(0, 12)})`).join(', ')}
- 2.2 Logic: each patient is a run of a pathway, executed by the same engine as live; resources are granted by the same allocator, in order of arrival within a priority
- 2.3 Scenario logic: ${results.comparisons.length === 0 ? 'none' : 'as the other scenario files say'}
- 2.4 Algorithms: all needs of an activity are granted together or not at all
- 2.5 Components: entities ${options.programs.map(({ process }) => process).join(', ')}; resources ${[...units].map(([pool, count]) => `${pool} (${count})`).join(', ')}

## 3. Data
- 3.1 Arrivals:
${list(scenario.demand.map((stream) => JSON.stringify(stream)))}
- 3.2 Durations:
${list(elements)}
- 3.3 Branches:
${list(branches.length > 0 ? branches : ['by the conditions of the drawings'])}
- 3.4 Assumptions and sources: to be written by who gave the numbers

## 4. Experimentation
- 4.1 Initialisation: ${results.study === 'terminating' ? 'a terminating study, measured from an empty hospital on' : `a study of the steady state, from an empty hospital; warm-up ${results.warmUp}, not measured`}
- 4.2 Run length: ${results.horizon}
- 4.3 Estimation: ${results.replications} replications, ${askedFor(results)}, Student's t${results.comparisons.length > 1 ? ', differences with Bonferroni’s correction' : ''}

## 5. Implementation
- 5.1 Software: Parcours ${version}
- 5.2 Random numbers: counter-based hashes of (seed, replication, patient, element, draw); seed ${results.seed}
- 5.3 Execution: next-event; equal times by kind, then by order of planning
- 5.4 System: any; the same bytes on each

## 6. Code access
- 6.1 The scenario files and pathways named above give these results again, with the same version of Parcours.
`
}

const askedFor = ({ replicationsAsked: asked }: Results): string =>
  typeof asked === 'number'
    ? `${asked} asked for`
    : `until ${asked.measure} was known within ${asked.precision * 100} % (K. Hoad and others, 2010)`
