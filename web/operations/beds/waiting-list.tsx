/** Who waits for a bed: why, what is proposed and by which rule, and what to do about it. */
import { Badge, Button, Group, Text } from '@mantine/core'
import { IconBiohazard, IconCheck, IconHandGrab, IconPinnedOff } from '@tabler/icons-react'
import type { BoardRequestItem, BoardUnitItem } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { RunLink, useNames } from '../../shared/names.tsx'
import { Empty } from '../../shared/states.tsx'
import { durationText } from '../../shared/times.ts'
import styles from './beds.module.css'
import { wantedOf } from './carrying.ts'
import { filterText, reasonsOf, ruleOf, whoText } from './words.ts'

export interface RequestHands {
  pickUp: (request: BoardRequestItem) => void
  drop: () => void
  accept: (request: BoardRequestItem) => void
  withdraw: (request: BoardRequestItem) => void
  show: (unit: string) => void
}

interface WaitingListProps {
  requests: BoardRequestItem[]
  pool: string
  units: ReadonlyMap<string, BoardUnitItem>
  pools: (id: string) => string
  nowMs: number
  mayDecide: boolean
  carried: BoardRequestItem | null
  hands: RequestHands
}

export function WaitingList({ requests, ...rest }: WaitingListProps) {
  if (requests.length === 0) return <Empty>{text('beds.nobodyHint')}</Empty>
  return (
    <ol className={styles.requests}>
      {requests.map((request) => (
        <Waiting key={`${request.run} ${request.wait}`} request={request} {...rest} />
      ))}
    </ol>
  )
}

function Waiting({
  request,
  pool,
  units,
  pools,
  nowMs,
  mayDecide,
  carried,
  hands,
}: Omit<WaitingListProps, 'requests'> & { request: BoardRequestItem }) {
  const language = useText()
  const { say } = useNames()
  const wanted = wantedOf(request, pool).map(filterText)
  const proposed = request.proposal ? units.get(request.proposal.unit) : undefined
  const isCarried = carried?.run === request.run && carried.wait === request.wait
  return (
    <li
      className={styles.request}
      data-carried={isCarried || undefined}
      draggable={mayDecide}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', request.run)
        hands.pickUp(request)
      }}
      onDragEnd={hands.drop}
    >
      <Group gap={6} wrap="nowrap">
        <span className={styles.position} role="img" aria-label={text('beds.position', { position: request.position })}>
          {request.position}
        </span>
        <b className={styles.requestName}>{whoText(request)}</b>
        {request.isolation ? (
          <IconBiohazard size={16} className={styles.isolated} role="img" aria-label={text('beds.isolated')} />
        ) : null}
        <span className={`figures ${styles.waits}`}>{durationText(nowMs - Date.parse(request.since), language)}</span>
      </Group>
      <Text size="xs" className="quiet">
        {say(request.name, request.pathway ?? '')} · <RunLink run={request.run} pathway={request.pathway} />
      </Text>
      {wanted.length > 0 ? (
        <Group gap={4} mt={4}>
          {wanted.map((one) => (
            <Badge key={one} variant="outline" color="gray" tt="none" fw={500} size="sm">
              {one}
            </Badge>
          ))}
        </Group>
      ) : null}
      <ul className={styles.reasons}>
        {reasonsOf(request, units, pools).map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {proposed ? (
        <div className={styles.proposal}>
          <Text size="sm">
            {text('beds.proposed')}{' '}
            <button type="button" className={styles.unitLink} onClick={() => hands.show(proposed.id)}>
              {say(proposed.name)}
            </button>
          </Text>
          <Text size="xs" className="quiet">
            {ruleOf(request)}
          </Text>
        </div>
      ) : null}
      {mayDecide ? (
        <Group gap={6} mt={6}>
          {proposed ? (
            <Button size="compact-sm" leftSection={<IconCheck size={15} aria-hidden />} onClick={() => hands.accept(request)}>
              {text('beds.accept')}
            </Button>
          ) : null}
          {request.planned?.chosen ? (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPinnedOff size={15} aria-hidden />}
              onClick={() => hands.withdraw(request)}
            >
              {text('beds.withdraw')}
            </Button>
          ) : null}
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconHandGrab size={15} aria-hidden />}
            aria-pressed={isCarried}
            onClick={() => (isCarried ? hands.drop() : hands.pickUp(request))}
          >
            {text('beds.choose')}
          </Button>
        </Group>
      ) : null}
    </li>
  )
}
