/** All versions of a pathway, newest first; one is chosen to be looked at. */
import { Button, Group, Modal, Table, Text } from '@mantine/core'
import { useState } from 'react'
import type { PathwayVersionItem } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { Failure } from '../../shared/states.tsx'
import { momentText, useNow } from '../../shared/times.ts'
import { Mark } from '../mark.tsx'
import { personName } from '../people.ts'
import { useVersionAction } from '../versions.ts'

const COLOURS = { draft: 'warn', published: 'good', retired: 'calm' } as const

interface Props {
  versions: PathwayVersionItem[]
  chosen: number
  onChoose: (version: number) => void
}

export function VersionsTable({ versions, chosen, onChoose }: Props) {
  const language = useText()
  const now = useNow(60_000)
  const at = (time: string | null) => (time && now ? momentText(time, now.iso, language) : '')
  return (
    <Table.ScrollContainer minWidth={680} mah={280}>
      <Table verticalSpacing={6} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text('versions.version')}</Table.Th>
            <Table.Th>{text('versions.state')}</Table.Th>
            <Table.Th>{text('versions.author')}</Table.Th>
            <Table.Th>{text('versions.note')}</Table.Th>
            <Table.Th>{text('library.running')}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {versions.map((one) => (
            <Table.Tr
              key={one.version}
              aria-current={one.version === chosen ? 'true' : undefined}
              bg={one.version === chosen ? 'var(--accent-soft)' : undefined}
            >
              <Table.Td>
                <Button variant="subtle" size="compact-sm" onClick={() => onChoose(one.version)}>
                  {text('pathways.version', { version: one.version })}
                </Button>
              </Table.Td>
              <Table.Td>
                <Group gap={6}>
                  <Mark tone={COLOURS[one.state]}>
                    {text(one.current ? 'versions.isCurrent' : one.submittedAt ? 'versions.submitted' : `versions.${one.state}`)}
                  </Mark>
                  <Text size="xs" className="quiet">
                    {at(one.publishedAt ?? one.savedAt)}
                  </Text>
                </Group>
              </Table.Td>
              <Table.Td>
                {personName(one.author)}
                {one.approver ? (
                  <span className="quiet"> · {text('versions.approvedBy', { who: personName(one.approver) })}</span>
                ) : null}
              </Table.Td>
              <Table.Td>{one.note}</Table.Td>
              <Table.Td className="figures">{one.running}</Table.Td>
              <Table.Td>
                <Actions version={one} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** Going back, retiring, throwing away: each said again before it is done. */
function Actions({ version: { pathway, version, state, current, revision } }: { version: PathwayVersionItem }) {
  const [asked, setAsked] = useState<'publish' | 'retire' | 'delete' | null>(null)
  const action = useVersionAction(pathway, version)
  const offers = ([] as ('publish' | 'retire' | 'delete')[]).concat(
    state !== 'draft' && !current ? ['publish'] : [],
    state === 'published' && !current ? ['retire'] : [],
    state === 'draft' ? ['delete'] : [],
  )
  return (
    <>
      <Group gap={4} wrap="nowrap">
        {offers.map((offer) => (
          <Button key={offer} size="compact-xs" variant="default" onClick={() => setAsked(offer)}>
            {text(`versions.${offer}`)}
          </Button>
        ))}
      </Group>
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={asked ? text(`versions.${asked}.title`, { version }) : ''}
      >
        <Text size="sm">{asked ? text(`versions.${asked}.what`, { version }) : ''}</Text>
        {action.error ? <Failure error={action.error} /> : null}
        <Group justify="flex-end" mt="md">
          <Button variant="subtle" onClick={() => setAsked(null)}>
            {text('action.close')}
          </Button>
          <Button
            color={asked === 'publish' ? undefined : 'bad'}
            loading={action.isPending}
            onClick={() => asked && action.mutate({ action: asked, revision }, { onSuccess: () => setAsked(null) })}
          >
            {asked ? text(`versions.${asked}`) : ''}
          </Button>
        </Group>
      </Modal>
    </>
  )
}
