/** The forecast desk: the next 48 hours of the hospital as it is, what an action would change of them, and the action handed to who carries it out. */
import { Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core'
import { IconPlayerPlay, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { ForecastDetail, ForecastItem } from '../../../api/types.ts'
import { get, post } from '../../shared/api.ts'
import { text, useText } from '../../shared/language.ts'
import { TextLink } from '../../shared/links.tsx'
import { useNames } from '../../shared/names.tsx'
import { usePathwayTitles, usePools } from '../../shared/queries.ts'
import { Empty, Failure, Loading, Shown } from '../../shared/states.tsx'
import { durationText, useNow } from '../../shared/times.ts'
import styles from '../what-if/what-if.module.css'
import { ForecastShown } from './forecast-shown.tsx'
import { type Action, actionText } from './series.ts'

const HOURS = 48
const REPLICATIONS = 40
const LIVE_MS = 20_000

export const useForecastNames = () => {
  const { say } = useNames()
  const pools = usePools()
  const titles = usePathwayTitles()
  return (id: string) => say(pools.data?.items.find((pool) => pool.id === id)?.name ?? titles.data?.get(id) ?? id)
}

export function ForecastView() {
  useText()
  const { forecast } = useSearch({ from: '/planner/forecast' })
  const list = useQuery({
    queryKey: ['forecasts'],
    queryFn: () => get('/forecasts', { limit: 20 }),
    refetchInterval: LIVE_MS,
  })
  const id = forecast ?? list.data?.items[0]?.id
  const read = useQuery({
    queryKey: ['forecast', id],
    queryFn: () => get(`/forecasts/${encodeURIComponent(id!)}`),
    enabled: id !== undefined,
    // Hours pass, and what happened in them joins what was said.
    refetchInterval: LIVE_MS,
  })
  return (
    <div className={styles.page}>
      <Desk latest={list.data?.items ?? []} chosen={id} />
      <div className={styles.main}>
        {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : null}
        {list.data && id === undefined ? <Empty hint={text('forecast.noneHint')}>{text('forecast.none')}</Empty> : null}
        {id === undefined ? null : (
          <Shown read={read} lines={8}>
            {(detail) => (
              <>
                <Age forecast={detail} isLatest={forecast === undefined} />
                <ForecastShown key={detail.id} forecast={detail} />
              </>
            )}
          </Shown>
        )}
      </div>
    </div>
  )
}

/** A forecast grows old: the hospital has gone on. */
function Age({ forecast, isLatest }: { forecast: ForecastDetail; isLatest: boolean }) {
  const language = useText()
  const now = useNow(30_000)
  if (!now) return null
  const age = now.ms - Date.parse(forecast.at)
  const isOld = age > OLD_MS
  return (
    <Text size="sm" className={isOld ? undefined : 'quiet'} fw={isOld ? 650 : 400} role="status">
      {text(isOld ? 'forecast.old' : 'forecast.age', { age: durationText(age, language) })}{' '}
      {isLatest ? null : <TextLink to="/planner/forecast">{text('forecast.latest')}</TextLink>}
    </Text>
  )
}

const OLD_MS = 6 * 3_600_000

function Desk({ latest, chosen }: { latest: ForecastItem[]; chosen: string | undefined }) {
  const language = useText()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const nameOf = useForecastNames()
  const [actions, setActions] = useState<Action[]>([])
  const make = useMutation({
    mutationFn: () => {
      const name = actions.map((action) => actionText(action, nameOf, language)).join(' ; ')
      const whatIf = actions.length > 0 ? { whatIf: { name, interventions: actions } } : {}
      return post('/forecasts', { hours: HOURS, replications: REPLICATIONS, ...whatIf }, crypto.randomUUID())
    },
    onSuccess: (made) => {
      queries.setQueryData(['forecast', made.id], made)
      void queries.invalidateQueries({ queryKey: ['forecasts'] })
      void navigate({ to: '/planner/forecast', search: { forecast: made.id } })
    },
  })
  return (
    <section className={styles.levers} aria-label={text('forecast.desk')}>
      <h2 className={styles.heading}>{text('forecast.title', { hours: HOURS })}</h2>
      <Text size="sm" className="quiet">
        {text('forecast.lead')}
      </Text>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {actions.map((action, index) => (
          <li key={JSON.stringify(action)}>
            <Group justify="space-between" wrap="nowrap">
              <Text size="sm">{actionText(action, nameOf, language)}</Text>
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={text('forecast.remove', { what: actionText(action, nameOf, language) })}
                onClick={() => setActions(actions.filter((_, other) => other !== index))}
              >
                <IconTrash size={14} aria-hidden />
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      <NewAction onAdd={(action) => setActions([...actions, action])} />
      <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={make.isPending} onClick={() => make.mutate()}>
        {text(actions.length > 0 ? 'forecast.compare' : 'forecast.make')}
      </Button>
      {make.isPending ? (
        <>
          <Text size="sm" role="status">
            {text('forecast.making', { count: REPLICATIONS })}
          </Text>
          <Loading lines={1} />
        </>
      ) : null}
      {make.error ? <Failure error={make.error} /> : null}
      {latest.length > 0 ? (
        <Select
          label={text('forecast.earlier')}
          data={latest.map(({ id, at, whatIf }) => ({
            value: id,
            label: `${at.slice(0, 16).replace('T', ' ')}${whatIf ? ` · ${(whatIf as { name: string }).name}` : ''}`,
          }))}
          value={chosen ?? null}
          onChange={(id) => id && void navigate({ to: '/planner/forecast', search: { forecast: id } })}
        />
      ) : null}
    </section>
  )
}

const KINDS = ['open', 'divert', 'cancel', 'shut'] as const

/** What may be done now: open beds, send patients elsewhere, cancel tomorrow's list, close. */
function NewAction({ onAdd }: { onAdd: (action: Action) => void }) {
  const nameOf = useForecastNames()
  const pools = usePools()
  const demand = useQuery({ queryKey: ['demand'], queryFn: () => get('/demand'), retry: false })
  const [kind, setKind] = useState<(typeof KINDS)[number]>('open')
  const [of, setOf] = useState<string | null>(null)
  const [count, setCount] = useState(4)
  const [hours, setHours] = useState(24)
  const isUnits = kind === 'open' || kind === 'shut'
  const streams = (demand.data?.streams ?? []).map((stream) => (stream as { id: string }).id)
  const choices = isUnits ? (pools.data?.items.filter((pool) => pool.kind === 'units').map((pool) => pool.id) ?? []) : streams
  const chosen = of !== null && choices.includes(of) ? of : (choices.find((id) => id.includes('bed')) ?? choices[0] ?? null)
  const add = () => {
    if (chosen === null) return
    const until = `PT${hours}H`
    if (kind === 'cancel') onAdd({ stream: chosen, cancel: true, day: 'tomorrow' })
    else if (kind === 'divert') onAdd({ stream: chosen, factor: Math.max(0, 1 - count / 100), until })
    else if (kind === 'open') onAdd({ pool: chosen, open: count, until })
    else onAdd({ pool: chosen, close: count, until })
  }
  return (
    <Stack gap="xs">
      <Select
        label={text('forecast.what')}
        data={KINDS.map((value) => ({ value, label: text(`forecast.kind.${value}`) }))}
        value={kind}
        allowDeselect={false}
        onChange={(value) => {
          setKind((value as typeof kind) ?? 'open')
          setCount(value === 'divert' ? 50 : 4)
        }}
      />
      <Select
        label={text(isUnits ? 'units.which' : 'forecast.stream')}
        data={choices.map((value) => ({ value, label: nameOf(value) }))}
        value={chosen}
        allowDeselect={false}
        onChange={setOf}
      />
      {kind === 'cancel' ? null : (
        <Group grow>
          <NumberInput
            label={text(kind === 'divert' ? 'forecast.percent' : 'forecast.count')}
            min={1}
            max={kind === 'divert' ? 100 : 200}
            value={count}
            onChange={(value) => setCount(Number(value))}
          />
          <NumberInput
            label={text('forecast.hours')}
            min={1}
            max={48}
            value={hours}
            onChange={(value) => setHours(Number(value))}
          />
        </Group>
      )}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={add}
        disabled={chosen === null}
      >
        {text('forecast.add')}
      </Button>
    </Stack>
  )
}
