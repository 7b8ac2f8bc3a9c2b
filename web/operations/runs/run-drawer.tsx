/** One run: where it stands, what it waits for and holds, what happened. Pseudonymous. */
import { Badge, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { RunDetail } from '../../../api/types.ts'
import { text, textOf, useText } from '../../shared/language.ts'
import { TextLink } from '../../shared/links.tsx'
import { roleName, shortId, useNames } from '../../shared/names.tsx'
import { usePools, useRun, useUnits } from '../../shared/queries.ts'
import { Empty, Shown } from '../../shared/states.tsx'
import { durationText, momentText, useNow } from '../../shared/times.ts'
import { FactLine, isTelling } from '../feed/feed-view.tsx'
import { CancelRun, IncidentsOfRun, MoveRun } from './run-actions.tsx'

export default function RunDrawer({ run }: { run: string }) {
  const navigate = useNavigate()
  const read = useRun(run)
  return (
    <Drawer
      opened
      onClose={() => void navigate({ to: '.', search: (search) => ({ ...search, run: undefined }) })}
      position="right"
      size="lg"
      title={<span className="drawer-title">{text('run.title', { id: shortId(run) })}</span>}
      closeButtonProps={{ 'aria-label': text('action.close') }}
    >
      <Shown read={read}>{(detail) => <Run run={detail} />}</Shown>
    </Drawer>
  )
}

function Run({ run }: { run: RunDetail }) {
  const language = useText()
  const names = useNames()
  const now = useNow()
  const moment = (at: string) => (now ? momentText(at, now.iso, language) : '')
  return (
    <Stack gap="lg">
      <Group gap="xs">
        <Badge tt="none">{textOf('runState', run.state)}</Badge>
        <TextLink size="sm" to="/pathways" search={{ pathway: run.pathway }}>
          {names.pathway(run.pathway)}
        </TextLink>
        <Text size="sm" className="quiet figures">
          {text('run.started', { at: moment(run.startedAt), version: run.version })}
        </Text>
      </Group>
      <Text size="xs" className="quiet figures run-id">
        {run.id}
      </Text>
      {typeof run.variables.identityStatus === 'string' ? (
        <Text size="sm">{text('run.identity', { status: textOf('identity', run.variables.identityStatus) })}</Text>
      ) : null}
      <IncidentsOfRun run={run.id} />
      <Section title={text('run.where')}>
        {run.elements.length === 0 ? (
          <Empty>{text('run.nowhere')}</Empty>
        ) : (
          <ul className="watch-list">
            {run.elements.map((one) => (
              <li key={`${one.element} ${one.since}`} className="watch">
                <div>
                  <TextLink size="sm" fw={600} to="/pathways" search={{ pathway: run.pathway, element: one.element }}>
                    {names.say(one.name, run.pathway) || textOf('type', one.type)}
                  </TextLink>
                  <Text size="xs" className="quiet">
                    {textOf('position', one.state)}
                  </Text>
                </div>
                <Text size="sm" className="figures">
                  {now ? durationText(now.ms - Date.parse(one.since), language) : ''}
                </Text>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {run.holds.length > 0 ? (
        <Section title={text('run.holds')}>
          <ul className="watch-list">
            {run.holds.map((hold) => (
              <Hold key={hold.id} hold={hold} />
            ))}
          </ul>
        </Section>
      ) : null}
      {run.error ? (
        <Section title={text('run.error')}>
          <Text size="sm">
            {run.error.code} · {run.error.element}
          </Text>
        </Section>
      ) : null}
      {run.cancellation ? (
        <Section title={text('run.cancelled')}>
          <Text size="sm">
            {text('run.cancelledBy', { by: roleName(run.cancellation.by.split('/')[0]!), reason: run.cancellation.reason })}
          </Text>
        </Section>
      ) : null}
      <Data variables={run.variables} />
      <CancelRun run={run} />
      <MoveRun run={run} />
      <Section title={text('run.history')}>
        <ol className="fact-list" data-plain>
          {run.history.items.filter(isTelling).map((fact) => (
            <FactLine key={fact.id} fact={fact} plain />
          ))}
        </ol>
      </Section>
    </Stack>
  )
}

/** What it holds, by the names of the house. */
function Hold({ hold }: { hold: RunDetail['holds'][number] }) {
  const { say } = useNames()
  const pools = usePools()
  const units = useUnits(hold.pool)
  const pool = pools.data?.items.find(({ id }) => id === hold.pool)?.name ?? hold.pool
  const named = hold.units.map((id) => say(units.data?.items.find((unit) => unit.id === id)?.name ?? id))
  return (
    <li className="watch">
      <div>
        <TextLink size="sm" to="/beds" search={{ pool: hold.pool }}>
          {named.join(', ') || say(pool)}
        </TextLink>
        {named.length > 0 ? (
          <Text size="xs" className="quiet">
            {say(pool)}
          </Text>
        ) : null}
      </div>
      <Text size="sm" className="quiet">
        {textOf('unit', hold.state)}
      </Text>
    </li>
  )
}

/** The pathway's variables, as far as the role may see them; folded, for they are many and named as the model names them. */
function Data({ variables }: { variables: RunDetail['variables'] }) {
  const entries = Object.entries(variables).filter(([, value]) => value !== null && value !== '')
  if (entries.length === 0) return null
  return (
    <details className="data">
      <summary>{text('run.data', { count: entries.length })}</summary>
      <dl className="facts">
        {entries
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, value]) => (
            <Fragment key={name}>
              <dt>{name}</dt>
              <dd className="figures">{typeof value === 'object' ? JSON.stringify(value) : String(value)}</dd>
            </Fragment>
          ))}
      </dl>
    </details>
  )
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <Title order={3} size="h5" mb={6}>
        {title}
      </Title>
      {children}
    </section>
  )
}
