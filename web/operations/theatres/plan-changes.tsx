/** What a change of the plan does: which cases move by how much, and what becomes of the risk to run over. */
import { Table, Text } from '@mantine/core'
import type { PlannedDay } from '../../../api/types.ts'
import { text } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { hourText, isoLike } from '../../shared/times.ts'
import { whoText } from '../beds/words.ts'
import type { Consequences } from './day.ts'

const MINUTE_MS = 60_000

export function PlanChanges({ day, consequences }: { day: PlannedDay; consequences: Consequences }) {
  const { say } = useNames()
  const theatre = (id: string) => say(day.units.find((unit) => unit.id === id)?.name ?? text('theatres.anyTheatre'))
  const caseOf = (run: string) => day.cases.find((one) => one.run === run)!
  return (
    <>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{text('theatres.case')}</Table.Th>
            <Table.Th scope="col">{text('theatres.before')}</Table.Th>
            <Table.Th scope="col">{text('theatres.after')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {text('theatres.shift')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {consequences.moves.map(({ run, unit, start, from }) => (
            <Table.Tr key={run}>
              <Table.Td>
                <b>{whoText(caseOf(run))}</b> {caseOf(run).procedure}
              </Table.Td>
              <Table.Td className="figures">
                {from === null ? '–' : `${theatre(caseOf(run).unit ?? '')} ${hourText(isoLike(from, day.at))}`}
              </Table.Td>
              <Table.Td className="figures">{`${theatre(unit)} ${hourText(isoLike(start, day.at))}`}</Table.Td>
              <Table.Td className="figures" ta="right">
                {from === null ? '' : shiftText(start - from)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {consequences.risks.map(({ unit, before, after }) =>
        after === null && before === null ? null : (
          <Text key={unit} size="sm">
            {text('theatres.riskChange', {
              theatre: theatre(unit),
              before: Math.round((before ?? 0) * 100),
              after: Math.round((after ?? 0) * 100),
            })}
          </Text>
        ),
      )}
      <Text size="xs" className="quiet">
        {text(`theatres.lengths.${day.lengths.source}`)}
      </Text>
    </>
  )
}

/** `+35 min`, `−1 h 10` */
export function shiftText(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / MINUTE_MS)
  const sign = milliseconds < 0 ? '−' : '+'
  return minutes < 60 ? `${sign}${minutes} min` : `${sign}${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`
}
