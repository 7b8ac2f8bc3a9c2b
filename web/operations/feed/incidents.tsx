/** System activities that gave up, and requests that nothing could ever grant: somebody decides, and says why. */
import '@mantine/core/styles/Radio.css'
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { IconPlugX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { IncidentDecision, IncidentItem } from '../../../api/types.ts'
import { post } from '../../shared/api.ts'
import { Due } from '../../shared/due.tsx'
import { text, textOf } from '../../shared/language.ts'
import { RunLink, roleName, useNames } from '../../shared/names.tsx'
import { queries } from '../../shared/queries.ts'
import { Empty, Failure } from '../../shared/states.tsx'
import { type Correction, Corrections, variablesOf } from './corrections.tsx'
import { lacksReason, ReasonField } from './reason-field.tsx'

export function Incidents({ items }: { items: IncidentItem[] }) {
  const names = useNames()
  const [open, setOpen] = useState<IncidentItem | null>(null)
  return (
    <>
      {items.length === 0 ? <Empty>{text('incidents.none')}</Empty> : null}
      <ul className="watch-list">
        {items.map((incident) => (
          <li key={incident.id} className="watch" data-level="warning">
            <IconPlugX size={20} stroke={1.7} aria-hidden />
            <div>
              <Text size="sm" fw={600}>
                {names.say(incident.name, incident.pathway) || textOf('activity', incident.activity)}
              </Text>
              <Why incident={incident} />
              <Text size="xs" className="quiet" component="div">
                {names.pathway(incident.pathway)} <RunLink run={incident.run} /> ·{' '}
                {text('alerts.owner', { owner: roleName(incident.owner) })} · <Due due={null} createdAt={incident.openedAt} />
              </Text>
            </div>
            {incident.actions.length > 0 ? (
              <Button size="xs" variant="light" onClick={() => setOpen(incident)}>
                {text('incidents.decide')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {open ? <Decision key={open.id} incident={open} close={() => setOpen(null)} /> : null}
    </>
  )
}

/** What did not come about and what to do, in the reader's language; what a partner said, in its own. */
function Why({ incident: { activity, reason, remedy } }: { incident: IncidentItem }) {
  return (
    <>
      {activity === 'request' || activity === 'failure' ? (
        <Text size="sm">{reason}</Text>
      ) : (
        <>
          <Text size="sm">{text('incidents.gaveUp', { activity: textOf('activity', activity) })}</Text>
          <Text size="xs" className="quiet" lang="en">
            {reason}
          </Text>
        </>
      )}
      <Text size="sm" className="quiet">
        {remedy}
      </Text>
    </>
  )
}

function Decision({ incident, close }: { incident: IncidentItem; close: () => void }) {
  const { say } = useNames()
  const [action, setAction] = useState<IncidentDecision['action']>('retry')
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const [corrections, setCorrections] = useState<Correction[]>([])
  const decide = useMutation({
    mutationFn: () =>
      post(`/incidents/${encodeURIComponent(incident.id)}/resolve`, {
        ...{ action, reason },
        ...(action === 'retry' && corrections.length > 0
          ? { variables: variablesOf(corrections) as NonNullable<IncidentDecision['variables']> }
          : {}),
      } satisfies IncidentDecision),
    onSuccess: close,
    onSettled: () => queries.invalidateQueries({ queryKey: ['incidents'] }),
  })
  return (
    <Modal
      opened
      onClose={close}
      title={say(incident.name, incident.pathway) || textOf('activity', incident.activity)}
      closeButtonProps={{ 'aria-label': text('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setAsked(true)
          if (!lacksReason(reason)) decide.mutate()
        }}
      >
        <Stack gap="md">
          <div>
            <Why incident={incident} />
          </div>
          <Radio.Group
            label={text('incidents.action')}
            value={action}
            onChange={(chosen) => setAction(chosen as IncidentDecision['action'])}
          >
            <Stack gap="xs" mt="xs">
              {incident.actions.map((one) => (
                <Radio key={one} value={one} label={text(`remedy.${one}`)} description={text(`remedyLead.${one}`)} />
              ))}
            </Stack>
          </Radio.Group>
          {action === 'retry' ? <Corrections run={incident.run} corrections={corrections} onChange={setCorrections} /> : null}
          <ReasonField reason={reason} onChange={setReason} asked={asked} />
          {decide.error ? <Failure error={decide.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {text('action.close')}
            </Button>
            <Button type="submit" loading={decide.isPending}>
              {text('incidents.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
