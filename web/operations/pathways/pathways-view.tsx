/** Where patients stand: the pathway's own diagram with live counts, the same as a table, and who is there. */
import { Grid, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { PathwayItem, PositionItem } from '../../../api/types.ts'
import { text, textOf, useText } from '../../shared/language.ts'
import { ChoiceLink, TextLink } from '../../shared/links.tsx'
import { useNames } from '../../shared/names.tsx'
import { useDiagram, usePathways, usePositions } from '../../shared/queries.ts'
import { Empty, Loading, Shown } from '../../shared/states.tsx'
import { Figures } from '../figures.tsx'
import { RunsThere } from './runs-there.tsx'
import { StepsTable } from './steps-table.tsx'

const Diagram = lazy(() => import('./diagram.tsx'))

/** The mission's pathways first, then what keeps the house running. */
const ORDER = ['admission', 'surgery', 'discharge', 'telesurveillance', 'theatre-cleaning', 'bed-cleaning']
const rank = ({ id }: PathwayItem) => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length)

const route = getRouteApi('/pathways')

export function PathwaysView() {
  const pathways = usePathways()
  const names = useNames()
  const search = route.useSearch()
  return (
    <Shown read={pathways}>
      {({ items }) => {
        const ordered = [...items].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))
        const current = ordered.find(({ id }) => id === search.pathway) ?? ordered[0]
        if (!current) return <Empty hint={text('pathways.noneHint')}>{text('pathways.none')}</Empty>
        return (
          <Stack gap="md">
            <Figures />
            <nav className="chips" aria-label={text('view.pathways')}>
              {ordered.map((one) => (
                <ChoiceLink
                  key={one.id}
                  className="chip"
                  chosen={one.id === current.id}
                  to="/pathways"
                  search={{ pathway: one.id }}
                >
                  {names.pathway(one.id)}
                  <span className="chip-count figures">{one.running}</span>
                </ChoiceLink>
              ))}
            </nav>
            <Pathway key={current.id} pathway={current} element={search.element ?? ''} />
          </Stack>
        )
      }}
    </Shown>
  )
}

function Pathway({ pathway, element }: { pathway: PathwayItem; element: string }) {
  const navigate = useNavigate({ from: '/pathways' })
  const language = useText()
  const names = useNames()
  const diagram = useDiagram(pathway.id, pathway.version)
  const positions = usePositions(pathway.id)
  const items: PositionItem[] = positions.data?.items ?? []
  const select = (chosen: string) =>
    void navigate({ search: (search) => ({ ...search, pathway: pathway.id, element: chosen }), replace: true })
  const title = names.pathway(pathway.id)
  const named = diagram.data?.elements.find(({ id }) => id === element)
  const name = named ? names.say(named.name, pathway.id) || textOf('type', named.type) : element
  return (
    <>
      <Paper withBorder className="panel" p={0}>
        <Group align="baseline" gap="sm" px="lg" py="sm" wrap="wrap">
          <Title order={2} size="h3">
            {title}
          </Title>
          <Text size="sm" className="quiet">
            {text('pathways.running', { count: positions.data?.running ?? pathway.running })} ·{' '}
            {text('pathways.version', { version: pathway.version })}
          </Text>
        </Group>
        <Shown read={diagram} lines={8}>
          {({ bpmn, texts }) => (
            <Suspense fallback={<Loading lines={8} />}>
              <Diagram xml={bpmn} texts={texts[language]} name={title} positions={items} selected={element} onSelect={select} />
            </Suspense>
          )}
        </Shown>
      </Paper>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Paper withBorder className="panel" id="steps">
            <Title order={3} size="h4" mb="sm">
              {text('steps.title')}
            </Title>
            <Shown read={positions}>
              {({ items: rows }) => <StepsTable pathway={pathway.id} positions={rows} selected={element} onSelect={select} />}
            </Shown>
          </Paper>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Paper withBorder className="panel" aria-live="polite">
            <Group justify="space-between" mb="sm">
              <Title order={3} size="h4">
                {element === '' ? text('there.title') : name}
              </Title>
              {element === '' ? null : (
                <TextLink size="sm" from="/pathways" search={(search) => ({ ...search, element: undefined })}>
                  {text('action.clear')}
                </TextLink>
              )}
            </Group>
            {element === '' ? <Empty>{text('there.choose')}</Empty> : <RunsThere pathway={pathway.id} element={element} />}
          </Paper>
        </Grid.Col>
      </Grid>
    </>
  )
}
