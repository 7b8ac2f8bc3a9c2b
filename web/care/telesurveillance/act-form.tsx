/** Acting for a patient at home: a call, a message, a visit, other limits; with a note, and the alert closed when it is seen to. */
import { Button, Checkbox, Drawer, Group, NumberInput, SegmentedControl, SimpleGrid, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ContactIn, FollowUpItem, Thresholds } from '../../../api/types.ts'
import { post } from '../../shared/api.ts'
import { text } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { fullName } from '../../shared/person-name.ts'
import { Failure } from '../../shared/states.tsx'
import { refreshFollowUp } from '../queries.ts'
import { ColourMark } from './colour-mark.tsx'

const KINDS = ['call', 'message', 'visit', 'threshold'] as const
type Kind = (typeof KINDS)[number]
const NOTE_MIN = 3

interface ActFormProps {
  item: FollowUpItem
  onClose: () => void
  onSent: () => void
}

export function ActForm({ item, onClose, onSent }: ActFormProps) {
  const { say } = useNames()
  const [key] = useState(() => crypto.randomUUID())
  const [kind, setKind] = useState<Kind>('call')
  const [note, setNote] = useState('')
  const [closes, setCloses] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const { limits, alert, patient, run } = item
  const [thresholds, setThresholds] = useState<Thresholds>({
    redBelow: limits?.redBelow ?? null,
    orangeBelow: limits?.orangeBelow ?? null,
    orangeAbove: limits?.orangeAbove ?? null,
    redAbove: limits?.redAbove ?? null,
  })
  const act = useMutation({
    mutationFn: (contact: ContactIn) => post(`/patients/${encodeURIComponent(patient)}/contacts`, contact, key),
    onSettled: () => refreshFollowUp(patient),
    onSuccess: onSent,
  })
  const isShort = note.trim().length < NOTE_MIN
  const send = () => {
    setAsked(true)
    if (isShort) return
    act.mutate({
      ...{ kind, note: note.trim(), run, closes: closes && alert !== null },
      ...(alert ? { alert: alert.id } : {}),
      ...(kind === 'threshold' ? { thresholds } : {}),
    })
  }
  const name = item.name ? fullName(item.name) : ''
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      title={<span className="drawer-title">{text('act.title', { name })}</span>}
      closeButtonProps={{ 'aria-label': text('action.close') }}
    >
      <Stack gap="md">
        <Group gap="sm">
          <ColourMark colour={item.colour} />
          <Text size="sm">{alert?.reason ? say(alert.reason, 'telesurveillance') : text('desk.quiet')}</Text>
        </Group>
        <SegmentedControl
          aria-label={text('act.kind')}
          orientation="vertical"
          value={kind}
          onChange={(value) => setKind(value as Kind)}
          data={KINDS.filter((one) => one !== 'threshold' || limits !== null).map((one) => ({
            value: one,
            label: text(`contact.${one}`),
          }))}
        />
        {kind === 'threshold' && limits ? <Limits unit={limits.unit} values={thresholds} onChange={setThresholds} /> : null}
        <Textarea
          label={text(kind === 'message' ? 'act.message' : 'act.note')}
          autosize
          minRows={4}
          maxLength={2000}
          data-autofocus
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
          error={isAsked && isShort ? text('act.noteMissing') : null}
        />
        {alert ? (
          <Checkbox
            label={text('act.closes')}
            checked={closes}
            onChange={({ currentTarget }) => setCloses(currentTarget.checked)}
          />
        ) : null}
        {act.error ? <Failure error={act.error} /> : null}
        <Group justify="flex-end" className="drawer-actions">
          <Button variant="default" onClick={onClose}>
            {text('care.cancel')}
          </Button>
          <Button loading={act.isPending} onClick={send}>
            {text('act.send')}
          </Button>
        </Group>
      </Stack>
    </Drawer>
  )
}

interface LimitsProps {
  unit: string
  values: Thresholds
  onChange: (values: Thresholds) => void
}

function Limits({ unit, values, onChange }: LimitsProps) {
  const lines = ['redAbove', 'orangeAbove', 'orangeBelow', 'redBelow'] as const
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <Text component="legend" size="sm" mb={4}>
        {text('act.thresholds')}
      </Text>
      <SimpleGrid cols={2} spacing="xs">
        {lines.map((line) => (
          <NumberInput
            key={line}
            label={text(`act.${line}`)}
            suffix={unit ? ` ${unit}` : ''}
            decimalScale={2}
            value={values[line] ?? ''}
            onChange={(value) => onChange({ ...values, [line]: typeof value === 'number' ? value : null })}
          />
        ))}
      </SimpleGrid>
    </fieldset>
  )
}
