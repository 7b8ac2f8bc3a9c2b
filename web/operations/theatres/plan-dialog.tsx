/** Before a plan is changed: which cases move by how much, what becomes of the risk to run over, and why it is done. */
import { Modal, Table, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { PlanIn, PlannedDay } from '../../../api/types.ts'
import { ask, problemCode } from '../../shared/api.ts'
import { text } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { queries } from '../../shared/queries.ts'
import { hourText, isoLike } from '../../shared/times.ts'
import { ReasonForm } from '../beds/reason-form.tsx'
import { whoText } from '../beds/words.ts'
import type { Consequences } from './day.ts'

const MINUTE_MS = 60_000
const STALE = ['changed-meanwhile', 'run-over', 'unit-in-use', 'unknown-run']

export type AskedPlan = { type: 'plan'; consequences: Consequences } | { type: 'cancel'; run: string }

export function PlanDialog({ day, asked, onClose }: { day: PlannedDay; asked: AskedPlan; onClose: () => void }) {
  const { say } = useNames()
  const reasons = [
    text('theatres.reason.urgent'),
    text('theatres.reason.late'),
    text('theatres.reason.patient'),
    text('theatres.reason.staff'),
  ]
  const [key] = useState(() => crypto.randomUUID())
  const decide = useMutation({
    mutationFn: (reason: string) => {
      if (asked.type === 'cancel') return ask(`/runs/${encodeURIComponent(asked.run)}/cancel`, { reason })
      const moves: PlanIn['moves'] = asked.consequences.moves.map(({ run, unit, start }) => ({
        ...{ run, unit: unit === '' ? null : unit, start: isoLike(start, day.at) },
        sequence: caseOf(run).sequence,
      }))
      return ask(`/resources/pools/${encodeURIComponent(day.pool.id)}/plan`, { moves, reason } satisfies PlanIn, {
        key,
      })
    },
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ['resources'] }),
  })
  const caseOf = (run: string) => day.cases.find((one) => one.run === run)!
  const theatre = (id: string) => say(day.units.find((unit) => unit.id === id)?.name ?? text('theatres.anyTheatre'))
  const first = caseOf(asked.type === 'cancel' ? asked.run : asked.consequences.moves[0]!.run)
  const title = text(asked.type === 'cancel' ? 'theatres.cancelTitle' : 'theatres.moveTitle', { who: whoText(first) })
  return (
    <Modal opened onClose={onClose} title={title} size="lg" centered closeButtonProps={{ 'aria-label': text('action.close') }}>
      <ReasonForm
        reasons={reasons}
        first={reasons[asked.type === 'cancel' ? 2 : 0]!}
        error={decide.error}
        isPending={decide.isPending}
        isStale={STALE.includes(problemCode(decide.error))}
        confirm={text(asked.type === 'cancel' ? 'theatres.cancelCase' : 'beds.confirm')}
        isGrave={asked.type === 'cancel'}
        onConfirm={(reason) => decide.mutate(reason)}
        onClose={onClose}
      >
        {asked.type === 'cancel' ? (
          <Text size="sm">{text('theatres.cancelOutcome')}</Text>
        ) : (
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
                {asked.consequences.moves.map(({ run, unit, start, from }) => (
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
            {asked.consequences.risks.map(({ unit, before, after }) =>
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
        )}
      </ReasonForm>
    </Modal>
  )
}

/** `+35 min`, `−1 h 10` */
export function shiftText(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / MINUTE_MS)
  const sign = milliseconds < 0 ? '−' : '+'
  return minutes < 60 ? `${sign}${minutes} min` : `${sign}${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`
}
