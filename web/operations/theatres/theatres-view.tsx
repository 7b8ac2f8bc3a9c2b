/** The theatres' day: planned against real, what runs late and over, and changing the plan with its consequences in sight. */
import { ActionIcon, Badge, Button, Group, Paper, Select, Text, Title } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconHandGrab, IconUrgent } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type KeyboardEvent, useMemo, useState } from 'react'
import type { PlannedDay } from '../../../api/types.ts'
import { get } from '../../shared/api.ts'
import { text, useText } from '../../shared/language.ts'
import { RunLink, useNames } from '../../shared/names.tsx'
import { usePools, useSession } from '../../shared/queries.ts'
import { Empty, Shown } from '../../shared/states.tsx'
import { dayText, hourText, isoLike, useNow } from '../../shared/times.ts'
import { whoText } from '../beds/words.ts'
import { CasePanel } from './case-panel.tsx'
import { consequencesOf, type DayCase, type Placing, reckon } from './day.ts'
import { Gantt, STEP_MINUTES } from './gantt.tsx'
import { shiftText } from './plan-changes.tsx'
import { type AskedPlan, PlanDialog } from './plan-dialog.tsx'
import { riskText } from './risk.ts'
import styles from './theatres.module.css'
import { UrgentDialog } from './urgent-dialog.tsx'

const MAY_PLAN = ['theatre-manager', 'administrator', 'operations']
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const READ_AGAIN_MS = 15_000
const DEFAULT_POOL = 'theatre'

const route = getRouteApi('/theatres')

export function TheatresView() {
  const search = route.useSearch()
  const pool = search.pool ?? DEFAULT_POOL
  const day = useQuery({
    queryKey: ['resources', 'day', pool, search.date ?? ''],
    queryFn: () => get(`/resources/pools/${encodeURIComponent(pool)}/day`, { date: search.date }),
    refetchInterval: READ_AGAIN_MS,
    placeholderData: keepPreviousData,
  })
  return (
    <Shown read={day} lines={8}>
      {(data) => <Day key={`${data.pool.id} ${data.from}`} day={data} />}
    </Shown>
  )
}

