/** An action that a forecast speaks for is handed to somebody, with a clock. */
import { Button, Group, NumberInput, Select, Text } from '@mantine/core'
import { IconArrowRight, IconCircleCheck } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { HandedAction } from '../../../api/types.ts'
import { get, post } from '../../shared/api.ts'
import { text, useText } from '../../shared/language.ts'
import { roleName } from '../../shared/names.tsx'
import { queries } from '../../shared/queries.ts'
import { Failure } from '../../shared/states.tsx'
import { hourText } from '../../shared/times.ts'
import styles from './forecast.module.css'
import { useForecastNames } from './forecast-view.tsx'
import { type Action, actionText } from './series.ts'

const OWNERS = ['bed-manager', 'theatre-manager', 'nurse', 'physician'] as const
type Owner = (typeof OWNERS)[number]

/** What of a forecast was handed on, and what has become of it. */
export const useHanded = (forecast: string, isAsked: boolean): HandedAction[] => {
  const read = useQuery({
    queryKey: ['alerts', 'forecast', forecast],
    queryFn: () => get(`/forecasts/${encodeURIComponent(forecast)}/actions`),
    enabled: isAsked,
    refetchInterval: HANDED_MS,
  })
  return read.data?.items ?? []
}

const HANDED_MS = 15_000

interface HandOverProps {
  forecast: string
  number: number
  action: Action
  /** What became of it, once it is handed over. */
  handed: HandedAction | undefined
}

export function HandOver({ forecast, number, action, handed }: HandOverProps) {
  const language = useText()
  const nameOf = useForecastNames()
  const [owner, setOwner] = useState<Owner>('pool' in action && /theatre/.test(action.pool) ? 'theatre-manager' : 'bed-manager')
  const [dueMinutes, setDue] = useState(60)
  const what = actionText(action, nameOf, language)
  const hand = useMutation({
    mutationFn: () =>
      post(
        `/forecasts/${encodeURIComponent(forecast)}/actions`,
        { number, action: what, owner, dueMinutes },
        crypto.randomUUID(),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['alerts'] }),
  })
  if (handed)
    return (
      <div className={styles.handed} role="status">
        <IconCircleCheck size={18} aria-hidden />
        <Text size="sm" fw={650}>
          {handed.action}
        </Text>
        <Text size="sm">
          {text(handed.state === 'closed' ? 'handOver.seenTo' : handed.overdue ? 'handOver.overdue' : 'handOver.waits', {
            owner: roleName(handed.owner),
            at: hourText(handed.state === 'closed' ? (handed.closedAt ?? '') : (handed.due ?? '')),
          })}
        </Text>
      </div>
    )
  return (
    <Group align="end" gap="sm">
      <Text size="sm" fw={650} style={{ flex: 1, minWidth: 180 }}>
        {what}
      </Text>
      <Select
        size="xs"
        label={text('handOver.owner')}
        data={OWNERS.map((value) => ({ value, label: roleName(value) }))}
        value={owner}
        allowDeselect={false}
        onChange={(value) => value && setOwner(value)}
      />
      <NumberInput
        size="xs"
        w={120}
        label={text('handOver.due')}
        min={5}
        max={2880}
        value={dueMinutes}
        onChange={(value) => setDue(Number(value))}
      />
      <Button
        size="xs"
        loading={hand.isPending}
        rightSection={<IconArrowRight size={14} aria-hidden />}
        aria-label={text('handOver.one', { what })}
        onClick={() => hand.mutate()}
      >
        {text('handOver.hand')}
      </Button>
      {hand.error ? <Failure error={hand.error} /> : null}
    </Group>
  )
}
