/** As many rows as fit are drawn, however many there are. */

import { useRouter } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type MouseEvent, useCallback, useEffect, useRef } from 'react'
import type { TaskItem } from '../../../api/types.ts'
import { useText } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { stringifySearch } from '../../shared/search.ts'
import { useNow } from '../../shared/times.ts'
import styles from './task-list.module.css'
import { TaskRow } from './task-row.tsx'

const ROW_PX = 74
const ROWS_BEFORE_MORE = 30
const MINUTE_MS = 60_000

interface TaskListProps {
  /** Those that were read so far. */
  tasks: TaskItem[]
  total: number
  /** What the address of the list holds: a task opens over it. */
  search: Record<string, unknown>
  /** Reads on. */
  more: () => void
}

export function TaskList({ tasks, total, search, more }: TaskListProps) {
  const language = useText()
  const names = useNames()
  const router = useRouter()
  const now = useNow(10_000)
  const nowMs = now && Math.floor(now.ms / MINUTE_MS) * MINUTE_MS
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    // The same function for the same tasks: with another one, all rows would be measured again at each step.
    getItemKey: useCallback((index: number) => tasks[index]!.id, [tasks]),
    overscan: 6,
  })
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  const isNearEnd = last >= tasks.length - ROWS_BEFORE_MORE && tasks.length < total
  const read = useRef(more)
  read.current = more
  useEffect(() => {
    if (isNearEnd && tasks.length > 0) read.current()
  }, [isNearEnd, tasks.length])
  const open = useCallback(
    (event: MouseEvent<HTMLAnchorElement>) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      void router.navigate({ href: event.currentTarget.getAttribute('href')! })
    },
    [router],
  )
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      style={{ height: `min(${virtual.getTotalSize()}px, max(22rem, 100dvh - 16rem))` }}
    >
      <ul className={styles.list} style={{ height: virtual.getTotalSize() }}>
        {rows.map(({ index, key, start }) => (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            className={styles.item}
            style={{ transform: `translateY(${start}px)` }}
            aria-setsize={total}
            aria-posinset={index + 1}
          >
            <TaskRow
              {...{ names, language, nowMs, open }}
              task={tasks[index]!}
              href={`/tasks${stringifySearch({ ...search, task: tasks[index]!.id, run: undefined })}`}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}