function Day({ day }: { day: PlannedDay }) {
  const language = useText()
  const { say } = useNames()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const role = useSession().data?.role ?? ''
  const mayMove = MAY_PLAN.includes(role)
  const clock = useNow(10_000)
  const now = Math.floor((clock?.ms ?? Date.parse(day.at)) / MINUTE_MS) * MINUTE_MS
  const [carried, setCarried] = useState<Placing | null>(null)
  const [asked, setAsked] = useState<AskedPlan | null>(null)
  const [isUrgent, setUrgent] = useState(false)
  const [said, setSaid] = useState('')
  const reckoning = useMemo(() => reckon(day, now), [day, now])
  const would = useMemo(() => (carried ? consequencesOf(day, now, carried) : null), [day, now, carried])
  const opened = day.cases.find(({ run }) => run === search.case)
  const theatre = (id: string) => say(day.units.find((unit) => unit.id === id)?.name ?? text('theatres.anyTheatre'))
  const choose = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const place = (placing: Placing) => {
    if (carried && carried.unit === placing.unit && carried.start === placing.start) return
    setCarried(placing)
    const { moves } = consequencesOf(day, now, placing)
    setSaid(
      text('theatres.placed', {
        theatre: theatre(placing.unit),
        at: hourText(isoLike(placing.start, day.at)),
        count: moves.length - 1,
      }),
    )
  }
  const pickUp = (one: DayCase) => {
    const start = Math.max(one.start === null ? now : Date.parse(one.start), now)
    const step = STEP_MINUTES * MINUTE_MS
    setCarried({
      run: one.run,
      unit: one.unit ?? (one.start === null ? (day.units[0]?.id ?? '') : ''),
      start: Math.ceil(start / step) * step,
    })
    setSaid(text('theatres.picked', { who: whoText(one) }))
    // The keyboard goes on from the case itself, wherever it was picked up.
    document.querySelector<HTMLElement>(`[data-run="${CSS.escape(one.run)}"]`)?.focus()
  }
  const drop = () => {
    if (!asked) setCarried(null)
  }
  const putDown = () => {
    if (would) setAsked({ type: 'plan', consequences: would })
  }
  const step = (event: KeyboardEvent, placing: Placing): boolean => {
    const minutes = (event.shiftKey ? 6 : 1) * STEP_MINUTES * MINUTE_MS
    const units = day.units.map(({ id }) => id)
    const row = units.indexOf(placing.unit)
    if (event.key === 'ArrowLeft') place({ ...placing, start: Math.max(now, placing.start - minutes) })
    else if (event.key === 'ArrowRight') place({ ...placing, start: placing.start + minutes })
    else if (event.key === 'ArrowUp') place({ ...placing, unit: units[Math.max(0, row - 1)]! })
    else if (event.key === 'ArrowDown') place({ ...placing, unit: units[Math.min(units.length - 1, row + 1)]! })
    else if (event.key === 'Enter') putDown()
    else if (event.key === 'Escape') {
      setCarried(null)
      setSaid(text('beds.dropped'))
    } else return false
    return true
  }
  const key = (event: KeyboardEvent, one: DayCase) => {
    if (carried) {
      if (step(event, carried)) event.preventDefault()
    } else if (event.key === ' ' && mayMove && one.mayMove) {
      event.preventDefault()
      pickUp(one)
    }
  }
  const isToday = now >= Date.parse(day.from) && now < Date.parse(day.until)
  const unplanned = day.cases.filter(({ state }) => state === 'unplanned')
  const other = (days: number) => isoLike(Date.parse(day.from) + days * DAY_MS + DAY_MS / 2, day.at).slice(0, 10)
  const late = [...reckoning.projections.values()]
    .flatMap(({ cases }) => [...cases])
    .filter(([run, { start }]) => isLate(day, run, start.middle))
  return (
    <div className={styles.view}>
      <div className={styles.toolbar}>
        <PoolSelect value={day.pool.id} onChange={(pool) => choose({ pool, case: undefined })} />
        <Group gap={4}>
          <ActionIcon variant="default" aria-label={text('theatres.dayBefore')} onClick={() => choose({ date: other(-1) })}>
            <IconChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <b className={styles.date}>{dayText(day.from, language)}</b>
          <ActionIcon variant="default" aria-label={text('theatres.dayAfter')} onClick={() => choose({ date: other(1) })}>
            <IconChevronRight size={18} aria-hidden />
          </ActionIcon>
          {search.date ? (
            <Button variant="subtle" size="compact-sm" onClick={() => choose({ date: undefined })}>
              {text('theatres.today')}
            </Button>
          ) : null}
        </Group>
        <Text size="sm" className="figures">
          {text('theatres.summary', {
            done: count(day, 'done'),
            underWay: count(day, 'underWay'),
            planned: count(day, 'planned') + count(day, 'waiting'),
            late: late.length,
          })}
        </Text>
        {mayMove && isToday && day.pathways.length > 0 ? (
          <Button ml="auto" size="compact-md" leftSection={<IconUrgent size={18} aria-hidden />} onClick={() => setUrgent(true)}>
            {text('theatres.urgentNew')}
          </Button>
        ) : null}
      </div>
      {carried && would ? (
        <div className={styles.carried} role="status">
          <b>
            {whoText(day.cases.find(({ run }) => run === carried.run)!)} → {theatre(carried.unit)}{' '}
            {hourText(isoLike(carried.start, day.at))}
          </b>{' '}
          {would.moves.length > 1
            ? text('theatres.pushes', {
                count: would.moves.length - 1,
                most: shiftText(Math.max(...would.moves.slice(1).map(({ start, from }) => start - (from ?? start)))),
              })
            : text('theatres.pushesNone')}{' '}
          {would.risks
            .map(({ unit, after }) =>
              after === null ? '' : text('theatres.riskAt', { theatre: theatre(unit), risk: riskText(after) }),
            )
            .join(' · ')}
          <span className="quiet">{text('theatres.how')}</span>
          <Button size="compact-xs" onClick={putDown}>
            {text('theatres.putDown')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => setCarried(null)}>
            {text('beds.cancel')}
          </Button>
        </div>
      ) : null}
      <div className={styles.columns}>
        <Paper withBorder className={styles.main} component="section" aria-label={say(day.pool.name)}>
          {day.units.length === 0 ? (
            <Empty>{text('resources.noUnits')}</Empty>
          ) : (
            <Gantt
              {...{ day, now, reckoning, carried, mayMove }}
              opened={search.case}
              hands={{ open: (run) => choose({ case: run }), pickUp, place, putDown, drop, key }}
            />
          )}
          <Legend day={day} />
        </Paper>
        <div className={styles.side}>
          {opened ? (
            <CasePanel
              {...{ one: opened, day, theatre, mayMove }}
              onClose={() => choose({ case: undefined })}
              onPickUp={() => pickUp(opened)}
              onCancel={() => setAsked({ type: 'cancel', run: opened.run })}
            />
          ) : null}
          <Paper withBorder className="panel" component="section" aria-label={text('theatres.unplanned')}>
            <Title order={2} size="h4" mb="xs">
              {text('theatres.unplannedCount', { count: unplanned.length })}
            </Title>
            {unplanned.length === 0 ? (
              <Text size="sm" className="quiet">
                {text('theatres.unplannedNone')}
              </Text>
            ) : null}
            <ul className={styles.unplanned}>
              {unplanned.map((one) => (
                <li
                  key={one.run}
                  draggable={mayMove && one.mayMove}
                  onDragStart={(event) => {
                    event.dataTransfer.effectAllowed = 'move'
                    event.dataTransfer.setData('text/plain', one.run)
                    pickUp(one)
                  }}
                  onDragEnd={drop}
                >
                  <b>{whoText(one)}</b>{' '}
                  {one.urgent ? (
                    <Badge color="red" variant="outline" size="sm">
                      {text('theatres.urgent')}
                    </Badge>
                  ) : null}
                  <Text size="xs" className="quiet">
                    {one.procedure || one.step} · <RunLink run={one.run} pathway={one.pathway} />
                  </Text>
                  {mayMove && one.mayMove ? (
                    <Button
                      size="compact-sm"
                      mt={4}
                      leftSection={<IconHandGrab size={15} aria-hidden />}
                      onClick={() => pickUp(one)}
                      onKeyDown={(event) => key(event, one)}
                    >
                      {text('theatres.insert')}
                    </Button>
                  ) : null}
                </li>
              ))}
            </ul>
          </Paper>
        </div>
      </div>
      <div className="visually-hidden" aria-live="assertive">
        {said}
      </div>
      {isUrgent ? (
        <UrgentDialog
          {...{ day, now }}
          onInserted={(run) => {
            setUrgent(false)
            choose({ case: run })
          }}
          onClose={() => setUrgent(false)}
        />
      ) : null}
      {asked ? (
        <PlanDialog
          day={day}
          asked={asked}
          onClose={() => {
            setAsked(null)
            setCarried(null)
          }}
        />
      ) : null}
    </div>
  )
}

