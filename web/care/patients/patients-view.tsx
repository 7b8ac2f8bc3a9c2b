/** Finding a patient: what is typed goes in a body and stays out of addresses, the history and the logs. */
import { Paper, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { PatientItem } from '../../../api/types.ts'
import { problemCode } from '../../shared/api.ts'
import { text, useText } from '../../shared/language.ts'
import { TextLink } from '../../shared/links.tsx'
import { birthDateText, fullName } from '../../shared/person-name.ts'
import { useFoundPatients } from '../../shared/queries.ts'
import { Empty, Shown } from '../../shared/states.tsx'
import { useNow } from '../../shared/times.ts'
import { ageText, sexText } from '../people.tsx'
import styles from './patient.module.css'

const TYPING_MS = 300

export function PatientsView() {
  const [typed, setTyped] = useState('')
  const [query] = useDebouncedValue(typed, TYPING_MS)
  const found = useFoundPatients(query)
  const isAsked = query.trim().length >= 2 && problemCode(found.error) !== 'search-too-short'
  return (
    <Stack gap="md">
      <Paper withBorder className="panel">
        <TextInput
          size="lg"
          label={text('patient.search')}
          description={text('patient.searchHint')}
          leftSection={<IconSearch size={20} aria-hidden />}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Text size="sm" className="quiet" mt="xs">
          {text('patient.searchLead')}
        </Text>
      </Paper>
      {isAsked ? (
        <Paper withBorder className="panel">
          <Shown read={found} lines={4}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty hint={text('patient.noneHint')}>{text('patient.none')}</Empty>
              ) : (
                <Found patients={items} />
              )
            }
          </Shown>
        </Paper>
      ) : null}
    </Stack>
  )
}

function Found({ patients }: { patients: PatientItem[] }) {
  return (
    <>
      <Text size="sm" role="status" mb="xs">
        {text('patient.found', { count: patients.length })}
      </Text>
      <ul className={styles.found}>
        {patients.map((patient) => (
          <li key={patient.id}>
            <OneFound patient={patient} />
          </li>
        ))}
      </ul>
    </>
  )
}

function OneFound({ patient: { id, traits, running } }: { patient: PatientItem }) {
  const language = useText()
  const now = useNow(60_000)
  if (!traits) return null
  return (
    <>
      <TextLink to="/patients/$id" params={{ id }} fw={650}>
        {fullName(traits)}
      </TextLink>
      <span className="figures">
        {text('patient.bornShort', { date: birthDateText(traits.birthDate, language) })}
        {now ? ` (${ageText(traits.birthDate, now.iso)})` : ''}
      </span>
      <span>{sexText(traits.sex)}</span>
      <span className="quiet">{text('patient.running', { count: running })}</span>
    </>
  )
}
