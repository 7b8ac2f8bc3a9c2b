/** Two versions side by side: what was added, taken away and changed, on both drawings and in words, properties, decisions and forms included. */
import { Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { Change } from '../../../pathways/language/diff/change.ts'
import { text } from '../../shared/language.ts'
import { Empty, Shown } from '../../shared/states.tsx'
import type { Canvas, Diagram } from '../editor/diagram-js.ts'
import { markAll, ROOM } from '../editor/marks.ts'
import { Mark } from '../mark.tsx'
import { Pair } from '../pair.tsx'
import type { DiffAnswer, Drawing } from '../proof/contract.ts'
import { prove } from '../proof/prover.ts'
import classes from './compare.module.css'
import { namesIn } from './drawn-names.ts'
import { propertyName } from './property-name.ts'

interface Props {
  older: Drawing & { title: string }
  newer: Drawing & { title: string }
}

export function Compare({ older, newer }: Props) {
  const read = useQuery({
    queryKey: ['diff', older.bpmn, newer.bpmn, older.dmn, newer.dmn, older.forms, newer.forms],
    queryFn: () => prove('diff', { older, newer }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const nameOf = useMemo(() => namesIn(newer.bpmn, older.bpmn), [newer.bpmn, older.bpmn])
  const [left, setLeft] = useState<Diagram | null>(null)
  const [right, setRight] = useState<Diagram | null>(null)
  useEffect(() => {
    if (!read.data) return
    const of = (kinds: Change['change'][]) =>
      read.data.bpmn.filter(({ change }) => kinds.includes(change)).map(({ element }) => element)
    const undo = [
      ...(left
        ? [markAll(left, of(['removed']), classes.removed!), markAll(left, of(['changed', 'moved']), classes.changed!)]
        : []),
      ...(right
        ? [markAll(right, of(['added']), classes.added!), markAll(right, of(['changed', 'moved']), classes.changed!)]
        : []),
    ]
    return () => {
      for (const take of undo) take()
    }
  }, [read.data, left, right])
  const show = (element: string) => {
    for (const diagram of [left, right]) {
      try {
        diagram?.get<Canvas>('canvas').scrollToElement(element, ROOM)
      } catch {
        // Added or taken away: it stands on the other drawing alone.
      }
    }
  }
  return (
    <Stack gap="md">
      <Pair
        older={{ bpmn: older.bpmn, title: older.title, onReady: setLeft }}
        newer={{ bpmn: newer.bpmn, title: newer.title, onReady: setRight }}
        onSelect={show}
      />
      <Legend />
      <Shown read={read}>{(changes) => <Changes changes={changes} nameOf={nameOf} onSelect={show} />}</Shown>
    </Stack>
  )
}

function Legend() {
  return (
    <Group gap="lg" className={classes.legend}>
      <span className={classes.addedSign}>{text('compare.added')}</span>
      <span className={classes.removedSign}>{text('compare.removed')}</span>
      <span className={classes.changedSign}>{text('compare.changed')}</span>
    </Group>
  )
}

const COLOURS = { added: 'good', removed: 'bad', changed: 'warn', moved: 'calm' } as const

interface ChangesProps {
  changes: DiffAnswer
  nameOf: (id: string) => string
  onSelect: (element: string) => void
}

function Changes({ changes: { bpmn, dmn, forms }, nameOf, onSelect }: ChangesProps) {
  const parts = [
    { title: text('compare.drawing'), changes: bpmn },
    { title: text('compare.decisions'), changes: dmn },
    ...forms.map(({ form, changes }) => ({ title: text('compare.form', { form }), changes })),
  ].filter(({ changes }) => changes.length > 0)
  if (parts.length === 0) return <Empty>{text('compare.same')}</Empty>
  return (
    <>
      {parts.map(({ title, changes }) => (
        <section key={title}>
          <Text fw={600} size="sm" mb={4}>
            {title} ({changes.length})
          </Text>
          <ul className={classes.changes}>
            {changes.map((change) => (
              <li key={JSON.stringify(change)}>
                <button type="button" className={classes.change} onClick={() => onSelect(change.element)}>
                  <Mark tone={COLOURS[change.change]}>{text(`compare.${change.change}`)}</Mark>
                  <Said change={change} nameOf={nameOf} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

/** What says the id of another element. */
const REFERENCES = new Set(['sourceRef', 'targetRef', 'default'])

function Said({ change: { name, element, property, from, to }, nameOf }: { change: Change; nameOf: (id: string) => string }) {
  const said = (value: string | undefined) =>
    value === undefined ? text('compare.nothing') : REFERENCES.has(property ?? '') ? nameOf(value) : value
  return (
    <span>
      <strong>{name || nameOf(element)}</strong>
      {property === undefined ? null : (
        <>
          {' '}
          · {propertyName(property)} : <del>{said(from)}</del> → <ins>{said(to)}</ins>
        </>
      )}
    </span>
  )
}
