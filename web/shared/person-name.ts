/** A patient's name and birth date as a banner writes them. */
import type { PatientName } from '../../api/types.ts'

/** `LEFÈVRE Marie`: family name in capitals, given name as it is said (NHS CUI, patient name display). */
export const fullName = ({ familyName, givenName }: Pick<PatientName, 'familyName' | 'givenName'>): string =>
  `${familyName.toLocaleUpperCase('fr')} ${capitalised(givenName)}`

const capitalised = (name: string): string =>
  name
    .toLocaleLowerCase('fr')
    .replace(/(^|[\s-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toLocaleUpperCase('fr'))

/** `28-mars-1979`: day, month in letters, year, so that nobody reads the one for the other (NHS CUI, date display). */
export function birthDateText(birthDate: string, language: string): string {
  const day = new Date(`${birthDate}T12:00:00Z`)
  const month = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' }).format(day).replace('.', '')
  return `${birthDate.slice(8, 10)}-${month}-${birthDate.slice(0, 4)}`
}
