/** The desk of those who follow patients at home: red, orange, green; whom to call first, and what to do. */
import { Alert, Button, Group, Paper, Stack, Title } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { FollowUpItem } from '../../../api/types.ts'
import { text } from '../../shared/language.ts'
import { ChoiceLink } from '../../shared/links.tsx'
import { Empty, Shown } from '../../shared/states.tsx'
import { useFollowUps } from '../queries.ts'
import { ActForm } from './act-form.tsx'
import { COLOURS, ColourMark } from './colour-mark.tsx'
import styles from './desk.module.css'
import { FollowUpRow } from './follow-up-row.tsx'

const route = getRouteApi('/telesurveillance')

export function DeskView() {
  const { colour, patient } = route.useSearch()
  const followUps = useFollowUps({ colour, patient })
  const [acting, setActing] = useState<FollowUpItem | null>(null)
  const [isSent, setSent] = useState(false)
  const act = (item: FollowUpItem) => {
    setSent(false)
    setActing(item)
  }
  const done = () => {
    setActing(null)
    setSent(true)
  }
  return (
    <Stack gap="md">
      <div role="status">
        {isSent ? (
          <Alert
            variant="light"
            icon={<IconCircleCheck aria-hidden />}
            withCloseButton
            closeButtonLabel={text('action.close')}
            onClose={() => setSent(false)}
          >
            {text('act.sent')}
          </Alert>
        ) : null}
      </div>
      <Shown read={{ ...followUps, data: followUps.data?.pages }} lines={8}>
        {(pages) => {
          const { byColour, total } = pages.at(-1)!
          const items = pages.flatMap((page) => page.items)
          return (
            <>
              <nav className="chips" aria-label={text('desk.filter')}>
                <ChoiceLink className="chip" chosen={!colour} to="/telesurveillance">
                  {text('desk.all')}
                  <span className="chip-count figures">{byColour.red + byColour.orange + byColour.green}</span>
                </ChoiceLink>
                {COLOURS.map((one) => (
                  <ChoiceLink key={one} className="chip" chosen={colour === one} to="/telesurveillance" search={{ colour: one }}>
                    <ColourMark colour={one} />
                    <span className="chip-count figures">{byColour[one]}</span>
                  </ChoiceLink>
                ))}
              </nav>
              <Paper withBorder className="panel">
                <Title order={2} size="h4" mb="sm">
                  {text('desk.count', { count: total })}
                </Title>
                {items.length === 0 ? (
                  <Empty hint={text('desk.noneHint')}>{text('desk.none')}</Empty>
                ) : (
                  <ol className={styles.rows}>
                    {items.map((item) => (
                      <FollowUpRow key={item.run} item={item} onAct={() => act(item)} />
                    ))}
                  </ol>
                )}
                {followUps.hasNextPage ? (
                  <Group justify="center" mt="sm">
                    <Button
                      variant="subtle"
                      loading={followUps.isFetchingNextPage}
                      onClick={() => void followUps.fetchNextPage()}
                    >
                      {text('desk.more')}
                    </Button>
                  </Group>
                ) : null}
              </Paper>
            </>
          )
        }}
      </Shown>
      {acting ? <ActForm key={acting.run} item={acting} onClose={() => setActing(null)} onSent={done} /> : null}
    </Stack>
  )
}
