/** What is done to a draft as a whole: undone, brought in and taken out, said why, submitted. */
import { ActionIcon, Button, Group, Menu, Modal, Text, Textarea, Title } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconDots,
  IconSend,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { PathwayVersionDetail } from '../../../api/types.ts'
import { text } from '../../shared/language.ts'
import { IconLink } from '../../shared/links.tsx'
import { useNames } from '../../shared/names.tsx'
import { Failure } from '../../shared/states.tsx'
import { hourText } from '../../shared/times.ts'
import { download } from '../files.tsx'
import { Mark } from '../mark.tsx'
import { useVersionAction } from '../versions.ts'
import classes from './editor.module.css'
import type { Checked } from './use-check.ts'
import type { Draft, SaveState } from './use-draft.ts'

interface Props {
  initial: PathwayVersionDetail
  draft: Draft
  /** Of what is being edited; null when there is nothing to undo, or to do again. */
  undo: (() => void) | null
  redo: (() => void) | null
  checked: Checked
  submittedAt: string | null
  /** Over the whole window. */
  isLarge: boolean
  onLarge: () => void
}

export function Toolbar({ initial, draft, undo, redo, checked, submittedAt, isLarge, onLarge }: Props) {
  const Large = isLarge ? IconArrowsMinimize : IconArrowsMaximize
  const names = useNames()
  const { pathway, version } = initial
  const [submitting, setSubmitting] = useState(false)
  const isReady = checked.answer?.executable === true && checked.answer.sound !== false && !checked.isOld
  return (
    <div className={classes.bar}>
      <IconLink
        to="/designer/$pathway"
        params={{ pathway }}
        variant="default"
        size="lg"
        aria-label={text('editor.toPathway')}
        title={text('editor.toPathway')}
      >
        <IconArrowLeft size={18} />
      </IconLink>
      <div className={classes.title}>
        <Title order={2} size="h4">
          {names.pathway(pathway)} <span className="quiet">{text('editor.draft', { version })}</span>
        </Title>
        <Text size="xs" className="quiet" role="status">
          <Saved save={draft.save} />
        </Text>
      </div>
      <Group gap={4}>
        <ActionIcon
          variant="default"
          size="lg"
          disabled={!undo}
          aria-label={text('editor.undo')}
          title={text('editor.undo')}
          onClick={() => undo?.()}
        >
          <IconArrowBackUp size={18} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="lg"
          disabled={!redo}
          aria-label={text('editor.redo')}
          title={text('editor.redo')}
          onClick={() => redo?.()}
        >
          <IconArrowForwardUp size={18} />
        </ActionIcon>
      </Group>
      <ActionIcon
        variant="default"
        size="lg"
        aria-pressed={isLarge}
        aria-label={text('editor.large')}
        title={text('editor.large')}
        onClick={onLarge}
      >
        <Large size={18} />
      </ActionIcon>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={text('editor.more')} title={text('editor.more')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => download(`${pathway}.bpmn`, draft.sources.bpmn)}>{text('editor.export')}</Menu.Item>
          <Menu.Item component="label">
            {text('editor.import')}
            <input
              type="file"
              accept=".bpmn,.xml"
              hidden
              onChange={({ currentTarget }) => void currentTarget.files?.[0]?.text().then((bpmn) => draft.replace({ bpmn }))}
            />
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {submittedAt ? (
        <Mark tone="good" large>
          {text('editor.submitted', { at: hourText(submittedAt) })}
        </Mark>
      ) : (
        <Button
          leftSection={<IconSend size={16} aria-hidden />}
          disabled={!isReady}
          onClick={() => setSubmitting(true)}
          title={isReady ? undefined : text('editor.notReady')}
        >
          {text('editor.submit')}
        </Button>
      )}
      <Modal opened={submitting} onClose={() => setSubmitting(false)} title={text('submit.title')}>
        <Submit draft={draft} pathway={pathway} version={version} onDone={() => setSubmitting(false)} />
      </Modal>
    </div>
  )
}

function Submit({ draft, pathway, version, onDone }: { draft: Draft; pathway: string; version: number; onDone: () => void }) {
  const [note, setNote] = useState(draft.sources.note)
  const action = useVersionAction(pathway, version)
  const [unsaved, setUnsaved] = useState(false)
  const submit = async () => {
    if (note !== draft.sources.note) draft.change({ note })
    const revision = await draft.flush()
    if (revision === null) return setUnsaved(true)
    await action.mutateAsync({ action: 'submit', revision })
    onDone()
  }
  return (
    <>
      <Textarea
        data-autofocus
        label={text('submit.note')}
        description={text('submit.noteHint')}
        autosize
        minRows={3}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      {unsaved ? <Text c="red">{text('submit.unsaved')}</Text> : null}
      {action.error ? <Failure error={action.error} /> : null}
      <Group justify="flex-end" mt="md">
        <Button loading={action.isPending} disabled={note.trim() === ''} onClick={() => void submit().catch(() => {})}>
          {text('editor.submit')}
        </Button>
      </Group>
    </>
  )
}

function Saved({ save }: { save: SaveState }) {
  if (save.state === 'saved') return text('save.saved', { at: hourText(save.at) })
  return text(`save.${save.state}`)
}
