/** What somebody types to find a patient: names, a birth date, a matricule, in any order. */
import type { PatientSearch } from '../records/patients.ts'

const DAYS = [
  { pattern: /^(\d{4})-(\d{2})-(\d{2})$/, order: [1, 2, 3] },
  { pattern: /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/, order: [3, 2, 1] },
]

/** @returns null when there is too little to look by: fewer than two letters of a name, and neither date nor matricule. */
export function searchOf(query: string): PatientSearch | null {
  // A matricule is read in groups.
  const joined = query.replace(/(?<=\d) (?=\d)/g, '')
  const search: PatientSearch = { names: [], birthDate: null, ins: null }
  for (const word of joined.split(/[\s,;]+/).filter((part) => part !== '')) {
    const day = dayOf(word)
    if (day !== null) search.birthDate = day
    else if (/^[12]\d{4}[\dAB]\d{7}(\d{2})?$/i.test(word)) search.ins = word.toUpperCase()
    else search.names.push(word)
  }
  const isEnough = search.birthDate !== null || search.ins !== null || search.names.some((name) => name.length >= 2)
  return isEnough ? search : null
}

function dayOf(word: string): string | null {
  for (const { pattern, order } of DAYS) {
    const parts = pattern.exec(word)
    if (parts) return order.map((part) => parts[part]!.padStart(2, '0')).join('-')
  }
  return null
}
