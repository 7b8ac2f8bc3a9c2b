/** One task: its form, taking it, handing it over, doing it. Loaded when first opened: form-js comes with it. */
import { Alert, Badge, Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { IconArrowForwardUp } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { TaskDetail } from '../../../api/types.ts'
import { safetyChecklistOf } from '../../../pathways/language/safety-checklist.ts'
import { ApiError, problemCode } from '../../shared/api.ts'
import { Due } from '../../shared/due.tsx'
import { text, useText } from '../../shared/language.ts'
import { TextLink } from '../../shared/links.tsx'
import { RunLink, roleName, useNames } from '../../shared/names.tsx'
import { useTask } from '../../shared/queries.ts'
import { Failure, Shown } from '../../shared/states.tsx'
import { hourText } from '../../shared/times.ts'
import { PatientLine, personName } from '../people.tsx'
import { HandOver } from './hand-over.tsx'
import { SafetyChecklistPanel } from './safety-checklist.tsx'
import { TaskForm, type TaskFormHandle } from './task-form.tsx'
import { Done, Gone, HandedOver } from './task-outcome.tsx'
import { isOver, useTaskSteps } from './task-steps.ts'

export default function TaskDrawer({ id }: { id: string }) {
  const navigate = useNavigate()
  const { say } = useNames()
  const task = useTask(id)
  return (
    <Drawer
      opened
      onClose={() => void navigate({ to: '.', search: (search) => ({ ...search, task: undefined }) })}
      position="right"
      size={task.data?.checklist ? 'xl' : 'lg'}
      title={<span className="drawer-title">{task.data ? say(task.data.name, task.data.pathway) : text('tasks.task')}</span>}
      closeButtonProps={{ 'aria-label': text('action.close') }}
    >
      <Shown read={task}>{(detail) => <TaskPanel key={detail.id} task={detail} />}</Shown>
    </Drawer>
  )
}

function TaskPanel({ task }: { task: TaskDetail }) {
  const form = useRef<TaskFormHandle>(null)
  const [isHandingOver, setHandingOver] = useState(false)
  const { steps, handOver, complete } = useTaskSteps(task.id, (error) => {
    const refused = error instanceof ApiError ? (error.problem?.errors ?? []) : []
    if (problemCode(error) === 'wrong-form') form.current?.show(refused)
  })
  if (complete.data) return <Done task={task} />
  if (handOver.data && handOver.variables) {
    const { person, role } = handOver.variables
    return <HandedOver to={person ? personName(person) : roleName(role ?? '')} />
  }
  const isGone = task.state === 'completed' || task.state === 'cancelled' || isOver(complete.error)
  if (isGone) return <Gone error={complete.error} />
  const byAnother = task.claimedBy !== null && !task.mine
  const checklist = safetyChecklistOf(task.schema)
  const submit = () => {
    const data = form.current ? form.current.read() : {}
    if (data !== null) complete.mutate(data)
  }
  return (
    <Stack gap="md">
      <About task={task} />
      {byAnother ? (
        <Alert color="gray" variant="light" title={text('tasks.claimedTitle')}>
          {text('tasks.claimedText', { person: personName(task.claimedBy ?? '') })}
        </Alert>
      ) : null}
      {isHandingOver ? (
        <HandOver task={task} handOver={handOver} onCancel={() => setHandingOver(false)} />
      ) : checklist ? (
        <SafetyChecklistPanel
          checklist={checklist}
          task={task}
          isDisabled={byAnother}
          isPending={complete.isPending}
          onDecide={(data) => complete.mutate(data)}
        />
      ) : (
        <TaskForm handle={form} task={task} onSubmit={submit} />
      )}
      {complete.error ? <Failure error={complete.error} /> : null}
      {steps.error ? <Failure error={steps.error} /> : null}
      {isHandingOver ? null : (
        <Group justify="space-between" className="drawer-actions">
          <Group gap="xs">
            <Button
              variant="default"
              loading={steps.isPending}
              disabled={byAnother}
              onClick={() => steps.mutate(task.mine ? 'release' : 'claim')}
            >
              {text(task.mine ? 'tasks.release' : 'tasks.claim')}
            </Button>
            <Button
              variant="default"
              disabled={byAnother}
              leftSection={<IconArrowForwardUp size={16} aria-hidden />}
              onClick={() => setHandingOver(true)}
            >
              {text('handOver.action')}
            </Button>
          </Group>
          {checklist ? null : (
            <Button loading={complete.isPending} disabled={byAnother} onClick={submit}>
              {text('tasks.complete')}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  )
}

/** For whom, where, by when, and what whoever had it before says. */
function About({ task }: { task: TaskDetail }) {
  const language = useText()
  const names = useNames()
  return (
    <>
      <Group gap="xs">
        <Badge variant="light" color="gray" tt="none">
          {names.pathway(task.pathway)}
        </Badge>
        <Badge variant="light" color="gray" tt="none">
          {roleName(task.role)}
        </Badge>
        {task.mine ? <Badge tt="none">{text('tasks.mine')}</Badge> : null}
      </Group>
      <dl className="facts">
        {task.patientName && task.patient ? (
          <>
            <dt>{text('patient.one')}</dt>
            <dd>
              <TextLink size="sm" to="/patients/$id" params={{ id: task.patient }}>
                <PatientLine name={task.patientName} language={language} />
              </TextLink>
            </dd>
          </>
        ) : null}
        <dt>{text('tasks.place')}</dt>
        <dd>{names.say(task.place, task.pathway) || '–'}</dd>
        <dt>{text('run.one')}</dt>
        <dd>
          <RunLink run={task.run} />
        </dd>
        <dt>{text('tasks.due')}</dt>
        <dd>
          <Due due={task.due} createdAt={task.createdAt} />
        </dd>
      </dl>
      {task.handover ? (
        <Alert
          variant="light"
          icon={<IconArrowForwardUp aria-hidden />}
          title={text('handOver.from', { person: personName(task.handover.by), hour: hourText(task.handover.at) })}
        >
          <Text size="sm">{task.handover.note}</Text>
        </Alert>
      ) : null}
    </>
  )
}
