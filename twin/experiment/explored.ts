/** A scenario as somebody explores it who moves levers from when measuring begins: what is measured besides, and the same patients with room for more. The page and the server say it alike, so that what one has prepared the other goes on with. */
import type { Program } from '../../pathways/language/program.ts'
import { type Experiment, prepareExperiment } from './prepare.ts'
import type { ReadyScenario } from './ready.ts'
import type { ScenarioFile } from './schema.ts'

/** Levels are means of so many hours. */
export const STRETCH_HOURS = 6
/** Patients may be so many times as many: streams are given candidates for as many. */
export const FACTOR_MAX = 1.5
/** Limits, in minutes, of which is measured how many wait longer. */
export const WAIT_LIMITS_MINUTES = [15, 30, 60, 120, 240, 480] as const

/** An element at which runs wait for something. */
export interface WaitingElement {
  pathway: string
  pathwayName: string
  element: string
  name: string
}

/** Pathways that nobody comes for: they make units usable again. */
export const turnoversOf = ({ hospital: { pools } }: ScenarioFile): Set<string> =>
  new Set(pools.flatMap(({ turnover }) => (typeof turnover === 'string' ? [turnover] : [])))

/** Not those of turnover: nobody's wait but the room's. @param programs as the scenario changes them. */
export const waitingElementsOf = ({ scenario, programs }: ReadyScenario): WaitingElement[] => {
  const turnovers = turnoversOf(scenario)
  return programs
    .flatMap(([, each]) => each)
    .filter(({ process }) => !turnovers.has(process))
    .flatMap(({ process, name, nodes }) =>
      nodes.flatMap(({ id, name: element, needs, takes }) =>
        needs.length + takes.length > 0
          ? [{ pathway: process, pathwayName: name || process, element: id, name: element || id }]
          : [],
      ),
    )
}

export const longWaitMeasure = ({ pathway, element }: Pick<WaitingElement, 'pathway' | 'element'>, minutes: number): string =>
  `${pathway}.${element}.waitOver${minutes}MinutesShare`

/** The scenario with every wait measured, and room for more patients among the same ones. @param model its programs as it changes them. */
export const explored = (model: ReadyScenario): ScenarioFile => {
  const { scenario } = model
  const waits = waitingElementsOf(model).flatMap((element) =>
    WAIT_LIMITS_MINUTES.map((minutes) => longWaitMeasure(element, minutes)),
  )
  return {
    ...scenario,
    demand: scenario.demand.map((stream) =>
      stream.interarrival || stream.times ? stream : { ...stream, factorMax: stream.factorMax ?? FACTOR_MAX },
    ),
    measures: [...new Set([...scenario.measures, ...waits])],
  }
}

/** @param experiment of the scenario as it is. @returns its programs, changed by the scenario. */
export const programsOf = ({ options }: Experiment): [string, Program[]][] => [['', options.programs]]

/** What is simulated of a scenario that is explored. @throws ImpossibleScenario */
export const exploredExperiment = ({ scenario, programs }: ReadyScenario): Experiment => {
  const files = new Map(programs)
  const asItIs = prepareExperiment(scenario, files)
  return prepareExperiment(explored({ scenario, programs: programsOf(asItIs) }), files)
}
