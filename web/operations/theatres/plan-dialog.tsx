/** Before a plan is changed: which cases move by how much, what becomes of the risk to run over, and why it is done. */
import { Modal, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { PlanIn, PlannedDay } from '../../../api/types.ts'
import { post, problemCode } from '../../shared/api.ts'
import { text } from '../../shared/language.ts'
import { queries } from '../../shared/queries.ts'
import { isoLike } from '../../shared/times.ts'
import { ReasonForm } from '../beds/reason-form.tsx'
import { whoText } from '../beds/words.ts'
import type { Consequences } from './day.ts'
import { PlanChanges } from './plan-changes.tsx'

const STALE = ['changed-meanwhile', 'run-over', 'unit-in-use', 'unknown-run']

export type AskedPlan = { type: 'plan'; consequences: Consequences } | { type: 'cancel'; run: string }

export function PlanDialog({ day, asked, onClose }: { day: PlannedDay; asked: AskedPlan; onClose: () => void }) {
  const reasons = [
    text('theatres.reason.urgent'),
    text('theatres.reason.late'),
    text('theatres.reason.patient'),
    text('theatres.reason.staff'),
  ]
  const [key] = useState(() => crypto.randomUUID())
  const decide = useMutation({
    mutationFn: (reason: string) => {
      if (asked.type === 'cancel') return post(`/runs/${encodeURIComponent(asked.run)}/cancel`, { reason })
      const moves: PlanIn['moves'] = asked.consequences.moves.map(({ run, unit, start }) => ({
        ...{ run, unit: unit === '' ? null : unit, start: isoLike(start, day.at) },
        sequence: caseOf(run).sequence,
      }))
      return post(`/resources/pools/${encodeURIComponent(day.pool.id)}/plan`, { moves, reason } satisfies PlanIn, key)
    },
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ['resources'] }),
  })
  const caseOf = (run: string) => day.cases.find((one) => one.run === run)!
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
          <PlanChanges day={day} consequences={asked.consequences} />
        )}
      </ReasonForm>
    </Modal>
  )
}
