/** Stock: how much is left, and whether more is called for. */
import { Paper, Table, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { PoolItem } from '../../../api/types.ts'
import { text } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { usePools } from '../../shared/queries.ts'
import { Empty, Shown } from '../../shared/states.tsx'

export function StockView() {
  const pools = usePools()
  return (
    <Shown read={pools}>
      {({ items }) => {
        const stock = items.filter(({ kind }) => kind === 'stock')
        return stock.length === 0 ? <Empty>{text('resources.none')}</Empty> : <StockPanel pools={stock} />
      }}
    </Shown>
  )
}

function StockPanel({ pools }: { pools: PoolItem[] }) {
  const { say } = useNames()
  return (
    <Paper withBorder className="panel">
      <Title order={2} size="h4" mb="sm">
        {text('stock.title')}
      </Title>
      <Table.ScrollContainer minWidth={360}>
        <Table verticalSpacing={8}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{text('stock.item')}</Table.Th>
              <Table.Th scope="col" ta="right">
                {text('stock.quantity')}
              </Table.Th>
              <Table.Th scope="col" ta="right">
                {text('stock.threshold')}
              </Table.Th>
              <Table.Th scope="col" ta="right">
                {text('stock.lots')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {pools.map(({ id, name, stock }) => (
              <Table.Tr key={id}>
                <Table.Td>
                  {say(name)}{' '}
                  {stock && stock.quantity <= stock.threshold ? (
                    <span className="alarm-word">
                      <IconAlertTriangle size={14} aria-hidden /> {text('stock.low')}
                    </span>
                  ) : null}
                </Table.Td>
                <Table.Td ta="right" className="figures">
                  {stock?.quantity}
                </Table.Td>
                <Table.Td ta="right" className="figures">
                  {stock?.threshold}
                </Table.Td>
                <Table.Td ta="right" className="figures">
                  {stock?.lots.length}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  )
}
