/** Who waits for what, for how long, and why. */
import { Badge, Stack, Table, Text } from '@mantine/core'
import type { PoolItem, QueueItem } from '../../../api/types.ts'
import { text, textOf, useText } from '../../shared/language.ts'
import { RunLink, useNames } from '../../shared/names.tsx'
import { durationText, useNow } from '../../shared/times.ts'

export function QueueTable({ items, pools }: { items: QueueItem[]; pools: PoolItem[] }) {
  const language = useText()
  const { say } = useNames()
  const now = useNow()
  if (items.length === 0)
    return (
      <Text size="sm" className="quiet">
        {text('queue.none')}
      </Text>
    )
  const poolName = (id: string) => say(pools.find((pool) => pool.id === id)?.name ?? id)
  return (
    <Table.ScrollContainer minWidth={560} mah={320}>
      <Table verticalSpacing={8} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" ta="right">
              {text('queue.position')}
            </Table.Th>
            <Table.Th scope="col">{text('run.one')}</Table.Th>
            <Table.Th scope="col">{text('queue.for')}</Table.Th>
            <Table.Th scope="col">{text('queue.why')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {text('queue.waits')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...items].sort(byRank).map((item) => (
            <Table.Tr key={`${item.run} ${item.wait}`}>
              <Table.Td ta="right" className="figures">
                {item.position}
              </Table.Td>
              <Table.Td>
                <RunLink run={item.run} pathway={item.pathway} />
                <Text size="xs" className="quiet">
                  {say(item.name, item.pathway)}
                </Text>
              </Table.Td>
              <Table.Td>
                <Stack gap={2}>
                  {item.needs.map((need) => (
                    <Text key={need.pool} size="sm" className={need.satisfied ? 'quiet' : ''}>
                      {poolName(need.pool)}
                      {need.quantity > 1 ? ` × ${need.quantity}` : ''} {need.satisfied ? `✓ ${text('queue.satisfied')}` : ''}
                    </Text>
                  ))}
                </Stack>
              </Table.Td>
              <Table.Td>
                {item.state === 'waiting' ? null : (
                  <Badge variant="outline" color="gray" tt="none" fw={500}>
                    {textOf('queueState', item.state)}
                  </Badge>
                )}
                <Text size="xs" className="quiet">
                  {reason(item)}
                </Text>
              </Table.Td>
              <Table.Td ta="right" className="figures">
                {now ? durationText(now.ms - Date.parse(item.since), language) : ''}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

const byRank = (left: QueueItem, right: QueueItem): number =>
  left.position - right.position || Date.parse(left.since) - Date.parse(right.since)

/** Why it waits: the first need that is not satisfied, and what its suitable units do. */
function reason({ needs, ahead }: QueueItem): string {
  const lacking = needs.find(({ satisfied }) => !satisfied)
  const parts: string[] = []
  if (lacking) {
    const { occupied, reserved, dirty, closed, kept } = lacking.suitable
    if (occupied > 0) parts.push(text('units.occupied', { count: occupied }))
    if (reserved > 0) parts.push(text('units.reserved', { count: reserved }))
    if (dirty > 0) parts.push(text('units.dirty', { count: dirty }))
    if (kept > 0) parts.push(text('units.kept', { count: kept }))
    if (closed > 0) parts.push(text('units.closed', { count: closed }))
  }
  if (ahead > 0) parts.push(text('queue.ahead', { count: ahead }))
  return parts.join(' · ')
}
