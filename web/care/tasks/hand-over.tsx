/** Handing a task over: to somebody at work or to a role, with what they must know. */
import { Button, Group, Select, Stack, Textarea } from '@mantine/core'
import type { UseMutationResult } from '@tanstack/react-query'
import { useState } from 'react'
import type { TaskAnswer, TaskDetail, TaskHandover } from '../../../api/types.ts'
import { text } from '../../shared/language.ts'
import { roleName } from '../../shared/names.tsx'
import { Failure } from '../../shared/states.tsx'
import { personName } from '../people.tsx'
import { useColleagues } from '../queries.ts'

const ROLES = ['nurse', 'physician', 'bed-manager', 'theatre-manager', 'porter', 'cleaner', 'operations'] as const
const NOTE_MIN = 3

interface HandOverProps {
  task: TaskDetail
  handOver: UseMutationResult<TaskAnswer, Error, TaskHandover>
  onCancel: () => void
}

export function HandOver({ task, handOver, onCancel }: HandOverProps) {
  const { data } = useColleagues(true)
  const [to, setTo] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [isAsked, setAsked] = useState(false)
  const people = (data?.items ?? []).map(({ actor }) => ({ value: `person:${actor}`, label: personName(actor) }))
  const roles = ROLES.map((role) => ({ value: `role:${role}`, label: text('handOver.anyOf', { role: roleName(role) }) }))
  const isShort = note.trim().length < NOTE_MIN
  const send = () => {
    setAsked(true)
    if (to === null || isShort) return
    const [kind, ...rest] = to.split(':')
    const whom = rest.join(':')
    const receiver = kind === 'person' ? { person: whom } : { role: whom as (typeof ROLES)[number] }
    handOver.mutate({ ...receiver, note: note.trim() })
  }
  return (
    <Stack gap="sm" component="section" aria-label={text('handOver.title')}>
      <Select
        label={text('handOver.to')}
        searchable
        data={[
          { group: text('handOver.people'), items: people },
          { group: text('handOver.roles'), items: roles.filter(({ value }) => value !== `role:${task.role}` || task.mine) },
        ]}
        value={to}
        onChange={setTo}
        error={isAsked && to === null ? text('handOver.toMissing') : null}
        data-autofocus
      />
      <Textarea
        label={text('handOver.note')}
        description={text('handOver.noteHint')}
        autosize
        minRows={2}
        maxLength={1000}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
        error={isAsked && isShort ? text('handOver.noteMissing') : null}
      />
      {handOver.error ? <Failure error={handOver.error} /> : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {text('care.cancel')}
        </Button>
        <Button loading={handOver.isPending} onClick={send}>
          {text('handOver.send')}
        </Button>
      </Group>
    </Stack>
  )
}
