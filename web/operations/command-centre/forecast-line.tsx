/** What the bands stand on, and how to have the twin look ahead again. */
import { Button, Group, Text } from '@mantine/core'
import { IconSparkles } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { CommandCentre } from '../../../api/types.ts'
import { post } from '../../shared/api.ts'
import { text } from '../../shared/language.ts'
import { queries, useSession } from '../../shared/queries.ts'
import { Failure } from '../../shared/states.tsx'
import { hourText } from '../../shared/times.ts'

const ASKERS = ['operations', 'bed-manager', 'theatre-manager', 'planner', 'administrator']
const HOURS = 12
const REPLICATIONS = 50

export function ForecastLine({ centre }: { centre: CommandCentre }) {
  const { data: session } = useSession()
  const forecast = useMutation({
    mutationFn: () => post('/forecasts', { hours: HOURS, replications: REPLICATIONS, series: centre.forecastSeries }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['command-centre'] }),
  })
  const may = ASKERS.includes(session?.role ?? '')
  return (
    <div>
      <Group gap="sm">
        <Text size="sm" className="quiet">
          {centre.forecast ? text('centre.forecastOf', { at: hourText(centre.forecast.at) }) : text('centre.noForecast')}
        </Text>
        {may ? (
          <Button
            size="xs"
            variant="light"
            leftSection={<IconSparkles size={16} aria-hidden />}
            loading={forecast.isPending}
            onClick={() => forecast.mutate()}
          >
            {text('centre.askForecast', { hours: HOURS })}
          </Button>
        ) : null}
      </Group>
      {forecast.error ? <Failure error={forecast.error} /> : null}
    </div>
  )
}
