/** A model made ready for what-ifs, and the scenarios that its levers make of it. All of it is YAML that the command line and the server simulate to the same bytes. */
import { stringify } from 'yaml'
import type { Program } from '../../../pathways/language/program.ts'
import { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { FACTOR_MAX, type Lever, type LeverValues, movedInterventions } from './levers.ts'

/** Limits, in minutes, of which is measured how many wait longer. */
export const WAIT_LIMITS_MINUTES = [15, 30, 60, 120, 240, 480] as const

/** An element at which runs wait for something. */
export interface WaitingElement {
  pathway: string
  pathwayName: string
  element: string
  name: string
}

/** Not those of turnover: nobody's wait but the room's. */
export const waitingElementsOf = ({
  scenario,
  programs,
}: {
  scenario: ScenarioFile
  programs: [string, Program[]][]
}): WaitingElement[] => {
  const turnovers = new Set(scenario.hospital.pools.flatMap((pool) => ('turnover' in pool ? [pool.turnover] : [])))
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

export const longWaitMeasure = ({ pathway, element }: WaitingElement, minutes: number): string =>
  `${pathway}.${element}.waitOver${minutes}MinutesShare`

/** The model with what the page shows measured, and room for more patients among the same ones. */
export const asked = (model: { scenario: ScenarioFile; programs: [string, Program[]][] }): ScenarioFile => {
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

/** What the levers make of it. */
export const moved = (base: ScenarioFile, levers: Lever[], values: LeverValues, name = base.name): ScenarioFile => ({
  ...base,
  name,
  interventions: [...base.interventions, ...movedInterventions(base, levers, values)],
})

/** A scenario as YAML that stands alone but for its pathways' files: what is as everybody assumes is left out. */
export const yamlOf = (scenario: ScenarioFile): string => {
  const plain = ScenarioFile.parse(scenario) as Record<string, unknown>
  const kept = Object.entries(plain).filter(
    ([, value]) =>
      !(Array.isArray(value) && value.length === 0) && !(isObject(value) && Object.keys(value).length === 0) && value !== '',
  )
  return stringify(Object.fromEntries(kept), { lineWidth: 140, aliasDuplicateObjects: false })
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)
