/** A patient, found by what is typed: a name, a birth date or an INS, which goes in a body and stays out of addresses. */
import { Select, type SelectProps } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { PatientItem } from '../../../api/types.ts'
import { text, useText } from '../../shared/language.ts'
import { birthDateText, fullName } from '../../shared/person-name.ts'
import { useFoundPatients } from '../../shared/queries.ts'

const TYPING_MS = 250

interface PatientChoiceProps {
  value: PatientItem | null
  onChange: (patient: PatientItem | null) => void
}

export function PatientChoice({ value, onChange }: PatientChoiceProps) {
  const language = useText()
  const [typed, setTyped] = useState('')
  const [query] = useDebouncedValue(typed, TYPING_MS)
  const chosenText = value ? labelOf(value, language) : ''
  const found = useFoundPatients(typed === chosenText ? '' : query)
  const patients = [...(value ? [value] : []), ...(found.data?.items ?? []).filter(({ id }) => id !== value?.id)]
  const data = patients.flatMap((one) => (one.traits ? [{ value: one.id, label: labelOf(one, language) }] : []))
  return (
    <Select
      label={text('beds.patient')}
      placeholder={text('theatres.urgentType')}
      data={data}
      // The API has found them, however they were typed.
      filter={asFound}
      searchable
      required
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={
        query.trim().length < 2 ? undefined : text(found.isFetching ? 'state.loading' : 'theatres.urgentNobody')
      }
      value={value?.id ?? null}
      onChange={(id) => onChange(patients.find((one) => one.id === id) ?? null)}
      data-autofocus
    />
  )
}

const asFound: NonNullable<SelectProps['filter']> = ({ options }) => options

const labelOf = ({ traits }: PatientItem, language: string): string =>
  traits ? `${fullName(traits)} · ${birthDateText(traits.birthDate, language)}` : ''
