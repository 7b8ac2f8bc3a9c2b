/** What calls for somebody: level by word and form, whose it is, its clock, what to do about it; and closing it, with what was done. */
import { Button, Group, Modal, Text } from '@mantine/core'
import { IconAlertOctagon, IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { AlertClosing, AlertItem } from '../../../api/types.ts'
import { post, problemCode } from '../../shared/api.ts'
import { Due } from '../../shared/due.tsx'
import { text, textOf } from '../../shared/language.ts'
import { ButtonLink, TextLink } from '../../shared/links.tsx'
import { RunLink, roleName, useNames } from '../../shared/names.tsx'
import { fullName } from '../../shared/person-name.ts'
import { queries, usePools, useSession } from '../../shared/queries.ts'
import { Empty } from '../../shared/states.tsx'
import { ReasonForm } from '../beds/reason-form.tsx'

const ICON = { info: IconInfoCircle, warning: IconAlertTriangle, critical: IconAlertOctagon }
const LEVELS = ['critical', 'warning', 'info'] as const
const MAY_CLOSE = ['operations', 'nurse', 'physician', 'bed-manager', 'theatre-manager', 'administrator']

/** The gravest first, among them whose clock ends first. */
const byGravity = (one: AlertItem, other: AlertItem): number =>
  LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level) ||
  (one.due ?? one.openedAt).localeCompare(other.due ?? other.openedAt) ||
  Number(one.id) - Number(other.id)

export function Alerts({ items }: { items: AlertItem[] }) {
  const [closing, setClosing] = useState<AlertItem | null>(null)
  return (
    <>
      {items.length === 0 ? <Empty>{text('alerts.none')}</Empty> : null}
      <ul className="watch-list">
        {[...items].sort(byGravity).map((alert) => (
          <AlertRow key={alert.id} alert={alert} onClose={() => setClosing(alert)} />
        ))}
      </ul>
      {closing ? <Closing key={closing.id} alert={closing} onDone={() => setClosing(null)} /> : null}
    </>
  )
}

function AlertRow({ alert, onClose }: { alert: AlertItem; onClose: () => void }) {
  const { say } = useNames()
  const pools = usePools()
  const role = useSession().data?.role ?? ''
  const poolName = (id: string) => say(pools.data?.items.find((pool) => pool.id === id)?.name ?? id)
  const { level, kind, patient, patientName: name, pool, reason, owner, place, run, due, openedAt } = alert
  const Icon = ICON[level]
  return (
    <li className="watch" data-level={level}>
      <Icon size={20} stroke={1.7} aria-hidden />
      <div>
        <Text size="sm" fw={600}>
          {textOf('level', level)} · {textOf('alert', kind)}
          {reason ? ` · ${say(reason, kind)}` : ''}
        </Text>
        {name && patient ? (
          <TextLink to="/patients/$id" params={{ id: patient }} size="sm" fw={600}>
            {fullName(name)}
          </TextLink>
        ) : null}
        {pool ? <Text size="sm">{poolName(pool)}</Text> : null}
        <Text size="xs" className="quiet" component="div">
          <strong>{text('alerts.owner', { owner: roleName(owner) })}</strong>
          {place ? ` · ${say(place)}` : ''} {run ? <RunLink run={run} /> : null}
        </Text>
      </div>
      <Group gap="xs" justify="flex-end" className="watch-act">
        <Text size="sm" component="div">
          <Due due={due} createdAt={openedAt} />
        </Text>
        <Act alert={alert} role={role} />
        {MAY_CLOSE.includes(role) ? (
          <Button size="xs" variant="default" leftSection={<IconCheck size={15} aria-hidden />} onClick={onClose}>
            {text('alerts.close')}
          </Button>
        ) : null}
      </Group>
    </li>
  )
}

/** Where something is done about it; closing it is the only thing to do about the others. */
function Act({ alert: { kind, patient, run, pool }, role }: { alert: AlertItem; role: string }) {
  if (kind === 'telesurveillance' && patient && ['operations', 'nurse', 'physician'].includes(role))
    return (
      <ButtonLink size="xs" to="/telesurveillance" search={{ patient }}>
        {text('alerts.act.telesurveillance')}
      </ButtonLink>
    )
  if (kind === 'reorder')
    return (
      <ButtonLink size="xs" to="/stock">
        {text('alerts.act.reorder')}
      </ButtonLink>
    )
  if (kind === 'circularWait' && run)
    return (
      <ButtonLink size="xs" to="." search={(search) => ({ ...search, run, task: undefined })}>
        {text('alerts.act.run')}
      </ButtonLink>
    )
  if (kind.startsWith('turnover') && pool)
    return (
      <ButtonLink size="xs" to="/beds" search={{ pool, state: 'dirty' }}>
        {text('alerts.act.turnover')}
      </ButtonLink>
    )
  return null
}

function Closing({ alert, onDone }: { alert: AlertItem; onDone: () => void }) {
  const { say } = useNames()
  const reasons =
    alert.kind === 'telesurveillance'
      ? [text('alerts.done.called'), text('alerts.done.advised'), text('alerts.done.false')]
      : alert.kind === 'reorder'
        ? [text('alerts.done.ordered'), text('alerts.done.received')]
        : [text('alerts.done.settled')]
  const close = useMutation({
    mutationFn: (note: string) => post(`/alerts/${encodeURIComponent(alert.id)}/close`, { note } satisfies AlertClosing),
    onSuccess: onDone,
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['alerts'] }),
        queries.invalidateQueries({ queryKey: ['command-centre'] }),
      ]),
  })
  const { patientName: name, kind, reason } = alert
  return (
    <Modal
      opened
      onClose={onDone}
      title={text('alerts.closeTitle')}
      centered
      closeButtonProps={{ 'aria-label': text('action.close') }}
    >
      <ReasonForm
        reasons={reasons}
        first={reasons[0]!}
        error={close.error}
        isPending={close.isPending}
        isStale={problemCode(close.error) === 'unknown-alert'}
        confirm={text('alerts.close')}
        onConfirm={(note) => close.mutate(note)}
        onClose={onDone}
      >
        <Text size="sm">
          {textOf('alert', kind)}
          {reason ? ` · ${say(reason, kind)}` : ''}
          {name ? ` · ${fullName(name)}` : ''}
        </Text>
      </ReasonForm>
    </Modal>
  )
}
