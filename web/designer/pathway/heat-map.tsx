/** This month on the drawing: where patients wait, and where work takes long. The table says the same. */
import { Group, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { ElementTimesItem } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { useNames } from '../../shared/names.tsx'
import { Empty, Shown } from '../../shared/states.tsx'
import { durationText } from '../../shared/times.ts'
import { Drawn } from '../drawn.tsx'
import type { Diagram, Overlays, Registry } from '../editor/diagram-js.ts'
import { markAll } from '../editor/marks.ts'
import { useElementTimes, useVersion } from '../versions.ts'
import classes from './heat-map.module.css'

const DAYS = 30
/** Minutes; what is shorter is nothing that anybody waits for. */
const SHORTEST = 0.5
const MEASURES = ['waitMinutesMean', 'workMinutesMean'] as const
type Measure = (typeof MEASURES)[number]
/** From cool to hot: shares of the longest. */
const STEPS = [0.05, 0.25, 0.5, 0.75]

export function HeatMap({ pathway, version }: { pathway: string; version: number }) {
  const language = useText()
  const names = useNames()
  const read = useVersion(pathway, version)
  const times = useElementTimes(pathway, DAYS, true)
  const [measure, setMeasure] = useState<Measure>('waitMinutesMean')
  const [diagram, setDiagram] = useState<Diagram | null>(null)
  const items = times.data?.items
  const said = (minutes: number | null) => (minutes === null ? '—' : durationText(minutes * 60_000, language))
  useEffect(() => {
    if (!diagram || !items) return
    return paint(diagram, items, measure, (minutes) => durationText(minutes * 60_000, language))
  }, [diagram, items, measure, language])
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <SegmentedControl
          aria-label={text('heat.measure')}
          value={measure}
          onChange={(value) => setMeasure(value as Measure)}
          data={MEASURES.map((value) => ({ value, label: text(`heat.${value}`) }))}
        />
        <Group gap={4} className={classes.legend}>
          <span>{text('heat.short')}</span>
          {[0, 1, 2, 3, 4].map((heat) => (
            <span key={heat} className={classes.swatch} data-heat={heat} />
          ))}
          <span>{text('heat.long')}</span>
        </Group>
      </Group>
      <Shown read={read} lines={6}>
        {({ bpmn }) => <Drawn bpmn={bpmn} label={text('heat.title')} height={380} onReady={setDiagram} />}
      </Shown>
      <Shown read={times}>
        {({ items: rows }) => {
          const known = rows.filter((row) => row[measure] !== null && row[measure] >= SHORTEST)
          if (known.length === 0) return <Empty>{text('heat.none')}</Empty>
          const sorted = [...known].sort((a, b) => (b[measure] ?? 0) - (a[measure] ?? 0)).slice(0, 12)
          return (
            <Table verticalSpacing={4} aria-label={text('heat.title')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{text('steps.step')}</Table.Th>
                  <Table.Th>{text('heat.completed')}</Table.Th>
                  <Table.Th>{text('heat.waitMinutesMean')}</Table.Th>
                  <Table.Th>{text('heat.workMinutesMean')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {sorted.map(({ element, completed, waitMinutesMean, waitMinutesP90, workMinutesMean, workMinutesP90 }) => (
                  <Table.Tr key={element}>
                    <Table.Td>{names.say(nameIn(diagram, element), pathway)}</Table.Td>
                    <Table.Td className="figures">{completed}</Table.Td>
                    <Table.Td className="figures">
                      {said(waitMinutesMean)}{' '}
                      <Text span size="xs" className="quiet">
                        {text('heat.p90', { time: said(waitMinutesP90) })}
                      </Text>
                    </Table.Td>
                    <Table.Td className="figures">
                      {said(workMinutesMean)}{' '}
                      <Text span size="xs" className="quiet">
                        {text('heat.p90', { time: said(workMinutesP90) })}
                      </Text>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }}
      </Shown>
      <Text size="xs" className="quiet">
        {text('heat.days', { days: DAYS })}
      </Text>
    </Stack>
  )
}

const nameIn = (diagram: Diagram | null, element: string): string =>
  (diagram?.get<Registry>('elementRegistry').get(element)?.businessObject.name as string | undefined) || element

const HEAT = 'heat'

/** Each element in the colour of its time, with the time on it: colour never says it alone. @returns how to take it away. */
function paint(diagram: Diagram, items: ElementTimesItem[], measure: Measure, said: (minutes: number) => string): () => void {
  const overlays = diagram.get<Overlays>('overlays')
  const registry = diagram.get<Registry>('elementRegistry')
  const shown = items.filter(
    ({ element, [measure]: minutes }) => minutes !== null && minutes >= SHORTEST && registry.get(element)?.parent,
  )
  const longest = Math.max(1, ...shown.map((item) => item[measure]!))
  const undo = shown.map((item) => {
    const minutes = item[measure]!
    const heat = STEPS.filter((step) => minutes / longest >= step).length
    const html = document.createElement('div')
    html.className = classes.time!
    html.dataset.heat = String(heat)
    html.textContent = said(minutes)
    overlays.add(item.element, HEAT, { position: { bottom: 8, right: 24 }, html, scale: { min: 0.8, max: 1.2 } })
    return markAll(diagram, [item.element], classes[`heat${heat}`]!)
  })
  return () => {
    overlays.remove({ type: HEAT })
    for (const take of undo) take()
  }
}
