/** Long experiments on the server: what runs, how far it is, who asked; stopped, extended, compared. */
import '@mantine/core/styles/Progress.css'
import { Badge, Button, Group, NumberInput, Progress, Stack, Text, Title } from '@mantine/core'
import { IconPlayerStop, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { ExperimentItem, Page } from '../../../api/types.ts'
import { get, post } from '../../shared/api.ts'
import { text, useText } from '../../shared/language.ts'
import { TextLink } from '../../shared/links.tsx'
import { Empty, Failure, Shown } from '../../shared/states.tsx'
import { momentText } from '../../shared/times.ts'
import { ExperimentResults } from './experiment-results.tsx'
import styles from './experiments.module.css'
import { SearchResults } from './search-results.tsx'

const REFRESH_MS = 4_000

export function ExperimentsView() {
  useText()
  const { experiment, against } = useSearch({ from: '/planner/experiments' })
  const list = useQuery({
    queryKey: ['experiments'],
    queryFn: () => get('/experiments', { limit: 100 }),
    refetchInterval: REFRESH_MS,
  })
  return (
    <Stack gap="lg">
      <Title order={2}>{text('experiments.title')}</Title>
      <Shown read={list} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty hint={text('experiments.noneHint')}>{text('experiments.none')}</Empty>
          ) : (
            <div className={styles.split}>
              <ul className={styles.list}>
                {items.map((item) => (
                  <OneExperiment key={item.id} item={item} chosen={experiment} against={against} />
                ))}
              </ul>
              <div>
                {experiment ? (
                  <Chosen items={items} experiment={experiment} against={against} />
                ) : (
                  <Empty>{text('experiments.choose')}</Empty>
                )}
              </div>
            </div>
          )
        }
      </Shown>
    </Stack>
  )
}

function Chosen({ items, experiment, against }: { items: ExperimentItem[]; experiment: string; against: string | undefined }) {
  const item = items.find(({ id }) => id === experiment)
  if (item?.search) return <SearchResults key={experiment} id={experiment} name={item.name} />
  return <ExperimentResults key={`${experiment} ${against}`} id={experiment} against={against} />
}

function OneExperiment({
  item,
  chosen,
  against,
}: {
  item: ExperimentItem
  chosen: string | undefined
  against: string | undefined
}) {
  const language = useText()
  useFollowed(item)
  const { id, name, state, progress, finished, replications, createdBy, createdAt, actions, search } = item
  const last = actions.at(-1)
  const isCompared = chosen !== undefined && chosen !== id && !search
  return (
    <li className={styles.one} data-chosen={id === chosen || id === against || undefined}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <TextLink to="/planner/experiments" search={{ experiment: id }} fw={650}>
          {name}
        </TextLink>
        <Badge variant="light" tt="none" color={COLOURS[state]}>
          {text(`experiments.state.${state}`)}
        </Badge>
      </Group>
      <Text size="xs" className="quiet">
        {text('experiments.by', { by: createdBy, at: momentText(createdAt, createdAt.slice(0, 4), language) })}
        {search ? ` · ${text('experiments.search', { method: search.method, count: search.designs })}` : ''}
        {last && last.action !== 'started' ? ` · ${text(`experiments.${last.action}`, { by: last.by })}` : ''}
      </Text>
      <Group gap="sm">
        <Progress
          value={(progress ?? finished / (finished + 1)) * 100}
          w={160}
          animated={state === 'running'}
          aria-label={text('experiments.progress', { name })}
        />
        <Text size="xs" className="figures">
          {typeof replications === 'number'
            ? text('experiments.of', { finished, of: replications })
            : text('experiments.until', { finished, percent: replications.precision * 100 })}
        </Text>
      </Group>
      <Group gap="xs">
        <Actions item={item} />
        {isCompared ? (
          <TextLink to="/planner/experiments" search={{ experiment: chosen, against: id }} size="xs">
            {text('experiments.compare')}
            <span className="visually-hidden"> {name}</span>
          </TextLink>
        ) : null}
      </Group>
    </li>
  )
}

const COLOURS = { running: 'blue', stopped: 'gray', done: 'teal', failed: 'red' } as const

/** What is under way tells itself how far it has come. */
const useFollowed = ({ id, state }: ExperimentItem) => {
  const queries = useQueryClient()
  useEffect(() => {
    if (state !== 'running') return
    const source = new EventSource(`/api/experiments/${encodeURIComponent(id)}/events`)
    const told = ({ data }: MessageEvent<string>) => {
      const item = JSON.parse(data) as ExperimentItem
      queries.setQueryData<Page<ExperimentItem>>(['experiments'], (old) =>
        old ? { ...old, items: old.items.map((each) => (each.id === item.id ? item : each)) } : old,
      )
      if (item.state !== 'running') source.close()
      void queries.invalidateQueries({ queryKey: ['experiment-results', item.id] })
    }
    source.addEventListener('experiment', told)
    source.addEventListener('end', told)
    return () => source.close()
  }, [id, state, queries])
}

function Actions({ item: { id, state, finished, replications, name, search } }: { item: ExperimentItem }) {
  const queries = useQueryClient()
  const [more, setMore] = useState<number>(Math.max(finished, typeof replications === 'number' ? replications : 0) + 20)
  const done = () => queries.invalidateQueries({ queryKey: ['experiments'] })
  const stop = useMutation({ mutationFn: () => post(`/experiments/${encodeURIComponent(id)}/stop`, {}), onSuccess: done })
  const extend = useMutation({
    mutationFn: () => post(`/experiments/${encodeURIComponent(id)}/extend`, { replications: more }, `${id}-${more}`),
    onSuccess: done,
  })
  const error = stop.error ?? extend.error
  return (
    <>
      {state === 'running' ? (
        <Button
          size="compact-xs"
          variant="default"
          loading={stop.isPending}
          leftSection={<IconPlayerStop size={13} aria-hidden />}
          aria-label={text('experiments.stopOne', { name })}
          onClick={() => stop.mutate()}
        >
          {text('experiments.stop')}
        </Button>
      ) : search ? null : (
        <Group gap={4} wrap="nowrap">
          <NumberInput
            size="xs"
            w={90}
            min={finished + 1}
            max={100_000}
            value={more}
            onChange={(value) => setMore(Number(value))}
            aria-label={text('experiments.inAll', { name })}
          />
          <Button
            size="compact-xs"
            variant="default"
            loading={extend.isPending}
            leftSection={<IconPlus size={13} aria-hidden />}
            aria-label={text('experiments.extendOne', { name })}
            onClick={() => extend.mutate()}
          >
            {text('experiments.extend')}
          </Button>
        </Group>
      )}
      {error ? <Failure error={error} /> : null}
    </>
  )
}
