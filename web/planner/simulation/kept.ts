/** The workers of the model that was looked at last stay while the page goes from the question to its brief and back, and may begin before anybody looks. */

import { STRETCH_HOURS } from '../../../twin/experiment/explored.ts'
import type { ReadyScenario } from '../../../twin/experiment/ready.ts'
import type { Prepared } from './protocol.ts'
import { type SimulatingWorker, Simulators } from './simulators.ts'

/** More workers than that only share the memory. */
const WORKERS_MAX = 8
/** How long nobody looks before they end. */
const IDLE_MS = 300_000

export interface Simulated {
  /** Names the model and what numbers depend on. */
  version: string
  model: ReadyScenario
  replications: number
  prepared: Prepared | null
}

export const newSimulators = ({ model, replications, prepared }: Simulated): Simulators =>
  new Simulators({
    ...{ model, replications, prepared },
    stretchMs: STRETCH_HOURS * 3_600_000,
    workers: Math.min(WORKERS_MAX, Math.max(1, navigator.hardwareConcurrency || 2)),
    newWorker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }) as SimulatingWorker,
  })

let kept: { key: string; simulators: Simulators; users: number; idle: ReturnType<typeof setTimeout> | undefined } | null = null

/** Those that are kept, where they are of this model, else new ones in their place. Whoever takes them gives them back. */
export const takeSimulators = (simulated: Simulated): Simulators => {
  const key = `${simulated.version} ${simulated.replications}`
  if (kept?.key !== key) {
    kept?.simulators.end()
    clearTimeout(kept?.idle)
    kept = { key, simulators: newSimulators(simulated), users: 0, idle: undefined }
  }
  clearTimeout(kept.idle)
  kept.users++
  return kept.simulators
}

export const giveBackSimulators = (simulators: Simulators): void => {
  if (kept?.simulators !== simulators || --kept.users > 0) return
  kept.idle = setTimeout(() => {
    simulators.end()
    if (kept?.simulators === simulators) kept = null
  }, IDLE_MS)
}
