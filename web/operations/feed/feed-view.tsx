/** What just happened, what calls for somebody, what was sent. */
import { Grid, Paper, Stack, Text, Title } from '@mantine/core'
import type { DocumentItem, FactItem } from '../../../api/types.ts'
import { text, textOf, useText } from '../../shared/language.ts'
import { useLive } from '../../shared/live.ts'
import { RunLink, useNames } from '../../shared/names.tsx'
import { useAlerts, useDocuments, useIncidents, useSession } from '../../shared/queries.ts'
import { Empty, Shown } from '../../shared/states.tsx'
import { hourText, momentText, useNow } from '../../shared/times.ts'
import { Figures } from '../figures.tsx'
import { Alerts } from './alerts.tsx'
import { Incidents } from './incidents.tsx'

/** Facts that say nothing to people by themselves. */
const INNER = ['taken', 'entered']
const INNER_TYPES = /Gateway$/

/** Whether a fact says something to people: which way a pathway turned is seen from what it did next. */
export const isTelling = ({ event, name, type }: FactItem): boolean =>
  !INNER.includes(event) && name !== '' && !INNER_TYPES.test(type)

export function FeedView() {
  const alerts = useAlerts()
  const incidents = useIncidents()
  const { data: session } = useSession()
  const seesDocuments = ['nurse', 'physician', 'operations'].includes(session?.role ?? '')
  return (
    <>
      <Figures />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="md">
            <Paper withBorder className="panel">
              <Title order={2} size="h4" mb="sm">
                {text('alerts.title')}
              </Title>
              <Shown read={alerts}>{({ items }) => <Alerts items={items} />}</Shown>
            </Paper>
            <Paper withBorder className="panel">
              <Title order={2} size="h4" mb="sm">
                {text('incidents.title')}
              </Title>
              <Shown read={incidents}>{({ items }) => <Incidents items={items} />}</Shown>
            </Paper>
            {seesDocuments ? <Documents /> : null}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Paper withBorder className="panel">
            <Title order={2} size="h4" mb="sm">
              {text('facts.title')}
            </Title>
            <Facts />
          </Paper>
        </Grid.Col>
      </Grid>
    </>
  )
}

function Facts() {
  const { facts } = useLive()
  const shown = facts.filter(isTelling).slice(0, 60)
  if (shown.length === 0) return <Empty hint={text('facts.noneHint')}>{text('facts.none')}</Empty>
  return (
    <ol className="fact-list">
      {shown.map((fact) => (
        <FactLine key={fact.id} fact={fact} />
      ))}
    </ol>
  )
}

/** One fact, in words: when, what, whose; `plain` leaves out whose. */
export function FactLine({ fact, plain = false }: { fact: FactItem; plain?: boolean }) {
  const { say } = useNames()
  return (
    <li className="fact" data-event={fact.event}>
      <time className="figures quiet" dateTime={fact.at}>
        {hourText(fact.at)}
      </time>
      <span>
        <Text component="span" size="sm">
          {say(fact.name, fact.pathway) || textOf('type', fact.type)}
        </Text>{' '}
        <Text component="span" size="sm" className="quiet">
          {textOf('event', fact.event)}
        </Text>
      </span>
      {plain ? null : <RunLink run={fact.run} pathway={fact.pathway} />}
    </li>
  )
}

/** What a document is, by its kind; its own title for a kind we have no name for. */
function documentName({ kind, title }: DocumentItem): string {
  const name = textOf('document', kind)
  return name === kind ? title : name
}

function Documents() {
  const language = useText()
  const now = useNow(30_000)
  const documents = useDocuments(true)
  const moment = (at: string | null) => (at === null ? text('documents.notYet') : now ? momentText(at, now.iso, language) : '')
  return (
    <Paper withBorder className="panel">
      <Title order={2} size="h4" mb="sm">
        {text('documents.title')}
      </Title>
      <Shown read={documents}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{text('documents.none')}</Empty>
          ) : (
            <ul className="watch-list">
              {items.map((document) => (
                <li key={document.id} className="watch">
                  <div>
                    <Text size="sm" fw={600}>
                      {documentName(document)}
                    </Text>
                    <Text size="xs" className="quiet figures">
                      {text('documents.sent', { deposited: moment(document.depositedAt), mailed: moment(document.mailedAt) })}
                    </Text>
                  </div>
                  <RunLink run={document.run} />
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Paper>
  )
}
