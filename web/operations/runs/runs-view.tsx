/** Every run there is or was: found by number, pathway and state, however many; failed ones with why. */
import { Group, Paper, Select, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { text, textOf } from '../../shared/language.ts'
import { ChoiceLink } from '../../shared/links.tsx'
import { useNames } from '../../shared/names.tsx'
import { type RunSearch, TROUBLED, usePathways, useRuns } from '../../shared/queries.ts'
import { Empty, Shown } from '../../shared/states.tsx'
import { RunsTable } from './runs-table.tsx'

const route = getRouteApi('/runs')

const STATES = ['', TROUBLED, 'failed', 'running', 'completed', 'cancelled']
const WAIT_MS = 250

export function RunsView() {
  const { named = '', pathway = '', state = '' } = route.useSearch()
  const wanted = { named, pathway, state }
  const runs = useRuns(wanted)
  const items = runs.data?.pages.flatMap((page) => page.items) ?? []
  const total = runs.data?.pages[0]?.total ?? 0
  return (
    <Stack gap="md">
      <Filters wanted={wanted} />
      <Paper withBorder className="panel">
        <Shown read={runs} lines={10}>
          {() =>
            items.length === 0 ? (
              <Empty hint={text('runs.noneHint')}>{text('runs.none')}</Empty>
            ) : (
              <>
                <Text size="sm" className="quiet figures" mb="xs" role="status">
                  {text('runs.count', { count: total })}
                </Text>
                <RunsTable
                  items={items}
                  total={total}
                  more={runs.hasNextPage && !runs.isFetchingNextPage ? () => void runs.fetchNextPage() : null}
                />
              </>
            )
          }
        </Shown>
      </Paper>
    </Stack>
  )
}

function Filters({ wanted }: { wanted: RunSearch }) {
  const navigate = useNavigate({ from: '/runs' })
  const names = useNames()
  const pathways = usePathways()
  const [typed, setTyped] = useState(wanted.named)
  useEffect(() => setTyped(wanted.named), [wanted.named])
  const change = (changed: Partial<RunSearch>) =>
    void navigate({ search: (search) => ({ ...search, ...changed }), replace: true })
  const find = useDebouncedCallback((named: string) => change({ named: named.length >= 3 ? named : '' }), WAIT_MS)
  return (
    <Group gap="md" align="end">
      <TextInput
        label={text('runs.find')}
        placeholder="4f21…"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onChange={(event) => {
          // Numbers are read out and copied with what stands around them.
          const named = event.currentTarget.value.trim().replace(/[^A-Za-z0-9._-]/g, '')
          setTyped(named)
          find(named)
        }}
      />
      <Select
        label={text('runs.pathway')}
        placeholder={text('runs.anyPathway')}
        clearable
        searchable
        data={(pathways.data?.items ?? []).map(({ id }) => ({ value: id, label: names.pathway(id) }))}
        value={wanted.pathway || null}
        onChange={(pathway) => change({ pathway: pathway ?? '' })}
      />
      <nav className="chips" aria-label={text('runs.state')}>
        {STATES.map((state) => (
          <ChoiceLink
            key={state}
            className="chip"
            chosen={state === wanted.state}
            to="/runs"
            search={(search) => ({ ...search, state: state || undefined })}
          >
            {state === '' ? text('runs.all') : textOf('runState', state)}
          </ChoiceLink>
        ))}
      </nav>
    </Group>
  )
}
