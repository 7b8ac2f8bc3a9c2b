/** Beds, theatres and all that is shared: what is free, who has what, who waits and for how long. */
import { Grid, Paper, Stack, Title } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { PoolItem, QueueItem } from '../../../api/types.ts'
import { text } from '../../shared/language.ts'
import { ChoiceLink } from '../../shared/links.tsx'
import { useNames } from '../../shared/names.tsx'
import { usePools, useQueue } from '../../shared/queries.ts'
import { Empty, Shown } from '../../shared/states.tsx'
import { Board, StateBar, StateLegend } from './board.tsx'
import { QueueTable } from './queue-table.tsx'
import { StockPanel } from './stock-panel.tsx'

/** What people look for first; the others follow by name. */
const FIRST = ['ward-bed', 'theatre', 'recovery-place', 'cubicle', 'imaging-room']
const rank = ({ id }: PoolItem) => (FIRST.includes(id) ? FIRST.indexOf(id) : FIRST.length)

const route = getRouteApi('/beds')

export function BedsView() {
  const pools = usePools()
  const queue = useQueue()
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
        return (
          <Stack gap="md">
            <Grid gap="md">
              <Grid.Col span={{ base: 12, md: 4, lg: 3 }}>
                <Paper withBorder className="panel">
                  <Title order={2} size="h4" mb="sm">
                    {text('resources.pools')}
                  </Title>
                  <nav className="pools" aria-label={text('resources.pools')}>
                    {ordered.map((pool) => (
                      <PoolLink key={pool.id} pool={pool} isCurrent={pool.id === current.id} />
                    ))}
                  </nav>
                </Paper>
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 8, lg: 9 }}>
                <Stack gap="md">
                  <Paper withBorder className="panel">
                    <Title order={2} size="h4" mb="sm">
                      {search.pool ? text('queue.titleFor', { pool: say(current.name) }) : text('queue.title')}
                    </Title>
                    <Shown read={queue}>
                      {(page) => <QueueTable items={waitingFor(page.items, search.pool ?? '')} pools={items} />}
                    </Shown>
                  </Paper>
                  <Paper withBorder className="panel">
                    <Title order={2} size="h4">
                      {say(current.name)}
                    </Title>
                    <StateLegend pool={current} />
                    <Board pool={current.id} />
                  </Paper>
                  <StockPanel pools={items.filter(({ kind }) => kind === 'stock')} />
                </Stack>
              </Grid.Col>
            </Grid>
          </Stack>
        )
      }}
    </Shown>
  )
}

/** Those who want something of a pool; all of them when none is chosen. */
const waitingFor = (items: QueueItem[], pool: string) =>
  pool === '' ? items : items.filter(({ needs }) => needs.some((need) => need.pool === pool))

function PoolLink({ pool, isCurrent }: { pool: PoolItem; isCurrent: boolean }) {
  const { say } = useNames()
  return (
    <ChoiceLink className="pool-link" chosen={isCurrent} to="/beds" search={{ pool: pool.id }}>
      <span className="pool-name">{say(pool.name)}</span>
      <span className="figures quiet">{text('resources.freeOf', { free: pool.free, capacity: pool.capacity })}</span>
      <StateBar pool={pool} />
      {pool.queue > 0 ? <span className="pool-queue figures">{text('resources.queue', { count: pool.queue })}</span> : null}
    </ChoiceLink>
  )
}
