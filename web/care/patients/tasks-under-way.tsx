/** What somebody is doing, or is to do, for a patient. */
import type { WaitItem } from '../../../api/types.ts'
import { Due } from '../../shared/due.tsx'
import { text } from '../../shared/language.ts'
import { TextLink } from '../../shared/links.tsx'
import { roleName, useNames } from '../../shared/names.tsx'
import { Empty } from '../../shared/states.tsx'
import { personName } from '../people.tsx'
import styles from './patient.module.css'

export function TasksUnderWay({ waits }: { waits: readonly WaitItem[] }) {
  const { say } = useNames()
  const tasks = waits.filter(({ task }) => task !== null)
  if (tasks.length === 0) return <Empty>{text('patient.noTasks')}</Empty>
  return (
    <ul className={styles.list}>
      {tasks.map(({ task, name, pathway, role, assignee, due, since }) => (
        <li key={task}>
          <TextLink to="." search={(search) => ({ ...search, task: task ?? undefined, run: undefined })}>
            {say(name, pathway)}
          </TextLink>
          <div className={styles.between}>
            <span className="quiet">{assignee ? personName(assignee) : roleName(role)}</span>
            <Due due={due} createdAt={since} />
          </div>
        </li>
      ))}
    </ul>
  )
}
