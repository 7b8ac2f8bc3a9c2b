/** Two people on one draft: who else has saved it, and what to do about it. */
import { Alert, Button, Group, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import type { PathwayVersionDetail, PathwayVersionItem } from '../../../api/types.ts'
import { text } from '../../shared/language.ts'
import { hourText } from '../../shared/times.ts'
import { Compare } from '../compare/compare.tsx'
import { personName } from '../people.ts'
import type { Draft } from './use-draft.ts'

export function Conflict({ draft, theirs }: { draft: Draft; theirs: PathwayVersionDetail }) {
  const [comparing, setComparing] = useState(false)
  const { bpmn, dmn, forms } = draft.sources
  return (
    <Alert
      color="orange"
      title={text('conflict.title', { who: personName(theirs.author), at: hourText(theirs.savedAt) })}
      role="alert"
    >
      <Text size="sm" mb="xs">
        {text('conflict.hint')}
      </Text>
      <Group gap="sm">
        <Button size="xs" onClick={() => setComparing(true)}>
          {text('conflict.compare')}
        </Button>
        <Button size="xs" variant="default" onClick={() => draft.settle('mine')}>
          {text('conflict.mine')}
        </Button>
        <Button size="xs" variant="default" onClick={() => draft.settle('theirs')}>
          {text('conflict.theirs')}
        </Button>
      </Group>
      <Modal opened={comparing} onClose={() => setComparing(false)} size="90%" title={text('conflict.compare')}>
        <Compare
          older={{
            ...{ bpmn: theirs.bpmn, dmn: theirs.dmn, forms: theirs.forms as Record<string, unknown> },
            title: text('conflict.theirDraft', { who: personName(theirs.author) }),
          }}
          newer={{ bpmn, dmn, forms, title: text('conflict.myDraft') }}
        />
      </Modal>
    </Alert>
  )
}

/** Before anything is saved over it: the draft on the server is no longer the one that was read here. */
export function SomebodyElse({ there, draft }: { there: PathwayVersionItem | undefined; draft: Draft }) {
  const { state } = draft.save
  const isOthers = there !== undefined && there.revision !== draft.revision && there.state === 'draft'
  // While one's own saving is under way the list is behind.
  if (!isOthers || state !== 'saved' || draft.save.at >= there.savedAt) return null
  return (
    <Alert color="orange" role="alert">
      {text('conflict.saved', { who: personName(there.author), at: hourText(there.savedAt) })}
    </Alert>
  )
}
