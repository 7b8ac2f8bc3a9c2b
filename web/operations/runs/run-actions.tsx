/** What an operator may do about a run: decide about what it waits for in vain, or end it, with a reason that is kept. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconBan, IconGitMerge } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { RunDetail } from '../../../api/types.ts'
import { post } from '../../shared/api.ts'
import { text } from '../../shared/language.ts'
import { ButtonLink } from '../../shared/links.tsx'
import { queries, useIncidentsOf, useSession } from '../../shared/queries.ts'
import { Failure } from '../../shared/states.tsx'
import { Incidents } from '../feed/incidents.tsx'
import { lacksReason, ReasonField } from '../feed/reason-field.tsx'

const CANCELLERS = ['operations', 'physician', 'bed-manager', 'theatre-manager', 'administrator']
const DESIGNERS = ['designer', 'administrator']

/** The incidents of a run; nothing when there is none. */
export function IncidentsOfRun({ run }: { run: string }) {
  const items = useIncidentsOf(run).data?.items ?? []
  return items.length === 0 ? null : <Incidents items={items} />
}

/** Where designers move it to another version: the plan and its dry run come first. */
export function MoveRun({ run }: { run: RunDetail }) {
  const { data: session } = useSession()
  if (run.endedAt !== null || !DESIGNERS.includes(session?.role ?? '')) return null
  return (
    <ButtonLink
      variant="default"
      w="fit-content"
      leftSection={<IconGitMerge size={16} aria-hidden />}
      to="/designer/$pathway"
      params={{ pathway: run.pathway }}
      search={{ show: 'migrate', version: String(run.version), move: run.id }}
    >
      {text('runs.migrate')}
    </ButtonLink>
  )
}

export function CancelRun({ run }: { run: RunDetail }) {
  const { data: session } = useSession()
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const cancel = useMutation({
    mutationFn: () => post(`/runs/${encodeURIComponent(run.id)}/cancel`, { reason }),
    onSuccess: () => setOpen(false),
    onSettled: () => Promise.all([['runs'], ['run-list']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
  if (run.endedAt !== null || !CANCELLERS.includes(session?.role ?? '')) return null
  return (
    <Group>
      <Button
        variant="default"
        leftSection={<IconBan size={16} aria-hidden />}
        disabled={cancel.isSuccess}
        onClick={() => setOpen(true)}
      >
        {cancel.isSuccess ? text('runs.cancelling') : text('runs.cancel')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={text('runs.cancel')}
        closeButtonProps={{ 'aria-label': text('action.close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault()
            setAsked(true)
            if (!lacksReason(reason)) cancel.mutate()
          }}
        >
          <Stack gap="md">
            <Text size="sm">{text('remedyLead.cancel')}</Text>
            <ReasonField reason={reason} onChange={setReason} asked={asked} isFirst />
            {cancel.error ? <Failure error={cancel.error} /> : null}
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setOpen(false)}>
                {text('action.close')}
              </Button>
              <Button type="submit" color="red" loading={cancel.isPending}>
                {text('runs.cancel')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </Group>
  )
}
