/** The bed board: every bed of a kind, who has it and until when; who waits and why; assigned, moved, blocked and cleaned by mouse or by keys. */
import { ActionIcon, Button, Group, Paper, Select, TextInput, Title } from '@mantine/core'
import { IconFilterOff, IconSearch, IconX } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react'
import type { Board, BoardRequestItem, BoardUnitItem, PoolItem } from '../../../api/types.ts'
import { placeOf } from '../../../pathways/resources/places.ts'
import { text, textOf, useText } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { usePools, useSession } from '../../shared/queries.ts'
import { Empty, Shown } from '../../shared/states.tsx'
import { useNow } from '../../shared/times.ts'
import { asksFor } from './asking.ts'
import { BedDetails } from './bed-details.tsx'
import { BedGrid } from './bed-grid.tsx'
import type { TileHands } from './bed-tile.tsx'
import styles from './beds.module.css'
import { useBoard } from './board-query.ts'
import { type Carried, targetOf } from './carrying.ts'
import { type Asked, DecisionDialog } from './decision-dialog.tsx'
import { type Direction, neighbour, type Row } from './layout.ts'
import { WaitingList } from './waiting-list.tsx'
import { attributesText, whoText } from './words.ts'

/** What people look for first; the others follow by name. */
const FIRST = ['ward-bed', 'cubicle', 'recovery-place', 'theatre', 'imaging-room']
const rank = ({ id }: PoolItem) => (FIRST.includes(id) ? FIRST.indexOf(id) : FIRST.length)
const STATES: BoardUnitItem['state'][] = ['free', 'dirty', 'reserved', 'occupied', 'closed']
const DECIDE = ['bed-manager', 'theatre-manager', 'administrator', 'operations']
const MINUTE_MS = 60_000
const KEYS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
}

const route = getRouteApi('/beds')

export function BedsView() {
  const pools = usePools()
  const search = route.useSearch()
  const { say } = useNames()
  return (
    <Shown read={pools}>
      {({ items }) => {
        const ordered = items
          .filter(({ kind }) => kind === 'units')
          .sort((a, b) => rank(a) - rank(b) || say(a.name).localeCompare(say(b.name)))
        const current = ordered.find(({ id }) => id === search.pool) ?? ordered[0]
        if (!current) return <Empty hint={text('resources.noneHint')}>{text('resources.none')}</Empty>
        return <PoolBoard key={current.id} pool={current} pools={ordered} />
      }}
    </Shown>
  )
}

function PoolBoard({ pool, pools }: { pool: PoolItem; pools: PoolItem[] }) {
  const board = useBoard(pool.id)
  return (
    <Shown read={board} lines={8}>
      {(data) => <WholeBoard board={data} pools={pools} />}
    </Shown>
  )
}

