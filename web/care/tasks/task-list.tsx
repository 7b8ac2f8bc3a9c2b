/** As many rows as fit are drawn, however many there are. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { TaskItem } from '../../../api/types.ts'
import styles from './task-list.module.css'
import { TaskRow } from './task-row.tsx'

const ROW_PX = 74
const ROWS_BEFORE_MORE = 30

interface TaskListProps {
  /** Those that were read so far. */
  tasks: TaskItem[]
  total: number
  /** Reads on. */
  more: () => void
}

export function TaskList({ tasks, total, more }: TaskListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => tasks[index]!.id,
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
            <TaskRow task={tasks[index]!} />
          </li>
        ))}
      </ul>
    </div>
  )
}
