/** What is answered for one task of a walk: how long it takes, and what it writes, by the fields of its form. */
import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Variables } from '../../../pathways/language/feel/value.ts'
import { fieldsOf, optionsOf, textOf } from '../../../pathways/language/form-fields.ts'
import { millisecondsOf } from '../../../pathways/time/duration.ts'
import type { ScriptedTask } from '../../../twin/rehearse/script.ts'
import { text } from '../../shared/language.ts'
import type { Drawing } from '../proof/contract.ts'
import { typedValue } from './script-text.ts'

interface Asked {
  key: string
  label: string
  options: { value: string; label: string }[] | null
}

interface Props {
  element: string
  name: string
  drawing: Drawing
  onAnswer: (task: ScriptedTask) => void
}

const HOSPITAL = 'urn:parcours:hospital:1'

export function AnswerForm({ element, name, drawing, onAnswer }: Props) {
  const [asked] = useState(() => askedBy(drawing, element))
  const [values, setValues] = useState<Record<string, string>>({})
  const [minutes, setMinutes] = useState(() => String(minutesOf(drawing, element)))
  return (
    <Stack gap="sm">
      <Text fw={600}>{text('walk.task', { name: name || element })}</Text>
      {asked.map(({ key, label, options }) => {
        const change = (value: string) => setValues({ ...values, [key]: value })
        return options ? (
          <NativeSelect
            key={key}
            label={label}
            data={[{ value: '', label: '—' }, ...options]}
            value={values[key] ?? ''}
            onChange={({ currentTarget }) => change(currentTarget.value)}
          />
        ) : (
          <TextInput
            key={key}
            label={label}
            value={values[key] ?? ''}
            onChange={({ currentTarget }) => change(currentTarget.value)}
          />
        )
      })}
      <Group align="flex-end">
        <TextInput
          label={text('walk.minutes')}
          w={140}
          inputMode="numeric"
          value={minutes}
          onChange={({ currentTarget }) => setMinutes(currentTarget.value.replace(/\D/g, ''))}
        />
        <Button
          onClick={() => {
            const set = variablesOf(values)
            onAnswer({
              ...(Number(minutes) > 0 && { takes: `PT${Number(minutes)}M` }),
              ...(Object.keys(set).length > 0 && { set }),
            })
          }}
        >
          {text('walk.done')}
        </Button>
      </Group>
    </Stack>
  )
}

/** What was typed, by variable: `address.city` stands in `address`. */
function variablesOf(values: Record<string, string>): Variables {
  const variables: Variables = {}
  for (const [key, value] of Object.entries(values)) {
    if (value === '') continue
    const path = key.split('.')
    let around = variables
    for (const part of path.slice(0, -1)) {
      around[part] ??= {}
      around = around[part] as Variables
    }
    around[path.at(-1)!] = typedValue(value)
  }
  return variables
}

const drawnElement = ({ bpmn }: Drawing, element: string): Element | undefined => {
  const parsed = new DOMParser().parseFromString(bpmn, 'application/xml')
  return [...parsed.getElementsByTagName('*')].find((one) => one.getAttribute('id') === element)
}

/** The fields of the task's form, and what its outcomes write besides. */
function askedBy(drawing: Drawing, element: string): Asked[] {
  const drawn = drawnElement(drawing, element)
  const form = drawn?.getElementsByTagNameNS(HOSPITAL, 'task')[0]?.getAttribute('form') ?? ''
  const asked = fieldsOf(drawing.forms[form]).map(({ path, type, label, field }): Asked => {
    const key = path.join('.')
    // A date says what it asks for under another name.
    const said = label === key ? textOf(field.dateLabel) || textOf(field.timeLabel) || key : label
    return { key, label: said, options: type === 'checkbox' ? [yes(), no()] : choicesOf(field) }
  })
  const written = [...(drawn?.getElementsByTagNameNS(HOSPITAL, 'outcome') ?? [])].map((one) => one.getAttribute('variable') ?? '')
  const more = written.filter((variable) => variable !== '' && !asked.some(({ key }) => key === variable))
  return [...asked, ...more.map((key) => ({ key, label: key, options: null }))]
}

/** How long the twin says that it takes, in whole minutes; 0 where it says nothing. */
function minutesOf(drawing: Drawing, element: string): number {
  const duration = drawnElement(drawing, element)?.getElementsByTagNameNS(HOSPITAL, 'duration')[0]
  const said = ['mean', 'value', 'mode'].map((name) => millisecondsOf(duration?.getAttribute(name) ?? ''))
  return Math.round((said.find((milliseconds) => milliseconds !== null) ?? 0) / 60_000)
}

const choicesOf = (field: Record<string, unknown>): Asked['options'] =>
  optionsOf(field)?.map((value, index) => {
    const label = textOf((field.values as { label?: unknown }[])[index]?.label)
    return { value: String(value), label: label || String(value) }
  }) ?? null

const yes = () => ({ value: 'true', label: text('walk.yes') })
const no = () => ({ value: 'false', label: text('walk.no') })
