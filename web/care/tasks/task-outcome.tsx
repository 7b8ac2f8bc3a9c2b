/** How it ended with a task: done, handed over, or no more to be done. */
import { Alert, Group, Text } from '@mantine/core'
import { IconArrowForwardUp, IconCircleCheck, IconHistory } from '@tabler/icons-react'
import type { TaskDetail } from '../../../api/types.ts'
import { ApiError } from '../../shared/api.ts'
import { text } from '../../shared/language.ts'
import { TextLink } from '../../shared/links.tsx'
import { RunLink, useNames } from '../../shared/names.tsx'

function BackToList() {
  return (
    <TextLink size="sm" to="." search={(search) => ({ ...search, task: undefined })}>
      {text('tasks.back')}
    </TextLink>
  )
}

export function Done({ task }: { task: TaskDetail }) {
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

export function HandedOver({ to }: { to: string }) {
  return (
    <Alert color="accent" variant="light" icon={<IconArrowForwardUp aria-hidden />} title={text('handOver.sent')} role="status">
      <Text size="sm">{text('handOver.doneText', { to })}</Text>
      <Group mt="sm">
        <BackToList />
      </Group>
    </Alert>
  )
}

/** A stale task, explained: by the API's own words when it refused, else by ours. */
export function Gone({ error }: { error: unknown }) {
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
