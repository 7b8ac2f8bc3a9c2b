/** The steps of a pathway with how many stand there: the diagram's counts, for keyboards and screen readers, and for phones. */
import { Table, Text, UnstyledButton } from '@mantine/core'
import type { PositionItem } from '../../../api/types.ts'
import { text, textOf, useText } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { Empty } from '../../shared/states.tsx'
import { durationText, useNow } from '../../shared/times.ts'

interface StepsTableProps {
  pathway: string
  positions: PositionItem[]
  selected: string
  onSelect: (element: string) => void
}

export function StepsTable({ pathway, positions, selected, onSelect }: StepsTableProps) {
  const language = useText()
  const { say } = useNames()
  const now = useNow()
  if (positions.length === 0) return <Empty hint={text('steps.noneHint')}>{text('steps.none')}</Empty>
  const ordered = [...positions].sort((a, b) => b.count - a.count || (a.element < b.element ? -1 : 1))
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{text('steps.step')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {text('steps.here')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {text('steps.waiting')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {text('steps.longest')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {ordered.map(({ element, name, type, count, waiting, since }) => (
            <Table.Tr key={element} data-selected={element === selected || undefined}>
              <Table.Td>
                <UnstyledButton className="row-button" aria-pressed={element === selected} onClick={() => onSelect(element)}>
                  <Text size="sm" component="span">
                    {say(name, pathway) || textOf('type', type)}
                  </Text>
                </UnstyledButton>
              </Table.Td>
              <Table.Td ta="right" className="figures">
                {count}
              </Table.Td>
              <Table.Td ta="right" className="figures">
                {waiting > 0 ? waiting : '–'}
              </Table.Td>
              <Table.Td ta="right" className="figures">
                {since !== null && now ? durationText(now.ms - Date.parse(since), language) : '–'}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
