/** The site's places: as the hospital says them, or by rule. */
import { readLedger } from '../records/ledger.ts'
import { sitePlaces } from '../records/sites.ts'
import { layOut } from '../twin/hospital/layout.ts'
import type { HospitalPlaces } from '../twin/hospital/places.ts'
import { PlacesFile } from '../twin/hospital/places-file.ts'
import type { Dependencies } from './dependencies.ts'

export async function placesOf({ records }: Pick<Dependencies, 'records'>): Promise<HospitalPlaces> {
  const [{ units }, said] = await Promise.all([readLedger(records.sql, records.site, 0), sitePlaces(records)])
  // What an older release wrote, and this one no longer reads, is laid out by rule.
  const file = PlacesFile.safeParse(said)
  return layOut(units, file.success ? file.data : undefined)
}
