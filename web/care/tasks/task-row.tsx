/** One task in the list: what, for whom, where, whose it is, its clock, and the way to it. Plain elements, drawn once: thousands of them scroll by. */
import { IconArrowForwardUp } from '@tabler/icons-react'
import { type MouseEvent, memo } from 'react'
import type { TaskItem } from '../../../api/types.ts'
import { DueAt } from '../../shared/due.tsx'
import { type Language, text } from '../../shared/language.ts'
import { type Names, roleName } from '../../shared/names.tsx'
import { PatientLine, personName } from '../people.tsx'
import styles from './task-list.module.css'

interface TaskRowProps {
  task: TaskItem
  names: Names
  language: Language
  /** Unix ms of hospital time, whole minutes; null before it is known. */
  nowMs: number | null
  /** The address that opens it. */
  href: string
  open: (event: MouseEvent<HTMLAnchorElement>) => void
}

export const TaskRow = memo(function TaskRow({ task, names, language, nowMs, href, open }: TaskRowProps) {
  const name = names.say(task.name, task.pathway)
  return (
    <div className={styles.row} data-late={task.overdue || undefined}>
      <div className={styles.what}>
        <p className={styles.name}>{name}</p>
        <div className={styles.small}>
          {task.patientName ? <PatientLine name={task.patientName} language={language} /> : names.pathway(task.pathway)}
        </div>
      </div>
      <p className={styles.place}>{names.say(task.place, task.pathway) || '–'}</p>
      <div className={styles.owner}>
        <span className={styles.small}>{roleName(task.role)}</span>
        {task.mine ? (
          <span className={styles.mark} data-mine>
            {text('tasks.mine')}
          </span>
        ) : task.claimedBy ? (
          <span className={styles.mark}>{personName(task.claimedBy)}</span>
        ) : null}
        {task.handover ? (
          <span className={styles.mark}>
            <IconArrowForwardUp size={12} aria-hidden /> {text('tasks.handedOver')}
          </span>
        ) : null}
      </div>
      <div className={styles.clock}>
        {nowMs === null ? null : <DueAt due={task.due} createdAt={task.createdAt} nowMs={nowMs} language={language} />}
      </div>
      <a
        className={styles.open}
        data-mine={task.mine || undefined}
        aria-label={text('tasks.openOne', { name })}
        href={href}
        onClick={open}
      >
        {text('tasks.open')}
      </a>
    </div>
  )
})
