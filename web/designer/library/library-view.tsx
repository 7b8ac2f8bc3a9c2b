/** The hospital's pathways: what runs, what is being drawn, what waits for a second person. */
import { Button, Group, Modal, Paper, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { PathwayItem, PathwayVersionItem } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { ButtonLink, TextLink } from '../../shared/links.tsx'
import { useNames } from '../../shared/names.tsx'
import { usePathways } from '../../shared/queries.ts'
import { Empty, Failure, Shown } from '../../shared/states.tsx'
import { momentText, useNow } from '../../shared/times.ts'
import { OpenFile } from '../files.tsx'
import { Mark } from '../mark.tsx'
import { personName } from '../people.ts'
import { createDraft, useDrafts } from '../versions.ts'
import { emptyDrawing, processOf } from './new-drawing.ts'

export function LibraryView() {
  const pathways = usePathways()
  const drafts = useDrafts()
  const [creating, setCreating] = useState(false)
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={2} size="h3">
          {text('library.title')}
        </Title>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
          {text('library.new')}
        </Button>
      </Group>
      <Shown read={drafts}>{({ items }) => <Waiting drafts={items.filter(({ submittedAt }) => submittedAt !== null)} />}</Shown>
      <Paper withBorder className="panel">
        <Shown read={pathways}>{({ items }) => <Pathways pathways={items} drafts={drafts.data?.items ?? []} />}</Shown>
      </Paper>
      <Modal opened={creating} onClose={() => setCreating(false)} title={text('library.new')}>
        <NewPathway />
      </Modal>
    </Stack>
  )
}

/** What somebody else has drawn and waits to be read: the next thing to do. */
function Waiting({ drafts }: { drafts: PathwayVersionItem[] }) {
  const names = useNames()
  const language = useText()
  const now = useNow(60_000)
  if (drafts.length === 0) return null
  return (
    <Paper withBorder className="panel">
      <Title order={3} size="h4" mb="sm">
        {text('library.waiting', { count: drafts.length })}
      </Title>
      <Stack gap="xs">
        {drafts.map(({ pathway, version, author, submittedAt, note }) => (
          <Group key={`${pathway} ${version}`} justify="space-between" wrap="nowrap">
            <div>
              <Text fw={600}>
                {names.pathway(pathway)} <span className="quiet">{text('pathways.version', { version })}</span>
              </Text>
              <Text size="sm" className="quiet">
                {text('library.submittedBy', {
                  who: personName(author),
                  at: submittedAt && now ? momentText(submittedAt, now.iso, language) : '',
                })}
                {note ? ` · ${note}` : ''}
              </Text>
            </div>
            <ButtonLink to="/designer/$pathway" params={{ pathway }} search={{ version: String(version), show: 'approve' }}>
              {text('library.review')}
            </ButtonLink>
          </Group>
        ))}
      </Stack>
    </Paper>
  )
}

function Pathways({ pathways, drafts }: { pathways: PathwayItem[]; drafts: PathwayVersionItem[] }) {
  const names = useNames()
  const language = useText()
  const now = useNow(60_000)
  // A pathway that was never published has nothing but drafts.
  const unpublished = drafts.filter(({ pathway }) => !pathways.some(({ id }) => id === pathway))
  if (pathways.length + unpublished.length === 0) return <Empty>{text('pathways.none')}</Empty>
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text('library.pathway')}</Table.Th>
            <Table.Th>{text('library.current')}</Table.Th>
            <Table.Th>{text('library.running')}</Table.Th>
            <Table.Th>{text('library.drafts')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {pathways.map(({ id, version, publishedAt, running }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <TextLink to="/designer/$pathway" params={{ pathway: id }} fw={600}>
                  {names.pathway(id)}
                </TextLink>
              </Table.Td>
              <Table.Td>
                {text('pathways.version', { version })}{' '}
                <span className="quiet">{now ? momentText(publishedAt, now.iso, language) : ''}</span>
              </Table.Td>
              <Table.Td className="figures">{running}</Table.Td>
              <Table.Td>
                <Drafts drafts={drafts.filter(({ pathway }) => pathway === id)} />
              </Table.Td>
            </Table.Tr>
          ))}
          {[...new Set(unpublished.map(({ pathway }) => pathway))].map((id) => (
            <Table.Tr key={id}>
              <Table.Td>
                <TextLink to="/designer/$pathway" params={{ pathway: id }} fw={600}>
                  {unpublished.find(({ pathway }) => pathway === id)?.name || id}
                </TextLink>
              </Table.Td>
              <Table.Td>
                <Mark tone="calm">{text('library.never')}</Mark>
              </Table.Td>
              <Table.Td className="figures">0</Table.Td>
              <Table.Td>
                <Drafts drafts={unpublished.filter(({ pathway }) => pathway === id)} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Drafts({ drafts }: { drafts: PathwayVersionItem[] }) {
  return (
    <Group gap="xs">
      {drafts.map(({ pathway, version, author, submittedAt }) => (
        <TextLink
          key={version}
          size="sm"
          to="/designer/$pathway/$version"
          params={{ pathway, version: String(version) }}
          title={personName(author)}
        >
          {text(submittedAt ? 'library.draftSubmitted' : 'library.draft', { version })}
        </TextLink>
      ))}
    </Group>
  )
}

function NewPathway() {
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [error, setError] = useState<unknown>(null)
  const begin = async (pathway: string, bpmn: string) => {
    try {
      const sources = { bpmn, dmn: [], forms: {}, texts: {}, scenarios: '', note: '' }
      const { version } = await createDraft(pathway, sources, crypto.randomUUID())
      await navigate({ to: '/designer/$pathway/$version', params: { pathway, version: String(version) } })
    } catch (problem) {
      setError(problem)
    }
  }
  const { id, bpmn } = emptyDrawing(name)
  return (
    <Stack gap="md">
      <TextInput
        data-autofocus
        label={text('library.name')}
        placeholder={text('library.nameExample')}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Group>
        <Button disabled={id === ''} onClick={() => void begin(id, bpmn)}>
          {text('library.create')}
        </Button>
        <OpenFile
          accept=".bpmn,.xml"
          label={text('library.import')}
          onOpen={(content) => void begin(processOf(content), content)}
        />
      </Group>
      {error ? <Failure error={error} /> : null}
    </Stack>
  )
}
