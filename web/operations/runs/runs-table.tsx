/** A table of any length: only the rows in sight are drawn, and the next page is read before its end is reached. */
import { Badge } from '@mantine/core'
import { IconAlertOctagonFilled, IconBan, IconCircleCheck, IconClockHour4, IconPlayerPlay } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { RunItem } from '../../../api/types.ts'
import { text, textOf, useText } from '../../shared/language.ts'
import { RunLink, useNames } from '../../shared/names.tsx'
import { durationText, momentText, useNow } from '../../shared/times.ts'
import styles from './runs.module.css'

const ROW_PX = 44
const AHEAD_ROWS = 20
const ICON = {
  starting: IconClockHour4,
  running: IconPlayerPlay,
  completed: IconCircleCheck,
  failed: IconAlertOctagonFilled,
  cancelled: IconBan,
}

export function RunsTable({ items, total, more }: { items: RunItem[]; total: number; more: (() => void) | null }) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  })
  const seen = rows.getVirtualItems()
  const last = seen.at(-1)?.index ?? 0
  useEffect(() => {
    if (more && last >= items.length - AHEAD_ROWS) more()
  }, [last, items.length, more])
  const before = seen[0]?.start ?? 0
  const after = rows.getTotalSize() - (seen.at(-1)?.end ?? 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label={text('view.runs')}>
      <table className={styles.table} aria-rowcount={total + 1}>
        <thead>
          <tr>
            <th scope="col">{text('run.one')}</th>
            <th scope="col">{text('there.state')}</th>
            <th scope="col">{text('runs.where')}</th>
            <th scope="col">{text('runs.started')}</th>
            <th scope="col">{text('there.for')}</th>
          </tr>
        </thead>
        <tbody>
          <tr style={{ height: before }} aria-hidden />
          {seen.map(({ index }) => (
            <Row key={items[index]!.id} run={items[index]!} index={index} />
          ))}
          <tr style={{ height: after }} aria-hidden />
        </tbody>
      </table>
    </section>
  )
}

function Row({ run, index }: { run: RunItem; index: number }) {
  const language = useText()
  const names = useNames()
  const now = useNow(30_000)
  const Icon = ICON[run.state]
  const where = run.elements.map(({ name, type }) => names.say(name, run.pathway) || textOf('type', type)).join(', ')
  return (
    <tr style={{ height: ROW_PX }} aria-rowindex={index + 2}>
      <td>
        <RunLink run={run.id} pathway={run.pathway} />
      </td>
      <td>
        <Badge
          variant={run.state === 'failed' ? 'filled' : 'light'}
          color={run.state === 'failed' ? 'red' : 'gray'}
          tt="none"
          fw={550}
          leftSection={<Icon size={14} aria-hidden />}
        >
          {textOf('runState', run.state)}
        </Badge>
      </td>
      <td className={styles.where} title={where}>
        {run.error ? text('runs.failedAt', { code: run.error.code, element: run.error.element }) : where || '–'}
      </td>
      <td className="figures">{now ? momentText(run.startedAt, now.iso, language) : ''}</td>
      <td className="figures">
        {now ? durationText((run.endedAt ? Date.parse(run.endedAt) : now.ms) - Date.parse(run.startedAt), language) : ''}
      </td>
    </tr>
  )
}
