/** Runs under way moved to the current version: the plan, its dry run, and the move itself. */
import { Button, Group, NativeSelect, Stack, Table, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { MigrationItem, PathwayVersionItem } from '../../../api/types.ts'
import { text } from '../../shared/language.ts'
import { RunLink, shortId } from '../../shared/names.tsx'
import { queries } from '../../shared/queries.ts'
import { Empty, Failure, Shown } from '../../shared/states.tsx'
import { namesIn } from '../compare/drawn-names.ts'
import { Mark } from '../mark.tsx'
import { correctPlan, planMigration, steerMigration, useMigrationRuns, useMigrations, useVersion } from '../versions.ts'

interface Props {
  pathway: string
  versions: PathwayVersionItem[]
  to: PathwayVersionItem
  /** A run that somebody came here to move, and the version that it is on. */
  only: { run: string; version: number } | null
}

export function Migrate({ pathway, versions, to, only }: Props) {
  const migrations = useMigrations(pathway)
  const [error, setError] = useState<unknown>(null)
  const olders = versions.filter(({ version, running, state }) => version !== to.version && running > 0 && state !== 'draft')
  const act = async (work: () => Promise<unknown>) => {
    setError(null)
    try {
      await work()
      await queries.invalidateQueries({ queryKey: ['pathways'] })
    } catch (problem) {
      setError(problem)
    }
  }
  return (
    <Stack gap="md">
      <Text className="quiet">{text('migrate.intro', { version: to.version })}</Text>
      {error ? <Failure error={error} /> : null}
      <Group>
        {only && only.version !== to.version ? (
          <Button onClick={() => void act(() => planMigration(pathway, only.version, to.version, crypto.randomUUID(), only.run))}>
            {text('migrate.planOne', { run: shortId(only.run), version: only.version, to: to.version })}
          </Button>
        ) : null}
        {olders.map(({ version, running }) => (
          <Button
            key={version}
            variant="default"
            onClick={() => void act(() => planMigration(pathway, version, to.version, crypto.randomUUID()))}
          >
            {text('migrate.plan', { version, to: to.version, running })}
          </Button>
        ))}
      </Group>
      <Shown read={migrations}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{text(olders.length === 0 ? 'migrate.nobody' : 'migrate.none')}</Empty>
          ) : (
            items.map((migration) => <Migration key={migration.id} migration={migration} act={act} />)
          )
        }
      </Shown>
    </Stack>
  )
}

const COLOURS = { planned: 'calm', running: 'warn', stopped: 'warn', done: 'good' } as const

function Migration({ migration, act }: { migration: MigrationItem; act: (work: () => Promise<unknown>) => Promise<void> }) {
  const { id, from, to, run, state, counts } = migration
  const [isOpen, setOpen] = useState(state === 'planned')
  return (
    <Stack gap="xs">
      <Group gap="md">
        <Text fw={600}>
          {text('migrate.fromTo', { from, to })} {run ? <RunLink run={run} /> : null}
        </Text>
        <Mark tone={COLOURS[state]}>{text(`migrate.${state}`)}</Mark>
        <Text size="sm" className="figures">
          {text('migrate.counts', counts)}
        </Text>
        <Group gap="xs" ml="auto">
          <Button size="compact-sm" variant="subtle" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
            {text('migrate.dryRun')}
          </Button>
          {state === 'running' ? (
            <Button size="compact-sm" variant="default" onClick={() => void act(() => steerMigration(id, 'stop'))}>
              {text('migrate.stop')}
            </Button>
          ) : state === 'done' ? null : (
            <Button size="compact-sm" onClick={() => void act(() => steerMigration(id, 'start'))}>
              {text(state === 'planned' ? 'migrate.start' : 'migrate.goOn')}
            </Button>
          )}
        </Group>
      </Group>
      {isOpen ? <Opened migration={migration} act={act} /> : null}
    </Stack>
  )
}

function Opened({ migration, act }: Parameters<typeof Migration>[0]) {
  const { id, pathway, from, to, state, unmapped } = migration
  const [older, newer] = [useVersion(pathway, from).data, useVersion(pathway, to).data]
  const nameOf = useMemo(() => namesIn(newer?.bpmn ?? '', older?.bpmn ?? ''), [newer, older])
  return (
    <>
      {unmapped.length > 0 && state !== 'done' ? <Counterparts {...{ migration, act, nameOf }} /> : null}
      <DryRun id={id} nameOf={nameOf} />
    </>
  )
}

type CounterpartsProps = Parameters<typeof Migration>[0] & { nameOf: (element: string) => string }

/** Elements of the older version that have no place in the newer one: somebody says where their patients go. */
function Counterparts({ migration: { id, pathway, to, elements, unmapped }, act, nameOf }: CounterpartsProps) {
  const newer = useVersion(pathway, to)
  return (
    <Stack gap={4}>
      <Text size="sm">{text('migrate.unmapped')}</Text>
      {unmapped.map((element) => (
        <Group key={element}>
          <Text size="sm" w={220}>
            {nameOf(element)}
          </Text>
          <NativeSelect
            aria-label={text('migrate.counterpart', { element: nameOf(element) })}
            size="xs"
            data={[
              { value: '', label: '—' },
              ...(newer.data?.elements ?? []).map((one) => ({ value: one.id, label: one.name || one.id })),
            ]}
            onChange={({ currentTarget }) =>
              void act(() => correctPlan(id, { ...elements, ...(currentTarget.value && { [element]: currentTarget.value }) }))
            }
          />
        </Group>
      ))}
    </Stack>
  )
}

function DryRun({ id, nameOf }: { id: string; nameOf: (element: string) => string }) {
  const runs = useMigrationRuns(id)
  return (
    <Shown read={runs}>
      {({ items, total }) =>
        items.length === 0 ? (
          <Empty>{text('migrate.nobody')}</Empty>
        ) : (
          <Table.ScrollContainer minWidth={560} mah={320}>
            <Table verticalSpacing={4}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{text('migrate.run', { total })}</Table.Th>
                  <Table.Th>{text('migrate.becomes')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map(({ run, state, refusals, moves }) => (
                  <Table.Tr key={run}>
                    <Table.Td>
                      <RunLink run={run} />
                    </Table.Td>
                    <Table.Td>
                      {refusals.length > 0 ? (
                        <Text size="sm" c="red">
                          {text('migrate.refused')} {refusals.map(({ message }) => message).join(' ; ')}
                        </Text>
                      ) : (
                        <Text size="sm">
                          {text(`migrate.run.${state}`)}{' '}
                          {moves
                            .filter((move) => move.from !== move.to)
                            .map((move) => `${nameOf(move.from)} → ${nameOf(move.to)}`)
                            .join(', ')}
                        </Text>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )
      }
    </Shown>
  )
}
