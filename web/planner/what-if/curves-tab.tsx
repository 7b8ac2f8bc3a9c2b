/** How full each pool is over the month, one pool at a time. */
import { SegmentedControl, Stack } from '@mantine/core'
import { STRETCH_HOURS } from '../../../twin/experiment/explored.ts'
import type { PoolLevels } from '../../../twin/experiment/going-on.ts'
import { msOf } from '../../../twin/experiment/parts.ts'
import { text } from '../../shared/language.ts'
import { LevelsChart } from '../charts/levels-chart.tsx'
import { poolName } from '../numbers.ts'
import type { WhatIfState } from '../simulation/simulators.ts'
import type { LeverValues } from './levers.ts'
import type { Outcome } from './outcome.ts'
import type { ReadyModel } from './use-what-if.ts'

interface CurvesTabProps {
  model: ReadyModel
  values: LeverValues
  outcome: Outcome
  whatIf: WhatIfState | null
  /** The pool that is looked at. */
  at: string | undefined
  onAt: (pool: string) => void
}

export function CurvesTab({ model, values, outcome, whatIf, at, onAt }: CurvesTabProps) {
  const { scenario, levers } = model
  const pools = [...new Set(levers.flatMap((lever) => (lever.kind === 'units' ? [lever.pool] : [])))]
  const movedPool = levers.find((lever) => lever.kind === 'units' && values[lever.id] !== undefined)
  const pool = pools.find((each) => each === at) ?? (movedPool?.kind === 'units' ? movedPool.pool : pools[0])
  if (pool === undefined) return null
  const of = (runs: PoolLevels[][], which: 'held' | 'queue') =>
    runs.flatMap((levels) => levels.filter((each) => each.pool === pool).map((each) => each[which]))
  const coming = [...(whatIf?.underWay[0]?.values() ?? [])]
  const own = levers.filter((lever) => lever.kind === 'units' && lever.pool === pool)
  const there = own.reduce((sum, lever) => sum + (lever.kind === 'units' ? lever.there : 0), 0)
  const change = own.reduce((sum, lever) => sum + (values[lever.id] ?? 0), 0)
  const shared = {
    ...{ stretchMs: STRETCH_HOURS * 3_600_000, from: msOf(scenario.warmUp) },
    site: { epoch: '2026-01-05T00:00:00+01:00', timeZone: 'Europe/Paris', ...scenario.hospital.site },
  }
  const name = poolName(pool, scenario)
  return (
    <Stack gap="lg">
      <SegmentedControl
        aria-label={text('whatIf.pool')}
        size="xs"
        data={pools.map((value) => ({ value, label: poolName(value, scenario) }))}
        value={pool}
        onChange={onAt}
        style={{ flexWrap: 'wrap' }}
      />
      <LevelsChart
        {...shared}
        title={text('curves.held', { name })}
        lead={text('curves.heldLead', { hours: STRETCH_HOURS })}
        name={`${pool}-occupation`}
        base={of(outcome.levels.base, 'held')}
        changed={of(outcome.levels.changed, 'held')}
        coming={of(coming, 'held')}
        capacity={[
          { value: there, label: text('curves.capacity', { count: there }) },
          ...(change === 0 ? [] : [{ value: there + change, label: text('curves.capacity', { count: there + change }) }]),
        ]}
      />
      <LevelsChart
        {...shared}
        title={text('curves.queue', { name })}
        lead={text('curves.queueLead')}
        name={`${pool}-attente`}
        base={of(outcome.levels.base, 'queue')}
        changed={of(outcome.levels.changed, 'queue')}
        coming={of(coming, 'queue')}
        capacity={[]}
      />
    </Stack>
  )
}
