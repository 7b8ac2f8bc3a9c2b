/** What is about to be decided, what speaks against it, and why: a reason is kept with each decision. */
import { Alert, Modal, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import type { BedDecisionIn } from '../../../api/types.ts'
import { problemCode } from '../../shared/api.ts'
import { text } from '../../shared/language.ts'
import { useDecision } from './board-query.ts'
import { ReasonForm } from './reason-form.tsx'

type WithoutReason<One> = One extends unknown ? Omit<One, 'reason'> : never

export interface Asked {
  decision: WithoutReason<BedDecisionIn>
  title: string
  /** What would be the case afterwards. */
  outcome: string
  /** What speaks against it. */
  warning: string
  /** Reasons that are often given. */
  reasons: string[]
}

export function DecisionDialog({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const [key] = useState(() => crypto.randomUUID())
  const decide = useDecision(onClose)
  return (
    <Modal opened onClose={onClose} title={asked.title} centered closeButtonProps={{ 'aria-label': text('action.close') }}>
      <ReasonForm
        reasons={asked.reasons}
        first={asked.reasons[0] ?? ''}
        error={decide.error}
        isPending={decide.isPending}
        isStale={['changed-meanwhile', 'unknown-request'].includes(problemCode(decide.error))}
        confirm={text('beds.confirm')}
        onConfirm={(reason) => decide.mutate({ decision: { ...asked.decision, reason } as BedDecisionIn, key })}
        onClose={onClose}
      >
        <Text size="sm">{asked.outcome}</Text>
        {asked.warning ? (
          <Alert color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />} title={text('beds.against')}>
            {asked.warning}
          </Alert>
        ) : null}
      </ReasonForm>
    </Modal>
  )
}
