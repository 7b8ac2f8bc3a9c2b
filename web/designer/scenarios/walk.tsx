/** Walks one patient through the draft, step by step: who walks answers for everybody, and keeps the walk as a scenario test. */
import { Alert, Button, Group, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Variables } from '../../../pathways/language/feel/value.ts'
import type { Program } from '../../../pathways/language/program.ts'
import type { Script } from '../../../twin/rehearse/script.ts'
import { text, useText } from '../../shared/language.ts'
import { Shown } from '../../shared/states.tsx'
import { Drawn } from '../drawn.tsx'
import type { Diagram } from '../editor/diagram-js.ts'
import { showWay } from '../editor/marks.ts'
import type { Drawing, WalkAnswer } from '../proof/contract.ts'
import { prove } from '../proof/prover.ts'
import { AnswerForm } from './answer-form.tsx'
import { afterText, outcomeOf } from './outcome.ts'
import classes from './scenarios.module.css'
import { typedValue, withScenario } from './script-text.ts'

interface Props {
  pathway: string
  drawing: Drawing
  others: Program[]
  scenarios: string
  nameOf: (element: string) => string
  onKeep: (scenarios: string) => void
  onClose: () => void
}

const FIRST = { patient: 'patient-1', age: '50', sex: 'F' }

export function Walk({ pathway, drawing, others, scenarios, nameOf, onKeep, onClose }: Props) {
  const [script, setScript] = useState<Script | null>(null)
  if (!script)
    return (
      <Stack gap="md" maw={560}>
        <Title order={3} size="h4">
          {text('walk.begin')}
        </Title>
        <Text className="quiet">{text('walk.beginHint')}</Text>
        <Patient onBegin={(variables) => setScript({ variables })} onClose={onClose} />
      </Stack>
    )
  return <Walking {...{ pathway, drawing, others, scenarios, nameOf, onKeep, onClose, script, setScript }} />
}

function Patient({ onBegin, onClose }: { onBegin: (variables: Variables) => void; onClose: () => void }) {
  const [values, setValues] = useState<[string, string][]>([...Object.entries(FIRST), ['', '']])
  const set = (index: number, pair: [string, string]) => {
    const next = values.map((one, place): [string, string] => (place === index ? pair : one))
    setValues(next.at(-1)![0] === '' ? next : [...next, ['', '']])
  }
  return (
    <>
      {values.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line that is being named has no other name
        <Group key={index} grow>
          <TextInput
            aria-label={text('walk.variable')}
            placeholder={text('walk.variable')}
            value={name}
            onChange={({ currentTarget }) => set(index, [currentTarget.value, value])}
          />
          <TextInput
            aria-label={text('walk.value')}
            placeholder={text('walk.value')}
            value={value}
            onChange={({ currentTarget }) => set(index, [name, currentTarget.value])}
          />
        </Group>
      ))}
      <Group>
        <Button
          onClick={() =>
            onBegin(Object.fromEntries(values.flatMap(([name, value]) => (name === '' ? [] : [[name, typedValue(value)]]))))
          }
        >
          {text('walk.start')}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {text('action.close')}
        </Button>
      </Group>
    </>
  )
}

type WalkingProps = Props & { script: Script; setScript: (script: Script) => void }