function WholeBoard({ board, pools }: { board: Board; pools: PoolItem[] }) {
  const language = useText()
  const { say } = useNames()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const role = useSession().data?.role ?? ''
  const mayDecide = DECIDE.includes(role)
  const now = useNow(10_000)
  const nowMs = Math.floor((now?.ms ?? Date.parse(board.at)) / MINUTE_MS) * MINUTE_MS
  const [carried, setCarried] = useState<Carried | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [active, setActive] = useState('')
  const [moves, setMoves] = useState(0)
  const [said, setSaid] = useState('')
  const rows = useRef<Row[]>([])
  const pool = board.pool.id
  const byId = useMemo(() => new Map(board.units.map((unit) => [unit.id, unit])), [board.units])
  const shown = useMemo(() => filtered(board.units, search, say), [board.units, search, say])
  const opened = search.bed ? byId.get(search.bed) : undefined
  const poolName = (id: string) => say(pools.find((one) => one.id === id)?.name ?? id)
  const choose = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const open = (bed: string | undefined) => choose({ bed })
  const goTo = (unit: string) => {
    setActive(unit)
    setMoves((count) => count + 1)
  }
  const drop = () => {
    setCarried((before) => {
      if (before) setSaid(text('beds.dropped'))
      return null
    })
  }
  const pickUp = (what: Carried) => {
    setCarried(what)
    setSaid(text('beds.picked', { who: whoText(what.type === 'request' ? what.request : what.unit) }))
  }
  const ask = asksFor(board, say)
  const putDown = (unit: BoardUnitItem) => {
    if (!carried) return
    const target = targetOf(carried, unit, pool)
    if (target === 'no') return setSaid(text('beds.refused', { unit: say(unit.name) }))
    setAsked(carried.type === 'request' ? ask.assign(carried.request, unit) : ask.move(carried.unit, unit))
  }
  const onKey = (event: KeyboardEvent, unit: BoardUnitItem) => {
    const direction = KEYS[event.key]
    if (direction) goTo(neighbour(rows.current, unit.id, direction))
    else if (event.key === 'Escape') {
      if (!carried) return
      drop()
    } else if (event.key === 'Enter') carried ? putDown(unit) : open(unit.id)
    else if (event.key === ' ') {
      if (carried) putDown(unit)
      else if (mayDecide && unit.run && unit.state !== 'dirty') pickUp({ type: 'patient', unit })
    } else return
    event.preventDefault()
  }
  const hands = useHands({
    open,
    focus: setActive,
    key: onKey,
    pickUp: (unit: BoardUnitItem) => pickUp({ type: 'patient', unit }),
    putDown,
    drop,
  })
  const requestHands = {
    pickUp: (request: BoardRequestItem) => {
      pickUp({ type: 'request', request })
      goTo(
        request.proposal?.unit ??
          shown.find((unit) => targetOf({ type: 'request', request }, unit, pool) === 'fit')?.id ??
          shown[0]?.id ??
          '',
      )
    },
    drop,
    accept: (request: BoardRequestItem) => setAsked(ask.assign(request, byId.get(request.proposal!.unit)!)),
    withdraw: (request: BoardRequestItem) => setAsked(ask.withdraw(request)),
    show: goTo,
  }
  const onRows = useCallback((next: Row[]) => {
    rows.current = next
  }, [])
  return (
    <div className={styles.board}>
      <Toolbar board={board} pools={pools} shown={shown.length} choose={choose} />
      {carried ? (
        <div className={styles.carried} role="status">
          <b>{text('beds.carrying', { who: whoText(carried.type === 'request' ? carried.request : carried.unit) })}</b>{' '}
          {text('beds.carryingHow')}
          <Button size="compact-xs" variant="default" onClick={drop}>
            {text('beds.cancel')}
          </Button>
        </div>
      ) : null}
      <div className={styles.columns}>
        <Paper withBorder className={styles.main} component="section" aria-label={poolName(pool)}>
          {shown.length === 0 ? (
            <Empty hint={text('beds.noneHint')}>{text('beds.none')}</Empty>
          ) : (
            <BedGrid
              units={shown}
              all={board.units}
              label={poolName(pool)}
              active={byId.has(active) && shown.some(({ id }) => id === active) ? active : shown[0]!.id}
              {...{ nowMs, moves, mayDecide, hands, onRows }}
              open={search.bed}
              targetOf={(unit) => carried && targetOf(carried, unit, pool)}
            />
          )}
        </Paper>
        <div className={styles.side}>
          {opened ? (
            <Paper withBorder className="panel" component="section" aria-label={say(opened.name)}>
              <Group justify="space-between" mb="xs">
                <Title order={2} size="h4">
                  {say(opened.name)}
                </Title>
                <ActionIcon variant="subtle" aria-label={text('action.close')} onClick={() => open(undefined)}>
                  <IconX size={18} aria-hidden />
                </ActionIcon>
              </Group>
              <BedDetails
                unit={opened}
                requests={board.requests}
                now={{ ms: now?.ms ?? Date.parse(board.at), iso: now?.iso ?? board.at }}
                mayDecide={mayDecide}
                cleans={board.pool.turnover !== ''}
                onAct={(action) => setAsked(ask.act(action, opened))}
                onPickUp={() => {
                  pickUp({ type: 'patient', unit: opened })
                  goTo(shown.find(({ state }) => state === 'free')?.id ?? opened.id)
                }}
              />
            </Paper>
          ) : null}
          <Paper withBorder className="panel" component="section" aria-label={text('queue.title')}>
            <Title order={2} size="h4" mb="xs">
              {text('beds.waiting', { count: board.requests.length })}
            </Title>
            <WaitingList
              requests={board.requests}
              {...{ pool, nowMs, mayDecide }}
              units={byId}
              pools={poolName}
              carried={carried?.type === 'request' ? carried.request : null}
              hands={requestHands}
            />
          </Paper>
        </div>
      </div>
      <div className="visually-hidden" aria-live="assertive" lang={language}>
        {said}
      </div>
      {asked ? (
        <DecisionDialog
          key={JSON.stringify(asked.decision)}
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

/** The same object all the time, so that a tile is drawn again only when it has changed. */
function useHands(hands: TileHands): TileHands {
  const latest = useRef(hands)
  latest.current = hands
  return useMemo(
    () => ({
      open: (unit) => latest.current.open(unit),
      focus: (unit) => latest.current.focus(unit),
      key: (event, unit) => latest.current.key(event, unit),
      pickUp: (unit) => latest.current.pickUp(unit),
      putDown: (unit) => latest.current.putDown(unit),
      drop: () => latest.current.drop(),
    }),
    [],
  )
}

type Search = {
  pool?: string | undefined
  state?: string | undefined
  ward?: string | undefined
  q?: string | undefined
  bed?: string | undefined
}

function filtered(units: BoardUnitItem[], { state, ward, q }: Search, say: (words: string) => string): BoardUnitItem[] {
  const wanted = q?.trim().toLowerCase() ?? ''
  return units.filter(
    (unit) =>
      (!state || unit.state === state) &&
      (!ward || placeOf(unit.place).department === ward) &&
      (!wanted || `${say(unit.name)} ${whoText(unit)} ${attributesText(unit)}`.toLowerCase().includes(wanted)),
  )
}

interface ToolbarProps {
  board: Board
  pools: PoolItem[]
  shown: number
  choose: (change: Search) => void
}

function Toolbar({ board, pools, shown, choose }: ToolbarProps) {
  const { say } = useNames()
  const search = route.useSearch()
  const departments = [...new Set(board.units.map(({ place }) => placeOf(place).department))]
  const isFiltered = Boolean(search.state || search.ward || search.q)
  return (
    <div className={styles.toolbar}>
      <Select
        aria-label={text('resources.pools')}
        data={pools.map(({ id, name }) => ({ value: id, label: say(name) }))}
        value={board.pool.id}
        allowDeselect={false}
        onChange={(pool) => choose({ pool: pool ?? undefined, ward: undefined, state: undefined, bed: undefined })}
        w={230}
      />
      <fieldset className={styles.states} aria-label={text('beds.byState')}>
        {STATES.map((state) => {
          const count = board.units.filter((unit) => unit.state === state).length
          const isChosen = search.state === state
          return (
            <button
              key={state}
              type="button"
              className={styles.stateFilter}
              data-state={state}
              aria-pressed={isChosen}
              onClick={() => choose({ state: isChosen ? undefined : state })}
            >
              <span>{textOf('unit', state)}</span> <b className="figures">{count}</b>
            </button>
          )
        })}
      </fieldset>
      {departments.length > 1 ? (
        <Select
          aria-label={text('beds.department')}
          placeholder={text('beds.allDepartments')}
          data={departments.map((value) => ({ value, label: say(value) || text('resources.noPlace') }))}
          value={search.ward ?? null}
          clearable
          onChange={(ward) => choose({ ward: ward ?? undefined })}
          w={190}
        />
      ) : null}
      <TextInput
        aria-label={text('beds.search')}
        placeholder={text('beds.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search.q ?? ''}
        onChange={(event) => choose({ q: event.currentTarget.value || undefined })}
        w={190}
      />
      {isFiltered ? (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconFilterOff size={15} aria-hidden />}
          onClick={() => choose({ state: undefined, ward: undefined, q: undefined })}
        >
          {text('beds.clearFilters', { shown, total: board.units.length })}
        </Button>
      ) : null}
    </div>
  )
}
