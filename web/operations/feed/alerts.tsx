/** What calls for somebody: level by word and icon, owner, clock. */
import { Text } from '@mantine/core'
import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { AlertItem } from '../../../api/types.ts'
import { Due } from '../../shared/due.tsx'
import { text, textOf } from '../../shared/language.ts'
import { RunLink, roleName, useNames } from '../../shared/names.tsx'
import { usePools } from '../../shared/queries.ts'
import { Empty } from '../../shared/states.tsx'

const ICON = { info: IconInfoCircle, warning: IconAlertTriangle, critical: IconAlertOctagon }

export function Alerts({ items }: { items: AlertItem[] }) {
  const { say } = useNames()
  const pools = usePools()
  const poolName = (id: string) => say(pools.data?.items.find((pool) => pool.id === id)?.name ?? id)
  if (items.length === 0) return <Empty>{text('alerts.none')}</Empty>
  return (
    <ul className="watch-list">
      {items.map((alert) => {
        const Icon = ICON[alert.level]
        return (
          <li key={alert.id} className="watch" data-level={alert.level}>
            <Icon size={20} stroke={1.7} aria-hidden />
            <div>
              <Text size="sm" fw={600}>
                {textOf('level', alert.level)} · {textOf('alert', alert.kind)}
              </Text>
              {alert.pool ? <Text size="sm">{poolName(alert.pool)}</Text> : null}
              {alert.reason ? <Text size="sm">{say(alert.reason)}</Text> : null}
              <Text size="xs" className="quiet">
                {text('alerts.owner', { owner: roleName(alert.owner) })}
                {alert.place ? ` · ${say(alert.place)}` : ''} {alert.run ? <RunLink run={alert.run} /> : null}
              </Text>
            </div>
            <Text size="sm" component="div">
              <Due due={alert.due} createdAt={alert.openedAt} />
            </Text>
          </li>
        )
      })}
    </ul>
  )
}
