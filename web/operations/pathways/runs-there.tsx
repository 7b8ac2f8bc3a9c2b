/** Who stands on an element, since when. */
import { Badge, Table, Text } from '@mantine/core'
import { text, textOf, useText } from '../../shared/language.ts'
import { RunLink } from '../../shared/names.tsx'
import { useRunsAt } from '../../shared/queries.ts'
import { Empty, Shown } from '../../shared/states.tsx'
import { durationText, momentText, useNow } from '../../shared/times.ts'

export function RunsThere({ pathway, element }: { pathway: string; element: string }) {
  const language = useText()
  const now = useNow()
  const runs = useRunsAt(pathway, element)
  return (
    <Shown read={runs}>
      {({ items, total }) => {
        if (items.length === 0) return <Empty>{text('there.none')}</Empty>
        const rows = items
          .flatMap((run) => run.elements.filter((one) => one.element === element).map((position) => ({ run, position })))
          .sort((a, b) => Date.parse(a.position.since) - Date.parse(b.position.since))
        return (
          <Table.ScrollContainer minWidth={300} mah={420}>
            <Table verticalSpacing={8} stickyHeader>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{text('run.one')}</Table.Th>
                  <Table.Th scope="col">{text('there.state')}</Table.Th>
                  <Table.Th scope="col" ta="right">
                    {text('there.since')}
                  </Table.Th>
                  <Table.Th scope="col" ta="right">
                    {text('there.for')}
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map(({ run, position }) => (
                  <Table.Tr key={`${run.id} ${position.since}`}>
                    <Table.Td>
                      <RunLink run={run.id} />
                    </Table.Td>
                    <Table.Td>
                      <Badge variant={position.state === 'requesting' ? 'outline' : 'light'} color="gray" tt="none" fw={500}>
                        {textOf('position', position.state)}
                      </Badge>
                    </Table.Td>
                    <Table.Td ta="right" className="figures">
                      {now ? momentText(position.since, now.iso, language) : ''}
                    </Table.Td>
                    <Table.Td ta="right" className="figures">
                      {now ? durationText(now.ms - Date.parse(position.since), language) : ''}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            {total > items.length ? (
              <Text size="xs" className="quiet" mt="xs">
                {text('state.more', { shown: items.length, total })}
              </Text>
            ) : null}
          </Table.ScrollContainer>
        )
      }}
    </Shown>
  )
}
