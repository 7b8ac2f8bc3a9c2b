/** A safety checklist as it is used in theatre: large, read aloud, one point at a time; a No-Go may be said at any moment, and stops. */
import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { IconCheck, IconHandStop, IconRotate2, IconVolume } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { TaskDetail } from '../../../api/types.ts'
import { GO, NO_GO, type SafetyChecklist } from '../../../pathways/language/safety-checklist.ts'
import { text } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import styles from './safety-checklist.module.css'

interface PanelProps {
  checklist: SafetyChecklist
  task: TaskDetail
  isDisabled: boolean
  isPending: boolean
  onDecide: (data: Record<string, unknown>) => void
}

export function SafetyChecklistPanel({ checklist, task, isDisabled, isPending, onDecide }: PanelProps) {
  const { say } = useNames()
  const inWords = (words: string) => say(words, task.pathway)
  const [verified, setVerified] = useState<string[]>([])
  const [isStopping, setStopping] = useState(false)
  const { items, itemsKey, decisionKey, reasonKey } = checklist
  const current = items.find(({ value }) => !verified.includes(value))
  const go = useRef<HTMLButtonElement>(null)
  const isReady = current === undefined
  useEffect(() => {
    if (isReady) go.current?.focus()
  }, [isReady])
  return (
    <Stack gap="md">
      <Times task={task} />
      {checklist.words.map((line) => (
        <Text key={line} size="sm" className="quiet">
          <IconVolume size={16} aria-hidden /> {inWords(line)}
        </Text>
      ))}
      <ol className={styles.points} aria-label={inWords(checklist.title)}>
        {items.map(({ value, label }) => {
          const isVerified = verified.includes(value)
          return (
            <li key={value} data-state={isVerified ? 'verified' : value === current?.value ? 'current' : 'later'}>
              <span className={styles.mark} aria-hidden>
                {isVerified ? <IconCheck size={20} stroke={3} /> : null}
              </span>
              <span className={styles.label}>{inWords(label)}</span>
              {isVerified ? <span className={styles.word}>{text('checklist.verified')}</span> : null}
            </li>
          )
        })}
      </ol>
      <fieldset className={styles.decide} aria-label={text('checklist.decision')}>
        {current ? (
          <Button
            size="xl"
            fullWidth
            disabled={isDisabled}
            leftSection={<IconCheck size={24} aria-hidden />}
            onClick={() => setVerified([...verified, current.value])}
            className={styles.big}
          >
            {text('checklist.verify', { point: inWords(current.label) })}
          </Button>
        ) : (
          <Button
            ref={go}
            size="xl"
            fullWidth
            disabled={isDisabled}
            loading={isPending}
            leftSection={<IconCheck size={24} aria-hidden />}
            onClick={() => onDecide({ [itemsKey]: verified, [decisionKey]: GO })}
            className={styles.big}
          >
            {inWords(checklist.goLabel)}
          </Button>
        )}
        <Group gap="sm" grow>
          <Button
            size="lg"
            variant="default"
            disabled={verified.length === 0}
            leftSection={<IconRotate2 size={20} aria-hidden />}
            onClick={() => setVerified(verified.slice(0, -1))}
          >
            {text('checklist.back')}
          </Button>
          <Button
            size="lg"
            color="red"
            variant="outline"
            disabled={isDisabled}
            leftSection={<IconHandStop size={20} aria-hidden />}
            onClick={() => setStopping(true)}
          >
            No-Go
          </Button>
        </Group>
      </fieldset>
      <Text size="sm" className="quiet" role="status">
        {text('checklist.progress', { done: verified.length, total: items.length })}
      </Text>
      <Stop
        title={inWords(checklist.noGoLabel)}
        point={current ? inWords(current.label) : ''}
        reasonLabel={inWords(checklist.reasonLabel)}
        isOpen={isStopping}
        isPending={isPending}
        onClose={() => setStopping(false)}
        onStop={(reason) =>
          onDecide({ [itemsKey]: verified, [decisionKey]: NO_GO, ...(reasonKey === '' ? {} : { [reasonKey]: reason }) })
        }
      />
    </Stack>
  )
}

/** The three times of the checklist, and which one it is. */
function Times({ task }: { task: TaskDetail }) {
  const { say } = useNames()
  return (
    <ol className={styles.times} aria-label={text('checklist.times')}>
      {(task.checklist ?? []).map(({ element, name, isNow, decision }) => (
        <li key={element} aria-current={isNow ? 'step' : undefined}>
          {say(name, task.pathway)}
          {decision && !isNow ? <strong> {decision}</strong> : null}
        </li>
      ))}
    </ol>
  )
}

interface StopProps {
  title: string
  /** The point that was being read. */
  point: string
  reasonLabel: string
  isOpen: boolean
  isPending: boolean
  onClose: () => void
  onStop: (reason: string) => void
}

/** Stopping says why, once, and is meant. */
function Stop({ title, point, reasonLabel, isOpen, isPending, onClose, onStop }: StopProps) {
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const stop = () => {
    setAsked(true)
    if (reason.trim() !== '') onStop(reason.trim())
  }
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={<strong>{title}</strong>}
      centered
      closeButtonProps={{ 'aria-label': text('action.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{point === '' ? text('checklist.stopLead') : text('checklist.stopAt', { point })}</Text>
        <Textarea
          label={reasonLabel || text('checklist.reason')}
          autosize
          minRows={3}
          required
          data-autofocus
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
          error={isAsked && reason.trim() === '' ? text('checklist.reasonMissing') : null}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {text('care.cancel')}
          </Button>
          <Button color="red" loading={isPending} leftSection={<IconHandStop size={18} aria-hidden />} onClick={stop}>
            {text('checklist.stop')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
