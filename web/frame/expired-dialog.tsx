/** Says that the session is over and that the work is kept, and signs in again. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { text } from '../shared/language.ts'
import { roleName } from '../shared/names.tsx'
import { Failure } from '../shared/states.tsx'

interface ExpiredDialogProps {
  role: string
  again: () => void
  isPending: boolean
  error: Error | null
  later: () => void
}

export default function ExpiredDialog({ role, again, isPending, error, later }: ExpiredDialogProps) {
  return (
    <Modal
      opened
      onClose={later}
      title={text('expired.title')}
      closeButtonProps={{ 'aria-label': text('action.close') }}
      zIndex={500}
    >
      <Stack gap="md">
        <Text size="sm">{text('expired.text')}</Text>
        {error ? <Failure error={error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={later}>
            {text('expired.later')}
          </Button>
          <Button data-autofocus loading={isPending} onClick={again}>
            {text('expired.again', { role: roleName(role) })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
