/** What a patient measured, by kind, against the limits of their follow-up. */
import { Stack, Title } from '@mantine/core'
import type { MeasurementItem } from '../../../api/types.ts'
import { text, textOf } from '../../shared/language.ts'
import { Empty } from '../../shared/states.tsx'
import { MeasurementChart } from '../measurement-chart.tsx'
import { useFollowUps } from '../queries.ts'

export function Measurements({ patient, measurements }: { patient: string; measurements: MeasurementItem[] }) {
  const followed = useFollowUps({ patient })
  if (measurements.length === 0) return <Empty>{text('patient.noMeasurements')}</Empty>
  const limits = followed.data?.pages[0]?.items[0]?.limits ?? null
  const kinds = [...new Set(measurements.map(({ kind }) => kind))]
  return (
    <Stack gap="lg">
      {kinds.map((kind) => (
        <div key={kind}>
          <Title order={4} size="h6">
            {textOf('measurement', kind)}
          </Title>
          <MeasurementChart
            kind={kind}
            measurements={measurements.filter((one) => one.kind === kind).reverse()}
            limits={limits}
          />
        </div>
      ))}
    </Stack>
  )
}
