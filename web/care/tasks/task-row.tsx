/** One task in the list: what, for whom, where, whose it is, its clock, and the way to it. */
import { Badge, Group, Text } from '@mantine/core'
import { IconArrowForwardUp } from '@tabler/icons-react'
import type { TaskItem } from '../../../api/types.ts'
import { Due } from '../../shared/due.tsx'
import { text, useText } from '../../shared/language.ts'
import { ButtonLink } from '../../shared/links.tsx'
import { roleName, useNames } from '../../shared/names.tsx'
import { PatientLine, personName } from '../people.tsx'
import styles from './task-list.module.css'

export function TaskRow({ task }: { task: TaskItem }) {
  const language = useText()
  const names = useNames()
  const name = names.say(task.name, task.pathway)
  return (
    <div className={styles.row} data-late={task.overdue || undefined}>
      <div className={styles.what}>
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="xs" className="quiet" component="div">
          {task.patientName ? <PatientLine name={task.patientName} language={language} /> : names.pathway(task.pathway)}
        </Text>
      </div>
      <Text size="sm" className={styles.place}>
        {names.say(task.place, task.pathway) || '–'}
      </Text>
      <Group gap={6} className={styles.owner}>
        <Text size="xs" className="quiet">
          {roleName(task.role)}
        </Text>
        {task.mine ? (
          <Badge size="sm" tt="none">
            {text('tasks.mine')}
          </Badge>
        ) : task.claimedBy ? (
          <Badge size="sm" tt="none" variant="light" color="gray">
            {personName(task.claimedBy)}
          </Badge>
        ) : null}
        {task.handover ? (
          <Badge size="sm" tt="none" variant="outline" color="gray" leftSection={<IconArrowForwardUp size={12} aria-hidden />}>
            {text('tasks.handedOver')}
          </Badge>
        ) : null}
      </Group>
      <div className={styles.clock}>
        <Due due={task.due} createdAt={task.createdAt} />
      </div>
      <ButtonLink
        size="xs"
        variant={task.mine ? 'filled' : 'light'}
        aria-label={text('tasks.openOne', { name })}
        to="."
        search={(search) => ({ ...search, task: task.id, run: undefined })}
      >
        {text('tasks.open')}
      </ButtonLink>
    </div>
  )
}
