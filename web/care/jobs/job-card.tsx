/** One job on the phone: start it, then say that it is done. */
import { Alert, Button, Stack, Text, Title } from '@mantine/core'
import { IconArrowDown, IconCheck, IconFlag, IconMapPin, IconPlayerPlay } from '@tabler/icons-react'
import { useRef } from 'react'
import type { TaskDetail } from '../../../api/types.ts'
import { ApiError, problemCode } from '../../shared/api.ts'
import { Due } from '../../shared/due.tsx'
import { text } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { Failure } from '../../shared/states.tsx'
import { personName } from '../people.tsx'
import { refreshTasks } from '../queries.ts'
import { TaskForm, type TaskFormHandle } from '../tasks/task-form.tsx'
import { useTaskSteps } from '../tasks/task-steps.ts'
import styles from './jobs.module.css'

export function JobCard({ task }: { task: TaskDetail }) {
  const { say } = useNames()
  const form = useRef<TaskFormHandle>(null)
  const { steps, complete } = useTaskSteps(task.id, (error) => {
    if (problemCode(error) === 'wrong-form' && error instanceof ApiError) form.current?.show(error.problem?.errors ?? [])
  })
  const finish = () => {
    const data = form.current ? form.current.read() : {}
    if (data !== null) complete.mutate(data)
  }
  const error = complete.error ?? steps.error
  return (
    <article className={styles.card} aria-labelledby="job-name" data-late={task.overdue || undefined}>
      <Stack gap="sm">
        <Text size="sm" fw={650} className={styles.when} component="div">
          {text(task.mine ? 'jobs.now' : 'jobs.next')} · <Due due={task.due} createdAt={task.createdAt} />
        </Text>
        <Title order={2} id="job-name" className={styles.name}>
          {say(task.name, task.pathway)}
        </Title>
        <Way task={task} />
        {task.handover ? (
          <Alert variant="light" title={personName(task.handover.by)}>
            {task.handover.note}
          </Alert>
        ) : null}
        {task.mine ? <TaskForm handle={form} task={task} onSubmit={finish} /> : null}
        {error ? <Failure error={error} retry={() => void refreshTasks()} /> : null}
        {task.mine ? (
          <Button
            className={styles.big}
            fullWidth
            loading={complete.isPending || complete.isSuccess}
            leftSection={<IconCheck size={28} aria-hidden />}
            onClick={finish}
          >
            {text('jobs.done')}
          </Button>
        ) : (
          <Button
            className={styles.big}
            fullWidth
            loading={steps.isPending}
            leftSection={<IconPlayerPlay size={28} aria-hidden />}
            onClick={() => steps.mutate('claim')}
          >
            {text('jobs.start')}
          </Button>
        )}
        {task.mine ? (
          <Button variant="subtle" size="md" loading={steps.isPending} onClick={() => steps.mutate('release')}>
            {text('jobs.release')}
          </Button>
        ) : null}
      </Stack>
    </article>
  )
}

/** From, to; for a job that stays in one place, where. */
function Way({ task }: { task: TaskDetail }) {
  const { say } = useNames()
  const words = (value: unknown) => (typeof value === 'string' && value !== '' ? say(value, task.pathway) : '')
  const { from, to, unitName } = task.inputs
  const [start, end] = [words(from) || words(task.place), words(to)]
  const unit = words(unitName) || task.holds.map(({ name }) => name).join(', ')
  return (
    <dl className={styles.way}>
      <dt>
        <IconMapPin size={22} aria-hidden /> {text(end ? 'jobs.from' : 'jobs.where')}
      </dt>
      <dd>
        {start || '–'}
        {unit && !end ? <span className={styles.unit}>{unit}</span> : null}
      </dd>
      {end ? (
        <>
          <dt className={styles.arrow} aria-hidden>
            <IconArrowDown size={22} />
          </dt>
          <dt>
            <IconFlag size={22} aria-hidden /> {text('jobs.to')}
          </dt>
          <dd>
            {end}
            {unit ? <span className={styles.unit}>{unit}</span> : null}
          </dd>
        </>
      ) : null}
    </dl>
  )
}
