/** One pathway: its versions and what may be done with each, this month on the drawing, what changed, runs moved from one version to another. */
import '@mantine/core/styles/Tabs.css'
import { Button, Group, Paper, Stack, Tabs, Text, Title } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { PathwayVersionItem } from '../../../api/types.ts'
import { text } from '../../shared/language.ts'
import { TextLink } from '../../shared/links.tsx'
import { useNames } from '../../shared/names.tsx'
import { Failure, Loading, Shown } from '../../shared/states.tsx'
import { createDraft, readVersion, sourcesOf, useVersions } from '../versions.ts'
import { Migrate } from './migrate.tsx'
import { VersionsTable } from './versions-table.tsx'

const Approve = lazy(() => import('./approve.tsx').then(({ Approve: it }) => ({ default: it })))
const HeatMap = lazy(() => import('./heat-map.tsx').then(({ HeatMap: it }) => ({ default: it })))
const CompareVersions = lazy(() => import('./compare-versions.tsx').then(({ CompareVersions: it }) => ({ default: it })))

const VIEWS = ['month', 'compare', 'approve', 'migrate'] as const

export function PathwayView() {
  const { pathway } = useParams({ from: '/designer/$pathway' })
  const versions = useVersions(pathway)
  return <Shown read={versions}>{({ items }) => <Pathway pathway={pathway} versions={items} />}</Shown>
}

function Pathway({ pathway, versions }: { pathway: string; versions: PathwayVersionItem[] }) {
  const names = useNames()
  const search = useSearch({ from: '/designer/$pathway' })
  const navigate = useNavigate({ from: '/designer/$pathway' })
  const current = versions.find((one) => one.current)
  const chosen = versions.find(({ version }) => String(version) === search.version) ?? current ?? versions[0]!
  const view = VIEWS.find((one) => one === search.show) ?? 'month'
  const isWaiting = chosen.state === 'draft'
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <div>
          <Title order={2} size="h3">
            {names.pathway(pathway)}
          </Title>
          <Text size="sm" className="quiet">
            {current ? text('designed.current', { version: current.version, running: current.running }) : text('library.never')}
          </Text>
          {current ? <Running pathway={pathway} older={versions.filter((one) => !one.current)} /> : null}
        </div>
        <Edit pathway={pathway} from={chosen} />
      </Group>
      <Paper withBorder className="panel">
        <VersionsTable
          versions={versions}
          chosen={chosen.version}
          onChoose={(version) => void navigate({ search: (before) => ({ ...before, version: String(version) }), replace: true })}
        />
      </Paper>
      <Paper withBorder className="panel">
        <Tabs
          value={view === 'approve' && !isWaiting ? 'month' : view}
          onChange={(show) => void navigate({ search: (before) => ({ ...before, show: show ?? undefined }), replace: true })}
          keepMounted={false}
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="month">{text('designed.month')}</Tabs.Tab>
            <Tabs.Tab value="compare">{text('designed.compare')}</Tabs.Tab>
            {isWaiting ? <Tabs.Tab value="approve">{text('designed.approve')}</Tabs.Tab> : null}
            <Tabs.Tab value="migrate">{text('designed.migrate')}</Tabs.Tab>
          </Tabs.List>
          <Suspense fallback={<Loading lines={8} />}>
            <Tabs.Panel value="month">
              <HeatMap pathway={pathway} version={chosen.version} />
            </Tabs.Panel>
            <Tabs.Panel value="compare">
              <CompareVersions pathway={pathway} older={olderOf(versions, chosen)} newer={chosen} />
            </Tabs.Panel>
            {isWaiting ? (
              <Tabs.Panel value="approve">
                <Approve draft={chosen} current={current} />
              </Tabs.Panel>
            ) : null}
            <Tabs.Panel value="migrate">
              <Migrate
                pathway={pathway}
                versions={versions}
                to={current ?? chosen}
                only={search.move ? { run: search.move, version: chosen.version } : null}
              />
            </Tabs.Panel>
          </Suspense>
        </Tabs>
      </Paper>
    </Stack>
  )
}

/** Where those who are on the way are seen, and how those on older versions come to this one. */
function Running({ pathway, older }: { pathway: string; older: PathwayVersionItem[] }) {
  const elsewhere = older.reduce((sum, { running }) => sum + running, 0)
  return (
    <Group gap="md">
      <TextLink size="sm" to="/runs" search={{ pathway }}>
        {text('designed.runs')}
      </TextLink>
      {elsewhere > 0 ? (
        <TextLink size="sm" to="/designer/$pathway" params={{ pathway }} search={{ show: 'migrate' }}>
          {text('designed.onOlder', { count: elsewhere })}
        </TextLink>
      ) : null}
    </Group>
  )
}

/** What a version is compared with: what is current, or for that one what was published before it. */
const olderOf = (versions: PathwayVersionItem[], chosen: PathwayVersionItem): PathwayVersionItem | undefined =>
  chosen.current
    ? versions.find(({ version, state }) => version < chosen.version && state !== 'draft')
    : versions.find(({ current }) => current)

/** Goes on with a draft, or begins one on a version. */
function Edit({ pathway, from }: { pathway: string; from: PathwayVersionItem }) {
  const navigate = useNavigate()
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const open = (version: number) => navigate({ to: '/designer/$pathway/$version', params: { pathway, version: String(version) } })
  const begin = async () => {
    setBusy(true)
    try {
      if (from.state === 'draft') return await open(from.version)
      const sources = sourcesOf(await readVersion(pathway, from.version))
      const { version } = await createDraft(pathway, { ...sources, note: '' }, crypto.randomUUID())
      await open(version)
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div>
      <Button loading={busy} leftSection={<IconPencil size={16} aria-hidden />} onClick={() => void begin()}>
        {text(from.state === 'draft' ? 'designed.goOn' : 'designed.edit', { version: from.version })}
      </Button>
      {error ? <Failure error={error} /> : null}
    </div>
  )
}
