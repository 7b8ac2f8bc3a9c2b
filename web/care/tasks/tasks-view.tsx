/** The worklist: what people have to do, most urgent first. */
import { Badge, Group, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { TaskItem } from '../../../api/types.ts'
import { Due } from '../../shared/due.tsx'
import { text } from '../../shared/language.ts'
import { ButtonLink, ChoiceLink } from '../../shared/links.tsx'
import { RunLink, roleName, useNames } from '../../shared/names.tsx'
import { tasksSeenBy, useCounters, useSession, useTasks } from '../../shared/queries.ts'
import { Empty, Shown } from '../../shared/states.tsx'

const route = getRouteApi('/tasks')

export function TasksView() {
  const { role = '' } = route.useSearch()
  const tasks = useTasks(role)
  return (
    <Stack gap="md">
      <RoleFilter current={role} />
      <Paper withBorder className="panel">
        <Shown read={tasks} lines={8}>
          {({ items, total }) => (
            <>
              <Group justify="space-between" mb="sm">
                <Title order={2} size="h4">
                  {text('tasks.count', { count: total })}
                </Title>
                {total > items.length ? (
                  <Text size="xs" className="quiet">
                    {text('state.more', { shown: items.length, total })}
                  </Text>
                ) : null}
              </Group>
              {items.length === 0 ? (
                <Empty hint={text('tasks.noneHint')}>{text('tasks.none')}</Empty>
              ) : (
                <TaskTable tasks={items} />
              )}
            </>
          )}
        </Shown>
      </Paper>
    </Stack>
  )
}

function RoleFilter({ current }: { current: string }) {
  const { data } = useCounters()
  const { data: session } = useSession()
  const roles = Object.entries(tasksSeenBy(session?.role ?? '', data?.tasks ?? {}))
  // Nothing to choose between for those who see their own tasks only.
  if (roles.length < 2) return null
  const shown = current !== '' && !roles.some(([role]) => role === current) ? [...roles, [current, 0] as const] : roles
  return (
    <nav className="chips" aria-label={text('tasks.byRole')}>
      <ChoiceLink className="chip" chosen={current === ''} to="/tasks">
        {text('tasks.all')}
      </ChoiceLink>
      {[...shown]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([role, count]) => (
          <ChoiceLink key={role} className="chip" chosen={role === current} to="/tasks" search={{ role }}>
            {roleName(role)}
            <span className="chip-count figures">{count}</span>
          </ChoiceLink>
        ))}
    </nav>
  )
}

function TaskTable({ tasks }: { tasks: TaskItem[] }) {
  return (
    <Table verticalSpacing="sm" className="task-table">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{text('tasks.task')}</Table.Th>
          <Table.Th scope="col">{text('tasks.place')}</Table.Th>
          <Table.Th scope="col">{text('tasks.role')}</Table.Th>
          <Table.Th scope="col">{text('tasks.due')}</Table.Th>
          <Table.Th scope="col">
            <span className="visually-hidden">{text('tasks.open')}</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {tasks.map((task) => (
          <TaskRow key={task.id} task={task} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function TaskRow({ task }: { task: TaskItem }) {
  const names = useNames()
  const name = names.say(task.name, task.pathway)
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Group gap={8}>
          <Text size="xs" className="quiet">
            {names.pathway(task.pathway)}
          </Text>
          <RunLink run={task.run} />
          {task.claimedBy ? (
            <Badge variant={task.mine ? 'filled' : 'light'} color={task.mine ? 'accent' : 'gray'} size="sm" tt="none">
              {task.mine ? text('tasks.mine') : text('tasks.claimed')}
            </Badge>
          ) : null}
        </Group>
      </Table.Td>
      <Table.Td data-label={text('tasks.place')}>{names.say(task.place, task.pathway) || '–'}</Table.Td>
      <Table.Td data-label={text('tasks.role')}>{roleName(task.role)}</Table.Td>
      <Table.Td data-label={text('tasks.due')}>
        <Due due={task.due} createdAt={task.createdAt} />
      </Table.Td>
      <Table.Td ta="right">
        <ButtonLink
          size="xs"
          variant="light"
          aria-label={text('tasks.openOne', { name })}
          to="."
          search={(search) => ({ ...search, task: task.id, run: undefined })}
        >
          {text('tasks.open')}
        </ButtonLink>
      </Table.Td>
    </Table.Tr>
  )
}
