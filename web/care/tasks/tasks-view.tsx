/** The worklist: mine, my unit's, everybody's; what is late comes first. */
import { Group, Paper, Select, Stack, Text, Title } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { text } from '../../shared/language.ts'
import { ChoiceLink } from '../../shared/links.tsx'
import { roleName, useNames } from '../../shared/names.tsx'
import { tasksSeenBy, useCounters, useSession } from '../../shared/queries.ts'
import { Empty, Shown } from '../../shared/states.tsx'
import { useTaskSummary, useWorklist } from '../queries.ts'
import { keepUnit, keptUnit } from './my-unit.ts'
import { TaskList } from './task-list.tsx'

const route = getRouteApi('/tasks')

export function TasksView() {
  const search = route.useSearch()
  const { role, unit, mine, late } = search
  const worklist = useWorklist({ role, unit, mine, late })
  const pages = worklist.data?.pages
  return (
    <Stack gap="md">
      <Scopes />
      <Paper withBorder className="panel">
        <Shown read={{ ...worklist, data: pages }} lines={8}>
          {(read) => {
            const tasks = read.flatMap(({ items }) => items)
            const total = read.at(-1)?.total ?? 0
            return (
              <>
                <Group justify="space-between" mb="sm">
                  <Title order={2} size="h4">
                    {text('tasks.count', { count: total })}
                  </Title>
                  <Text size="xs" className="quiet">
                    {text('tasks.order')}
                  </Text>
                </Group>
                {total === 0 ? (
                  <Empty hint={text(mine ? 'tasks.noneMineHint' : 'tasks.noneHint')}>{text('tasks.none')}</Empty>
                ) : (
                  <TaskList
                    tasks={tasks}
                    total={total}
                    search={search}
                    more={() => void (worklist.hasNextPage && worklist.fetchNextPage())}
                  />
                )}
              </>
            )
          }}
        </Shown>
      </Paper>
    </Stack>
  )
}

/** Whose tasks: filters stand in the address. */
function Scopes() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const { say } = useNames()
  const { data: summary } = useTaskSummary()
  const units = summary?.units ?? []
  const own = keptUnit()
  const counted = (count: number | undefined) =>
    count === undefined ? null : <span className="chip-count figures">{count}</span>
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <nav className="chips" aria-label={text('tasks.scope')}>
          <ChoiceLink
            className="chip"
            chosen={!search.mine && !search.unit && !search.late}
            to="/tasks"
            search={{ role: search.role }}
          >
            {text('tasks.all')}
            {counted(summary?.total)}
          </ChoiceLink>
          <ChoiceLink className="chip" chosen={search.mine === 'true'} to="/tasks" search={{ mine: 'true' }}>
            {text('tasks.mineOnly')}
            {counted(summary?.mine)}
          </ChoiceLink>
          {own ? (
            <ChoiceLink className="chip" chosen={search.unit === own} to="/tasks" search={{ unit: own }}>
              {text('tasks.myUnit', { unit: say(own) })}
              {counted(units.find(({ unit }) => unit === own)?.total ?? 0)}
            </ChoiceLink>
          ) : null}
          <ChoiceLink
            className="chip"
            chosen={search.late === 'true'}
            to="/tasks"
            search={{ role: search.role, unit: search.unit, late: 'true' }}
          >
            {text('tasks.lateOnly')}
            {counted(summary?.late)}
          </ChoiceLink>
        </nav>
        <Select
          size="xs"
          w={240}
          searchable
          clearable
          aria-label={text('tasks.unit')}
          placeholder={text('tasks.unit')}
          value={search.unit ?? null}
          data={units.map(({ unit, total, late }) => ({
            value: unit,
            label: `${say(unit) || text('tasks.noUnit')} (${text('tasks.unitCount', { total, late })})`,
          }))}
          onChange={(unit) => {
            keepUnit(unit ?? '')
            void navigate({ to: '/tasks', search: { ...search, mine: undefined, unit: unit ?? undefined } })
          }}
        />
      </Group>
      <Roles />
    </Stack>
  )
}

function Roles() {
  const { role: current, ...others } = route.useSearch()
  const { data } = useCounters()
  const { data: session } = useSession()
  const roles = Object.entries(tasksSeenBy(session?.role ?? '', data?.tasks ?? {}))
  // Nothing to choose between for those who see their own tasks only.
  if (roles.length < 2) return null
  const shown = current && !roles.some(([role]) => role === current) ? [...roles, [current, 0] as const] : roles
  return (
    <nav className="chips" aria-label={text('tasks.byRole')}>
      <ChoiceLink className="chip" chosen={!current} to="/tasks" search={others}>
        {text('tasks.allRoles')}
      </ChoiceLink>
      {[...shown]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([role, count]) => (
          <ChoiceLink key={role} className="chip" chosen={role === current} to="/tasks" search={{ ...others, role }}>
            {roleName(role)}
            <span className="chip-count figures">{count}</span>
          </ChoiceLink>
        ))}
    </nav>
  )
}
