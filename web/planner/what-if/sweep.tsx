/** Many what-ifs at once, in workers of their own, each with the same patients as the model as it is. */
import '@mantine/core/styles/Progress.css'
import { Button, Group, Progress } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { text } from '../../shared/language.ts'
import type { Runs } from '../simulation/simulators.ts'
import type { LeverValues } from './levers.ts'
import { moved } from './question.ts'
import { type ReadyModel, useOwnSimulators, useSimulatorsState } from './use-what-if.ts'

export interface Sweep {
  begin: () => void
  isBegun: boolean
  base: Runs
  /** By variant. */
  runs: readonly Runs[]
  /** Of all replications that are asked for. */
  share: number
}

interface Swept {
  /** Names the variants: others begin anew. */
  key: string
  /** Of each what-if. */
  replications: number
  /** Begins by itself. */
  isOn?: boolean
}

/** What-ifs simulated from when somebody begins them. */
export const useSweep = (model: ReadyModel, variants: LeverValues[], { key, replications, isOn = false }: Swept): Sweep => {
  const [begun, setBegun] = useState('')
  const isBegun = isOn || begun === key
  const simulators = useOwnSimulators(isBegun ? model : undefined, replications)
  const state = useSimulatorsState(simulators)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of the variants
  useEffect(() => {
    simulators?.ask(variants.map((values) => moved(model.scenario, model.levers, values)))
  }, [simulators, model, key])
  const runs = state.whatIf?.runs ?? []
  const done = runs.reduce((sum, each) => sum + each.filter((run) => run !== undefined).length, 0)
  const all = (variants.length + 1) * replications
  const base = state.base.filter((run) => run !== undefined).length
  return { begin: () => setBegun(key), isBegun, base: state.base, runs, share: (done + base) / all }
}

export function Begin({ sweep, what }: { sweep: Sweep; what: string }) {
  return (
    <Group>
      <Button size="xs" leftSection={<IconPlayerPlay size={14} aria-hidden />} disabled={sweep.isBegun} onClick={sweep.begin}>
        {what}
      </Button>
      <SweepProgress sweep={sweep} />
    </Group>
  )
}

export function SweepProgress({ sweep }: { sweep: Sweep }) {
  if (!sweep.isBegun || sweep.share >= 1) return null
  return <Progress value={sweep.share * 100} w={200} animated aria-label={text('sweep.progress')} />
}