const count = (day: PlannedDay, state: DayCase['state']): number =>
  day.cases.filter((one) => one.state === state && (one.start === null || one.start.slice(0, 10) === day.from.slice(0, 10)))
    .length

const isLate = (day: PlannedDay, run: string, start: number): boolean => {
  const one = day.cases.find((candidate) => candidate.run === run)
  return (
    one !== undefined &&
    one.state !== 'underWay' &&
    one.start !== null &&
    start - Date.parse(one.start) >= STEP_MINUTES * MINUTE_MS
  )
}

function PoolSelect({ value, onChange }: { value: string; onChange: (pool: string) => void }) {
  const { say } = useNames()
  const pools = usePools().data?.items.filter(({ kind }) => kind === 'units') ?? []
  return (
    <Select
      aria-label={text('resources.pools')}
      data={pools.map(({ id, name }) => ({ value: id, label: say(name) }))}
      value={value}
      allowDeselect={false}
      onChange={(pool) => pool && onChange(pool)}
      w={220}
    />
  )
}

function Legend({ day }: { day: PlannedDay }) {
  return (
    <div className={styles.legend}>
      <span data-mark="planned">{text('theatres.legend.planned')}</span>
      <span data-mark="real">{text('theatres.legend.real')}</span>
      <span data-mark="dirty">{text('theatres.legend.cleaning')}</span>
      <span data-mark="expected">{text('theatres.legend.expected')}</span>
      <span className="quiet">
        {text(`theatres.lengths.${day.lengths.source}`)} {text(`theatres.turnovers.${day.turnovers.source}`)}
      </span>
    </div>
  )
}
