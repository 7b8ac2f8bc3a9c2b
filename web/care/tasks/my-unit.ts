/** The unit somebody works in: kept in the browser, so that the next time begins there. */
const STORAGE_KEY = 'parcours.unit'

export const keptUnit = (): string | undefined => localStorage.getItem(STORAGE_KEY) || undefined

export function keepUnit(unit: string): void {
  if (unit === '') localStorage.removeItem(STORAGE_KEY)
  else localStorage.setItem(STORAGE_KEY, unit)
}
