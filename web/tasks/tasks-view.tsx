/** The worklist: what people have to do, most urgent first. */
import { Badge, Button, Group, Paper, Stack, Table, Text, Title } from '@mantine/core'
import type { TaskItem } from '../../api/types.ts'
import { linkTo, useAddress, withParameters } from '../shared/address.ts'
import { Due } from '../shared/due.tsx'
import { text } from '../shared/language.ts'
import { RunLink, roleName, useNames } from '../shared/names.tsx'
import { tasksSeenBy, useCounters, useSession, useTasks } from '../shared/queries.ts'
import { Empty, Shown } from '../shared/states.tsx'

export function TasksView() {
  const { parameters } = useAddress()
  const role = parameters.role ?? ''
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
      <a className="chip" aria-current={current === '' ? 'true' : undefined} {...linkTo({ view: 'tasks', parameters: {} })}>
        {text('tasks.all')}
      </a>
      {[...shown]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([role, count]) => (
          <a
            key={role}
            className="chip"
            aria-current={role === current ? 'true' : undefined}
            {...linkTo({ view: 'tasks', parameters: { role } })}
          >
            {roleName(role)}
            <span className="chip-count figures">{count}</span>
          </a>
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
  const address = useAddress()
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
        <Button
          component="a"
          size="xs"
          variant="light"
          aria-label={text('tasks.openOne', { name })}
          {...linkTo(withParameters(address, { task: task.id, run: '' }))}
        >
          {text('tasks.open')}
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}
