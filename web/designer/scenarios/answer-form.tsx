/** What is answered for one task of a walk: how long it takes, and what it writes, by the fields of its form. */
import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
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
  const [asked] = useState(() => fieldsOf(drawing, element))
  const [values, setValues] = useState<Record<string, string>>({})
  const [minutes, setMinutes] = useState('0')
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
            const set = Object.fromEntries(
              Object.entries(values).flatMap(([key, value]) => (value === '' ? [] : [[key, typedValue(value)]])),
            )
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

interface Component {
  key?: string
  label?: string
  type: string
  values?: { value: string; label: string }[]
}

/** The fields of the task's form, and what its outcomes write besides. */
function fieldsOf({ bpmn, forms }: Drawing, element: string): Asked[] {
  const parsed = new DOMParser().parseFromString(bpmn, 'application/xml')
  const drawn = [...parsed.getElementsByTagName('*')].find((one) => one.getAttribute('id') === element)
  const form = drawn?.getElementsByTagNameNS(HOSPITAL, 'task')[0]?.getAttribute('form') ?? ''
  const components = (forms[form] as { components?: Component[] } | undefined)?.components ?? []
  const asked = components.flatMap(({ key, label, type, values }): Asked[] => {
    if (!key) return []
    const choices = type === 'checkbox' ? [yes(), no()] : (values ?? null)
    return [{ key, label: label ?? key, options: choices }]
  })
  const written = [...(drawn?.getElementsByTagNameNS(HOSPITAL, 'outcome') ?? [])].map((one) => one.getAttribute('variable') ?? '')
  const more = written.filter((variable) => variable !== '' && !asked.some(({ key }) => key === variable))
  return [...asked, ...more.map((key) => ({ key, label: key, options: null }))]
}

const yes = () => ({ value: 'true', label: text('walk.yes') })
const no = () => ({ value: 'false', label: text('walk.no') })
