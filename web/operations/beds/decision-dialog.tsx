/** What is about to be decided, what speaks against it, and why: a reason is kept with each decision. */
import { Alert, Button, Chip, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import type { BedDecisionIn } from '../../../api/types.ts'
import { problemCode } from '../../shared/api.ts'
import { text } from '../../shared/language.ts'
import { Failure } from '../../shared/states.tsx'
import { useDecision } from './board-query.ts'

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

const REASON_LENGTH_MIN = 3

export function DecisionDialog({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const [reason, setReason] = useState(asked.reasons[0] ?? '')
  const [key] = useState(() => crypto.randomUUID())
  const decide = useDecision(onClose)
  const isChanged = problemCode(decide.error) === 'changed-meanwhile' || problemCode(decide.error) === 'unknown-request'
  const submit = () => decide.mutate({ decision: { ...asked.decision, reason: reason.trim() } as BedDecisionIn, key })
  return (
    <Modal opened onClose={onClose} title={asked.title} centered closeButtonProps={{ 'aria-label': text('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{asked.outcome}</Text>
          {asked.warning ? (
            <Alert color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />} title={text('beds.against')}>
              {asked.warning}
            </Alert>
          ) : null}
          {asked.reasons.length > 0 ? (
            <Chip.Group value={reason} onChange={(value) => setReason(String(value))}>
              <Group gap={6}>
                {asked.reasons.map((one) => (
                  <Chip key={one} value={one} size="xs">
                    {one}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          ) : null}
          <TextInput
            label={text('beds.reason')}
            description={text('beds.reasonLead')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={500}
            data-autofocus
            required
          />
          {decide.error ? <Failure error={decide.error} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {text(isChanged ? 'beds.lookAgain' : 'beds.cancel')}
            </Button>
            {isChanged ? null : (
              <Button type="submit" loading={decide.isPending} disabled={reason.trim().length < REASON_LENGTH_MIN}>
                {text('beds.confirm')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
