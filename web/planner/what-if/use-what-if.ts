/** A model fetched, prepared in the page's workers, and the what-if that the address holds. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { ScenarioModelItem } from '../../../api/types.ts'
import { explored, programsOf } from '../../../twin/experiment/explored.ts'
import { prepareReady, type ReadyScenario } from '../../../twin/experiment/ready.ts'
import type { ScenarioFile } from '../../../twin/experiment/schema.ts'
import { post } from '../../shared/api.ts'
import { giveBackSimulators, newSimulators, type Simulated, takeSimulators } from '../simulation/kept.ts'
import type { Simulators, SimulatorsState } from '../simulation/simulators.ts'
import { type Lever, type LeverValues, leversOf, tidied } from './levers.ts'
import { unpacked } from './packed.ts'
import { moved } from './question.ts'

/** Replications that the server is asked to have opened for whoever comes next. */
const OPENED = 8

/** `programs` are as the scenario changes them. */
export interface ReadyModel extends ReadyScenario {
  /** As it was sent: what is simulated. */
  sent: ReadyScenario
  /** As it is written: without what is asked besides. */
  own: ScenarioFile
  version: string
  engine: string
  drawings: Record<string, string>
  levers: Lever[]
  /** Replications that the server has opened already. */
  opened: number[]
}

/** Replications, where nobody says how many. */
export const REPLICATIONS = 8

export const modelQuery = (id: string, seed: number | undefined, text?: string) =>
  queryOptions({
    queryKey: ['scenario-model', text ?? id, seed ?? null],
    queryFn: async (): Promise<ReadyModel> => {
      const scenario = (text && unpacked(text)) || `extends: ${JSON.stringify(id)}`
      const body = { scenario, open: OPENED, ...(seed !== undefined && { seed }) }
      return readyModel(await post('/scenarios/ready', body))
    },
    staleTime: Number.POSITIVE_INFINITY,
  })

export const useModel = (id: string, seed: number | undefined, text?: string) => useQuery(modelQuery(id, seed, text))

/** Begins with a model that is likely to be asked about, before anybody does. */
export const useBegun = (id: string): void => {
  const { data } = useQuery(modelQuery(id, undefined))
  useSimulators(data, REPLICATIONS)
}

export const readyModel = ({ scenario, programs, version, engine, drawings, opened }: ScenarioModelItem): ReadyModel => {
  const given = { scenario, programs } as unknown as ReadyScenario
  const changed: ReadyScenario = { scenario: given.scenario, programs: programsOf(prepareReady(given)) }
  const model = { ...changed, scenario: explored(changed) }
  const sent = { ...given, scenario: model.scenario }
  return { ...model, sent, own: given.scenario, version, engine, drawings, levers: leversOf(model), opened }
}

const simulatedOf = ({ sent, version, opened }: ReadyModel, replications: number): Simulated => ({
  ...{ version, model: sent, replications },
  prepared: opened.length > 0 ? { address: `${location.origin}/api/scenarios/opened/${version}/`, replications: opened } : null,
})

/** The page's workers with the model in them, for as long as somebody looks at it, and a while longer. */
export const useSimulators = (model: ReadyModel | undefined, replications: number): Simulators | null => {
  const [simulators, setSimulators] = useState<Simulators | null>(null)
  useEffect(() => {
    if (!model) return
    const taken = takeSimulators(simulatedOf(model, replications))
    setSimulators(taken)
    return () => {
      giveBackSimulators(taken)
      setSimulators(null)
    }
  }, [model, replications])
  return simulators
}

/** Workers of one's own, for many what-ifs at once. */
export const useOwnSimulators = (model: ReadyModel | undefined, replications: number): Simulators | null => {
  const [simulators, setSimulators] = useState<Simulators | null>(null)
  useEffect(() => {
    if (!model) return
    const made = newSimulators(simulatedOf(model, replications))
    setSimulators(made)
    return () => {
      made.end()
      setSimulators(null)
    }
  }, [model, replications])
  return simulators
}

const NOTHING: SimulatorsState = { replications: 0, opened: 0, base: [], early: [], whatIf: null, failure: null }
const never = () => () => {}

export const useSimulatorsState = (simulators: Simulators | null): SimulatorsState =>
  useSyncExternalStore(simulators?.subscribe ?? never, () => simulators?.state ?? NOTHING)

/** Asks for what the levers make of the model whenever they are moved. */
export const useAsked = (simulators: Simulators | null, model: ReadyModel | undefined, values: LeverValues): LeverValues => {
  const tidy = useMemo(() => (model ? tidied(model.levers, values) : {}), [model, values])
  useEffect(() => {
    if (!simulators || !model) return
    if (Object.keys(tidy).length === 0) simulators.forget()
    else simulators.ask([moved(model.scenario, model.levers, tidy)])
  }, [simulators, model, tidy])
  return tidy
}
