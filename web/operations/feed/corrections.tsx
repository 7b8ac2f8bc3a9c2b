/** Variables of a run to correct before it tries again. */
import { ActionIcon, Autocomplete, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { text } from '../../shared/language.ts'
import { useRun } from '../../shared/queries.ts'

export interface Correction {
  id: number
  name: string
  /** As it was typed. */
  value: string
}

/** A number, a boolean, null, a list or a context are written as JSON; all else is text. */
export function typedValue(typed: string): unknown {
  try {
    return JSON.parse(typed)
  } catch {
    return typed
  }
}

export const variablesOf = (corrections: readonly Correction[]): Record<string, unknown> =>
  Object.fromEntries(
    corrections.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), typedValue(value)]),
  )

interface CorrectionsProps {
  run: string
  corrections: Correction[]
  onChange: (corrections: Correction[]) => void
}

export function Corrections({ run, corrections, onChange }: CorrectionsProps) {
  const { data } = useRun(run)
  const known = data?.variables ?? {}
  const typed = (name: string) => {
    const value = known[name]
    return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
  }
  const change = (id: number, changed: Partial<Correction>) =>
    onChange(corrections.map((one) => (one.id === id ? { ...one, ...changed } : one)))
  return (
    <Stack gap="xs">
      {corrections.map(({ id, name, value }) => (
        <Group key={id} align="end" wrap="nowrap" gap="xs">
          <Autocomplete
            label={text('corrections.name')}
            data={Object.keys(known).sort()}
            value={name}
            onChange={(chosen) => change(id, { name: chosen, ...(chosen in known ? { value: typed(chosen) } : {}) })}
            style={{ flex: 1 }}
          />
          <TextInput
            label={text('corrections.value')}
            value={value}
            onChange={(event) => change(id, { value: event.currentTarget.value })}
            style={{ flex: 1 }}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={text('corrections.remove', { name })}
            onClick={() => onChange(corrections.filter((one) => one.id !== id))}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {corrections.length > 0 ? (
        <Text size="xs" className="quiet">
          {text('corrections.lead')}
        </Text>
      ) : null}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPencil size={14} aria-hidden />}
          onClick={() => onChange([...corrections, { id: Date.now(), name: '', value: '' }])}
        >
          {text('corrections.add')}
        </Button>
      </Group>
    </Stack>
  )
}
