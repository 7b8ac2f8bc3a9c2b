/** How a decision about units is confirmed: with a reason, which is kept; what was refused for having changed is looked at again instead. */
import '@mantine/core/styles/Chip.css'
import { Button, Chip, Group, Stack, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { text } from '../../shared/language.ts'
import { Failure } from '../../shared/states.tsx'

const REASON_LENGTH_MIN = 3

interface ReasonFormProps {
  /** Those that are often given. */
  reasons: string[]
  /** The one that stands there at first. */
  first: string
  error: unknown
  isPending: boolean
  /** What was to be decided about is not as it was seen. */
  isStale: boolean
  confirm: string
  isGrave?: boolean
  /** Everything else that must be said is. */
  isReady?: boolean
  onConfirm: (reason: string) => void
  onClose: () => void
  /** What is about to be decided. */
  children: ReactNode
}

export function ReasonForm(props: ReasonFormProps) {
  const {
    reasons,
    first,
    error,
    isPending,
    isStale,
    confirm,
    isGrave = false,
    isReady = true,
    onConfirm,
    onClose,
    children,
  } = props
  const [reason, setReason] = useState(first)
  const given = reason.trim()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onConfirm(given)
      }}
    >
      <Stack gap="sm">
        {children}
        {reasons.length > 0 ? (
          <Chip.Group value={reason} onChange={(value) => setReason(String(value))}>
            <Group gap={6}>
              {reasons.map((one) => (
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
        {error ? <Failure error={error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {text(isStale ? 'beds.lookAgain' : 'beds.cancel')}
          </Button>
          {isStale ? null : (
            <Button
              type="submit"
              color={isGrave ? 'red' : undefined}
              loading={isPending}
              disabled={!isReady || given.length < REASON_LENGTH_MIN}
            >
              {confirm}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
