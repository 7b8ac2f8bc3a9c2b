/** The INS as this sandbox accepts it: test and demonstration identities only, with a right key. */
import type { Identifier } from '../resources.ts'

/** INS-NIR for tests and for demonstrations. */
export const TEST_SYSTEMS = ['1.2.250.1.213.1.4.10', '1.2.250.1.213.1.4.11']
/** INS-NIR and INS-NIA of living people. */
const REAL_SYSTEMS = ['1.2.250.1.213.1.4.8', '1.2.250.1.213.1.4.9']

export const oidOf = (system: string | undefined): string => system?.replace(/^urn:oid:/, '') ?? ''
export const isTestInsSystem = (system: string | undefined): boolean => TEST_SYSTEMS.includes(oidOf(system))
export const isRealInsSystem = (system: string | undefined): boolean => REAL_SYSTEMS.includes(oidOf(system))
export const testInsOf = (identifiers: Identifier[] | undefined): Identifier | undefined =>
  identifiers?.find(({ system }) => isTestInsSystem(system))

/** 13 characters and a key of 2: 97 - (number mod 97), where Corsica's 2A and 2B count as 19 and 18. */
export function hasRightKey(matricule: string | undefined): boolean {
  if (!matricule || !/^\d{6}[0-9AB]\d{8}$/.test(matricule)) return false
  const number = matricule
    .slice(0, 13)
    .replace(/^(\d{5})2A/, '$119')
    .replace(/^(\d{5})2B/, '$118')
  return /^\d{13}$/.test(number) && 97 - Number(BigInt(number) % 97n) === Number(matricule.slice(13))
}
