/** People as they are named: patients by the rules of a banner, colleagues by their role and the end of their pseudonym. */
import type { PatientName } from '../../api/types.ts'
import { text } from '../shared/language.ts'
import { roleName } from '../shared/names.tsx'
import { birthDateText, fullName } from '../shared/person-name.ts'

/** Age in words on a day (ISO): years; months under two years; days under a month. */
export function ageText(birthDate: string, today: string): string {
  const [from, to] = [birthDate, today].map((day) => day.slice(0, 10).split('-').map(Number) as [number, number, number])
  const months = (to![0] - from![0]) * 12 + to![1] - from![1] - (to![2] < from![2] ? 1 : 0)
  if (months >= 24) return text('age.years', { count: Math.floor(months / 12) })
  if (months >= 1) return text('age.months', { count: months })
  return text('age.days', {
    count: Math.max(0, Math.round((Date.parse(today.slice(0, 10)) - Date.parse(birthDate)) / 86_400_000)),
  })
}

export const sexText = (sex: string): string =>
  text(sex === 'F' ? 'patient.female' : sex === 'M' ? 'patient.male' : 'patient.indeterminate')

/** `Infirmier 4f21ab`; synthetic staff are said to be so. */
export function personName(actor: string): string {
  const [role = '', name = ''] = actor.split('/')
  return name.startsWith('synthetic') ? text('person.synthetic', { role: roleName(role) }) : `${roleName(role)} ${name}`
}

/** Who it is about, in one line. */
export function PatientLine({ name, language }: { name: PatientName; language: string }) {
  return (
    <span>
      <strong>{fullName(name)}</strong>{' '}
      <span className="quiet figures">{text('patient.bornShort', { date: birthDateText(name.birthDate, language) })}</span>
    </span>
  )
}
