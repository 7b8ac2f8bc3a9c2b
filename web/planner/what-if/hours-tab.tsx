/** Occupancy by hour of the week, for the pools that the scenario looks at so closely. */
import { Stack } from '@mantine/core'
import type { WentOn } from '../../../twin/experiment/going-on.ts'
import { text } from '../../shared/language.ts'
import { Empty } from '../../shared/states.tsx'
import { HoursChart } from '../charts/hours-chart.tsx'
import { poolName } from '../numbers.ts'
import type { ReadyModel } from './use-what-if.ts'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

export function HoursTab({ model, base, changed }: { model: ReadyModel; base: WentOn[]; changed: WentOn[] }) {
  const { scenario, levers } = model
  if (scenario.byHourOfWeek.length === 0) return <Empty hint={text('hours.noneHint')}>{text('hours.none')}</Empty>
  const hours = (runs: WentOn[], pool: string) =>
    runs.map(({ measures }) => {
      const values = new Map(measures.map(({ name, value }) => [name, value]))
      return DAYS.flatMap((day) =>
        Array.from({ length: 24 }, (_, hour) => values.get(`pool.${pool}.heldMean@${day}-${String(hour).padStart(2, '0')}`) ?? 0),
      )
    })
  return (
    <Stack gap="lg">
      {scenario.byHourOfWeek.map((pool) => (
        <HoursChart
          key={pool}
          title={text('hours.title', { name: poolName(pool, scenario) })}
          lead={text('hours.lead')}
          name={`${pool}-semaine`}
          base={hours(base, pool)}
          changed={hours(changed, pool)}
          capacity={levers.reduce((sum, lever) => sum + (lever.kind === 'units' && lever.pool === pool ? lever.there : 0), 0)}
        />
      ))}
    </Stack>
  )
}
