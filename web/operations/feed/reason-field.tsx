/** Why an operator decides so: kept with the decision. */
import { Textarea } from '@mantine/core'
import { text } from '../../shared/language.ts'

const REASON_LENGTH_MIN = 3

export const lacksReason = (reason: string): boolean => reason.trim().length < REASON_LENGTH_MIN

interface ReasonFieldProps {
  reason: string
  onChange: (reason: string) => void
  /** It was to be confirmed already: what is lacking is said. */
  asked: boolean
  /** Whether it is where writing begins. */
  isFirst?: boolean
}

export function ReasonField({ reason, onChange, asked, isFirst = false }: ReasonFieldProps) {
  return (
    <Textarea
      label={text('incidents.reason')}
      description={text('incidents.reasonLead')}
      required
      data-autofocus={isFirst || undefined}
      autosize
      minRows={2}
      maxLength={500}
      value={reason}
      error={asked && lacksReason(reason) ? text('incidents.reasonLacking') : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
