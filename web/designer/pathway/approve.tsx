/** What a second person reads before a draft is published: why, what changed, what the check says. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { PathwayVersionDetail, PathwayVersionItem } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { useSession } from '../../shared/queries.ts'
import { Failure, Shown } from '../../shared/states.tsx'
import { Mark } from '../mark.tsx'
import { personName } from '../people.ts'
import { prove } from '../proof/prover.ts'
import { sourcesOf, useVersion, useVersionAction } from '../versions.ts'
import { CompareVersions } from './compare-versions.tsx'

export function Approve({ draft, current }: { draft: PathwayVersionItem; current: PathwayVersionItem | undefined }) {
  const read = useVersion(draft.pathway, draft.version)
  return (
    <Shown read={read}>
      {(detail) => (
        <Stack gap="md">
          <Text>
            <strong>{personName(draft.author)}</strong> : {draft.note || <span className="quiet">{text('approve.noNote')}</span>}
          </Text>
          <Said detail={detail} />
          <Publish draft={detail} />
          <CompareVersions pathway={draft.pathway} older={current} newer={draft} />
        </Stack>
      )}
    </Shown>
  )
}

function Said({ detail }: { detail: PathwayVersionDetail }) {
  const language = useText()
  const read = useQuery({
    queryKey: ['check', detail.revision, language],
    queryFn: () => prove('check', { drawing: sourcesOf(detail), pathway: detail.pathway, language }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Shown read={read} lines={2}>
      {({ executable, sound, verdict, findings }) => (
        <Group>
          <Mark tone={executable && sound !== false ? 'good' : 'bad'} large>
            {executable ? text('check.executable') : text('check.errors', { count: findings.length })}
          </Mark>
          <Text size="sm">{verdict.join(' ; ')}</Text>
          {executable && findings.length > 0 ? (
            <Text size="sm">{text('approve.warnings', { count: findings.length })}</Text>
          ) : null}
        </Group>
      )}
    </Shown>
  )
}

function Publish({ draft }: { draft: PathwayVersionDetail }) {
  const action = useVersionAction(draft.pathway, draft.version)
  const me = useSession().data?.actor
  if (draft.submittedAt !== null && draft.author === me) return <Alert color="gray">{text('approve.own')}</Alert>
  if (draft.submittedAt === null) return <Alert color="gray">{text('approve.notSubmitted')}</Alert>
  return (
    <>
      {action.error ? <Failure error={action.error} /> : null}
      <Group>
        <Button
          leftSection={<IconCircleCheck size={18} aria-hidden />}
          loading={action.isPending}
          onClick={() => action.mutate({ action: 'publish', revision: draft.revision })}
        >
          {text('approve.publish')}
        </Button>
        <Text size="sm" className="quiet">
          {text('approve.what')}
        </Text>
      </Group>
    </>
  )
}
