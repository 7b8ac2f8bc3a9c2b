/** One task: its form, taking it, doing it. Loaded when first opened: form-js comes with it. */
import { Alert, Badge, Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconHistory } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { TaskAnswer, TaskDetail } from '../../../api/types.ts'
import { ApiError, ask, problemCode } from '../../shared/api.ts'
import { Due } from '../../shared/due.tsx'
import { text } from '../../shared/language.ts'
import { TextLink } from '../../shared/links.tsx'
import { RunLink, roleName, useNames } from '../../shared/names.tsx'
import { queries, useTask } from '../../shared/queries.ts'
import { Failure, Shown } from '../../shared/states.tsx'
import { TaskForm, type TaskFormHandle } from './task-form.tsx'

/** The pathway has moved on, or somebody else was first: nothing more can be done with it here. */
const OVER = ['stale-task', 'task-done', 'unknown-task']

export default function TaskDrawer({ id }: { id: string }) {
  const navigate = useNavigate()
  const { say } = useNames()
  const task = useTask(id)
  return (
    <Drawer
      opened
      onClose={() => void navigate({ to: '.', search: (search) => ({ ...search, task: undefined }) })}
      position="right"
      size="lg"
      title={<span className="drawer-title">{task.data ? say(task.data.name, task.data.pathway) : text('tasks.task')}</span>}
      closeButtonProps={{ 'aria-label': text('action.close') }}
    >
      <Shown read={task}>{(detail) => <TaskPanel key={detail.id} task={detail} />}</Shown>
    </Drawer>
  )
}

function TaskPanel({ task }: { task: TaskDetail }) {
  const form = useRef<TaskFormHandle>(null)
  const names = useNames()
  // One key for as long as this task is open here: asking again after a lost answer is the same asking.
  const [key] = useState(() => crypto.randomUUID())
  const refresh = () => queries.invalidateQueries({ queryKey: ['tasks'] })
  const steps = useMutation({
    mutationFn: (step: 'claim' | 'release') => ask<TaskAnswer>(`/tasks/${encodeURIComponent(task.id)}/${step}`, {}),
    onSettled: refresh,
  })
  const complete = useMutation({
    mutationFn: (data: Record<string, unknown>) =>
      ask<TaskAnswer>(`/tasks/${encodeURIComponent(task.id)}/complete`, { data }, { key }),
    onSettled: refresh,
    onError: (error) => {
      const refused = error instanceof ApiError ? (error.problem?.errors ?? []) : []
      if (problemCode(error) === 'wrong-form') form.current?.show(refused)
    },
  })
  const submit = () => {
    const data = form.current ? form.current.read() : {}
    if (data !== null) complete.mutate(data)
  }
  if (complete.data) return <Done task={task} />
  const isGone = task.state === 'completed' || task.state === 'cancelled' || OVER.includes(problemCode(complete.error))
  if (isGone) return <Gone error={complete.error} />
  const byAnother = task.claimedBy !== null && !task.mine
  return (
    <Stack gap="md">
      <Group gap="xs">
        <Badge variant="light" color="gray" tt="none">
          {names.pathway(task.pathway)}
        </Badge>
        <Badge variant="light" color="gray" tt="none">
          {roleName(task.role)}
        </Badge>
        {task.mine ? <Badge tt="none">{text('tasks.mine')}</Badge> : null}
      </Group>
      <dl className="facts">
        <dt>{text('tasks.place')}</dt>
        <dd>{names.say(task.place, task.pathway) || '–'}</dd>
        <dt>{text('run.one')}</dt>
        <dd>
          <RunLink run={task.run} />
        </dd>
        <dt>{text('tasks.due')}</dt>
        <dd>
          <Due due={task.due} createdAt={task.createdAt} />
        </dd>
      </dl>
      {byAnother ? (
        <Alert color="gray" variant="light" title={text('tasks.claimedTitle')}>
          {text('tasks.claimedText')}
        </Alert>
      ) : null}
      <TaskForm handle={form} task={task} onSubmit={submit} />
      {complete.error ? <Failure error={complete.error} /> : null}
      {steps.error ? <Failure error={steps.error} /> : null}
      <Group justify="space-between" className="drawer-actions">
        {task.mine ? (
          <Button variant="default" loading={steps.isPending} onClick={() => steps.mutate('release')}>
            {text('tasks.release')}
          </Button>
        ) : (
          <Button variant="default" loading={steps.isPending} disabled={byAnother} onClick={() => steps.mutate('claim')}>
            {text('tasks.claim')}
          </Button>
        )}
        <Button loading={complete.isPending} disabled={byAnother} onClick={submit}>
          {text('tasks.complete')}
        </Button>
      </Group>
    </Stack>
  )
}

function BackToList() {
  return (
    <TextLink size="sm" to="." search={(search) => ({ ...search, task: undefined })}>
      {text('tasks.back')}
    </TextLink>
  )
}

function Done({ task }: { task: TaskDetail }) {
  const { say } = useNames()
  return (
    <Alert color="accent" variant="light" icon={<IconCircleCheck aria-hidden />} title={text('tasks.doneTitle')} role="status">
      <Text size="sm">{text('tasks.doneText', { name: say(task.name, task.pathway) })}</Text>
      <Group mt="sm">
        <BackToList />
        <RunLink run={task.run} pathway={task.pathway} />
      </Group>
    </Alert>
  )
}

/** A stale task, explained: by the API's own words when it refused, else by ours. */
function Gone({ error }: { error: unknown }) {
  const problem = error instanceof ApiError ? error.problem : null
  return (
    <Alert
      color="gray"
      variant="light"
      icon={<IconHistory aria-hidden />}
      title={problem?.title ?? text('tasks.staleTitle')}
      role="alert"
    >
      <Text size="sm">{problem?.detail ?? text('tasks.staleText')}</Text>
      <Text size="sm">{problem?.remedy}</Text>
      <Group mt="sm">
        <BackToList />
      </Group>
    </Alert>
  )
}
