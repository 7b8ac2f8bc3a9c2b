/** One case of the day: what, where it stands, what has passed, and what may be done about it. */
import { ActionIcon, Alert, Badge, Button, Group, Paper, Title } from '@mantine/core'
import { IconAlertTriangle, IconHandGrab, IconX } from '@tabler/icons-react'
import type { PlannedDay } from '../../../api/types.ts'
import { text } from '../../shared/language.ts'
import { RunLink, useNames } from '../../shared/names.tsx'
import { hourText } from '../../shared/times.ts'
import { whoText } from '../beds/words.ts'
import type { DayCase } from './day.ts'

interface CasePanelProps {
  one: DayCase
  day: PlannedDay
  theatre: (id: string) => string
  mayMove: boolean
  onClose: () => void
  onPickUp: () => void
  onCancel: () => void
}

export function CasePanel({ one, day, theatre, mayMove, onClose, onPickUp, onCancel }: CasePanelProps) {
  const { say } = useNames()
  const milestones = day.milestones.filter(({ run }) => run === one.run)
  const isOver = one.state === 'done' || one.state === 'cancelled'
  return (
    <Paper withBorder className="panel" component="section" aria-label={whoText(one)}>
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <Title order={2} size="h4">
          {whoText(one)}
        </Title>
        <ActionIcon variant="subtle" aria-label={text('action.close')} onClick={onClose}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </Group>
      <dl className="facts">
        <dt>{text('theatres.procedure')}</dt>
        <dd>
          {one.procedure || '–'}{' '}
          {one.urgent ? (
            <Badge color="red" variant="outline" size="sm">
              {text('theatres.urgent')}
            </Badge>
          ) : null}
        </dd>
        <dt>{text('beds.state')}</dt>
        <dd>
          {text(`theatres.state.${one.state}`)}
          {one.step ? ` · ${say(one.step, one.pathway)}` : ''}
        </dd>
        <dt>{text('theatres.planned')}</dt>
        <dd>{one.start === null ? '–' : `${theatre(one.unit ?? '')}, ${hourText(one.start)}`}</dd>
        <dt>{text('run.one')}</dt>
        <dd>
          <RunLink run={one.run} pathway={one.pathway} />
        </dd>
        {milestones.map(({ name, at }) => (
          <div key={`${name} ${at}`} style={{ display: 'contents' }}>
            <dt>{say(name, one.pathway)}</dt>
            <dd>{hourText(at)}</dd>
          </div>
        ))}
      </dl>
      {mayMove && !isOver ? (
        <Group gap="xs" mt="sm">
          {one.mayMove ? (
            <Button size="xs" leftSection={<IconHandGrab size={15} aria-hidden />} onClick={onPickUp}>
              {text('theatres.move')}
            </Button>
          ) : null}
          <Button size="xs" variant="default" leftSection={<IconX size={15} aria-hidden />} onClick={onCancel}>
            {text('theatres.cancelCase')}
          </Button>
        </Group>
      ) : null}
      {one.mayMove || isOver ? null : (
        <Alert mt="sm" p="xs" variant="light" color="gray" icon={<IconAlertTriangle size={16} aria-hidden />}>
          {text('theatres.begun')}
        </Alert>
      )}
    </Paper>
  )
}
