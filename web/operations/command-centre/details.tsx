/** What stands behind the tiles: waits by triage, wards, theatres. */
import { Badge, Table, Text } from '@mantine/core'
import type { CommandCentre } from '../../../api/types.ts'
import { text, textOf, useText } from '../../shared/language.ts'
import { TextLink } from '../../shared/links.tsx'
import { RunLink, useNames } from '../../shared/names.tsx'
import { durationText, momentText, useNow } from '../../shared/times.ts'
import styles from './command-centre.module.css'

export function Emergency({ centre }: { centre: CommandCentre }) {
  const language = useText()
  const now = useNow()
  const { say } = useNames()
  const most = Math.max(1, ...centre.waiting.map(({ count }) => count))
  return (
    <table className={styles.levels} aria-label={text('centre.byTriage')}>
      <tbody>
        {centre.waiting.map(({ level, count, since }) => (
          <tr key={level}>
            <th scope="row">{say(level)}</th>
            <td className={styles.levelBar}>
              <span style={{ width: `${(100 * count) / most}%` }} />
            </td>
            <td className="figures">{count}</td>
            <td className="figures quiet">{since && now ? durationText(now.ms - Date.parse(since), language) : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function Wards({ centre }: { centre: CommandCentre }) {
  const { say } = useNames()
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table verticalSpacing={5} horizontalSpacing={5} className={styles.wards}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{text('centre.ward')}</Table.Th>
            {(['free', 'expectedIn', 'occupied', 'dueOut', 'dirty', 'blocked'] as const).map((column) => (
              <Table.Th key={column} scope="col" ta="right">
                {text(`centre.ward.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {centre.wards.map((ward) => (
            <Table.Tr key={ward.ward}>
              <Table.Th scope="row" fw={600}>
                <TextLink size="xs" to="/beds" search={{ pool: centre.pools?.beds, ward: ward.ward }}>
                  {say(ward.ward)}
                </TextLink>
              </Table.Th>
              <Table.Td ta="right" className="figures">
                {ward.free === 0 ? (
                  <Badge variant="outline" color="gray" tt="none">
                    {text('centre.full')}
                  </Badge>
                ) : (
                  <strong>{ward.free}</strong>
                )}
              </Table.Td>
              {(['expectedIn', 'occupied', 'dueOut', 'dirty', 'blocked'] as const).map((column) => (
                <Table.Td key={column} ta="right" className="figures">
                  {ward[column] || '–'}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

export function Theatres({ centre }: { centre: CommandCentre }) {
  const language = useText()
  const now = useNow()
  const { say } = useNames()
  return (
    <ul className={styles.theatres}>
      {centre.theatres.map((theatre) => (
        <li key={theatre.id} className={styles.theatre} data-state={theatre.state}>
          <Text fw={650} size="sm">
            {say(theatre.name)}
          </Text>
          <Text size="sm">
            {textOf('unit', theatre.state)}
            {now ? ` · ${text('due.since', { duration: durationText(now.ms - Date.parse(theatre.since), language) })}` : ''}
          </Text>
          {theatre.run ? <RunLink run={theatre.run} /> : null}
          <Text size="xs" className="quiet figures">
            {theatre.nextAt && now
              ? text('centre.next', { at: momentText(theatre.nextAt, now.iso, language) })
              : text('centre.noNext')}
            {theatre.late > 0 ? ` · ${text('centre.late', { count: theatre.late })}` : ''}
          </Text>
        </li>
      ))}
    </ul>
  )
}