function Walking({ pathway, drawing, others, scenarios, nameOf, onKeep, onClose, script, setScript }: WalkingProps) {
  const [diagram, setDiagram] = useState<Diagram | null>(null)
  const [past, setPast] = useState<Script[]>([])
  const read = useQuery({
    queryKey: ['walk', pathway, drawing, script],
    queryFn: () => prove('walk', { drawing, pathway, script, others }),
  })
  const lines = read.data?.lines
  useEffect(() => {
    if (diagram && lines) showWay(diagram, lines, lines.length - 1)
  }, [diagram, lines])
  const go = (next: Script) => {
    setPast([...past, script])
    setScript(next)
  }
  const back = () => {
    setScript(past.at(-1)!)
    setPast(past.slice(0, -1))
  }
  return (
    <div className={classes.walk}>
      <Stack gap="md">
        <Shown read={read}>
          {(answer) => (
            <>
              <Next {...{ answer, script, drawing, nameOf }} onGo={go} />
              {answer.end ? (
                <Keep
                  onKeep={(name) => {
                    const order = answer.lines.filter(({ event, type }) => event === 'completed' && type !== 'bpmn:SequenceFlow')
                    const kept = { name, script, outcome: answer.end!.outcome, at: answer.end!.at }
                    onKeep(withScenario(scenarios, pathway, { ...kept, order: tasksOf(order) }))
                  }}
                />
              ) : null}
            </>
          )}
        </Shown>
        <Group>
          <Button variant="default" disabled={past.length === 0} onClick={back}>
            {text('walk.back')}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            {text('action.close')}
          </Button>
        </Group>
      </Stack>
      <Stack gap="md">
        <Drawn bpmn={drawing.bpmn} label={text('walk.title')} height={300} onReady={setDiagram} />
        <Story lines={lines ?? []} nameOf={nameOf} />
      </Stack>
    </div>
  )
}

/** Each task once, in the order in which it was first completed: what a test must see again. */
const tasksOf = (lines: { element: string; type: string }[]): string[] => [
  ...new Set(lines.filter(({ type }) => /Task$/.test(type)).map(({ element }) => element)),
]

interface NextProps {
  answer: WalkAnswer
  script: Script
  drawing: Drawing
  nameOf: (element: string) => string
  onGo: (script: Script) => void
}

function Next({ answer: { waiting, end }, script, drawing, nameOf, onGo }: NextProps) {
  const language = useText()
  if (end)
    return (
      <Alert
        color={end.outcome === 'completed' ? 'teal' : 'orange'}
        title={text('walk.end', { outcome: outcomeOf(end.outcome), at: afterText(end.at, language) })}
      >
        {end.error}
        {end.open.length > 0 ? text('walk.open', { elements: end.open.map(nameOf).join(', ') }) : null}
      </Alert>
    )
  if (!waiting) return null
  if (waiting.kind === 'event')
    return (
      <Stack gap="sm">
        <Text>{text('walk.event', { name: waiting.name || waiting.element })}</Text>
        <Button onClick={() => onGo({ ...script, triggers: [...(script.triggers ?? []), { element: waiting.element }] })}>
          {text('walk.happens')}
        </Button>
      </Stack>
    )
  return (
    <AnswerForm
      key={waiting.element}
      element={waiting.element}
      name={waiting.name}
      drawing={drawing}
      onAnswer={(task) => onGo({ ...script, tasks: { ...script.tasks, [waiting.element]: task } })}
    />
  )
}

function Keep({ onKeep }: { onKeep: (name: string) => void }) {
  const [name, setName] = useState('')
  return (
    <Group align="flex-end">
      <TextInput
        label={text('walk.name')}
        placeholder={text('walk.nameExample')}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Button disabled={name.trim() === ''} onClick={() => onKeep(name.trim())}>
        {text('walk.keep')}
      </Button>
    </Group>
  )
}

const TOLD = { completed: 'event.completed', failed: 'event.failed', cancelled: 'event.cancelled' } as const

function Story({ lines, nameOf }: { lines: WalkAnswer['lines']; nameOf: (element: string) => string }) {
  const language = useText()
  const told = lines.filter(({ event, type }) => type !== 'bpmn:SequenceFlow' && Object.hasOwn(TOLD, event))
  return (
    <Table verticalSpacing={4} aria-label={text('walk.story')}>
      <Table.Tbody>
        {told.map(({ at, element, event }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a story only grows
          <Table.Tr key={index}>
            <Table.Td className="figures">{afterText(at, language)}</Table.Td>
            <Table.Td>
              {nameOf(element)} {event === 'completed' ? null : <strong>{text(TOLD[event as keyof typeof TOLD])}</strong>}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
