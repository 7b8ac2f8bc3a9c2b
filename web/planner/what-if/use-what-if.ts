/** A model fetched, prepared in the page's workers, and the what-if that the address holds. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { ScenarioModelItem } from '../../../api/types.ts'
import { prepareReady, type ReadyScenario } from '../../../twin/experiment/ready.ts'
import { ask } from '../../shared/api.ts'
import { type SimulatingWorker, Simulators, type SimulatorsState } from '../simulation/simulators.ts'
import { type Lever, type LeverValues, leversOf, tidied } from './levers.ts'
import { unpacked } from './packed.ts'
import { asked, moved } from './question.ts'

/** Levels are means of six hours. */
export const STRETCH_HOURS = 6
/** More workers than that only share the memory. */
const WORKERS_MAX = 8

/** `programs` are as the scenario changes them. */
export interface ReadyModel extends ReadyScenario {
  /** As it was sent: what is simulated. */
  sent: ReadyScenario
  version: string
  engine: string
  drawings: Record<string, string>
  levers: Lever[]
}

export const useModel = (id: string, seed: number | undefined, text?: string) =>
  useQuery({
    queryKey: ['scenario-model', text ?? id, seed ?? null],
    queryFn: async (): Promise<ReadyModel> => {
      const scenario = (text && unpacked(text)) || `extends: ${JSON.stringify(id)}`
      const body = { scenario, ...(seed !== undefined && { seed }) }
      return readyModel(await ask<ScenarioModelItem>('/scenarios/ready', body))
    },
    staleTime: Number.POSITIVE_INFINITY,
  })

export const readyModel = ({ scenario, programs, version, engine, drawings }: ScenarioModelItem): ReadyModel => {
  const given = { scenario, programs } as unknown as ReadyScenario
  const { options } = prepareReady(given)
  const changed: ReadyScenario = { scenario: given.scenario, programs: [['', options.programs]] }
  const model = { ...changed, scenario: asked(changed) }
  return { ...model, sent: { ...given, scenario: model.scenario }, version, engine, drawings, levers: leversOf(model) }
}

/** Workers with the model in them, for as long as the page looks at it. */
export const useSimulators = (model: ReadyModel | undefined, replications: number): Simulators | null => {
  const [simulators, setSimulators] = useState<Simulators | null>(null)
  useEffect(() => {
    if (!model) return
    const made = new Simulators({
      model: model.sent,
      replications,
      stretchMs: STRETCH_HOURS * 3_600_000,
      workers: Math.min(WORKERS_MAX, Math.max(1, navigator.hardwareConcurrency || 2)),
      newWorker: () => new Worker(new URL('../simulation/worker.ts', import.meta.url), { type: 'module' }) as SimulatingWorker,
    })
    setSimulators(made)
    return () => {
      made.end()
      setSimulators(null)
    }
  }, [model, replications])
  return simulators
}

const NOTHING: SimulatorsState = { replications: 0, opened: 0, base: [], whatIf: null, failure: null }
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
